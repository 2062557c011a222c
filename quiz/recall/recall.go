// Package recall tells what a log of answers says of a memory: how much was
// remembered, how much was expected, and what keeps slipping.
package recall

import (
	"math"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// Answer is what the log holds of one answered card, as it is marked now.
type Answer struct {
	quiz.CardID
	Kind     quiz.Kind
	At       time.Time
	Day      int64 // the learner's
	Verdict  quiz.Verdict
	Rating   fsrs.Rating
	Expected float64 // chance of a right answer that memory gave before; −1 for none
	Confused int64   // the fact that it was taken for; 0 for none
	Contrast int64   // the one fact that it was to be told from; 0 for none
}

// Foreseen tells whether memory said beforehand how likely the answer was. An
// order is left out: whether one event stands right there hangs on the others.
func (a Answer) Foreseen() bool { return a.Expected >= 0 && a.Kind != quiz.Order }

// Held tells whether the answer showed that the fact was remembered; one that is
// partly right does, as it does for memory.
func (a Answer) Held() bool { return a.Rating != fsrs.Again }

// Foreseen are the answers of which memory said beforehand how likely they were.
func Foreseen(all []Answer) []Answer {
	var out []Answer
	for _, a := range all {
		if a.Foreseen() {
			out = append(out, a)
		}
	}
	return out
}

// Least is how many answers there have to be before a chart is drawn of them.
const Least = 20

// Share is how many of some answers were right, and how many were expected to be.
type Share struct {
	N, Right int
	Sum      float64 // of the chances expected
}

// Add counts an answer.
func (s *Share) Add(a Answer) {
	s.N++
	s.Sum += a.Expected
	if a.Held() {
		s.Right++
	}
}

// Of is the share of answers.
func Of(all []Answer) Share {
	var s Share
	for _, a := range all {
		s.Add(a)
	}
	return s
}

// Rate is the share that was right, from 0 to 1; 0 for none.
func (s Share) Rate() float64 { return float64(s.Right) / float64(max(1, s.N)) }

// Expected is the share that was expected to be right.
func (s Share) Expected() float64 { return s.Sum / float64(max(1, s.N)) }

// Interval holds the true share with 95 %, by Wilson's score.
func (s Share) Interval() (low, high float64) { return Wilson(s.Right, s.N) }

// z leaves 2.5 % of a normal distribution on either side.
const z = 1.959963984540054

// Wilson gives the interval of a share of which right in n were seen, with 95 %.
// See Wilson 1927, Probable inference, the law of succession, and statistical inference.
func Wilson(right, n int) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	m, p := float64(n), float64(right)/float64(n)
	middle := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return max(0, middle-half), min(1, middle+half)
}

// edges are where the bins of a calibration end: finer where most answers are.
var edges = []float64{0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1}

// Bin is the answers whose expected share lay in a range; its end belongs to the
// next one, but 1 to the last.
type Bin struct {
	From, To float64
	Share
}

// Bins sorts answers by what was expected of them; ranges without any are left out.
func Bins(all []Answer) []Bin {
	bins := make([]Bin, len(edges))
	from := 0.0
	for i, to := range edges {
		bins[i].From, bins[i].To, from = from, to, to
	}
	for _, a := range all {
		i := 0
		for i < len(edges)-1 && a.Expected >= edges[i] {
			i++
		}
		bins[i].Add(a)
	}
	var out []Bin
	for _, b := range bins {
		if b.N > 0 {
			out = append(out, b)
		}
	}
	return out
}
