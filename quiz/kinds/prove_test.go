package kinds_test

import (
	"errors"
	"flag"
	"fmt"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/kinds"
)

var leastQuestions = flag.Int("questions", 120_000/raceSlowdown, "how many questions TestProve holds against the oracle")

type form struct {
	kind       quiz.Kind
	facet      quiz.Facet
	maxOptions int
}

// forms lists all kinds with the numbers of options to test.
var forms = []form{
	{quiz.KindWhenChoice, quiz.FacetWhen, 2},
	{quiz.KindWhenChoice, quiz.FacetWhen, 3},
	{quiz.KindWhenChoice, quiz.FacetWhen, 4},
	{quiz.KindWhatChoice, quiz.FacetWhat, 2},
	{quiz.KindWhatChoice, quiz.FacetWhat, 3},
	{quiz.KindWhatChoice, quiz.FacetWhat, 4},
	{quiz.KindFlashcard, quiz.FacetWhen, 0},
	{quiz.KindFlashcard, quiz.FacetWhat, 0},
	{quiz.KindFlashcard, quiz.FacetTerm, 0},
	{quiz.KindWhenTyped, quiz.FacetWhen, 0},
	{quiz.KindPlace, quiz.FacetWhen, 0},
	{quiz.KindFirst, quiz.FacetWhen, 2},
	{quiz.KindTrueFalse, quiz.FacetWhen, 2},
	{quiz.KindOrder, quiz.FacetWhen, 3},
	{quiz.KindOrder, quiz.FacetWhen, 4},
	{quiz.KindOrder, quiz.FacetWhen, 6},
	{quiz.KindMatch, quiz.FacetWhen, 3},
	{quiz.KindMatch, quiz.FacetWhen, 5},
	{quiz.KindTimeBetween, quiz.FacetWhen, 2},
	{quiz.KindTimeBetween, quiz.FacetWhen, 4},
	{quiz.KindDuring, quiz.FacetWhat, 2},
	{quiz.KindDuring, quiz.FacetWhat, 4},
	{quiz.KindGapChoice, quiz.FacetTerm, 2},
	{quiz.KindGapChoice, quiz.FacetTerm, 3},
	{quiz.KindGapChoice, quiz.FacetTerm, 4},
	{quiz.KindGapTyped, quiz.FacetTerm, 0},
}

// seeds returns 1 for questions that do not depend on the seed, and n for others.
func (f form) seeds(n uint64) uint64 {
	if f.kind == quiz.KindWhenTyped || f.kind == quiz.KindPlace || f.kind == quiz.KindFlashcard && f.facet != quiz.FacetTerm {
		return 1
	}
	return n
}

// TestQuestionsAgainstOracle generates questions of all kinds from shipped and generated
// decks and checks each one with the oracle.
func TestQuestionsAgainstOracle(t *testing.T) {
	l := &ledger{found: map[string]*example{}, made: map[quiz.Kind]int{}, refused: map[quiz.Kind]int{}}
	for _, d := range shipped(t) {
		each := len(d.Facts) * len(forms)
		l.tryDeck(d, 0, uint64(max(2, *leastQuestions/5/each)))
	}
	var seed atomic.Uint64
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for l.sum() < *leastQuestions {
				s := seed.Add(1)
				l.tryDeck(generate(s), s, 4)
			}
		})
	}
	all.Wait()
	l.report(t)
}

// ledger counts the questions and stores the smallest example of each violated rule.
type ledger struct {
	sync.Mutex
	made, refused  map[quiz.Kind]int
	truths, truest int
	found          map[string]*example
}

// example is a question that violates a rule.
type example struct {
	deck *quiz.Deck
	seed uint64 // seed of the deck; 0 for a shipped deck
	trial
	err   error
	times int
}

// trial holds the inputs of one question.
type trial struct {
	form
	fact int64
	seed uint64
	wish kinds.Constraints
}

func (l *ledger) sum() (n int) {
	l.Lock()
	defer l.Unlock()
	for _, made := range l.made {
		n += made
	}
	return n
}

// tryDeck generates and checks every question of a deck.
func (l *ledger) tryDeck(d *quiz.Deck, deckSeed, seeds uint64) {
	w, p := newWorld(d), kinds.NewDeckIndex(d)
	if len(p.Facts()) != len(w.order) {
		l.note(d, deckSeed, trial{}, quiz.Question{}, false, breaks("%d facts can be asked, not %d", len(p.Facts()), len(w.order)))
	}
	for i, f := range d.Facts {
		for k, form := range forms {
			c := trial{form: form, fact: f.ID}
			for c.seed = range form.seeds(seeds) {
				l.tryCase(d, w, p, deckSeed, c)
			}
			other := d.Facts[(i*7+k)%len(d.Facts)].ID
			switch c.wish.ContrastFact = other; form.kind {
			case quiz.KindOrder, quiz.KindMatch:
				c.wish = kinds.Constraints{CompanionFacts: []int64{other, other + 7, other + 14, other + 21, other + 28, f.ID}}
			case quiz.KindWhenTyped, quiz.KindPlace, quiz.KindGapTyped, quiz.KindFlashcard:
				continue
			}
			l.tryCase(d, w, p, deckSeed, c)
		}
	}
}

