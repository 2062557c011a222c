package grading_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/grading"
	"chronicle/quiz/kinds"
)

// corrections returns a deck of many dates, and a function that returns random dates to
// correct them to.
func corrections(rnd *rand.Rand) (*quiz.Deck, func() edtf.Date) {
	date := func() edtf.Date {
		year := 1900 + rnd.IntN(60)
		switch rnd.IntN(6) {
		case 0:
			return edtf.MustParse(fmt.Sprintf("%d~", year))
		case 1:
			return edtf.MustParse(fmt.Sprintf("%d/%d", year, year+1+rnd.IntN(4)))
		case 2:
			return edtf.MustParse(fmt.Sprintf("%d-%02d", year, 1+rnd.IntN(12)))
		case 3:
			return edtf.MustParse(fmt.Sprintf("%d-%02d-%02d", year, 1+rnd.IntN(12), 1+rnd.IntN(28)))
		}
		return edtf.MustParse(fmt.Sprint(year))
	}
	d := &quiz.Deck{Name: "d", Title: "D", Language: "en", Precision: quiz.DeckPrecisions[rnd.IntN(3)]}
	for i, event := range []string{
		"Miners strike for better wages in Ganja", "Painters found a gallery beside Shusha", "Lankaran gets its railway station",
		"A flood destroys bridges around Nakhchivan", "Silk weavers exhibit carpets of Shamakhi", "Sheki restores an old palace",
		"Engineers drill wells north of Quba", "The fortress of Derbent becomes a museum", "Customs officers seize tea near Astara",
		"Fishermen launch new boats from Salyan",
	} {
		words := strings.Fields(event)
		name := words[len(words)-1]
		d.Facts = append(d.Facts, quiz.Fact{
			ID: int64(i + 1), Key: fmt.Sprint("f", i), Event: event, Label: name, Date: date(), Terms: []quiz.Term{{Text: name}},
		})
	}
	return d, date
}

// asked returns questions of all kinds about a fact.
func asked(d *quiz.Deck, fact int64, seed uint64) []quiz.Question {
	var out []quiz.Question
	p := kinds.NewDeckIndex(d)
	for _, k := range quiz.Kinds {
		if q, ok := p.Generate(quiz.CardID{Fact: fact, Facet: kinds.FacetOf(k, quiz.FacetWhen)}, k, 4, seed); ok {
			out = append(out, q)
		}
	}
	return out
}

// TestCorrectQuestionWithSameDate checks that a question does not change if a fact's
// date stays the same or becomes more precise, or if the fact is only another event in
// the question and stays the same. For most kinds this holds even without the original
// FactDate.
func TestCorrectQuestionWithSameDate(t *testing.T) {
	t.Parallel()
	seen := map[quiz.Kind]int{}
	for seed := range uint64(200) {
		rnd := rand.New(rand.NewPCG(seed, 3))
		d, _ := corrections(rnd)
		f := d.Facts[rnd.IntN(len(d.Facts))]
		for _, q := range asked(d, f.ID, seed) {
			seen[q.Kind]++
			rightIf(t, seed, q, f, d)
			if q.Kind != quiz.KindTimeBetween && q.Kind != quiz.KindFlashcard && f.Date.Exact() {
				unknown := q
				unknown.FactDate = edtf.Date{}
				rightIf(t, seed, unknown, f, d)
			}
			if finer, ok := isInside(f.Date); ok {
				g := f
				g.Date = finer
				rightIf(t, seed, q, g, with(d, g))
			}
			if q.Kind == quiz.KindOrder || q.Kind == quiz.KindMatch {
				other := d.Facts[slices.IndexFunc(d.Facts, func(g quiz.Fact) bool { return g.ID == q.AffectedFacts()[1] })]
				rightIf(t, seed, q, other, d)
			}
		}
	}
	for _, k := range quiz.Kinds {
		if seen[k] == 0 {
			t.Errorf("no %s was asked", k)
		}
	}
}

// isInside returns a date within another.
func isInside(d edtf.Date) (edtf.Date, bool) {
	if d.Precision() == edtf.Year && d.Exact() {
		return edtf.MustParse(d.String() + "-05"), true
	}
	return edtf.Date{}, false
}

