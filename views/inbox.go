package views

import (
	"chronicle/quiz"
	"chronicle/quiz/kinds"

	"github.com/a-h/templ"
)

// InboxScreen is what people reported of a deck's questions.
type InboxScreen struct {
	Frame
	Index    *kinds.DeckIndex
	Reports  []quiz.QuestionReport
	ReportID int64  // the report whose reply was refused
	Reply    string // that was typed
	Problems quiz.Problems
	Done     string
}

// Title names the page.
func (s InboxScreen) Title() string { return s.T("inbox.title", "Title", s.Index.Deck.Title) }

// Content shows the reports.
func (s InboxScreen) Content() templ.Component { return inbox(s) }

// openReports are the reports that nobody dealt with, the oldest first.
func (s InboxScreen) openReports() []quiz.QuestionReport {
	var out []quiz.QuestionReport
	for _, r := range s.Reports {
		if r.ClosedAt.IsZero() {
			out = append(out, r)
		}
	}
	return out
}

// fact is the fact of a report's question as it is now.
func (s InboxScreen) fact(r quiz.QuestionReport) (quiz.Fact, bool) {
	f, ok := s.Index.Deck.Fact(r.Question.Fact)
	return f, ok && !f.Retired
}
