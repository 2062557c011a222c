package views

import (
	"time"

	"chronicle/quiz"
	"chronicle/quiz/stats"
	"chronicle/quiz/study"

	"github.com/a-h/templ"
)

// TestDateScreen is the page on which somebody says when a deck is to be known.
type TestDateScreen struct {
	Frame
	Deck             *quiz.Deck
	TestDate         quiz.TestDate // as it is kept; the zero goal when there is none
	IsPast           bool          // its day has come
	Forecast         study.TestForecast
	AnswersPerDay    int // answers that the minutes of the goal have time for
	Choices          []TestMinutesChoice
	ForecastAccuracy stats.RecallShare // what was expected of late, and what came
	Day              string            // as typed
	Minutes          string
	Cal              quiz.Calendar
	Done             string // "set" or "dropped", a moment ago
	Problems         quiz.Problems
}

// TestMinutesChoice is what so many minutes a day would bring by the day that stands in the
// form.
type TestMinutesChoice struct {
	Minutes    int
	KnownOnDay float64
}

// Title names the page.
func (s TestDateScreen) Title() string { return s.T("goal.title") }

// Content shows it.
func (s TestDateScreen) Content() templ.Component { return testDate(s) }

// date is the day of the goal.
func (s TestDateScreen) date() string { return s.Cal.Date(s.TestDate.Day).Format(time.DateOnly) }