// with returns the deck with the updated fact.
func with(d *quiz.Deck, f quiz.Fact) *quiz.Deck {
	now := *d
	now.Facts = slices.Clone(d.Facts)
	for i := range now.Facts {
		if now.Facts[i].ID == f.ID {
			now.Facts[i] = f
		}
	}
	return &now
}

func rightIf(t *testing.T, seed uint64, q quiz.Question, f quiz.Fact, d *quiz.Deck) {
	t.Helper()
	now, ok := grading.CorrectQuestion(q, f, d)
	if !ok || now.RightOption != q.RightOption || !slices.Equal(now.RightOrder, q.RightOrder) || now.RightDate != q.RightDate {
		t.Fatalf("seed %d: %s of %s, corrected to %s, is %v: %+v\nbefore %+v", seed, q.Kind, q.FactDate, f.Date, ok, now, q)
	}
}

// TestCorrectQuestionUsesNewDate checks that after a correction the new date is right,
// the old answer is right only if it is still true, and the question is void if no
// answer is provably right.
func TestCorrectQuestionUsesNewDate(t *testing.T) {
	t.Parallel()
	right, void, turned := map[quiz.Kind]int{}, map[quiz.Kind]int{}, 0
	for seed := range uint64(700) {
		rnd := rand.New(rand.NewPCG(seed, 5))
		d, date := corrections(rnd)
		f := d.Facts[rnd.IntN(len(d.Facts))]
		questions := asked(d, f.ID, seed)
		f.Date = date()
		for _, q := range questions {
			now, ok := grading.CorrectQuestion(q, f, with(d, f))
			if !ok {
				void[q.Kind]++
				continue
			}
			right[q.Kind]++
			proven(t, seed, now, f)
			if now.Kind.IsChoice() && now.RightOption != q.RightOption {
				turned++
			}
		}
	}
	for _, k := range []quiz.Kind{quiz.KindWhenChoice, quiz.KindWhenTyped, quiz.KindPlace, quiz.KindFirst, quiz.KindOrder, quiz.KindTrueFalse} {
		if right[k] < 10 || k != quiz.KindPlace && void[k] == 0 {
			t.Errorf("%s was corrected %d times, void %d times", k, right[k], void[k])
		}
	}
	if turned < 50 {
		t.Errorf("only %d choices have another right answer", turned)
	}
}

// proven checks a corrected question by the days of its dates alone.
func proven(t *testing.T, seed uint64, q quiz.Question, f quiz.Fact) {
	t.Helper()
	lo, hi := f.Date.WidenedBounds()
	bounds := func(o quiz.Option) (int64, int64) {
		if o.Fact == f.ID {
			return lo, hi
		}
		return o.Date.WidenedBounds()
	}
	fail := func(why string) {
		t.Helper()
		t.Fatalf("seed %d: %s of %s: %s: %+v", seed, q.Kind, f.Date, why, q)
	}
	switch q.Kind {
	case quiz.KindWhenChoice:
		for i, o := range q.Options {
			if apart := o.Date.Hi() < lo || hi < o.Date.Lo(); apart == (i == q.RightOption) {
				fail("an option is not as it is marked")
			}
		}
	case quiz.KindTrueFalse:
		apart := q.ShownOption.Date.Hi() < lo || hi < q.ShownOption.Date.Lo()
		if apart != (q.RightOption == 1) {
			fail("truth")
		}
	case quiz.KindFirst:
		_, end := bounds(q.Options[q.RightOption])
		if begin, _ := bounds(q.Options[1-q.RightOption]); end >= begin {
			fail("not first")
		}
	case quiz.KindOrder:
		for i := 1; i < len(q.RightOrder); i++ {
			_, end := bounds(q.Options[q.RightOrder[i-1]])
			if begin, _ := bounds(q.Options[q.RightOrder[i]]); end >= begin {
				fail("not in order")
			}
		}
	case quiz.KindWhenTyped:
		m, err := grading.GradeAnswer(q, quiz.Answer{Given: q.RightDate.String(), ChosenOption: -1})
		if err != nil || m.Verdict != quiz.VerdictRight {
			fail(fmt.Sprint("the right date is ", m.Verdict, err))
		}
		if q.RightDate.Lo() > f.Date.Plain().Lo() || q.RightDate.Hi() < f.Date.Plain().Hi() {
			fail("the date asked for is not the fact's")
		}
	}
}
