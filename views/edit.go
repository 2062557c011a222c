package views

import (
	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/kinds"

	"github.com/a-h/templ"
)

// EditorRow is a fact in the editor.
type EditorRow struct {
	Fact   quiz.Fact
	Issues []authoring.Issue
}

// EditorScreen is the table of a deck's facts for its owner.
type EditorScreen struct {
	Frame
	Index       *kinds.DeckIndex
	Rows        []EditorRow
	SourceTexts []authoring.SourceTextSummary
	Reports     int         // open reports
	Issue       string      // filters the facts
	Done        string      // what was just done
	LastChange  quiz.Change // that undo reverts; its ID is 0 when there is none
	Others      []quiz.Deck // other decks of the owner, to which facts can be moved
	MoveProblem string      // what is wrong with a move
	issueCounts map[authoring.Issue]int
}

// CountIssue adds one fact to the count of an issue.
func (s *EditorScreen) CountIssue(look authoring.Issue) {
	if s.issueCounts == nil {
		s.issueCounts = map[authoring.Issue]int{}
	}
	s.issueCounts[look]++
}

// Title returns the page title.
func (s EditorScreen) Title() string { return s.T("edit.title", "Title", s.Index.Deck.Title) }

// Content returns the page body.
func (s EditorScreen) Content() templ.Component { return editor(s) }

// splitTexts returns the texts that were not removed and those that were.
func (s EditorScreen) splitTexts() (there, gone []authoring.SourceTextSummary) {
	for _, t := range s.SourceTexts {
		if t.Removed {
			gone = append(gone, t)
		} else {
			there = append(there, t)
		}
	}
	return there, gone
}

// changeText describes a change.
func (f Frame) changeText(c quiz.Change) string {
	switch {
	case c.Action == "move":
		return f.N("change.move", len(c.Moves))
	case c.Action == "merge", c.Action == "split", c.Action == "select", c.Action == "skipped":
		return f.T("change." + c.Action)
	case len(c.Facts) == 0: // a skipped proposal is open again
		return f.T("change.decision")
	case len(c.Facts) == 1:
		return f.T("change."+c.Action, "Label", c.Facts[0].After.Label)
	}
	return f.N("change."+c.Action+".many", len(c.Facts))
}

// visibleRows returns the rows with the selected issue.
func (s EditorScreen) visibleRows() []EditorRow {
	if s.issueCounts[authoring.Issue(s.Issue)] == 0 {
		return s.Rows
	}
	var out []EditorRow
	for _, r := range s.Rows {
		for _, look := range r.Issues {
			if string(look) == s.Issue {
				out = append(out, r)
			}
		}
	}
	return out
}
