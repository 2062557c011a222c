package views

import (
	"net/url"

	"chronicle/quiz"

	"github.com/a-h/templ"
)

// ChooseDeckScreen asks for the deck of an assignment.
type ChooseDeckScreen struct {
	Frame
	Class quiz.Class
	Decks []DeckRow
}

// Title returns the page title.
func (s ChooseDeckScreen) Title() string { return s.T("assign.title") }

// Content returns the page body.
func (s ChooseDeckScreen) Content() templ.Component { return chooseDeck(s) }

// AssignmentScreen is the form of a new or existing assignment.
type AssignmentScreen struct {
	Frame
	Class             quiz.Class
	Deck              *quiz.Deck
	Facts             int             // in the deck
	Cards             int             // in the assignment
	Assignment        quiz.Assignment // as stored; its ID is 0 for a new one
	TargetKind        quiz.TargetKind
	ExtendLateJoiners bool

	From, To, Start, TargetDay, KnownPercent, LearnedCards, Minutes string // as typed

	Choices        []MinutesChoice
	Shortfall      MinutesChoice    // forecast for the chosen minutes when it is below the target
	CurrentVersion *quiz.Assignment // version saved by someone else since the form was opened; nil for none
	Others         []quiz.Class     // other classes it can be copied to
	Problems       quiz.Problems
}

// MinutesChoice is the forecast for a new student who practises that many minutes a day.
type MinutesChoice struct {
	Minutes       int
	Known         float64
	Learned       int
	ReachesTarget bool
}

// Title returns the page title.
func (s AssignmentScreen) Title() string {
	if s.Assignment.ID == 0 {
		return s.T("assign.title")
	}
	return s.T("assign.change")
}

// Content returns the page body.
func (s AssignmentScreen) Content() templ.Component { return assignment(s) }

func (s AssignmentScreen) action() templ.SafeURL {
	if s.Assignment.ID == 0 {
		return ToAssignments(s.Class.Name)
	}
	return ToAssignment(s.Class.Name, s.Assignment.ID)
}

// targetProblem returns the problem with a target field if it is the kind of target that was chosen.
func (s AssignmentScreen) targetProblem(field string) string {
	if (field == "learned") != (s.TargetKind == quiz.TargetCardsLearned) {
		return ""
	}
	return problemText(s.Frame, s.Problems, "want")
}

// shortfallText says what the forecast is, and how many minutes would reach the target.
func (s AssignmentScreen) shortfallText() string {
	text := s.T("assign.short.known", "N", percent(s.Shortfall.Known))
	if s.TargetKind == quiz.TargetCardsLearned {
		text = s.N("assign.short.learned", s.Shortfall.Learned)
	}
	for _, c := range s.Choices {
		if c.ReachesTarget {
			return text + " " + s.T("assign.short.enough", "Minutes", c.Minutes)
		}
	}
	return text + " " + s.T("assign.short.never")
}

// copyTo returns the URL that copies the assignment to another class.
func (s AssignmentScreen) copyTo(c quiz.Class) templ.SafeURL {
	return ToNewDeckAssignment(c.Name, s.Deck.Name) + templ.SafeURL("&"+url.Values{"of": {s.Class.Name}, "copy": {number(s.Assignment.ID)}}.Encode())
}

// targetText describes the target of an assignment.
func (f Frame) targetText(a quiz.Assignment) string {
	if a.TargetKind == quiz.TargetCardsLearned {
		return f.N("assign.wants.learned", a.Target)
	}
	return f.T("assign.wants.known", "N", a.Target)
}

// astronomical converts a historical year to one counted with a year 0.
func astronomical(year int) int64 { return quiz.AstronomicalYear(year) }

// TitledAssignment is an assignment with the title of its deck.
type TitledAssignment struct {
	quiz.Assignment
	Title string
}
