package views

import (
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/authoring"

	"github.com/a-h/templ"
)

// DeckFormScreen is the form of a new or existing deck.
type DeckFormScreen struct {
	Frame
	Deck           quiz.Deck // its name is empty for a new one
	Problems       quiz.Problems
	Action, Back   templ.SafeURL
	FormDigest     string     // digest of the description when the form was opened; see quiz.Deck.Described
	CurrentVersion *quiz.Deck // version saved by someone else since the form was opened; nil for none
}

// Title returns the page title.
func (s DeckFormScreen) Title() string {
	if s.Deck.Name == "" {
		return s.T("deck.new.title")
	}
	return s.T("deck.about.title")
}

// Content returns the page body.
func (s DeckFormScreen) Content() templ.Component { return deckForm(s) }

// FactTableScreen is the form for pasting a table of facts.
type FactTableScreen struct {
	Frame
	Deck     *quiz.Deck
	Table    string // as pasted
	Added    int
	Rejected []authoring.RejectedRow
	Problems quiz.Problems
}

// Title returns the page title.
func (s FactTableScreen) Title() string { return s.T("rows.title") }

// Content returns the page body.
func (s FactTableScreen) Content() templ.Component { return rowsForm(s) }

// remainingText returns the rows that were not added.
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

// SourceTextScreen is the form for adding a source text.
type SourceTextScreen struct {
	Frame
	Deck     *quiz.Deck
	Form     authoring.SourceTextForm
	Problems quiz.Problems
}

// Title returns the page title.
func (s SourceTextScreen) Title() string { return s.T("bring.title") }

// Content returns the page body.
func (s SourceTextScreen) Content() templ.Component { return sourceTextForm(s) }

func number(n int64) string { return strconv.FormatInt(n, 10) }

func countLines(s string) int { return min(8, max(2, strings.Count(s, "\n")+1)) }

// rowExcerpt returns the start of a row, long enough to recognize it.
func rowExcerpt(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	if r := []rune(first); len(r) > 120 {
		return string(r[:119]) + "…"
	}
	return first
}
