package optimizer

import (
	"math"

	"chronicle/quiz/fsrs"
)

// gradient holds the derivatives of a loss with respect to w0 to w20.
type gradient [21]float64

// modelTerms holds a set of weights and the terms that depend only on them, so that
// they are computed once for many reviews. Formulas: FSRS-6, as in package fsrs.
type modelTerms struct {
	w                 fsrs.Weights
	factor            float64    // 0.9^(−1/w20) − 1
	decaySlope        float64    // its derivative with respect to w20
	recallGain        float64    // e^w8
	lapseFactor       float64    // e^(−w17·w18): a lapse leaves at most this fraction of stability
	easeTerm          [4]float64 // e^(w5·(G−1)) by rating, at G−1
	easiestDifficulty float64    // D0(4), unclamped
	passBonus         [4]float64 // bonus of a passing rating: w15, 1, w16
	difficultyStep    [4]float64 // −w6·(G−3)/9, the fraction of 10−D that difficulty moves by
	sameDayTerm       [4]float64 // w17·(G−3+w18)
}

func newModelTerms(w fsrs.Weights) *modelTerms {
	m := new(modelTerms)
	m.set(w)
	return m
}

func (m *modelTerms) set(w fsrs.Weights) {
	m.w = w
	base := math.Exp(-math.Log(0.9) / w[20])
	m.factor = base - 1
	m.decaySlope = base * math.Log(0.9) / (w[20] * w[20])
	m.recallGain = math.Exp(w[8])
	m.lapseFactor = math.Exp(-w[17] * w[18])
	for g := range 4 {
		m.easeTerm[g] = math.Exp(w[5] * float64(g))
		m.difficultyStep[g] = -w[6] * float64(g-2) / 9
		m.sameDayTerm[g] = w[17] * (float64(g-2) + w[18])
	}
	m.easiestDifficulty = w[4] - m.easeTerm[3] + 1
	m.passBonus = [4]float64{0, w[15], 1, w[16]}
}
