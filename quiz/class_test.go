package quiz_test

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"chronicle/quiz"
)

func TestNormalizeJoinCode(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(1, 1))
	form := regexp.MustCompile(`^[A-Z]{2,9}-[2-9B-DF-HJKMNP-TV-Z]{3}-[2-9B-DF-HJKMNP-TV-Z]{3}$`)
	for range 2000 {
		code := quiz.NewJoinCode(chance)
		if !form.MatchString(code) {
			t.Fatalf("%q is no code", code)
		}
		word, rest, _ := strings.Cut(code, "-")
		plain := strings.ReplaceAll(rest, "-", "")
		for _, typed := range []string{code, strings.ToLower(code), word + plain, " " + word + " " + plain + "\t", word + "–" + rest, word + " " + rest[:3] + " " + rest[4:]} {
			if got := quiz.NormalizeJoinCode(typed); got != code {
				t.Errorf("%q is read as %q", typed, got)
			}
		}
	}
	for _, typed := range []string{"", "KURA", "4F7K2M", "KURA-4F7-K2", "KU4R-4F7-K2M", "KURA_4F7-K2M", "KURA-4F7-K2M'--", "кура-4F7-K2M", "KURA-4F7-K20", "KURA-4F7-K2L", strings.Repeat("A", 5000) + "4F7K2M"} {
		if got := quiz.NormalizeJoinCode(typed); got != "" && len(got) > 30 || got == "KURA-4F7-K2M" {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
}

func TestNormalizeCardSecret(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(1, 2))
	seen := map[string]bool{}
	for range 2000 {
		secret := quiz.NewCardSecret(chance)
		if seen[secret] {
			t.Fatalf("%q came twice", secret)
		}
		seen[secret] = true
		plain := strings.ReplaceAll(secret, "-", "")
		for _, typed := range []string{secret, plain, strings.ToLower(secret), " " + plain[:6] + " " + plain[6:] + "\n"} {
			if got := quiz.NormalizeCardSecret(typed); got != secret {
				t.Errorf("%q is read as %q", typed, got)
			}
		}
	}
	for _, typed := range []string{"", "7KQM-2PXT", "7KQM-2PXT-9WHAA", "7KQM-2PXT-9WH!", "OOOO-IIII-LLLL"} {
		if got := quiz.NormalizeCardSecret(typed); got != "" {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
}

func TestValidateAlias(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(1, 3))
	for range 3000 {
		if a := quiz.SuggestAlias(chance); len(quiz.ValidateAlias(a)) > 0 {
			t.Fatalf("%q is suggested and refused: %v", a, quiz.ValidateAlias(a))
		}
	}
	for _, name := range strings.Split("Nazim,Nazilə,Nazira,Naziyev,Sema Nazirli,Arsen,Nasser,Assad,Assiya,Anushka,Cümşüd,Cumşud,Cumayev,Dick,Dickens,Hancock,Cocker,Fagan,Shitov,Peter Cumming,Аманда,Мударис,Махмуда,Сукачёв,Членова,Дебатов,Команда 3,Xuyen,Essex,Sussex 2,Anastasia,Titus,Analisa,Cass1e", ",") {
		if p := quiz.ValidateAlias(name); len(p) > 0 {
			t.Errorf("the name %q is refused: %v", name, p)
		}
	}
	for alias, want := range map[string]string{
		"Aysel": "", "Əli": "", "Юлия": "", "O’Brien": "", "Rəşad 2": "", "Cassandra": "", "Барсук": "", "Анна Кузнецова": "", "Qızıl quş": "", "Nəsimi": "",
		"":                        "problem.alias.empty",
		"\u200b\u2060":            "problem.alias.invisible",
		"Ay\u202esel":             "problem.alias.invisible",
		strings.Repeat("a", 41):   "problem.alias.long",
		strings.Repeat("ə", 5000): "problem.alias.long",
		"aysel@example.org":       "problem.alias.email",
		"f u c k":                 "problem.alias.rude",
		"F.U.C.K":                 "problem.alias.rude",
		"sh1t head":               "problem.alias.rude",
		"Мудак":                   "problem.alias.rude",
		"б л я д ь":               "problem.alias.rude",
		"SİKTİR":                  "problem.alias.rude",
		"Orospu Çocuğu":           "problem.alias.rude",
		"...":                     "problem.alias.invisible",
	} {
		p := quiz.ValidateAlias(alias)
		got := ""
		if len(p) > 0 {
			got = p[0].Key
		}
		if got != want {
			t.Errorf("%.40q: %q, want %q", alias, got, want)
		}
	}
}

func TestAssignmentValidate(t *testing.T) {
	t.Parallel()
	const today, cards = 20_000, 40
	good := quiz.Assignment{StartDay: today, TargetDay: today + 14, TargetKind: quiz.TargetPercentKnown, Target: 80, MinutesPerDay: 10}
	for name, one := range map[string]struct {
		change func(*quiz.Assignment)
		field  string
	}{
		"good":              {func(*quiz.Assignment) {}, ""},
		"begun before":      {func(a *quiz.Assignment) { a.StartDay -= 20 }, ""},
		"tomorrow":          {func(a *quiz.Assignment) { a.TargetDay = today + 1 }, ""},
		"learned":           {func(a *quiz.Assignment) { a.TargetKind, a.Target = quiz.TargetCardsLearned, cards }, ""},
		"today":             {func(a *quiz.Assignment) { a.TargetDay = today }, "day"},
		"past":              {func(a *quiz.Assignment) { a.TargetDay = today - 400 }, "day"},
		"far":               {func(a *quiz.Assignment) { a.TargetDay = today + 5000 }, "day"},
		"no day":            {func(a *quiz.Assignment) { a.TargetDay = 0 }, "day"},
		"turned":            {func(a *quiz.Assignment) { a.StartDay = a.TargetDay }, "day"},
		"begun long ago":    {func(a *quiz.Assignment) { a.StartDay = today - 61 }, "start"},
		"no start":          {func(a *quiz.Assignment) { a.StartDay = 0 }, "start"},
		"none":              {func(a *quiz.Assignment) { a.Target = 0 }, "want"},
		"all":               {func(a *quiz.Assignment) { a.Target = 100 }, "want"},
		"more cards":        {func(a *quiz.Assignment) { a.TargetKind, a.Target = quiz.TargetCardsLearned, cards+1 }, "want"},
		"no aim":            {func(a *quiz.Assignment) { a.TargetKind = "won" }, "aim"},
		"no minutes":        {func(a *quiz.Assignment) { a.MinutesPerDay = 0 }, "minutes"},
		"minutes of a day":  {func(a *quiz.Assignment) { a.MinutesPerDay = 1440 }, "minutes"},
		"one year":          {func(a *quiz.Assignment) { a.FromYear = 1813 }, "to"},
		"years turned":      {func(a *quiz.Assignment) { a.FromYear, a.ToYear = 1920, 1813 }, "to"},
		"years of nonsense": {func(a *quiz.Assignment) { a.FromYear, a.ToYear = 99999, 99999 }, "from"},
	} {
		a := good
		one.change(&a)
		p := a.Validate(quiz.Assignment{}, today, cards)
		if one.field == "" && len(p) > 0 || one.field != "" && (len(p) == 0 || p[0].Field != one.field) {
			t.Errorf("%s: %v, want a problem at %q", name, p, one.field)
		}
	}
	long := good
	long.StartDay -= 100
	if p := long.Validate(long, today, cards); len(p) > 0 {
		t.Errorf("what began long ago cannot be changed: %v", p)
	}
	over := good
	over.StartDay, over.TargetDay = today-30, today-2
	if p := over.Validate(over, today, cards); len(p) > 0 {
		t.Errorf("what is over cannot be changed: %v", p)
	}
	if p := good.Validate(quiz.Assignment{}, today, 0); len(p) == 0 || p[0].Field != "from" {
		t.Errorf("a part without facts: %v", p)
	}
}

// TestAssignmentTargetDayFor checks that no student's target day is before the
// class's, and that late joiners get as many days as the others only if the assignment
// says so.
func TestAssignmentTargetDayFor(t *testing.T) {
	t.Parallel()
	a := quiz.Assignment{StartDay: 100, TargetDay: 114, ExtendLateJoiners: true}
	for _, one := range []struct {
		late   bool
		joined int64
		extra  int
		want   int64
	}{{true, 90, 0, 114}, {true, 100, 0, 114}, {true, 105, 0, 119}, {true, 105, 3, 119}, {true, 105, 9, 123}, {false, 105, 0, 114}, {false, 105, 2, 116}, {true, 5000, 0, 114 + quiz.MaxExtensionDays}} {
		a.ExtendLateJoiners = one.late
		if got := a.TargetDayFor(one.joined, one.extra); got != one.want {
			t.Errorf("%+v: day %d", one, got)
		}
	}
}
