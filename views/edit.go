package views

import (
	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/teach"

	"github.com/a-h/templ"
)

// EditRow is a fact in the editor.
type EditRow struct {
	Fact  quiz.Fact
	Looks []teach.Look
}

// Editor is the table of a deck's facts, for its owner.
type Editor struct {
	Frame
	Pool    *ask.Pool
	Rows    []EditRow
	Texts   []teach.Brought
	Reports int         // that nobody dealt with
	Look    string      // only these are shown
	Done    string      // what was done just now
	Last    quiz.Change // that undo takes back; without a number there is none
	Others  []quiz.Deck // of the owner, that facts can be moved to
	Moved   string      // what is wrong with a move
	looks   map[teach.Look]int
}

// Count adds one fact to those with a look.
func (s *Editor) Count(look teach.Look) {
	if s.looks == nil {
		s.looks = map[teach.Look]int{}
	}
	s.looks[look]++
}

// Title names the page.
func (s Editor) Title() string { return s.T("edit.title", "Title", s.Pool.Deck.Title) }

// Part shows the table.
func (s Editor) Part() templ.Component { return editor(s) }

// listed are the texts that were not removed, and gone those that were.
func (s Editor) listed() (there, gone []teach.Brought) {
	for _, t := range s.Texts {
		if t.Removed {
			gone = append(gone, t)
		} else {
			there = append(there, t)
		}
	}
	return there, gone
}

// change says in words what a change was.
func (f Frame) change(c quiz.Change) string {
	switch {
	case c.What == "move":
		return f.N("change.move", len(c.Moves))
	case c.What == "merge", c.What == "split", c.What == "select", c.What == "skipped":
		return f.T("change." + c.What)
	case len(c.Facts) == 0: // an item that was skipped is open again
		return f.T("change.decision")
	case len(c.Facts) == 1:
		return f.T("change."+c.What, "Label", c.Facts[0].After.Label)
	}
	return f.N("change."+c.What+".many", len(c.Facts))
}

// shown are the rows with the look that was chosen.
func (s Editor) shown() []EditRow {
	if s.looks[teach.Look(s.Look)] == 0 {
		return s.Rows
	}
	var out []EditRow
	for _, r := range s.Rows {
		for _, look := range r.Looks {
			if string(look) == s.Look {
				out = append(out, r)
			}
		}
	}
	return out
}