func (l *ledger) tryCase(d *quiz.Deck, w *world, p *kinds.DeckIndex, deckSeed uint64, c trial) {
	q, ok, err := try(w, p, c)
	l.note(d, deckSeed, c, q, ok, err)
}

// try generates a question and returns the first rule that it violates.
func try(w *world, p *kinds.DeckIndex, c trial) (quiz.Question, bool, error) {
	id := quiz.CardID{Fact: c.fact, Facet: c.facet}
	q, ok := p.GenerateWith(id, c.kind, c.maxOptions, c.wish, c.seed)
	if !ok {
		if c.wish.ContrastFact == 0 && c.wish.CompanionFacts == nil && w.must(c) {
			return q, ok, breaks("it is provable and was not made")
		}
		return q, ok, nil
	}
	if c.seed%4 == 0 {
		if again, _ := p.GenerateWith(id, c.kind, c.maxOptions, c.wish, c.seed); !reflect.DeepEqual(q, again) {
			return q, ok, breaks("the same seed gives %+v as well", again)
		}
	}
	if err := w.check(q, c.form, c.fact); err != nil {
		return q, ok, err
	}
	return q, ok, wished(q, c.wish)
}

// wished checks that the question respects the constraints.
func wished(q quiz.Question, w kinds.Constraints) error {
	beside := map[int64]bool{q.Fact: true, 0: true}
	for _, f := range w.CompanionFacts {
		beside[f] = true
	}
	if q.ContrastFact != w.ContrastFact {
		return breaks("the contrast is %d, not %d", q.ContrastFact, w.ContrastFact)
	}
	for _, o := range append(q.Options, q.ShownOption) {
		switch {
		case w.CompanionFacts != nil && !beside[o.Fact]:
			return breaks("%q was not to stand beside", o.Text)
		case w.ContrastFact != 0 && q.Kind != quiz.KindDuring && o.Fact != 0 && o.Fact != q.Fact && o.Fact != w.ContrastFact:
			return breaks("%q is not the contrast", o.Text)
		}
	}
	return nil
}

func (l *ledger) note(d *quiz.Deck, deckSeed uint64, c trial, q quiz.Question, ok bool, err error) {
	l.Lock()
	defer l.Unlock()
	switch {
	case ok && err == nil:
		l.made[c.kind]++
	case !ok:
		l.refused[c.kind]++
	}
	if ok && c.kind == quiz.KindTrueFalse && c.wish.ContrastFact == 0 {
		l.truths++
		l.truest += 1 - q.RightOption
	}
	var b *broken
	if !errors.As(err, &b) {
		return
	}
	key := fmt.Sprint(c.kind, ": ", b.promise)
	e := l.found[key]
	if e == nil {
		e = &example{deck: d, seed: deckSeed, trial: c, err: err}
		l.found[key] = e
	}
	if e.times++; len(d.Facts) < len(e.deck.Facts) {
		e.deck, e.seed, e.trial, e.err = d, deckSeed, c, err
	}
}

func (l *ledger) report(t *testing.T) {
	t.Helper()
	n := l.sum()
	for _, k := range quiz.Kinds {
		t.Logf("%-11s %7d proven, %7d not asked", k, l.made[k], l.refused[k])
		if l.made[k]*200 < n {
			t.Errorf("of %d questions only %d are of the kind %s", n, l.made[k], k)
		}
	}
	t.Logf("%d questions, %d promises broken", n, len(l.found))
	if share := float64(l.truest) / float64(max(l.truths, 1)); share < 0.4 || share > 0.6 {
		t.Errorf("of %d statements %.1f %% are true", l.truths, 100*share)
	}
	for key, e := range l.found {
		t.Errorf("%s\n\t%d times; deck of seed %d, %+v\n\t%v", key, e.times, e.seed, e.trial, e.err)
		small := shrink(e.deck, e.trial, key)
		t.Logf("deck of precision %v, language %s", small.Precision, small.Language)
		show(t, small)
	}
}

// shrink removes facts from a deck as long as the same rule is violated.
func shrink(d *quiz.Deck, c trial, key string) *quiz.Deck {
	for i := 0; i < len(d.Facts); i++ {
		less := *d
		less.Facts = append(append([]quiz.Fact{}, d.Facts[:i]...), d.Facts[i+1:]...)
		for c.seed = range uint64(8) {
			_, _, err := try(newWorld(&less), kinds.NewDeckIndex(&less), c)
			var b *broken
			if errors.As(err, &b) && fmt.Sprint(c.kind, ": ", b.promise) == key {
				d, i = &less, -1
				break
			}
		}
	}
	return d
}
