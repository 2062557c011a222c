package views

import (
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/authoring"

	"github.com/a-h/templ"
)

// DeckFormScreen makes a deck or changes its description.
type DeckFormScreen struct {
	Frame
	Deck           quiz.Deck // without a name it is a new one
	Problems       quiz.Problems
	Action, Back   templ.SafeURL
	FormDigest     string     // the description that the form was made from; see quiz.Deck.Described
	CurrentVersion *quiz.Deck // what it is meanwhile, where it was changed elsewhere
}

// Title names the page.
func (s DeckFormScreen) Title() string {
	if s.Deck.Name == "" {
		return s.T("deck.new.title")
	}
	return s.T("deck.about.title")
}

// Content shows the form.
func (s DeckFormScreen) Content() templ.Component { return deckForm(s) }

// FactTableScreen takes a table of facts.
type FactTableScreen struct {
	Frame
	Deck     *quiz.Deck
	Table    string // that was pasted
	Added    int
	Rejected []authoring.RejectedRow
	Problems quiz.Problems
}

// Title names the page.
func (s FactTableScreen) Title() string { return s.T("rows.title") }

// Content shows the form.
func (s FactTableScreen) Content() templ.Component { return rowsForm(s) }

// remainingText is what the field holds: the rows that were not kept.
func (s FactTableScreen) remainingText() string {
	if len(s.Rejected) == 0 {
		return s.Table
	}
	var out []string
	for _, b := range s.Rejected {
		out = append(out, b.Text)
	}
	return strings.Join(out, "\n")
}

// SourceTextScreen brings a text.
type SourceTextScreen struct {
	Frame
	Deck     *quiz.Deck
	Form     authoring.SourceTextForm
	Problems quiz.Problems
}

// Title names the page.
func (s SourceTextScreen) Title() string { return s.T("bring.title") }

// Content shows the form.
func (s SourceTextScreen) Content() templ.Component { return sourceTextForm(s) }

func number(n int64) string { return strconv.FormatInt(n, 10) }

func countLines(s string) int { return min(8, max(2, strings.Count(s, "\n")+1)) }

// rowExcerpt is the beginning of a row, as much as helps to find it.
func rowExcerpt(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	if r := []rune(first); len(r) > 120 {
		return string(r[:119]) + "…"
	}
	return first
}
