package fsrs

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func model(t testing.TB) *FSRS6 {
	t.Helper()
	m, err := New(DefaultWeights)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func near(a, b, tolerance float64) bool {
	return math.Abs(a-b) <= tolerance*max(1, math.Abs(b))
}

func TestForgettingCurve(t *testing.T) {
	m := model(t)
	stability := []float64{1, 2, 3, 4, 4, 2}
	want := []float64{1, .9403443, .9253786, .9185229, .9, .8261359}
	for days, s := range stability {
		if got := m.Retrievability(Memory{s, 5}, float64(days)); !near(got, want[days], 1e-7) {
			t.Errorf("R(%d, %v) = %v, want %v", days, s, got, want[days])
		}
	}
	if got := m.Retrievability(Memory{}, 3); got != 0 {
		t.Errorf("never met: recall %v, want 0", got)
	}
}

func TestIntervalIsStabilityAt90(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m, err := New(weights().Draw(rt, "w"))
		if err != nil {
			rt.Fatal(err)
		}
		s := rapid.Float64Range(MinStability, MaxStability).Draw(rt, "s")
		if got := m.Interval(s, 0.9); got != s {
			rt.Fatalf("interval(%v, 0.9) = %v", s, got)
		}
		r := rapid.Float64Range(0.7, 0.99).Draw(rt, "r")
		if got := m.Retrievability(Memory{s, 5}, m.Interval(s, r)); !near(got, r, 1e-9) {
			rt.Fatalf("recall after interval(%v, %v) = %v", s, r, got)
		}
	})
}

// TestPublishedLoss uses the reference implementation's test vector, in which only the
// last review of each card is scored.
func TestPublishedLoss(t *testing.T) {
	m := model(t)
	days := [][]float64{
		{0, 0, 0, 0, 1, 3, 4},
		{0, 0, 0, 1, 3, 6, 11},
		{0, 0, 0, 1, 3, 6, 12},
		{0, 0, 1, 3, 5, 12, 23},
	}
	ratings := [][]Rating{
		{1, 3, 1, 4, 3, 2, 3},
		{2, 4, 4, 3, 1, 3, 3},
		{3, 2, 4, 3, 3, 3, 3},
		{4, 4, 3, 3, 3, 4, 1},
	}
	var loss float64
	for c := range days {
		var mem Memory
		last := len(days[c]) - 1
		for i, r := range ratings[c][:last] {
			mem = m.NextMemory(mem, days[c][i], r, PlainForm)
		}
		p := m.Retrievability(mem, days[c][last])
		if ratings[c][last] == Again {
			p = 1 - p
		}
		loss -= math.Log(p)
	}
	if !near(loss, 4.0466027, 1e-6) {
		t.Errorf("loss %.7f, want 4.0466027", loss)
	}
}

func TestWeightsValidate(t *testing.T) {
	for i := range DefaultWeights {
		for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), -1, 101} {
			w := DefaultWeights
			w[i] = bad
			var e *WeightError
			if _, err := New(w); !errors.As(err, &e) || e.Index != i {
				t.Errorf("w%d = %v: %v", i, bad, err)
			}
		}
	}
	w := DefaultWeights
	w[7] = 0.8
	if got, want := w.Validate().Error(), "fsrs: weight w7 is 0.8, not within 0.001 to 0.75"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNoNaN(t *testing.T) {
	wild := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{
		0, -1, 1, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, math.SmallestNonzeroFloat64,
	}))
	rapid.Check(t, func(rt *rapid.T) {
		m, err := New(weights().Draw(rt, "w"))
		if err != nil {
			rt.Fatal(err)
		}
		mem := Memory{wild.Draw(rt, "s"), wild.Draw(rt, "d")}
		f := Form{wild.Draw(rt, "guess"), wild.Draw(rt, "ease"), wild.Draw(rt, "strength"), wild.Draw(rt, "slip")}
		days := wild.Draw(rt, "days")
		within(rt, "recall", m.Retrievability(mem, days), 0, 1)
		within(rt, "predict", f.PredictCorrect(wild.Draw(rt, "recall")), 0, 1)
		within(rt, "interval", m.Interval(wild.Draw(rt, "s"), wild.Draw(rt, "r")), 0, math.Inf(1))
		next := m.NextMemory(mem, days, rating().Draw(rt, "r"), f)
		within(rt, "stability", next.Stability, MinStability, MaxStability)
		within(rt, "difficulty", next.Difficulty, 1, 10)
	})
}

func within(t *rapid.T, name string, x, least, most float64) {
	if !(x >= least && x <= most) {
		t.Fatalf("%s is %v, not within %v to %v", name, x, least, most)
	}
}

func TestNoRatingPanics(t *testing.T) {
	for _, r := range []Rating{0, 5} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%v passed", r)
				}
			}()
			model(t).NextMemory(Memory{}, 0, r, PlainForm)
		}()
	}
}

func rating() *rapid.Generator[Rating] { return rapid.Custom(drawRating) }

func drawRating(t *rapid.T) Rating { return Rating(rapid.IntRange(1, 4).Draw(t, "rating")) }

// weights generates weights that pass Validate.
func weights() *rapid.Generator[Weights] {
	return rapid.Custom(func(t *rapid.T) Weights {
		w := DefaultWeights
		if rapid.Bool().Draw(t, "default") {
			return w
		}
		for i, r := range weightRanges {
			w[i] = rapid.Float64Range(r[0], r[1]).Draw(t, "w")
		}
		return w
	})
}
