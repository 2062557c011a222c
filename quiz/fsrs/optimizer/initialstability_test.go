package optimizer

import (
	"math"
	"math/rand/v2"
	"testing"

	"chronicle/quiz/fsrs"
)

func TestPublishedFirstStability(t *testing.T) {
	recall := []float64{.86666667, .90721649, .73015873, .76315789, .67857143}
	count := []int{435, 97, 63, 38, 28}
	var cells []intervalCount
	for i, n := range count {
		cells = append(cells, intervalCount{firstInterval{fsrs.Again, float32(i + 1)}, n, int(math.Round(recall[i] * float64(n)))})
	}
	pull := func(s float64) float64 { return math.Abs(s-fsrs.DefaultWeights[0]) / 16 }
	if got := firstStability(cells, .94302857, pull); math.Abs(got-.7355089) > 1e-5 {
		t.Errorf("it is %.7f, want .7355089", got)
	}
}

func TestFirstStabilitiesThatAreMissing(t *testing.T) {
	for _, c := range []struct{ known, want initialStabilities }{
		{initialStabilities{.4, 0, 2.3, 10.9}, initialStabilities{.4, 1.1227008, 2.3, 10.9}},
		{initialStabilities{0, .35, 0, 0}, initialStabilities{.05738148, .35, .6242943, 2.2453482}},
		{initialStabilities{}, initialStabilities(fsrs.DefaultWeights[:4])},
	} {
		got := c.known
		got.fillMissing()
		for g := range got {
			if math.Abs(got[g]-c.want[g]) > 1e-6 {
				t.Errorf("%v fills to %v, want %v", c.known, got, c.want)
				break
			}
		}
	}
}

func TestFirstStabilitiesRise(t *testing.T) {
	for _, c := range []struct {
		s     initialStabilities
		count [4]int
		want  initialStabilities
	}{
		{initialStabilities{1, 2, 3, 4}, [4]int{1, 1, 1, 1}, initialStabilities{1, 2, 3, 4}},
		{initialStabilities{1, 5, 3, 9}, [4]int{1, 2, 9, 1}, initialStabilities{1, 3, 3, 9}},  // hard is rarer
		{initialStabilities{1, 5, 3, 9}, [4]int{1, 9, 2, 1}, initialStabilities{1, 5, 5, 9}},  // good is rarer
		{initialStabilities{7, 0, 3, 0}, [4]int{2, 0, 9, 0}, initialStabilities{3, 0, 3, 0}},  // across one missing value
		{initialStabilities{7, 0, 0, 3}, [4]int{20, 0, 0, 9}, initialStabilities{7, 0, 0, 7}}, // across two missing values
	} {
		got := c.s
		if got.enforceOrder(c.count); got != c.want {
			t.Errorf("%v of %v rise to %v, want %v", c.s, c.count, got, c.want)
		}
	}
}

// TestFirstStabilitiesAreFilled checks that missing values are filled in, increase
// with the rating and stay in range.
func TestFirstStabilitiesAreFilled(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	for n := range 2000 {
		var known, s initialStabilities
		x := math.Exp(-3 * rnd.Float64())
		for g := range s {
			x *= 1 + 2*rnd.Float64()
			if rnd.IntN(2) == 0 {
				known[g] = x
			}
		}
		s = known
		s.fillMissing()
		for g := range s {
			if !(s[g] >= minInitialStability && s[g] <= maxInitialStability) || known[g] > 0 && math.Abs(s[g]/known[g]-1) > 1e-9 {
				t.Fatalf("case %d: %v fills to %v", n, known, s)
			}
			if g > 0 && s[g] < s[g-1]*(1-1e-9) {
				t.Fatalf("case %d: %v fills to %v, which falls", n, known, s)
			}
		}
	}
}
