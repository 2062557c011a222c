package kinds_test

import (
	"strings"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/kinds"
)

// askable returns what can be asked about the first fact: d for a choice of dates, e for
// a choice of events, w and t for a flashcard that asks for the date and for the event.
func askable(d *quiz.Deck) string {
	p := kinds.NewDeckIndex(d)
	var out strings.Builder
	for i, f := range []form{forms[2], forms[5], forms[6], forms[7]} {
		if _, ok := p.Generate(quiz.CardID{Fact: 1, Facet: f.facet}, f.kind, max(2, f.maxOptions), 1); ok {
			out.WriteByte("dewt"[i])
		}
	}
	return out.String()
}

func TestUnprovenQuestionsAreNotGenerated(t *testing.T) {
	cases := []struct {
		name  string
		lines []string
		want  string
	}{
		{"alone in its deck", []string{"1813 | Persia signs a treaty"}, "wt"},
		{"apart", []string{"1813 | Persia signs a treaty", "1828 | Russia buys an island"}, "dewt"},
		{"the same date", []string{"1813 | Persia signs a treaty", "1813 | Russia buys an island"}, "w"},
		{"a day of the year", []string{"1813 | Persia signs a treaty", "1813-10-24 | Russia buys an island"}, "w"},
		{"within", []string{"1804/1813 | Persia fights a war", "1807 | Russia buys an island"}, "w"},
		{"about", []string{"1813~ | Persia signs a treaty", "1815 | Russia buys an island"}, "w"},
		{"about, far", []string{"1813~ | Persia signs a treaty", "1816 | Russia buys an island"}, "dewt"},
		{"no end", []string{"1922/.. | Persia fights a war", "1955 | Russia buys an island"}, "w"},
		{"no end, before it", []string{"1922/ | Persia fights a war", "1921 | Russia buys an island"}, "ewt"},
		{"no beginning", []string{"../1922 | Persia fights a war", "1955 | Russia buys an island"}, "ewt"},
		{"a decade and its year", []string{"181X | Persia signs a treaty", "1813 | Russia buys an island"}, "w"},
		{"a decade and another", []string{"181X | Persia signs a treaty", "1828 | Russia buys an island"}, "dewt"},
		{"a year and another decade", []string{"1813 | Persia signs a treaty", "182X | Russia buys an island"}, "dewt"},
		{"a season, south or north", []string{"2013-21 | Persia signs a treaty", "2013-10 | Russia buys an island"}, "w"},
		{"one of two years", []string{"[1667,1668] | Persia signs a treaty", "1668 | Russia buys an island"}, "w"},
		{"the other date of a dispute", []string{"1920 / 1922 | Persia signs a treaty", "1922 | Russia buys an island"}, "ew"},
		{"another's other date", []string{"1922 | Persia signs a treaty", "1920 / 1922 | Russia buys an island"}, "dw"},
		{"a wording with another date", []string{"1813 | Persia signs a treaty", "1828 | The treaty Persia signs"}, "wt"},
		{"a part with another date", []string{"1813 | Persia signs a treaty", "1828 | Persia signs a treaty with Russia"}, "wt"},
		{"both retired", []string{"1813 | Persia signs a treaty", "- 1828 | Russia buys an island"}, "wt"},
		{"itself retired", []string{"- 1813 | Persia signs a treaty", "1828 | Russia buys an island"}, ""},
		{"tells its date", []string{"1813 | Persia signs the treaty of 1813", "1828 | Russia buys an island"}, ""},
		{"far too long", []string{"1813 | Coup", "1828 | Russia buys an island"}, "dwt"},
		{"44 BC and AD 44", []string{"-0043 | Persia signs a treaty", "0044 | Russia buys an island"}, "ewt"},
		{"over the turn of the era", []string{"-0010/0014 | Persia fights a war", "0001 | Russia buys an island"}, "w"},
		{"letters without case", []string{"1813 | تأسيس مدينة باكو", "1828 | سقوط القلعة القديمة"}, "dewt"},
		{"no words", []string{"1813 | 🙂", "1828 | 🙂"}, "wt"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := askable(deck(edtf.Day, c.lines...)); got != c.want {
				t.Errorf("asked as %q, want %q", got, c.want)
			}
		})
	}
}

