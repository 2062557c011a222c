// Package fsrs says how memory fades: the FSRS-6 model, what an answer given
// in one of several forms (flip, gap, choice, …) tells about a memory, and the
// steps and days at which a card comes back.
//
// Everything here is a pure function of what is handed in: no clock, no chance
// and no store. Memory states of two model versions cannot be converted, only
// replayed, so the review log is the truth and a [Model] names its version.
//
// Source of the formulas: the algorithm's reference implementation
// (open-spaced-repetition, FSRS-6).
package fsrs

import "math"

// The bounds of a memory: stability in days, difficulty without a unit.
const (
	MinStability  = 0.001
	MaxStability  = 36500
	MinDifficulty = 1
	MaxDifficulty = 10
)

// Memory is what is believed of one person's memory of one facet of a fact.
// The zero value is a memory that was never made: the facet was never met.
type Memory struct {
	Stability  float64 // days until recall has fallen to 0.9; 0.001 to 36500
	Difficulty float64 // 1 (easy) to 10 (hard)
}

// IsSet says whether the memory was ever made.
func (m Memory) IsSet() bool { return m != Memory{} }

// clamped returns m inside the model's bounds, so that no damaged row can let
// NaN or infinity into the formulas.
func (m Memory) clamped() Memory {
	return Memory{
		Stability:  clamp(m.Stability, MinStability, MaxStability),
		Difficulty: clamp(m.Difficulty, MinDifficulty, MaxDifficulty),
	}
}

// Model is how memory fades and how an answer changes it.
type Model interface {
	// Version names the model, to be kept with each review.
	Version() string
	// Recall is the chance, 0 to 1, that m is recalled that many days after
	// the last review; 0 for a memory that was never made.
	Retrievability(m Memory, days float64) float64
	// Interval is the time in days after which recall has fallen to retention.
	Interval(stability, retention float64) float64
	// Step is the memory after an answer rated r in form f, that many days
	// after the last review (0: on the same day).
	NextMemory(m Memory, days float64, r Rating, f Form) Memory
}

// FSRS6 is the model of 21 weights. Make it with [New]; it never changes and
// may be shared by goroutines.
type FSRS6 struct {
	w                 Weights
	decay             float64 // −w20
	inverse           float64 // 1/decay
	factor            float64 // 0.9^(1/decay) − 1
	recallGain        float64 // e^w8
	minLapseFactor    float64 // e^(w17·w18), a lapse divides stability at least by this
	easiestDifficulty float64 // D0(4), unclamped
}

var _ Model = (*FSRS6)(nil)

// New prepares the model for the weights w, or says which of them is unfit.
func New(w Weights) (*FSRS6, error) {
	if err := w.Validate(); err != nil {
		return nil, err
	}
	m := &FSRS6{w: w, decay: -w[20], inverse: 1 / -w[20], recallGain: math.Exp(w[8])}
	m.factor = math.Pow(0.9, m.inverse) - 1
	m.minLapseFactor = math.Exp(w[17] * w[18])
	m.easiestDifficulty = m.firstDifficulty(Easy)
	return m, nil
}

// Version is "fsrs-6".
func (*FSRS6) Version() string { return "fsrs-6" }

// Weights returns the weights the model was made with.
func (m *FSRS6) Weights() Weights { return m.w }

// Retrievability is the forgetting curve R(t,S) = (1 + factor·t/S)^decay. Days below 0
// count as 0. It is 0 for a memory that was never made.
func (m *FSRS6) Retrievability(mem Memory, days float64) float64 {
	if !mem.IsSet() {
		return 0
	}
	return m.retrievability(clamp(mem.Stability, MinStability, MaxStability), nonNegative(days))
}

func (m *FSRS6) retrievability(stability, days float64) float64 {
	return math.Pow(1+m.factor*days/stability, m.decay)
}

// Interval is the curve turned round: S·(r^(1/decay) − 1)/factor, in days, not
// rounded. At retention 0.9 it is the stability to the bit. Retention is taken
// within 0.0001 to 1.
func (m *FSRS6) Interval(stability, retention float64) float64 {
	stability = clamp(stability, MinStability, MaxStability)
	retention = clamp(retention, 1e-4, 1)
	return stability * ((math.Pow(retention, m.inverse) - 1) / m.factor)
}

// clamp returns x within least and most; NaN becomes least.
func clamp(x, least, most float64) float64 {
	if !(x > least) {
		return least
	}
	return min(x, most)
}

func nonNegative(x float64) float64 { return clamp(x, 0, math.MaxFloat64) }
