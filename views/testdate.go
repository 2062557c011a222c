package views

import (
	"time"

	"chronicle/quiz"
	"chronicle/quiz/stats"
	"chronicle/quiz/study"

	"github.com/a-h/templ"
)

// TestDateScreen is the form for the test date of a deck.
type TestDateScreen struct {
	Frame
	Deck             *quiz.Deck
	TestDate         quiz.TestDate // as stored; zero when there is none
	IsPast           bool          // the date has come
	Forecast         study.TestForecast
	AnswersPerDay    int // answers possible in the planned minutes
	Choices          []TestMinutesChoice
	ForecastAccuracy stats.RecallShare // recent expected and actual recall
	Day              string            // as typed
	Minutes          string
	Cal              quiz.Calendar
	Done             string // "set" or "dropped", just now
	Problems         quiz.Problems
}

// TestMinutesChoice is the forecast for a number of minutes a day by the date in the form.
type TestMinutesChoice struct {
	Minutes    int
	KnownOnDay float64
}

// Title returns the page title.
func (s TestDateScreen) Title() string { return s.T("goal.title") }

// Content returns the page body.
func (s TestDateScreen) Content() templ.Component { return testDate(s) }

// date formats the test date.
func (s TestDateScreen) date() string { return s.Cal.Date(s.TestDate.Day).Format(time.DateOnly) }