func TestDeckPrecision(t *testing.T) {
	d := deck(edtf.Year, "1813-10-24 | Persia signs a treaty", "1813-12-01 | Russia buys an island", "1828-03-02 | Iran sells a fleet")
	p := kinds.NewDeckIndex(d)
	for seed := range uint64(20) {
		q, ok := p.Generate(quiz.CardID{Fact: 1, Facet: quiz.FacetWhat}, quiz.KindWhatChoice, 4, seed)
		if !ok || len(q.Options) != 2 || q.Stem != "in 1813" {
			t.Fatalf("asked for years: %+v", q)
		}
	}
	if got := askable(d); got != "dew" {
		t.Errorf("asked as %q", got)
	}
}

func TestManyFactsOfOneDate(t *testing.T) {
	d := large(250)
	for i := range d.Facts[:240] {
		d.Facts[i].Date = edtf.MustParse("1700")
	}
	p := kinds.NewDeckIndex(d)
	for _, f := range p.Facts() {
		if len(p.AskableFacets(f.ID)) != 2 {
			t.Fatalf("fact %d is asked for %v", f.ID, p.AskableFacets(f.ID))
		}
		if _, ok := p.Generate(quiz.CardID{Fact: f.ID, Facet: quiz.FacetWhen}, quiz.KindWhenChoice, 2, 1); !ok {
			t.Fatalf("no choice for fact %d of %v", f.ID, f.Date)
		}
	}
}

func TestGenerateRejects(t *testing.T) {
	p := kinds.NewDeckIndex(deck(edtf.Day, "1813 | Persia signs a treaty", "1828 | Russia buys an island"))
	for _, c := range []struct {
		id   quiz.CardID
		kind quiz.Kind
		most int
	}{
		{quiz.CardID{Fact: 9, Facet: quiz.FacetWhen}, quiz.KindWhenChoice, 3},
		{quiz.CardID{Fact: 1, Facet: quiz.FacetWhat}, quiz.KindWhenChoice, 3},
		{quiz.CardID{Fact: 1, Facet: quiz.FacetWhen}, quiz.KindWhatChoice, 3},
		{quiz.CardID{Fact: 1, Facet: quiz.FacetTerm}, quiz.KindFlashcard, 0},
		{quiz.CardID{Fact: 1, Facet: quiz.FacetWhen}, "riddle", 3},
		{quiz.CardID{Fact: 1, Facet: quiz.FacetWhen}, quiz.KindWhenChoice, 1},
		{quiz.CardID{Fact: 1, Facet: quiz.FacetWhen}, quiz.KindWhenChoice, 0},
		{quiz.CardID{Fact: 1, Facet: quiz.FacetWhat}, quiz.KindWhatChoice, -1},
	} {
		if q, ok := p.Generate(c.id, c.kind, c.most, 1); ok {
			t.Errorf("%+v made %+v", c, q)
		}
	}
	many := kinds.NewDeckIndex(large(50))
	if q, _ := many.Generate(quiz.CardID{Fact: 7, Facet: quiz.FacetWhen}, quiz.KindWhenChoice, 99, 1); len(q.Options) != kinds.MaxOptions {
		t.Errorf("%d options", len(q.Options))
	}
}

