package views

import (
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/teach"

	"github.com/a-h/templ"
)

// DeckForm makes a deck or changes its description.
type DeckForm struct {
	Frame
	Deck     quiz.Deck // without a name it is a new one
	Problems quiz.Problems
	To, Back templ.SafeURL
	Was      string     // the description that the form was made from; see quiz.Deck.Described
	Now      *quiz.Deck // what it is meanwhile, where it was changed elsewhere
}

// Title names the page.
func (s DeckForm) Title() string {
	if s.Deck.Name == "" {
		return s.T("deck.new.title")
	}
	return s.T("deck.about.title")
}

// Part shows the form.
func (s DeckForm) Part() templ.Component { return deckForm(s) }

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

// FactEdit edits one fact, with what it asks beside.
type FactEdit struct {
	Frame
	Pool     *ask.Pool
	Fact     quiz.Fact // without a key it is a new one
	Form     teach.FactForm
	Problems quiz.Problems
	Asks     []quiz.Question
	Looks    []teach.Look
	Done     string
	Last     quiz.Change // that undo takes back
	Changed  bool        // somebody saved it meanwhile
}

// asksPast tells whether the teacher is asked what becomes of past answers.
func (s FactEdit) asksPast() bool { return s.past() != "" }

func (s FactEdit) past() string { return on(s.Frame, s.Problems, "past") }

// barred is what is kept away from the fact, in words.
func (s FactEdit) barred(b quiz.Bar) string {
	if b.Term != "" {
		return b.Term
	}
	for _, f := range s.Pool.Deck.Facts {
		if f.Key == b.Fact && !f.Retired {
			return s.Date(f.Date) + ": " + f.Label
		}
	}
	return s.T("bar.gone")
}

// Title names the page.
func (s FactEdit) Title() string {
	if s.Fact.Key == "" {
		return s.T("fact.new.title")
	}
	return s.Fact.Label
}

// Part shows the form.
func (s FactEdit) Part() templ.Component { return factEdit(s) }

// twins are the facts that say the same, for whoever has to choose.
func (s FactEdit) twins() []quiz.Fact { return s.Pool.Twins(s.Fact.ID) }

// Rows takes a table of facts.
type Rows struct {
	Frame
	Deck     *quiz.Deck
	Table    string // that was pasted
	Added    int
	Bad      []teach.BadRow
	Problems quiz.Problems
}

// Title names the page.
func (s Rows) Title() string { return s.T("rows.title") }

// Part shows the form.
func (s Rows) Part() templ.Component { return rowsForm(s) }

// left is what the field holds: the rows that were not kept.
func (s Rows) left() string {
	if len(s.Bad) == 0 {
		return s.Table
	}
	var out []string
	for _, b := range s.Bad {
		out = append(out, b.Text)
	}
	return strings.Join(out, "\n")
}

// Bring brings a text.
type Bring struct {
	Frame
	Deck     *quiz.Deck
	Form     teach.Bringing
	Problems quiz.Problems
}

// Title names the page.
func (s Bring) Title() string { return s.T("bring.title") }

// Part shows the form.
func (s Bring) Part() templ.Component { return bring(s) }

// shownOption is an option as a preview shows it.
type shownOption struct {
	Text  string
	Right bool
	Bar   quiz.Bar // that keeps a wrong one away; none for what is no wrong option
}

// previewed are the options of a question with what is right: one of them, or
// their order, or the date of each.
func (f Frame) previewed(q quiz.Question) []shownOption {
	var out []shownOption
	switch q.Kind {
	case quiz.Order:
		for n, i := range q.Order {
			out = append(out, shownOption{Text: strconv.Itoa(n+1) + ". " + f.option(q, q.Options[i])})
		}
	case quiz.Match:
		for i, o := range q.Options {
			out = append(out, shownOption{Text: q.Dates[q.Order[i]].Text + ": " + f.option(q, o)})
		}
	default:
		for i, o := range q.Options {
			out = append(out, shownOption{f.option(q, o), i == q.Answer, quiz.Bar{}})
		}
	}
	return out
}

// previewed are the options of a question of the fact, with what keeps each wrong
// one away.
func (s FactEdit) previewed(q quiz.Question) []shownOption {
	out := s.Frame.previewed(q)
	for i := range out {
		if !q.Kind.Chooses() || i >= len(q.Options) || q.Options[i].Fact == s.Fact.ID || q.Options[i].Fact == 0 {
			continue
		}
		if q.Kind == quiz.GapChoice {
			out[i].Bar.Term = q.Options[i].Text
		} else if other, ok := s.Pool.Deck.Fact(q.Options[i].Fact); ok {
			out[i].Bar.Fact = other.Key
		}
	}
	return out
}

// answers are the right answer of a question without options, in words.
func (f Frame) answers(q quiz.Question) string {
	switch {
	case q.Kind == quiz.GapTyped:
		return q.Term
	case !q.Right.IsZero():
		return f.Date(q.Right)
	}
	return ""
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func rows(s string) int { return min(8, max(2, strings.Count(s, "\n")+1)) }

// short is the beginning of a row, as much as helps to find it.
func short(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	if r := []rune(first); len(r) > 120 {
		return string(r[:119]) + "…"
	}
	return first
}
