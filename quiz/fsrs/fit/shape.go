package fit

import (
	"math"

	"chronicle/quiz/fsrs"
)

// gradient holds the derivatives of a loss by w0 to w20.
type gradient [21]float64

// shape is a set of weights with all that follows from them alone, so that it
// is worked out once for many reviews. Formulas: FSRS-6, as in package fsrs.
type shape struct {
	w       fsrs.Weights
	factor  float64    // 0.9^(−1/w20) − 1
	bend    float64    // its derivative by w20
	gain    float64    // e^w8
	shrink  float64    // e^(−w17·w18): a lapse leaves at most this part of stability
	ease    [4]float64 // e^(w5·(G−1)) by rating, at G−1
	easiest float64    // D0(4), unclamped
	bonus   [4]float64 // of a pass, by rating: w15, 1, w16
	pull    [4]float64 // −w6·(G−3)/9, the part of 10−D that difficulty moves
	same    [4]float64 // w17·(G−3+w18)
}

func newShape(w fsrs.Weights) *shape {
	m := new(shape)
	m.set(w)
	return m
}

func (m *shape) set(w fsrs.Weights) {
	m.w = w
	base := math.Exp(-math.Log(0.9) / w[20])
	m.factor = base - 1
	m.bend = base * math.Log(0.9) / (w[20] * w[20])
	m.gain = math.Exp(w[8])
	m.shrink = math.Exp(-w[17] * w[18])
	for g := range 4 {
		m.ease[g] = math.Exp(w[5] * float64(g))
		m.pull[g] = -w[6] * float64(g-2) / 9
		m.same[g] = w[17] * (float64(g-2) + w[18])
	}
	m.easiest = w[4] - m.ease[3] + 1
	m.bonus = [4]float64{0, w[15], 1, w[16]}
}
