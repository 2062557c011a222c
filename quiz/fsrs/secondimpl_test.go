package fsrs

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// second is an independent implementation of FSRS-6, written directly from the
// published formulas. It shares nothing with the package.
func second(w [21]float64, s, d, days float64, g int, first bool) (float64, float64) {
	G := float64(g)
	clip := func(x, lo, hi float64) float64 { return math.Max(lo, math.Min(hi, x)) }
	d0 := func(g float64) float64 { return w[4] - math.Exp(w[5]*(g-1)) + 1 }
	if first {
		return w[g-1], clip(d0(G), 1, 10)
	}
	decay := -w[20]
	factor := math.Pow(0.9, 1/decay) - 1
	r := math.Pow(1+factor*days/s, decay)
	var next float64
	switch {
	case days == 0:
		q := math.Exp(w[17]*(G-3+w[18])) * math.Pow(s, -w[19])
		if g >= 2 && q < 1 {
			q = 1
		}
		next = s * q
	case g == 1:
		long := w[11] * math.Pow(d, -w[12]) * (math.Pow(s+1, w[13]) - 1) * math.Exp((1-r)*w[14])
		next = math.Min(long, s/math.Exp(w[17]*w[18]))
	default:
		bonus := map[int]float64{2: w[15], 3: 1, 4: w[16]}[g]
		next = s * (1 + math.Exp(w[8])*(11-d)*math.Pow(s, -w[9])*(math.Exp((1-r)*w[10])-1)*bonus)
	}
	d1 := d + (10-d)*(-w[6]*(G-3))/9
	d2 := w[7]*(d0(4)-d1) + d1
	return clip(next, 0.001, 36500), clip(d2, 1, 10)
}

func TestAgainstSecondImplementation(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := weights().Draw(rt, "w")
		m, err := New(w)
		if err != nil {
			rt.Fatal(err)
		}
		var mem Memory
		for i := range rapid.IntRange(1, 40).Draw(rt, "reviews") {
			g := rating().Draw(rt, "rating")
			days := float64(rapid.OneOf(rapid.Just(0), rapid.IntRange(0, 30), rapid.IntRange(0, 20000)).Draw(rt, "days"))
			s, d := second(w, mem.Stability, mem.Difficulty, days, int(g), i == 0)
			next := m.NextMemory(mem, days, g, PlainForm)
			if !near(next.Stability, s, 1e-12) || !near(next.Difficulty, d, 1e-12) {
				rt.Fatalf("review %d, %v after %v days from %v: %v, want {%v %v}", i, g, days, mem, next, s, d)
			}
			mem = next
		}
	})
}

// TestPlainFormMatchesFSRS compares NextMemory in PlainForm with the formulas without
// forms.
func TestPlainFormMatchesFSRS(t *testing.T) {
	m := model(t)
	bare := func(mem Memory, days float64, r Rating) Memory {
		var s float64
		recall := m.Retrievability(mem, days)
		switch {
		case !mem.IsSet():
			return Memory{m.w[r-1], clampDifficulty(m.firstDifficulty(r))}
		case days == 0:
			s = m.stabilitySameDay(mem.Stability, r)
		case r == Again:
			s = m.stabilityAfterLapse(mem, recall)
		default:
			s = m.stabilityAfterRecall(mem, recall, r)
		}
		return Memory{s, m.nextDifficulty(mem.Difficulty, r)}
	}
	rapid.Check(t, func(rt *rapid.T) {
		var a, b Memory
		// without guessing and slips, ease alone changes nothing
		f := Form{Strength: 1, Ease: rapid.SampledFrom([]float64{0, 1, -2}).Draw(rt, "ease")}
		for range rapid.IntRange(1, 40).Draw(rt, "reviews") {
			r := rating().Draw(rt, "rating")
			days := float64(rapid.IntRange(0, 400).Draw(rt, "days"))
			a, b = m.NextMemory(a, days, r, f), bare(b, days, r)
			if math.Float64bits(a.Stability) != math.Float64bits(b.Stability) ||
				math.Float64bits(a.Difficulty) != math.Float64bits(b.Difficulty) {
				rt.Fatalf("%v, bare %v", a, b)
			}
			if p := m.Retrievability(a, days); PlainForm.PredictCorrect(p) != p {
				rt.Fatalf("predict %v = %v", p, PlainForm.PredictCorrect(p))
			}
		}
	})
}
