package views

import (
	"chronicle/quiz"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// WelcomeScreen is the front page for somebody who has not practised yet.
type WelcomeScreen struct {
	Frame
	Decks       []DeckRow
	Timeline    []FactRow // of the first deck
	Assignments []AssignmentProgress
}

// Title names the page.
func (s WelcomeScreen) Title() string { return s.T("welcome.title") }

// Content shows it.
func (s WelcomeScreen) Content() templ.Component { return welcome(s) }

// TodayScreen is the front page: what is fading, and one button.
type TodayScreen struct {
	Frame
	Decks       []DeckRow
	Assignments []AssignmentProgress
	Notices     []quiz.Notice
	Due         int // cards to be asked again
	Learning    int // those of them that are still being learned
	New         int
	Minutes     int
	Facts       int     // met so far
	Recall      float64 // share of them remembered today
	RecallAfter float64 // the same once what is due was practised
	Timeline    []FactRow
	First       int64
	Last        int64
	DueBars     []kit.Bar
	Calendar    []kit.Square
	Days        int               // with practice, of the half year
	Answers     int               // in the half year
	NextDueText string            // when something is due again; empty when something is
	QuizSession quiz.StudySession // where a quiz waits; without a run when none does
	ResumeDeck  string            // name of the deck to go on with
}

// Title names the page.
func (s TodayScreen) Title() string { return s.T("menu.today") }

// Content shows it.
func (s TodayScreen) Content() templ.Component { return today(s) }

// headline is the one thing to know today.
func (s TodayScreen) headline() string {
	switch {
	case s.Due > s.Learning:
		return s.N("today.fading", s.Due-s.Learning)
	case s.Due > 0:
		return s.N("today.learning", s.Due)
	case s.New > 0:
		return s.N("today.new", s.New)
	}
	return s.T("today.done")
}

// summaryText says how long it takes and what it brings.
func (s TodayScreen) summaryText() string {
	if s.Facts == 0 {
		return s.T("today.aside")
	}
	remembered := s.N("today.remember", s.Facts, "Percent", percent(s.Recall))
	switch {
	case s.Due > 0 && percent(s.RecallAfter) != percent(s.Recall):
		return s.N("today.minutes", s.Minutes) + " " + s.N("today.brings", s.Facts, "Percent", percent(s.Recall), "After", percent(s.RecallAfter))
	case s.Due+s.New > 0:
		return s.N("today.minutes", s.Minutes) + " " + remembered
	}
	return remembered + " " + s.NextDueText
}
