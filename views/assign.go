package views

import (
	"net/url"

	"chronicle/quiz"

	"github.com/a-h/templ"
)

// AssignDeck chooses the deck of an assignment.
type AssignDeck struct {
	Frame
	Class quiz.Class
	Decks []DeckRow
}

// Title names the page.
func (s AssignDeck) Title() string { return s.T("assign.title") }

// Part shows it.
func (s AssignDeck) Part() templ.Component { return assignDeck(s) }

// Assign makes an assignment or changes it.
type Assign struct {
	Frame
	Class      quiz.Class
	Deck       *quiz.Deck
	Facts      int             // of the deck
	Cards      int             // that the assignment asks for
	Assignment quiz.Assignment // as it is kept; without number it is a new one
	Aim        quiz.Aim
	Late       bool

	From, To, Start, By, Known, Learned, Minutes string // as typed

	Choices  []AssignChoice
	Short    AssignChoice     // what the minutes bring, where it is less than is wanted
	Now      *quiz.Assignment // what it is meanwhile, where it was changed elsewhere
	Others   []quiz.Class     // to which it can be given too
	Problems quiz.Problems
}

// AssignChoice is what so many minutes a day bring to somebody who knows nothing yet.
type AssignChoice struct {
	Minutes int
	Known   float64
	Learned int
	Enough  bool
}

// Title names the page.
func (s Assign) Title() string {
	if s.Assignment.ID == 0 {
		return s.T("assign.title")
	}
	return s.T("assign.change")
}

// Part shows it.
func (s Assign) Part() templ.Component { return assign(s) }

func (s Assign) to() templ.SafeURL {
	if s.Assignment.ID == 0 {
		return ToAssignments(s.Class.Name)
	}
	return ToAssignment(s.Class.Name, s.Assignment.ID)
}

// want is what is wrong with the one of the two numbers that counts.
func (s Assign) want(field string) string {
	if (field == "learned") != (s.Aim == quiz.ToLearn) {
		return ""
	}
	return on(s.Frame, s.Problems, "want")
}

// short says what the minutes bring, and how many would be enough.
func (s Assign) short() string {
	text := s.T("assign.short.known", "N", percent(s.Short.Known))
	if s.Aim == quiz.ToLearn {
		text = s.N("assign.short.learned", s.Short.Learned)
	}
	for _, c := range s.Choices {
		if c.Enough {
			return text + " " + s.T("assign.short.enough", "Minutes", c.Minutes)
		}
	}
	return text + " " + s.T("assign.short.never")
}

// copyTo is where the same assignment is given to another class.
func (s Assign) copyTo(c quiz.Class) templ.SafeURL {
	return ToAssignDeck(c.Name, s.Deck.Name) + templ.SafeURL("&"+url.Values{"of": {s.Class.Name}, "copy": {number(s.Assignment.ID)}}.Encode())
}

// wants says what an assignment wants.
func (f Frame) wants(a quiz.Assignment) string {
	if a.Aim == quiz.ToLearn {
		return f.N("assign.wants.learned", a.Want)
	}
	return f.T("assign.wants.known", "N", a.Want)
}

// astronomical is a year as it is counted with a year 0.
func astronomical(year int) int64 { return quiz.Astronomical(year) }

// Named is an assignment with the title of its deck.
type Named struct {
	quiz.Assignment
	Title string
}
