// Package recall tells what a log of answers says of a memory: how much was
// remembered, how much was expected, and what keeps slipping.
package stats

import (
	"math"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// ReviewOutcome is what the log holds of one answered card, as it is marked now.
type ReviewOutcome struct {
	quiz.CardID
	Kind         quiz.Kind
	At           time.Time
	Day          int64 // the learner's
	Verdict      quiz.Verdict
	Rating       fsrs.Rating
	Expected     float64 // chance of a right answer that memory gave before; −1 for none
	ConfusedWith int64   // the fact that it was taken for; 0 for none
	ContrastFact int64   // the one fact that it was to be told from; 0 for none
}

// HasExpectation tells whether memory said beforehand how likely the answer was. An
// order is left out: whether one event stands right there hangs on the others.
func (a ReviewOutcome) HasExpectation() bool { return a.Expected >= 0 && a.Kind != quiz.KindOrder }

// IsRecalled tells whether the answer showed that the fact was remembered; one that is
// partly right does, as it does for memory.
func (a ReviewOutcome) IsRecalled() bool { return a.Rating != fsrs.Again }

// WithExpectation are the answers of which memory said beforehand how likely they were.
func WithExpectation(all []ReviewOutcome) []ReviewOutcome {
	var out []ReviewOutcome
	for _, a := range all {
		if a.HasExpectation() {
			out = append(out, a)
		}
	}
	return out
}

// MinChartAnswers is how many answers there have to be before a chart is drawn of them.
const MinChartAnswers = 20

// RecallShare is how many of some answers were right, and how many were expected to be.
type RecallShare struct {
	Count, Right int
	ExpectedSum  float64 // of the chances expected
}

// Add counts an answer.
func (s *RecallShare) Add(a ReviewOutcome) {
	s.Count++
	s.ExpectedSum += a.Expected
	if a.IsRecalled() {
		s.Right++
	}
}

// NewRecallShare is the share of answers.
func NewRecallShare(all []ReviewOutcome) RecallShare {
	var s RecallShare
	for _, a := range all {
		s.Add(a)
	}
	return s
}

// Rate is the share that was right, from 0 to 1; 0 for none.
func (s RecallShare) Rate() float64 { return float64(s.Right) / float64(max(1, s.Count)) }

// Expected is the share that was expected to be right.
func (s RecallShare) Expected() float64 { return s.ExpectedSum / float64(max(1, s.Count)) }

// Interval holds the true share with 95 %, by Wilson's score.
func (s RecallShare) Interval() (low, high float64) { return WilsonInterval(s.Right, s.Count) }

// z95 leaves 2.5 % of a normal distribution on either side.
const z95 = 1.959963984540054

// WilsonInterval gives the interval of a share of which right in n were seen, with 95 %.
// See Wilson 1927, Probable inference, the law of succession, and statistical inference.
func WilsonInterval(right, n int) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	m, p := float64(n), float64(right)/float64(n)
	middle := (p + z95*z95/(2*m)) / (1 + z95*z95/m)
	half := z95 / (1 + z95*z95/m) * math.Sqrt(p*(1-p)/m+z95*z95/(4*m*m))
	return max(0, middle-half), min(1, middle+half)
}

// binEdges are where the bins of a calibration end: finer where most answers are.
var binEdges = []float64{0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1}

// CalibrationBin is the answers whose expected share lay in a range; its end belongs to the
// next one, but 1 to the last.
type CalibrationBin struct {
	From, To float64
	RecallShare
}

// CalibrationBins sorts answers by what was expected of them; ranges without any are left out.
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
