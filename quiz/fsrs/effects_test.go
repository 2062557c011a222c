package fsrs

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestEffectsKeepFormsValid checks that effects keep valid forms valid and invalid
// ones unchanged, and that zero effects change nothing.
func TestEffectsKeepFormsValid(t *testing.T) {
	wild := rapid.OneOf(rapid.Float64Range(-12, 12), rapid.SampledFrom([]float64{0, math.Inf(1), math.Inf(-1), 1e300}))
	rapid.Check(t, func(rt *rapid.T) {
		f := forms().Draw(rt, "form")
		c := FormClass(rapid.IntRange(0, ClassCount).Draw(rt, "class"))
		var e Effects
		if got := e.Apply(c, f); got != f {
			rt.Fatalf("no effects make %+v of %+v", got, f)
		}
		for i := range e {
			e[i] = Effect{wild.Draw(rt, "guess"), wild.Draw(rt, "ease"), wild.Draw(rt, "strength")}
		}
		got := e.Apply(c, f)
		if err := got.Validate(); err != nil {
			rt.Fatalf("%+v makes %+v of %+v: %v", e, got, f, err)
		}
		if f.Guess == 0 && got.Guess != 0 {
			rt.Fatalf("what cannot be guessed is guessed: %+v of %+v", got, f)
		}
		if (c == ClassSelfGraded || int(c) == ClassCount) && got != f {
			rt.Fatalf("%s is changed", c)
		}
		unfit := Form{Guess: 2}
		if e.Apply(c, unfit) != unfit {
			rt.Fatal("what is unfit was changed")
		}
	})
	for c := range ClassCount {
		if FormClass(c).String() == "none" {
			t.Errorf("class %d has no name", c)
		}
	}
}
