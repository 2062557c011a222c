package kinds_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/kinds"
)

// TestAvoidedKindsComeLast checks that an avoided kind is used only if no other is
// possible, and that every askable card can still be asked.
func TestAvoidedKindsComeLast(t *testing.T) {
	t.Parallel()
	heeded, forced := 0, 0
	for seed := range uint64(60 / raceSlowdown) {
		p, rnd := kinds.NewDeckIndex(generate(seed)), rand.New(rand.NewPCG(seed, 3))
		for _, f := range p.Facts() {
			for _, facet := range p.AskableFacets(f.ID) {
				var w kinds.Constraints
				for _, k := range quiz.GradedKinds {
					if rnd.IntN(2) == 0 {
						w.AvoidedKinds = append(w.AvoidedKinds, k)
					}
				}
				c := quiz.Card{CardID: quiz.CardID{Fact: f.ID, Facet: facet}}
				if rnd.IntN(3) > 0 {
					c.State = fsrs.CardState{Phase: fsrs.PhaseReview, Memory: fsrs.Memory{Stability: 40 * rnd.Float64(), Difficulty: 5}, Reps: uint32(rnd.IntN(9))}
				}
				q, ok := p.QuestionFor(c, false, w, seed)
				if !ok {
					t.Fatalf("seed %d: fact %d, %s, cannot be asked without %v", seed, f.ID, facet, w.AvoidedKinds)
				}
				if !slices.Contains(w.AvoidedKinds, q.Kind) {
					heeded++
					continue
				}
				forced++
				_, options := kinds.KindsFor(c, false)
				for _, k := range quiz.Kinds {
					if _, ok := p.Generate(c.CardID, k, options, seed); ok && !slices.Contains(w.AvoidedKinds, k) {
						t.Errorf("seed %d: %s is asked of fact %d, %s, and %s could be", seed, q.Kind, f.ID, facet, k)
					}
				}
			}
		}
	}
	if heeded < 100/raceSlowdown || forced < 5/raceSlowdown {
		t.Errorf("%d were asked as wanted, %d otherwise", heeded, forced)
	}
}
