package views

import (
	"strconv"
	"strings"

	"chronicle/quiz"
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
