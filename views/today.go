package views

import (
	"chronicle/quiz"
	"chronicle/views/kit"

	"github.com/a-h/templ"
)

// WelcomeScreen is the home page for a new visitor.
type WelcomeScreen struct {
	Frame
	Decks       []DeckRow
	Timeline    []FactRow // of the first deck
	Assignments []AssignmentProgress
}

// Title returns the page title.
func (s WelcomeScreen) Title() string { return s.T("welcome.title") }

// Content returns the page body.
func (s WelcomeScreen) Content() templ.Component { return welcome(s) }

// TodayScreen is the home page: the cards due, and one button.
type TodayScreen struct {
	Frame
	Decks       []DeckRow
	Assignments []AssignmentProgress
	Notices     []quiz.Notice
	Due         int // cards due for review
	Learning    int // those of them in learning
	New         int
	Minutes     int
	Facts       int     // started so far
	Recall      float64 // mean recall today
	RecallAfter float64 // the same after reviewing all due cards
	Timeline    []FactRow
	First       int64
	Last        int64
	DueBars     []kit.Bar
	Calendar    []kit.Square
	Days        int               // days with practice in the last half year
	Answers     int               // in the last half year
	NextDueText string            // when the next card is due; empty when one is due now
	QuizSession quiz.StudySession // unfinished quiz; without an attempt when there is none
	ResumeDeck  string            // name of the deck to continue with
}

// Title returns the page title.
func (s TodayScreen) Title() string { return s.T("menu.today") }

// Content returns the page body.
func (s TodayScreen) Content() templ.Component { return today(s) }

// headline returns the most important message of the day.
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

// summaryText says how long the reviews take and what they improve.
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
