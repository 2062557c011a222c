package views

import (
	"net/url"

	"chronicle/quiz"

	"github.com/a-h/templ"
)

// ChooseDeckScreen chooses the deck of an assignment.
type ChooseDeckScreen struct {
	Frame
	Class quiz.Class
	Decks []DeckRow
}

// Title names the page.
func (s ChooseDeckScreen) Title() string { return s.T("assign.title") }

// Content shows it.
func (s ChooseDeckScreen) Content() templ.Component { return chooseDeck(s) }

// AssignmentScreen makes an assignment or changes it.
type AssignmentScreen struct {
	Frame
	Class             quiz.Class
	Deck              *quiz.Deck
	Facts             int             // of the deck
	Cards             int             // that the assignment asks for
	Assignment        quiz.Assignment // as it is kept; without number it is a new one
	TargetKind        quiz.TargetKind
	ExtendLateJoiners bool

	From, To, Start, TargetDay, KnownPercent, LearnedCards, Minutes string // as typed

	Choices        []MinutesChoice
	Shortfall      MinutesChoice    // what the minutes bring, where it is less than is wanted
	CurrentVersion *quiz.Assignment // what it is meanwhile, where it was changed elsewhere
	Others         []quiz.Class     // to which it can be given too
	Problems       quiz.Problems
}

// MinutesChoice is what so many minutes a day bring to somebody who knows nothing yet.
type MinutesChoice struct {
	Minutes       int
	Known         float64
	Learned       int
	ReachesTarget bool
}

// Title names the page.
func (s AssignmentScreen) Title() string {
	if s.Assignment.ID == 0 {
		return s.T("assign.title")
	}
	return s.T("assign.change")
}

// Content shows it.
func (s AssignmentScreen) Content() templ.Component { return assignment(s) }

func (s AssignmentScreen) action() templ.SafeURL {
	if s.Assignment.ID == 0 {
		return ToAssignments(s.Class.Name)
	}
	return ToAssignment(s.Class.Name, s.Assignment.ID)
}

// targetProblem is what is wrong with the one of the two numbers that counts.
func (s AssignmentScreen) targetProblem(field string) string {
	if (field == "learned") != (s.TargetKind == quiz.TargetCardsLearned) {
		return ""
	}
	return problemText(s.Frame, s.Problems, "want")
}

// shortfallText says what the minutes bring, and how many would be enough.
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

// copyTo is where the same assignment is given to another class.
func (s AssignmentScreen) copyTo(c quiz.Class) templ.SafeURL {
	return ToNewDeckAssignment(c.Name, s.Deck.Name) + templ.SafeURL("&"+url.Values{"of": {s.Class.Name}, "copy": {number(s.Assignment.ID)}}.Encode())
}

// targetText says what an assignment wants.
func (f Frame) targetText(a quiz.Assignment) string {
	if a.TargetKind == quiz.TargetCardsLearned {
		return f.N("assign.wants.learned", a.Target)
	}
	return f.T("assign.wants.known", "N", a.Target)
}

// astronomical is a year as it is counted with a year 0.
func astronomical(year int) int64 { return quiz.AstronomicalYear(year) }

// TitledAssignment is an assignment with the title of its deck.
type TitledAssignment struct {
	quiz.Assignment
	Title string
}
