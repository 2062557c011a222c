package ask_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/edtf"
)

const (
	laidDecks   = 200 / slowed
	laidShipped = 150 / slowed
)

// A quiz asks different facts, and nothing that it has shown before.
func TestLay(t *testing.T) {
	t.Parallel()
	for _, d := range shipped(t) {
		l := layer{newWorld(d), ask.NewPool(d), ask.NewPool(d)}
		for seed := range uint64(laidShipped) {
			l.try(t, d.Name, seed)
		}
	}
	for seed := range uint64(laidDecks) {
		d := generate(seed)
		layer{newWorld(d), ask.NewPool(d), ask.NewPool(d)}.try(t, fmt.Sprint("seed ", seed), seed)
	}
}

// layer lays quizzes on a deck that was made ready twice.
type layer struct {
	*world
	pool, again *ask.Pool
}

// quizOf draws a quiz: of one kind, of some, or of all.
func quizOf(seed uint64) quiz.Quiz {
	rnd := rand.New(rand.NewPCG(seed, 3))
	q := quiz.Quiz{Seed: seed, Length: quiz.QuizLeast + rnd.IntN(quiz.QuizMost-quiz.QuizLeast+1)}
	for range rnd.IntN(4) {
		q.Kinds = append(q.Kinds, quiz.Scored[rnd.IntN(len(quiz.Scored))])
	}
	return q
}

func (l layer) try(t *testing.T, name string, seed uint64) {
	t.Helper()
	w, p, q := l.world, l.pool, quizOf(seed)
	q.Asks = p.Lay(q)
	if again := l.again.Lay(q); !reflect.DeepEqual(q.Asks, again) {
		t.Errorf("%s, quiz %d is laid as %v and %v", name, seed, q.Asks, again)
	}
	if len(q.Asks) > q.Length {
		t.Errorf("%s, quiz %d has %d places of %d", name, seed, len(q.Asks), q.Length)
	}
	shown := map[int64]string{} // by what a fact was shown
	for place, a := range q.Asks {
		made, ok := p.Question(q, a)
		if !ok || made.Kind != a.Kind || made.Fact != a.Fact || made.Facet != a.Facet {
			t.Errorf("%s, quiz %d: place %d, %v, gives %+v", name, seed, place, a, made)
			return
		}
		if err := w.check(made, form{a.Kind, a.Facet, 4}, a.Fact); err != nil {
			t.Errorf("%s, quiz %d: place %d: %v", name, seed, place, err)
			return
		}
		if by, ok := shown[a.Fact]; ok {
			t.Errorf("%s, quiz %d %v: place %d, %s of fact %d, which %s", name, seed, q.Kinds, place, a.Kind, a.Fact, by)
			return
		}
		shown[a.Fact] = fmt.Sprintf("was asked at place %d", place)
		for _, f := range append(made.Cards()[1:], made.Shown.Fact) {
			if f != 0 && f != a.Fact {
				shown[f] = fmt.Sprintf("was shown at place %d, %s", place, a.Kind)
			}
		}
		for _, twin := range w.twins(w.facts[a.Fact]) {
			shown[twin.ID] = fmt.Sprintf("words the event of place %d", place)
		}
	}
}

// A quiz of some years asks only for facts that lie within them for certain, and
// one of all years the same as before.
func TestLayWithinYears(t *testing.T) {
	t.Parallel()
	laid := 0
	for seed := range uint64(laidDecks) {
		d := generate(seed)
		p, rnd := ask.NewPool(d), rand.New(rand.NewPCG(seed, 4))
		facts := p.Facts()
		if len(facts) == 0 {
			continue
		}
		q := quizOf(seed)
		y, _, _ := edtf.Civil(facts[rnd.IntN(len(facts))].Date.Lo())
		if y < -9000 || y > 9000 {
			continue
		}
		q.From, q.To = quiz.Counted(y-rnd.Int64N(60)), quiz.Counted(y+rnd.Int64N(60))
		if problems := q.Check(); len(problems) > 0 {
			t.Fatalf("seed %d: %d to %d: %v", seed, q.From, q.To, problems)
		}
		first, last := edtf.DayNumber(quiz.Astronomical(q.From), 1, 1), edtf.DayNumber(quiz.Astronomical(q.To), 12, 31)
		q.Asks = p.Lay(q)
		for _, a := range q.Asks {
			f, ok := d.Fact(a.Fact)
			lo, hi := f.Date.Fuzzy()
			if !ok || lo < first || hi > last || !f.Also.IsZero() && (f.Also.Lo() < first || f.Also.Hi() > last) {
				t.Errorf("seed %d: %d to %d asks for %v, also %v", seed, q.From, q.To, f.Date, f.Also)
			}
			if made, ok := p.Question(q, a); !ok || made.Fact != a.Fact {
				t.Errorf("seed %d: %v cannot be asked", seed, a)
			}
			laid++
		}
	}
	if laid < laidDecks/2 {
		t.Errorf("only %d questions were laid", laid)
	}
}

// What tells two facts apart shows those two alone, and each place is proven.
func TestContrasts(t *testing.T) {
	t.Parallel()
	made := 0
	for seed := range uint64(laidDecks) {
		d := generate(seed)
		w, p := newWorld(d), ask.NewPool(d)
		facts := p.Facts()
		for i := 1; i < len(facts); i++ {
			a, b := facts[i-1].ID, facts[i].ID
			for _, asked := range p.Contrasts(a, b, seed) {
				q, ok := p.Question(quiz.Quiz{Seed: seed}, asked)
				if !ok || q.Contrast != a+b-asked.Fact || asked.Contrast != q.Contrast || asked.Fact != a && asked.Fact != b {
					t.Fatalf("seed %d: %v gives %+v", seed, asked, q)
				}
				if err := w.check(q, form{asked.Kind, asked.Facet, 2}, asked.Fact); err != nil {
					t.Errorf("seed %d: %v: %v", seed, asked, err)
				}
				for _, o := range q.Options {
					if o.Fact != a && o.Fact != b && asked.Facet != quiz.TermOut {
						t.Errorf("seed %d: %v shows fact %d", seed, asked, o.Fact)
					}
				}
				made++
			}
		}
		if len(facts) > 0 && len(p.Contrasts(facts[0].ID, facts[0].ID, 1)) > 0 {
			t.Errorf("seed %d: a fact is told from itself", seed)
		}
	}
	if made < laidDecks {
		t.Errorf("only %d questions tell facts apart", made)
	}
}
