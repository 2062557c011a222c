package views

import (
	"chronicle/quiz"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// Welcome is the front page for somebody who has not practised yet.
type Welcome struct {
	Frame
	Decks []DeckRow
	Line  []FactRow // of the first deck
	Tasks []AssignedRow
}

// Title names the page.
func (s Welcome) Title() string { return s.T("welcome.title") }

// Part shows it.
func (s Welcome) Part() templ.Component { return welcome(s) }

// Today is the front page: what is fading, and one button.
type Today struct {
	Frame
	Decks    []DeckRow
	Tasks    []AssignedRow
	Notices  []quiz.Notice
	Due      int // cards to be asked again
	Steps    int // those of them that are still being learned
	New      int
	Minutes  int
	Facts    int     // met so far
	Recall   float64 // share of them remembered today
	After    float64 // the same once what is due was practised
	Line     []FactRow
	First    int64
	Last     int64
	Weeks    []kit.Bar
	Calendar []kit.Square
	Days     int          // with practice, of the half year
	Answers  int          // in the half year
	Next     string       // when something is due again; empty when something is
	Quiz     quiz.Sitting // where a quiz waits; without a run when none does
	Resume   string       // name of the deck to go on with
}

// Title names the page.
func (s Today) Title() string { return s.T("menu.today") }

// Part shows it.
func (s Today) Part() templ.Component { return today(s) }

// head is the one thing to know today.
func (s Today) head() string {
	switch {
	case s.Due > s.Steps:
		return s.N("today.fading", s.Due-s.Steps)
	case s.Due > 0:
		return s.N("today.learning", s.Due)
	case s.New > 0:
		return s.N("today.new", s.New)
	}
	return s.T("today.done")
}

// lead says how long it takes and what it brings.
func (s Today) lead() string {
	if s.Facts == 0 {
		return s.T("today.aside")
	}
	remembered := s.N("today.remember", s.Facts, "Percent", percent(s.Recall))
	switch {
	case s.Due > 0 && percent(s.After) != percent(s.Recall):
		return s.N("today.minutes", s.Minutes) + " " + s.N("today.brings", s.Facts, "Percent", percent(s.Recall), "After", percent(s.After))
	case s.Due+s.New > 0:
		return s.N("today.minutes", s.Minutes) + " " + remembered
	}
	return remembered + " " + s.Next
}
