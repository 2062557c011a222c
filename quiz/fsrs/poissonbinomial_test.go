package fsrs_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"chronicle/quiz/fsrs"
)

// TestPoissonBinomialTail compares the tail with a count over all possible outcomes.
func TestPoissonBinomialTail(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(4, 2))
	for range 300 {
		chances := make([]float64, rnd.IntN(11))
		for i := range chances {
			chances[i] = rnd.Float64()
		}
		for wrong := -1; wrong <= len(chances)+1; wrong++ {
			if got, want := fsrs.PoissonBinomialTail(chances, wrong), counted(chances, wrong); math.Abs(got-want) > 1e-12 {
				t.Errorf("at least %d wrong of %v: %v, want %v", wrong, chances, got, want)
			}
		}
	}
	if got := fsrs.PoissonBinomialTail([]float64{0.9, 0.9, 0.9}, 3); math.Abs(got-0.001) > 1e-15 {
		t.Errorf("three of three: %v", got)
	}
}

func counted(chances []float64, wrong int) float64 {
	sum := 0.0
	for ways := range 1 << len(chances) {
		p, n := 1.0, 0
		for i, right := range chances {
			if ways>>i&1 == 1 {
				p *= 1 - right
				n++
			} else {
				p *= right
			}
		}
		if n >= wrong {
			sum += p
		}
	}
	return sum
}
