package kinds_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/kinds"
)

const (
	builtQuizDecks   = 200 / raceSlowdown
	builtQuizShipped = 150 / raceSlowdown
)

// TestBuildQuiz checks that a quiz asks different facts and nothing that it has already
// shown.
func TestBuildQuiz(t *testing.T) {
	t.Parallel()
	for _, d := range shipped(t) {
		l := layer{newWorld(d), kinds.NewDeckIndex(d), kinds.NewDeckIndex(d)}
		for seed := range uint64(builtQuizShipped) {
			l.try(t, d.Name, seed)
		}
	}
	for seed := range uint64(builtQuizDecks) {
		d := generate(seed)
		layer{newWorld(d), kinds.NewDeckIndex(d), kinds.NewDeckIndex(d)}.try(t, fmt.Sprint("seed ", seed), seed)
	}
}

// layer builds quizzes from two separate indexes of the same deck.
type layer struct {
	*world
	pool, again *kinds.DeckIndex
}

// quizOf returns a random quiz: of one kind, of some, or of all.
func quizOf(seed uint64) quiz.Quiz {
	rnd := rand.New(rand.NewPCG(seed, 3))
	q := quiz.Quiz{Seed: seed, Length: quiz.MinQuizLength + rnd.IntN(quiz.MaxQuizLength-quiz.MinQuizLength+1)}
	for range rnd.IntN(4) {
		q.Kinds = append(q.Kinds, quiz.GradedKinds[rnd.IntN(len(quiz.GradedKinds))])
	}
	return q
}

func (l layer) try(t *testing.T, name string, seed uint64) {
	t.Helper()
	w, p, q := l.world, l.pool, quizOf(seed)
	q.Items = p.BuildQuiz(q)
	if again := l.again.BuildQuiz(q); !reflect.DeepEqual(q.Items, again) {
		t.Errorf("%s, quiz %d is laid as %v and %v", name, seed, q.Items, again)
	}
	if len(q.Items) > q.Length {
		t.Errorf("%s, quiz %d has %d places of %d", name, seed, len(q.Items), q.Length)
	}
	shown := map[int64]string{} // how each fact's answer was shown
	for place, a := range q.Items {
		made, ok := p.QuizQuestion(q, a)
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
		for _, f := range append(made.AffectedFacts()[1:], made.ShownOption.Fact) {
			if f != 0 && f != a.Fact {
				shown[f] = fmt.Sprintf("was shown at place %d, %s", place, a.Kind)
			}
		}
		for _, twin := range w.sameEvents(w.facts[a.Fact]) {
			shown[twin.ID] = fmt.Sprintf("words the event of place %d", place)
		}
	}
}

// TestBuildQuizWithinYears checks that a quiz with a year range asks only facts that are
// certainly within it.
func TestBuildQuizWithinYears(t *testing.T) {
	t.Parallel()
	laid := 0
	for seed := range uint64(builtQuizDecks) {
		d := generate(seed)
		p, rnd := kinds.NewDeckIndex(d), rand.New(rand.NewPCG(seed, 4))
		facts := p.Facts()
		if len(facts) == 0 {
			continue
		}
		q := quizOf(seed)
		y, _, _ := edtf.CivilDate(facts[rnd.IntN(len(facts))].Date.Lo())
		if y < -9000 || y > 9000 {
			continue
		}
		q.FromYear, q.ToYear = quiz.HistoricalYear(y-rnd.Int64N(60)), quiz.HistoricalYear(y+rnd.Int64N(60))
		if problems := q.Validate(); len(problems) > 0 {
			t.Fatalf("seed %d: %d to %d: %v", seed, q.FromYear, q.ToYear, problems)
		}
		first, last := edtf.DayNumber(quiz.AstronomicalYear(q.FromYear), 1, 1), edtf.DayNumber(quiz.AstronomicalYear(q.ToYear), 12, 31)
		q.Items = p.BuildQuiz(q)
		for _, a := range q.Items {
			f, ok := d.Fact(a.Fact)
			lo, hi := f.Date.WidenedBounds()
			if !ok || lo < first || hi > last || !f.OtherDate.IsZero() && (f.OtherDate.Lo() < first || f.OtherDate.Hi() > last) {
				t.Errorf("seed %d: %d to %d asks for %v, also %v", seed, q.FromYear, q.ToYear, f.Date, f.OtherDate)
			}
			if made, ok := p.QuizQuestion(q, a); !ok || made.Fact != a.Fact {
				t.Errorf("seed %d: %v cannot be asked", seed, a)
			}
			laid++
		}
	}
	if laid < builtQuizDecks/2 {
		t.Errorf("only %d questions were laid", laid)
	}
}

// TestContrastItems checks that contrast questions show only the two facts, and that
// each question is proven.
func TestContrastItems(t *testing.T) {
	t.Parallel()
	made := 0
	for seed := range uint64(builtQuizDecks) {
		d := generate(seed)
		w, p := newWorld(d), kinds.NewDeckIndex(d)
		facts := p.Facts()
		for i := 1; i < len(facts); i++ {
			a, b := facts[i-1].ID, facts[i].ID
			for _, asked := range p.ContrastItems(a, b, seed) {
				q, ok := p.QuizQuestion(quiz.Quiz{Seed: seed}, asked)
				if !ok || q.ContrastFact != a+b-asked.Fact || asked.ContrastFact != q.ContrastFact || asked.Fact != a && asked.Fact != b {
					t.Fatalf("seed %d: %v gives %+v", seed, asked, q)
				}
				if err := w.check(q, form{asked.Kind, asked.Facet, 2}, asked.Fact); err != nil {
					t.Errorf("seed %d: %v: %v", seed, asked, err)
				}
				for _, o := range q.Options {
					if o.Fact != a && o.Fact != b && asked.Facet != quiz.FacetTerm {
						t.Errorf("seed %d: %v shows fact %d", seed, asked, o.Fact)
					}
				}
				made++
			}
		}
		if len(facts) > 0 && len(p.ContrastItems(facts[0].ID, facts[0].ID, 1)) > 0 {
			t.Errorf("seed %d: a fact is told from itself", seed)
		}
	}
	if made < builtQuizDecks {
		t.Errorf("only %d questions tell facts apart", made)
	}
}
