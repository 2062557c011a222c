// Package views renders pages. A screen is a struct with everything it shows; nothing here loads data, reads a
// request or makes decisions.
package views

import (
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/edtf"

	"github.com/a-h/templ"
)

// Screen is one page.
type Screen interface {
	Title() string
	Content() templ.Component
	frame() Frame
}

// Frame holds what every page shows around its own content.
type Frame struct {
	*Words
	Assets  func(name string) string // returns the hashed URL of an asset
	Who     quiz.Who
	Alias   string
	Section string // of the menu: today, decks, progress or none
	FormKey string // new random key for a form that creates something only once, however often it is sent
	Minimal bool   // without the menu
}

func (f Frame) frame() Frame { return f }

// Page renders the whole page of a screen.
func Page(s Screen) templ.Component { return page(s.frame(), s.Title(), s.Content()) }

// Date formats a date in the frame's language.
func (f Frame) Date(d edtf.Date) string { return d.Format(f.Lang()) }

// Problem returns the message of a problem.
func (f Frame) Problem(p quiz.Problem) string { return f.TextWith(p.Key, p.Args) }

// When says how far away a time is: "in 10 minutes", "tomorrow", "in 12 days". Days are those of the learner's
// calendar.
func (f Frame) When(due, now time.Time, cal quiz.Calendar) string {
	days := int(cal.Day(due) - cal.Day(now))
	switch minutes := int((due.Sub(now) + 59*time.Second) / time.Minute); {
	case due.Sub(now) < time.Hour && minutes <= 1:
		return f.N("in.minutes", 1)
	case due.Sub(now) < time.Hour:
		return f.N("in.minutes", minutes)
	case days <= 0:
		return f.T("in.today")
	case days == 1:
		return f.T("in.tomorrow")
	case days < 60:
		return f.N("in.days", days)
	case days < 365:
		return f.N("in.months", (days+15)/30)
	}
	return f.N("in.years", (days+182)/365)
}

// percent formats a share from 0 to 1 as whole percent.
func percent(share float64) string { return strconv.Itoa(int(share*100 + 0.5)) }
