package ask_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/fsrs"
)

// A kind that is not wanted is asked only where no other can be, and whatever can be
// asked still is.
func TestUnwantedKindsAreAskedLast(t *testing.T) {
	t.Parallel()
	heeded, forced := 0, 0
	for seed := range uint64(60 / slowed) {
		p, rnd := ask.NewPool(generate(seed)), rand.New(rand.NewPCG(seed, 3))
		for _, f := range p.Facts() {
			for _, facet := range p.Facets(f.ID) {
				var w ask.Wish
				for _, k := range quiz.Scored {
					if rnd.IntN(2) == 0 {
						w.Unwanted = append(w.Unwanted, k)
					}
				}
				c := quiz.Card{CardID: quiz.CardID{Fact: f.ID, Facet: facet}}
				if rnd.IntN(3) > 0 {
					c.Memory = fsrs.Card{Phase: fsrs.PhaseReview, Memory: fsrs.Memory{Stability: 40 * rnd.Float64(), Difficulty: 5}, Reps: uint32(rnd.IntN(9))}
				}
				q, ok := p.For(c, false, w, seed)
				if !ok {
					t.Fatalf("seed %d: fact %d, %s, cannot be asked without %v", seed, f.ID, facet, w.Unwanted)
				}
				if !slices.Contains(w.Unwanted, q.Kind) {
					heeded++
					continue
				}
				forced++
				_, options := ask.Plan(c, false)
				for _, k := range quiz.Kinds {
					if _, ok := p.Make(c.CardID, k, options, seed); ok && !slices.Contains(w.Unwanted, k) {
						t.Errorf("seed %d: %s is asked of fact %d, %s, and %s could be", seed, q.Kind, f.ID, facet, k)
					}
				}
			}
		}
	}
	if heeded < 100/slowed || forced < 5/slowed {
		t.Errorf("%d were asked as wanted, %d otherwise", heeded, forced)
	}
}
