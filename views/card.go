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

// CardScreen is the page of one card: its memory state and the card actions.
type CardScreen struct {
	Frame
	Deck           *quiz.Deck
	Fact           quiz.Fact
	Card           quiz.Card
	Time           study.LearnerTime
	SuspendedUntil int64               // the day until which it is suspended; 0 when it is not
	Reviews        []quiz.Review       // its reviews that count, newest first
	WeakCard       stats.WeakCard      // how much more often it was wrong than expected
	ConfusedWith   quiz.Fact           // the fact it was confused with most, if a question can tell the two apart
	UndoAction     int64               // the card action that can be undone; 0 for none
	DoneAction     quiz.CardActionKind // was just applied
	Day            string              // as typed
	Problems       quiz.Problems
}

// Title returns the page title.
func (s CardScreen) Title() string { return s.T("card.title") }

// Content returns the page body.
func (s CardScreen) Content() templ.Component { return card(s) }

// recall returns the retrievability today, in percent.
func (s CardScreen) recall() string {
	return percent(s.Card.Retrievability(s.Time.Model(), s.Time.Day))
}

// stabilityText says how long recall stays above 90 percent.
func (s CardScreen) stabilityText() string {
	days := s.Time.Model().Interval(s.Card.State.Memory.Stability, 0.9)
	if days < 1 {
		return s.T("card.holds.hours")
	}
	return s.N("card.holds", int(math.Round(days)))
}

// difficultyText returns the difficulty, out of 10.
func (s CardScreen) difficultyText() string {
	return strconv.FormatFloat(s.Card.State.Memory.Difficulty, 'f', 1, 64)
}

func (s CardScreen) dueText() string { return s.When(s.Card.Due, s.Time.Now, s.Time.Calendar) }

// date formats one of the learner's days.
func (s CardScreen) date(day int64) string { return s.Time.Calendar.Date(day).Format(time.DateOnly) }

// weakText says how often it was wrong, and how often that was expected.
func (s CardScreen) weakText() string {
	return s.N("card.slips", s.WeakCard.Count, "Wrong", s.WeakCard.WrongCount(), "Expected", strconv.FormatFloat(s.WeakCard.ExpectedWrongCount(), 'f', 1, 64))
}

// kindName returns the name of a question kind.
func (f Frame) kindName(k quiz.Kind) string {
	if k == quiz.KindFlashcard {
		return f.T("ask.flip")
	}
	return f.T("kind." + string(k))
}

// expectedText returns the recall expected at a review.
func (f Frame) expectedText(r quiz.Review) string {
	if r.Expected < 0 {
		return "–"
	}
	return f.T("percent", "N", percent(r.Expected))
}

// intervalText returns the interval scheduled by a review.
func (f Frame) intervalText(r quiz.Review) string {
	if days := r.CardAfter.DueDay - r.Day; days > 0 && !r.CardAfter.IsLearning() {
		return f.N("card.days", int(days))
	}
	return f.N("card.minutes", int(math.Round(r.CardAfter.Due.Sub(r.At).Minutes())))
}
