package views

import (
	"math"
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/recall"
	"chronicle/quiz/study"

	"github.com/a-h/templ"
)

// Card is all about one card: what memory believes, and what can be done by hand.
type Card struct {
	Frame
	Deck     *quiz.Deck
	Fact     quiz.Fact
	Card     quiz.Card
	At       study.Moment
	Aside    int64         // the day until which it is put aside; 0 when it is not
	Log      []quiz.Review // its answers that count, the last first
	Slip     recall.Slip   // how far it was wrong more often than expected
	With     quiz.Fact     // what it was taken for most, if questions tell the two apart
	Undo     int64         // the deed that can be taken back; 0 for none
	Done     quiz.Deed     // was done a moment ago
	Day      string        // as typed
	Problems quiz.Problems
}

// Title names the page.
func (s Card) Title() string { return s.T("card.title") }

// Part shows it.
func (s Card) Part() templ.Component { return card(s) }

// recall is what memory believes of today, in percent.
func (s Card) recall() string { return percent(s.Card.Ink(s.At.Model(), s.At.Day)) }

// holds is how long recall stays above nine of ten.
func (s Card) holds() string {
	days := s.At.Model().Interval(s.Card.Memory.Memory.Stability, 0.9)
	if days < 1 {
		return s.T("card.holds.hours")
	}
	return s.N("card.holds", int(math.Round(days)))
}

// hard is the difficulty, of 10.
func (s Card) hard() string {
	return strconv.FormatFloat(s.Card.Memory.Memory.Difficulty, 'f', 1, 64)
}

func (s Card) due() string { return s.When(s.Card.Due, s.At.Now, s.At.Cal) }

// date is one of the learner's days.
func (s Card) date(day int64) string { return s.At.Cal.Date(day).Format(time.DateOnly) }

// slipped says how often it was wrong, and was to be.
func (s Card) slipped() string {
	return s.N("card.slips", s.Slip.N, "Wrong", s.Slip.Wrong(), "Expected", strconv.FormatFloat(s.Slip.ExpectedWrong(), 'f', 1, 64))
}

// kindOf names the kind of question of an answer.
func (f Frame) kindOf(k quiz.Kind) string {
	if k == quiz.Flip {
		return f.T("ask.flip")
	}
	return f.T("kind." + string(k))
}

// expected is what memory expected of an answer.
func (f Frame) expected(r quiz.Review) string {
	if r.Expected < 0 {
		return "–"
	}
	return f.T("percent", "N", percent(r.Expected))
}

// backAfter is how long after an answer the card was to come back.
func (f Frame) backAfter(r quiz.Review) string {
	if days := r.After.DueDay - r.Day; days > 0 && !r.After.Learning() {
		return f.N("card.days", int(days))
	}
	return f.N("card.minutes", int(math.Round(r.After.Due.Sub(r.At).Minutes())))
}