func TestKindsFor(t *testing.T) {
	card := func(facet quiz.Facet, phase fsrs.Phase, stability float64) quiz.Card {
		c := quiz.Card{CardID: quiz.CardID{Fact: 1, Facet: facet}}
		c.State.Phase, c.State.Memory.Stability = phase, stability
		return c
	}
	reviewed := func(facet quiz.Facet, stability float64, reps uint32) quiz.Card {
		c := card(facet, fsrs.PhaseReview, stability)
		c.Fact, c.State.Reps = 12, reps
		return c
	}
	cases := []struct {
		name    string
		card    quiz.Card
		flips   bool
		want    string
		options int
	}{
		{"new", card(quiz.FacetWhen, fsrs.PhaseNew, 0), false, "when-choice gap-typed flip", 3},
		{"new, what", card(quiz.FacetWhat, fsrs.PhaseNew, 0), false, "what-choice gap-typed flip", 3},
		{"new, term", card(quiz.FacetTerm, fsrs.PhaseNew, 0), false, "gap-choice gap-typed flip", 3},
		{"learning", card(quiz.FacetWhen, fsrs.PhaseLearning, 30), false, "when-choice gap-typed flip", 3},
		{"forgotten", card(quiz.FacetWhat, fsrs.PhaseRelearning, 30), false, "what-choice gap-typed flip", 3},
		{"young", reviewed(quiz.FacetWhen, 6.9, 0), false, "when-choice first truth when-choice gap-typed flip", 4},
		{"young, its next turn", reviewed(quiz.FacetWhen, 6.9, 1), false, "first truth when-choice when-choice gap-typed flip", 4},
		{"young, what", reviewed(quiz.FacetWhat, 6.9, 1), false, "during what-choice what-choice gap-typed flip", 4},
		{"young, term", reviewed(quiz.FacetTerm, 6.9, 5), false, "gap-choice gap-choice gap-typed flip", 4},
		{"a week", reviewed(quiz.FacetWhen, 7, 0), false, "when-typed place when-typed order when-typed flip when-choice", 4},
		{"a week, its last turn", reviewed(quiz.FacetWhen, 20.9, 3), false, "order when-typed place when-typed when-typed flip when-choice", 4},
		{"a week, what", reviewed(quiz.FacetWhat, 7, 0), false, "flip during what-choice when-typed flip what-choice", 4},
		{"a week, term", reviewed(quiz.FacetTerm, 7, 0), false, "gap-typed when-typed flip gap-choice", 4},
		{"firm", reviewed(quiz.FacetWhen, 21, 4), false, "match between when-typed order place when-typed when-typed flip when-choice", 5},
		{"firm, what", reviewed(quiz.FacetWhat, 400, 1), false, "during what-choice flip when-typed flip what-choice", 5},
		{"flips only", card(quiz.FacetWhen, fsrs.PhaseNew, 0), true, "flip", 0},
		{"flips only, known", card(quiz.FacetWhat, fsrs.PhaseReview, 30), true, "flip", 0},
	}
	for _, c := range cases {
		kinds, options := kinds.KindsFor(c.card, c.flips)
		var got []string
		for _, k := range kinds {
			got = append(got, string(k))
		}
		if strings.Join(got, " ") != c.want || options != c.options {
			t.Errorf("%s: %v with %d options, want %s with %d", c.name, got, options, c.want, c.options)
		}
	}
}

// TestQuestionFor checks that a kind that cannot be proven is replaced by the next one,
// and that nothing is asked if none can be proven.
func TestQuestionFor(t *testing.T) {
	p := kinds.NewDeckIndex(deck(edtf.Day, "1813 | Persia signs a treaty", "1813-10-24 | Russia buys an island"))
	card := quiz.Card{CardID: quiz.CardID{Fact: 1, Facet: quiz.FacetWhen}}
	if q, ok := p.QuestionFor(card, false, kinds.Constraints{}, 1); !ok || q.Kind != quiz.KindFlashcard {
		t.Errorf("without proof it is asked as %q, %v", q.Kind, ok)
	}
	card.Facet = quiz.FacetWhat
	if q, ok := p.QuestionFor(card, false, kinds.Constraints{}, 1); ok {
		t.Errorf("without proof it is asked as %+v", q)
	}
	if got := p.AskableFacets(1); len(got) != 1 || got[0] != quiz.FacetWhen {
		t.Errorf("facets %v", got)
	}
	if got := p.AskableFacets(7); got != nil {
		t.Errorf("facets of no fact: %v", got)
	}
}
