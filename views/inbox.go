package views

import (
	"chronicle/quiz"
	"chronicle/quiz/kinds"

	"github.com/a-h/templ"
)

// InboxScreen lists the reports on a deck's questions.
type InboxScreen struct {
	Frame
	Index    *kinds.DeckIndex
	Reports  []quiz.QuestionReport
	ReportID int64  // the report whose reply was rejected
	Reply    string // as typed
	Problems quiz.Problems
	Done     string
}

// Title returns the page title.
func (s InboxScreen) Title() string { return s.T("inbox.title", "Title", s.Index.Deck.Title) }

// Content returns the page body.
func (s InboxScreen) Content() templ.Component { return inbox(s) }

// openReports returns the open reports, oldest first.
func (s InboxScreen) openReports() []quiz.QuestionReport {
	var out []quiz.QuestionReport
	for _, r := range s.Reports {
		if r.ClosedAt.IsZero() {
			out = append(out, r)
		}
	}
	return out
}

// fact returns the current version of the fact in a report.
func (s InboxScreen) fact(r quiz.QuestionReport) (quiz.Fact, bool) {
	f, ok := s.Index.Deck.Fact(r.Question.Fact)
	return f, ok && !f.Retired
}
