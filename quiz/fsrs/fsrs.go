// Package fsrs implements the FSRS-6 memory model. It models how memory fades, what an
// answer in one of several question forms (flashcard, gap, choice, …) says about a
// memory, and after which steps and days a card is due again.
//
// All functions are pure: they use no clock, randomness or storage. Memory states of
// two model versions cannot be converted, only replayed, so the review log is the
// source of truth and a [Model] has a version.
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

// Memory is the estimated state of one person's memory of one facet of a fact. The
// zero value means that the facet was never learned.
type Memory struct {
	Stability  float64 // days until recall has fallen to 0.9; 0.001 to 36500
	Difficulty float64 // 1 (easy) to 10 (hard)
}

// IsSet reports whether the facet was ever learned.
func (m Memory) IsSet() bool { return m != Memory{} }

// clamped returns m within the model's bounds, so that corrupt data cannot bring NaN
// or infinity into the formulas.
func (m Memory) clamped() Memory {
	return Memory{
		Stability:  clamp(m.Stability, MinStability, MaxStability),
		Difficulty: clamp(m.Difficulty, MinDifficulty, MaxDifficulty),
	}
}

// Model describes how memory fades and how an answer changes it.
type Model interface {
	// Version names the model. It is stored with each review.
	Version() string
	// Retrievability returns the chance, 0 to 1, of recalling m the given number of days
	// after the last review. It is 0 for the zero memory.
	Retrievability(m Memory, days float64) float64
	// Interval returns the time in days after which recall has fallen to retention.
	Interval(stability, retention float64) float64
	// NextMemory returns the memory after an answer rated r in form f, the given number
	// of days after the last review (0: on the same day).
	NextMemory(m Memory, days float64, r Rating, f Form) Memory
}

// FSRS6 is the model with 21 weights. Create it with [New]. It is immutable and safe
// for concurrent use.
type FSRS6 struct {
	w                 Weights
	decay             float64 // −w20
	inverse           float64 // 1/decay
	factor            float64 // 0.9^(1/decay) − 1
	recallGain        float64 // e^w8
	minLapseFactor    float64 // e^(w17·w18); a lapse divides stability by at least this
	easiestDifficulty float64 // D0(4), unclamped
}

var _ Model = (*FSRS6)(nil)

// New returns a model with the weights w, or an error if a weight is invalid.
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

// Version returns "fsrs-6".
func (*FSRS6) Version() string { return "fsrs-6" }

// Weights returns the weights of the model.
func (m *FSRS6) Weights() Weights { return m.w }

// Retrievability returns R(t,S) = (1 + factor·t/S)^decay, the forgetting curve. Days
// below 0 count as 0. It is 0 for the zero memory.
func (m *FSRS6) Retrievability(mem Memory, days float64) float64 {
	if !mem.IsSet() {
		return 0
	}
	return m.retrievability(clamp(mem.Stability, MinStability, MaxStability), nonNegative(days))
}

func (m *FSRS6) retrievability(stability, days float64) float64 {
	return math.Pow(1+m.factor*days/stability, m.decay)
}

// Interval is the inverse of the forgetting curve: S·(r^(1/decay) − 1)/factor, in
// days, not rounded. At retention 0.9 it is exactly the stability. Retention is
// clamped to 0.0001 to 1.
func (m *FSRS6) Interval(stability, retention float64) float64 {
	stability = clamp(stability, MinStability, MaxStability)
	retention = clamp(retention, 1e-4, 1)
	return stability * ((math.Pow(retention, m.inverse) - 1) / m.factor)
}

// clamp returns x limited to least and most. NaN becomes least.
func clamp(x, least, most float64) float64 {
	if !(x > least) {
		return least
	}
	return min(x, most)
}

func nonNegative(x float64) float64 { return clamp(x, 0, math.MaxFloat64) }
