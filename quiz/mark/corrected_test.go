package mark_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/edtf"
	"chronicle/quiz/mark"
)

// corrections is a deck of many dates, and the dates that a fact of it may be
// corrected to.
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
	d := &quiz.Deck{Name: "d", Title: "D", Language: "en", Precision: quiz.Precisions[rnd.IntN(3)]}
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

// asked are the questions of all kinds of a fact.
func asked(d *quiz.Deck, fact int64, seed uint64) []quiz.Question {
	var out []quiz.Question
	p := ask.NewPool(d)
	for _, k := range quiz.Kinds {
		if q, ok := p.Make(quiz.CardID{Fact: fact, Facet: ask.FacetOf(k, quiz.When)}, k, 4, seed); ok {
			out = append(out, q)
		}
	}
	return out
}

// A fact whose date stays, or is told more finely, leaves every question as it
// was; so does one that only stood in a line and stays. What a question was
// proven by does not have to be known for that, but for a few kinds.
func TestADateThatStaysChangesNothing(t *testing.T) {
	t.Parallel()
	seen := map[quiz.Kind]int{}
	for seed := range uint64(200) {
		rnd := rand.New(rand.NewPCG(seed, 3))
		d, _ := corrections(rnd)
		f := d.Facts[rnd.IntN(len(d.Facts))]
		for _, q := range asked(d, f.ID, seed) {
			seen[q.Kind]++
			same(t, seed, q, f, d)
			if q.Kind != quiz.Between && q.Kind != quiz.Flip && f.Date.Exact() {
				unknown := q
				unknown.Dated = edtf.Date{}
				same(t, seed, unknown, f, d)
			}
			if finer, ok := inside(f.Date); ok {
				g := f
				g.Date = finer
				same(t, seed, q, g, with(d, g))
			}
			if q.Kind == quiz.Order || q.Kind == quiz.Match {
				other := d.Facts[slices.IndexFunc(d.Facts, func(g quiz.Fact) bool { return g.ID == q.Cards()[1] })]
				same(t, seed, q, other, d)
			}
		}
	}
	for _, k := range quiz.Kinds {
		if seen[k] == 0 {
			t.Errorf("no %s was asked", k)
		}
	}
}

// inside is a date within another.
func inside(d edtf.Date) (edtf.Date, bool) {
	if d.Precision() == edtf.Year && d.Exact() {
		return edtf.MustParse(d.String() + "-05"), true
	}
	return edtf.Date{}, false
}

// with is the deck with a fact as it is now.
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

func same(t *testing.T, seed uint64, q quiz.Question, f quiz.Fact, d *quiz.Deck) {
	t.Helper()
	now, ok := mark.Corrected(q, f, d)
	if !ok || now.Answer != q.Answer || !slices.Equal(now.Order, q.Order) || now.Right != q.Right {
		t.Fatalf("seed %d: %s of %s, corrected to %s, is %v: %+v\nbefore %+v", seed, q.Kind, q.Dated, f.Date, ok, now, q)
	}
}

// After a correction whoever knows the new date is right, whoever gives what was
// right before is right only if that is true still, and where nothing is provably
// right the question is void.
func TestCorrectedIsRightByTheNewDate(t *testing.T) {
	t.Parallel()
	right, void, turned := map[quiz.Kind]int{}, map[quiz.Kind]int{}, 0
	for seed := range uint64(700) {
		rnd := rand.New(rand.NewPCG(seed, 5))
		d, date := corrections(rnd)
		f := d.Facts[rnd.IntN(len(d.Facts))]
		questions := asked(d, f.ID, seed)
		f.Date = date()
		for _, q := range questions {
			now, ok := mark.Corrected(q, f, with(d, f))
			if !ok {
				void[q.Kind]++
				continue
			}
			right[q.Kind]++
			proven(t, seed, now, f)
			if now.Kind.Chooses() && now.Answer != q.Answer {
				turned++
			}
		}
	}
	for _, k := range []quiz.Kind{quiz.WhenChoice, quiz.WhenTyped, quiz.Place, quiz.First, quiz.Order, quiz.Truth} {
		if right[k] < 10 || k != quiz.Place && void[k] == 0 {
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
	lo, hi := f.Date.Fuzzy()
	bounds := func(o quiz.Option) (int64, int64) {
		if o.Fact == f.ID {
			return lo, hi
		}
		return o.Date.Fuzzy()
	}
	fail := func(why string) {
		t.Helper()
		t.Fatalf("seed %d: %s of %s: %s: %+v", seed, q.Kind, f.Date, why, q)
	}
	switch q.Kind {
	case quiz.WhenChoice:
		for i, o := range q.Options {
			if apart := o.Date.Hi() < lo || hi < o.Date.Lo(); apart == (i == q.Answer) {
				fail("an option is not as it is marked")
			}
		}
	case quiz.Truth:
		apart := q.Shown.Date.Hi() < lo || hi < q.Shown.Date.Lo()
		if apart != (q.Answer == 1) {
			fail("truth")
		}
	case quiz.First:
		_, end := bounds(q.Options[q.Answer])
		if begin, _ := bounds(q.Options[1-q.Answer]); end >= begin {
			fail("not first")
		}
	case quiz.Order:
		for i := 1; i < len(q.Order); i++ {
			_, end := bounds(q.Options[q.Order[i-1]])
			if begin, _ := bounds(q.Options[q.Order[i]]); end >= begin {
				fail("not in order")
			}
		}
	case quiz.WhenTyped:
		m, err := mark.Answer(q, quiz.Answer{Given: q.Right.String(), Chosen: -1})
		if err != nil || m.Verdict != quiz.Right {
			fail(fmt.Sprint("the right date is ", m.Verdict, err))
		}
		if q.Right.Lo() > f.Date.Plain().Lo() || q.Right.Hi() < f.Date.Plain().Hi() {
			fail("the date asked for is not the fact's")
		}
	}
}
