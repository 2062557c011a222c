package quiz

import (
	"math"
	"strings"
	"testing"
	"time"
)

// problemKeys returns the problems as "field key" pairs, separated by spaces.
func problemKeys(p Problems) string {
	var out []string
	for _, one := range p {
		out = append(out, one.Field+" "+one.Key)
	}
	return strings.Join(out, ", ")
}

func TestSignUpAlias(t *testing.T) {
	const (
		empty     = "alias problem.alias.empty"
		long      = "alias problem.alias.long"
		invisible = "alias problem.alias.invisible"
		email     = "alias problem.alias.email"
	)
	cases := []struct{ name, alias, want string }{
		{"a name", "Leyla", ""},
		{"one letter", "L", ""},
		{"two words", "Leyla M.", ""},
		{"Azerbaijani", "Əli Şıxlinski", ""},
		{"Russian", "Лев", ""},
		{"Arabic", "علي", ""},
		{"Chinese", "李明", ""},
		{"digits", "4711", ""},
		{"emoji alone", "🦊", ""},
		{"a flag", "🇦🇿", ""},
		{"markup is text like any other", "<b>Leyla</b>", ""},
		{"a quote", "O'Neill \"Ann\"", ""},
		{"forty", strings.Repeat("ə", 40), ""},
		{"empty", "", empty},
		{"spaces", " \t ", empty},
		{"forty-one", strings.Repeat("ə", 41), long},
		{"right to left override", "Leyla\u202Eimda", invisible},
		{"right to left mark", "Leyla\u200F", invisible},
		{"isolate", "\u2067Leyla\u2069", invisible},
		{"zero width space", "Ley\u200Bla", invisible},
		{"zero width joiner", "👩\u200D🚀", invisible}, // rejected, because it can be hidden in words
		{"byte order mark", "\uFEFFLeyla", invisible},
		{"soft hyphen", "Ley\u00ADla", invisible},
		{"NUL", "Leyla\x00", invisible},
		{"escape", "\x1b[31mLeyla", invisible},
		{"broken UTF-8", "Leyla\xff", invisible},
		{"private use", "\uE000", invisible},
		{"only points", "...", invisible},
		{"only a mark", "\u0301", invisible},
		{"an address", "leyla@example.org", email},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := SignUp{Alias: c.alias, Password: "correct horse battery"}.Clean()
			if got := problemKeys(s.Validate()); got != c.want {
				t.Errorf("%q: %q, want %q", c.alias, got, c.want)
			}
		})
	}
}

func TestSignUpPassword(t *testing.T) {
	const (
		short  = "password problem.password.short"
		long   = "password problem.password.long"
		common = "password problem.password.common"
		alias  = "password problem.password.alias"
	)
	cases := []struct{ name, password, want string }{
		{"words", "correct horse battery", ""},
		{"eight", "fjord-42", ""},
		{"no rules of composition", "qjkxvbzw", ""},
		{"spaces around count", " fjord42 ", ""},
		{"Azerbaijani", "gizli söz ə", ""},
		{"Russian", "мойсекрет", ""},
		{"eight emoji", "🦊🐻🐼🐨🐯🦁🐮🐷", ""},
		{"any character", "a\x00b\tc\u202Ed\u200Be", ""},
		{"sixty-four", strings.Repeat("ab3-", 16), ""},
		{"two hundred and fifty-six", strings.Repeat("ab3-", 64), ""},
		{"the same of two bytes a letter", strings.Repeat("əb3-", 64), ""},
		{"with the alias in it", "leyla likes tea", ""},
		{"empty", "", "password problem.password.empty"},
		{"seven", "fjord-4", short},
		{"seven emoji", "🦊🐻🐼🐨🐯🦁🐮", short},
		{"two hundred and fifty-seven", strings.Repeat("ab3-", 64) + "x", long},
		{"common", "password", common},
		{"common, written large", "PassWord123", common},
		{"common, full width", "ｐａｓｓｗｏｒｄ", common},
		{"common, Russian", "йцукенгш", common},
		{"one character", "aaaaaaaaaaaa", common},
		{"one emoji", strings.Repeat("🦊", 9), common},
		{"the alias twice", "leylaleyla", alias},
		{"the alias and digits", "Leyla2008", alias},
		{"digits, signs, the alias", "!!12LEYLA", alias},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := SignUp{Alias: "Leyla", Password: c.password}.Clean()
			if got := problemKeys(s.Validate()); got != c.want {
				t.Errorf("%q: %q, want %q", c.password, got, c.want)
			}
		})
	}
}

