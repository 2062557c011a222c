package views

import (
	"chronicle/quiz"
	"chronicle/quiz/ask"

	"github.com/a-h/templ"
)

// Inbox is what people reported of a deck's questions.
type Inbox struct {
	Frame
	Pool     *ask.Pool
	Reports  []quiz.Report
	At       int64  // the report whose reply was refused
	Reply    string // that was typed
	Problems quiz.Problems
	Done     string
}

// Title names the page.
func (s Inbox) Title() string { return s.T("inbox.title", "Title", s.Pool.Deck.Title) }

// Part shows the reports.
func (s Inbox) Part() templ.Component { return inbox(s) }

// open are the reports that nobody dealt with, the oldest first.
func (s Inbox) open() []quiz.Report {
	var out []quiz.Report
	for _, r := range s.Reports {
		if r.Closed.IsZero() {
			out = append(out, r)
		}
	}
	return out
}

// fact is the fact of a report's question as it is now.
func (s Inbox) fact(r quiz.Report) (quiz.Fact, bool) {
	f, ok := s.Pool.Deck.Fact(r.Question.Fact)
	return f, ok && !f.Retired
}
