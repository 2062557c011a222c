package views

import (
	"time"

	"chronicle/quiz"
	"chronicle/quiz/recall"
	"chronicle/quiz/study"

	"github.com/a-h/templ"
)

// Goal is the page on which somebody says when a deck is to be known.
type Goal struct {
	Frame
	Deck     *quiz.Deck
	Goal     quiz.Goal // as it is kept; the zero goal when there is none
	Over     bool      // its day has come
	Expected study.Expected
	PerDay   int // answers that the minutes of the goal have time for
	Choices  []Choice
	Foretold recall.Share // what was expected of late, and what came
	Day      string       // as typed
	Minutes  string
	Cal      quiz.Calendar
	Done     string // "set" or "dropped", a moment ago
	Problems quiz.Problems
}

// Choice is what so many minutes a day would bring by the day that stands in the
// form.
type Choice struct {
	Minutes int
	Share   float64
}

// Title names the page.
func (s Goal) Title() string { return s.T("goal.title") }

// Part shows it.
func (s Goal) Part() templ.Component { return goal(s) }

// date is the day of the goal.
func (s Goal) date() string { return s.Cal.Date(s.Goal.Day).Format(time.DateOnly) }
