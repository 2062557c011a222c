package ask_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/ask"
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