func TestSignUpEmail(t *testing.T) {
	for email, want := range map[string]string{
		"leyla@example.org":                "",
		" leyla@example.org ":              "",
		"leyla+chronicle@mail.example.az":  "",
		"":                                 "email problem.email.empty",
		"leyla":                            "email problem.email.form",
		"leyla@localhost":                  "email problem.email.form",
		"Leyla <leyla@example.org>":        "email problem.email.form",
		"leyla@example.org, x@example.org": "email problem.email.form",
		"leyla@example.org\r\nBcc: x@example.org": "email problem.email.form",
		strings.Repeat("l", 250) + "@a.az":        "email problem.email.long",
	} {
		s := SignUp{Alias: "Leyla", Password: "correct horse battery", Email: email, AsTeacher: true}.Clean()
		if got := problemKeys(s.Validate()); got != want {
			t.Errorf("%q: %q, want %q", email, got, want)
		}
		if s.AsTeacher = false; problemKeys(s.Validate()) != "" {
			t.Errorf("%q is checked though the person does not teach", email)
		}
	}
}

func TestClean(t *testing.T) {
	got := SignUp{Alias: "  Le\u0301a \t M ", Email: " a@b.c\n", Password: " keeps  "}.Clean()
	if want := (SignUp{Alias: "L\u00e9a M", Email: "a@b.c", Password: " keeps  "}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestFoldName(t *testing.T) {
	for _, pair := range [][2]string{{"LEYLA", "leyla"}, {"Straße", "STRASSE"}, {" a  b ", "A B"}, {"ﬁ", "FI"}, {"Le\u0301a", "L\u00c9A"}, {"ЛЕВ", "лев"}} {
		if FoldName(pair[0]) != FoldName(pair[1]) {
			t.Errorf("%q and %q differ: %q, %q", pair[0], pair[1], FoldName(pair[0]), FoldName(pair[1]))
		}
	}
	// Azerbaijani keyboards write İ as the capital of i.
	if FoldName("İlqar") != FoldName("ilqar") || FoldName("Irada") != FoldName("ırada") {
		t.Error("names with and without dots differ")
	}
}

func TestSettings(t *testing.T) {
	cases := []struct {
		set  func(*Settings)
		want string
	}{
		{func(*Settings) {}, ""},
		{func(s *Settings) { s.Zone, s.NewPerDay = "UTC", 0 }, ""},
		{func(s *Settings) { s.NewPerDay = MaxNewPerDay }, ""},
		{func(s *Settings) { s.NewPerDay = MaxNewPerDay + 1 }, "new problem.new"},
		{func(s *Settings) { s.Zone, s.NewPerDay = "Baku", -1 }, "zone problem.zone, new problem.new"},
		{func(s *Settings) { s.Zone = "" }, "zone problem.zone"},
		{func(s *Settings) { s.Zone = "Local" }, "zone problem.zone"},
		{func(s *Settings) { s.DesiredRetention = 0.7 }, ""},
		{func(s *Settings) { s.DesiredRetention = 0.98 }, "share problem.share"},
		{func(s *Settings) { s.DesiredRetention = 0 }, "share problem.share"},
		{func(s *Settings) { s.DesiredRetention = math.NaN() }, "share problem.share"},
		{func(s *Settings) { s.DayStart = 0 }, ""},
		{func(s *Settings) { s.DayStart = MaxDayStart }, ""},
		{func(s *Settings) { s.DayStart = MaxDayStart + 1 }, "start problem.start"},
		{func(s *Settings) { s.DayStart = -1 }, "start problem.start"},
		{func(s *Settings) { s.RestDays = Weekdays(0).With(time.Saturday).With(time.Sunday) }, ""},
		{func(s *Settings) { s.RestDays = 1<<7 - 1 }, "rest problem.rest"},
		{func(s *Settings) { s.AvoidedKinds = []Kind{KindOrder, KindWhenTyped} }, ""},
		{func(s *Settings) { s.AvoidedKinds = GradedKinds }, "kinds problem.kinds.none"},
		{func(s *Settings) { s.AvoidedKinds = []Kind{KindFlashcard} }, "kinds problem.quiz.kinds"},
	}
	for i, c := range cases {
		s := DefaultSettings("Asia/Baku")
		c.set(&s)
		if got := problemKeys(s.Validate()); got != c.want {
			t.Errorf("%d: %+v: %q, want %q", i, s, got, c.want)
		}
	}
}
