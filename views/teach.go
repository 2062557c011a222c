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
	Reports int    // that nobody dealt with
	Look    string // only these are shown
	Done    string // what was done just now
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
	Changed  bool // somebody saved it meanwhile
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
}

// previewed are the options of a question with what is right: one of them, or
// their order, or the date of each.
func (f Frame) previewed(q quiz.Question) []shownOption {
	var out []shownOption
	switch q.Kind {
	case quiz.Order:
		for n, i := range q.Order {
			out = append(out, shownOption{strconv.Itoa(n+1) + ". " + f.option(q, q.Options[i]), false})
		}
	case quiz.Match:
		for i, o := range q.Options {
			out = append(out, shownOption{q.Dates[q.Order[i]].Text + ": " + f.option(q, o), false})
		}
	default:
		for i, o := range q.Options {
			out = append(out, shownOption{f.option(q, o), i == q.Answer})
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
