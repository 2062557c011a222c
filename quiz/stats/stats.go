// Package stats computes recall statistics from the review log: actual and expected
// recall, weak cards and confusions.
package stats

import (
	"math"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// ReviewOutcome is one review as it is graded now.
type ReviewOutcome struct {
	quiz.CardID
	Kind         quiz.Kind
	At           time.Time
	Day          int64 // the learner's day
	Verdict      quiz.Verdict
	Rating       fsrs.Rating
	Expected     float64 // chance of a right answer predicted before it; −1 for none
	ConfusedWith int64   // the fact it was confused with; 0 for none
	ContrastFact int64   // the only fact it was contrasted with; 0 for none
}

// HasExpectation reports whether the chance of a right answer was predicted. Order
// questions are excluded, because whether one event is in its right place depends on the
// others.
func (a ReviewOutcome) HasExpectation() bool { return a.Expected >= 0 && a.Kind != quiz.KindOrder }

// IsRecalled reports whether the answer showed that the fact was remembered. A partly
// right answer counts unless its rating is Again.
func (a ReviewOutcome) IsRecalled() bool { return a.Rating != fsrs.Again }

// WithExpectation returns the reviews with a predicted chance of a right answer.
func WithExpectation(all []ReviewOutcome) []ReviewOutcome {
	var out []ReviewOutcome
	for _, a := range all {
		if a.HasExpectation() {
			out = append(out, a)
		}
	}
	return out
}

// MinChartAnswers is the minimum number of answers for a chart.
const MinChartAnswers = 20

// RecallShare counts answers, how many were right, and how many were expected to be
// right.
type RecallShare struct {
	Count, Right int
	ExpectedSum  float64 // sum of the expected chances
}

// Add adds a review to the counts.
func (s *RecallShare) Add(a ReviewOutcome) {
	s.Count++
	s.ExpectedSum += a.Expected
	if a.IsRecalled() {
		s.Right++
	}
}

// NewRecallShare returns the RecallShare of the reviews.
func NewRecallShare(all []ReviewOutcome) RecallShare {
	var s RecallShare
	for _, a := range all {
		s.Add(a)
	}
	return s
}

// Rate returns the share that was right, from 0 to 1; 0 if there are no answers.
func (s RecallShare) Rate() float64 { return float64(s.Right) / float64(max(1, s.Count)) }

// Expected returns the share that was expected to be right.
func (s RecallShare) Expected() float64 { return s.ExpectedSum / float64(max(1, s.Count)) }

// Interval returns the 95 % confidence interval of Rate, by Wilson's score.
func (s RecallShare) Interval() (low, high float64) { return WilsonInterval(s.Right, s.Count) }

// z95 leaves 2.5 % of a normal distribution on either side.
const z95 = 1.959963984540054

// WilsonInterval returns the 95 % confidence interval of a share of which right in n
// were observed. See Wilson 1927, Probable inference, the law of succession, and
// statistical inference.
func WilsonInterval(right, n int) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	m, p := float64(n), float64(right)/float64(n)
	middle := (p + z95*z95/(2*m)) / (1 + z95*z95/m)
	half := z95 / (1 + z95*z95/m) * math.Sqrt(p*(1-p)/m+z95*z95/(4*m*m))
	return max(0, middle-half), min(1, middle+half)
}

// binEdges are the upper ends of the calibration bins, which are narrower where most
// answers fall.
var binEdges = []float64{0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1}

// CalibrationBin counts the answers whose expected chance is in [From, To); the last bin
// includes 1.
type CalibrationBin struct {
	From, To float64
	RecallShare
}

// CalibrationBins groups reviews by their expected chance. Empty bins are left out.
func CalibrationBins(all []ReviewOutcome) []CalibrationBin {
	bins := make([]CalibrationBin, len(binEdges))
	from := 0.0
	for i, to := range binEdges {
		bins[i].From, bins[i].To, from = from, to, to
	}
	for _, a := range all {
		i := 0
		for i < len(binEdges)-1 && a.Expected >= binEdges[i] {
			i++
		}
		bins[i].Add(a)
	}
	var out []CalibrationBin
	for _, b := range bins {
		if b.Count > 0 {
			out = append(out, b)
		}
	}
	return out
}
