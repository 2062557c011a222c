package fsrs_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"chronicle/quiz/fsrs"
)

// TestSharedBlame compares the probability that an item of a wrong order was known
// with a count over many simulated orders.
func TestSharedBlame(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(3, 4))
	form := fsrs.OrderForm(4)
	recalls := []float64{0.9, 0.8, 0.6, 0.95}
	chance := make([]float64, len(recalls)) // chance of knowing, in this form
	for i, r := range recalls {
		chance[i] = 1 / (1 + (1-r)/r*math.Exp(-form.Ease))
	}
	wrong, knew := 0, make([]float64, len(recalls))
	for range 2_000_000 {
		known, all := make([]bool, len(recalls)), true
		for i, k := range chance {
			known[i] = rnd.Float64() < k
			all = all && known[i]
		}
		right := all && rnd.Float64() >= form.Slip || !all && rnd.Float64() < form.Guess
		if right {
			continue
		}
		wrong++
		for i := range known {
			if known[i] {
				knew[i]++
			}
		}
	}
	for i := range recalls {
		others := append(append([]float64{}, recalls[:i]...), recalls[i+1:]...)
		f := form.WithSharedBlame(others)
		if err := f.Validate(); err != nil {
			t.Fatal(err)
		}
		if got, want := f.PosteriorKnown(recalls[i], false), knew[i]/float64(wrong); math.Abs(got-want) > 0.01 {
			t.Errorf("item %d was known in %.3f of the wrong orders, the form says %.3f", i, want, got)
		}
	}
	if f := form.WithSharedBlame(nil); f.Slip != form.Slip {
		t.Errorf("alone it is to blame by itself: %+v", f)
	}
	if f := form.WithSharedBlame([]float64{0, 0}); f.Validate() != nil {
		t.Errorf("%+v: %v", f, f.Validate())
	}
}
