package views

import (
	"math"
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/stats"
	"chronicle/quiz/study"

	"github.com/a-h/templ"
)

// CardScreen is all about one card: what memory believes, and what can be done by hand.
type CardScreen struct {
	Frame
	Deck           *quiz.Deck
	Fact           quiz.Fact
	Card           quiz.Card
	Time           study.LearnerTime
	SuspendedUntil int64               // the day until which it is put aside; 0 when it is not
	Reviews        []quiz.Review       // its answers that count, the last first
	WeakCard       stats.WeakCard      // how far it was wrong more often than expected
	ConfusedWith   quiz.Fact           // what it was taken for most, if questions tell the two apart
	UndoAction     int64               // the deed that can be taken back; 0 for none
	DoneAction     quiz.CardActionKind // was done a moment ago
	Day            string              // as typed
	Problems       quiz.Problems
}

// Title names the page.
func (s CardScreen) Title() string { return s.T("card.title") }

// Content shows it.
func (s CardScreen) Content() templ.Component { return card(s) }

// recall is what memory believes of today, in percent.
func (s CardScreen) recall() string {
	return percent(s.Card.Retrievability(s.Time.Model(), s.Time.Day))
}

// stabilityText is how long recall stays above nine of ten.
func (s CardScreen) stabilityText() string {
	days := s.Time.Model().Interval(s.Card.State.Memory.Stability, 0.9)
	if days < 1 {
		return s.T("card.holds.hours")
	}
	return s.N("card.holds", int(math.Round(days)))
}

// difficultyText is the difficulty, of 10.
func (s CardScreen) difficultyText() string {
	return strconv.FormatFloat(s.Card.State.Memory.Difficulty, 'f', 1, 64)
}

func (s CardScreen) dueText() string { return s.When(s.Card.Due, s.Time.Now, s.Time.Calendar) }

// date is one of the learner's days.
func (s CardScreen) date(day int64) string { return s.Time.Calendar.Date(day).Format(time.DateOnly) }

// weakText says how often it was wrong, and was to be.
func (s CardScreen) weakText() string {
	return s.N("card.slips", s.WeakCard.Count, "Wrong", s.WeakCard.WrongCount(), "Expected", strconv.FormatFloat(s.WeakCard.ExpectedWrongCount(), 'f', 1, 64))
}

// kindName names the kind of question of an answer.
func (f Frame) kindName(k quiz.Kind) string {
	if k == quiz.KindFlashcard {
		return f.T("ask.flip")
	}
	return f.T("kind." + string(k))
}

// expectedText is what memory expected of an answer.
func (f Frame) expectedText(r quiz.Review) string {
	if r.Expected < 0 {
		return "–"
	}
	return f.T("percent", "N", percent(r.Expected))
}

// intervalText is how long after an answer the card was to come back.
func (f Frame) intervalText(r quiz.Review) string {
	if days := r.CardAfter.DueDay - r.Day; days > 0 && !r.CardAfter.IsLearning() {
		return f.N("card.days", int(days))
	}
	return f.N("card.minutes", int(math.Round(r.CardAfter.Due.Sub(r.At).Minutes())))
}
