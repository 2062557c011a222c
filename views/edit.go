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

// EditorScreen is the table of a deck's facts, for its owner.
type EditorScreen struct {
	Frame
	Index       *kinds.DeckIndex
	Rows        []EditorRow
	SourceTexts []authoring.SourceTextSummary
	Reports     int         // that nobody dealt with
	Issue       string      // only these are shown
	Done        string      // what was done just now
	LastChange  quiz.Change // that undo takes back; without a number there is none
	Others      []quiz.Deck // of the owner, that facts can be moved to
	MoveProblem string      // what is wrong with a move
	issueCounts map[authoring.Issue]int
}

// CountIssue adds one fact to those with a look.
func (s *EditorScreen) CountIssue(look authoring.Issue) {
	if s.issueCounts == nil {
		s.issueCounts = map[authoring.Issue]int{}
	}
	s.issueCounts[look]++
}

// Title names the page.
func (s EditorScreen) Title() string { return s.T("edit.title", "Title", s.Index.Deck.Title) }

// Content shows the table.
func (s EditorScreen) Content() templ.Component { return editor(s) }

// splitTexts are the texts that were not removed, and gone those that were.
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

// changeText says in words what a change was.
func (f Frame) changeText(c quiz.Change) string {
	switch {
	case c.Action == "move":
		return f.N("change.move", len(c.Moves))
	case c.Action == "merge", c.Action == "split", c.Action == "select", c.Action == "skipped":
		return f.T("change." + c.Action)
	case len(c.Facts) == 0: // an item that was skipped is open again
		return f.T("change.decision")
	case len(c.Facts) == 1:
		return f.T("change."+c.Action, "Label", c.Facts[0].After.Label)
	}
	return f.N("change."+c.Action+".many", len(c.Facts))
}

// visibleRows are the rows with the look that was chosen.
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
