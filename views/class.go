package views

import (
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/enrol"

	"github.com/a-h/templ"
)

// Classes lists somebody's classes.
type Classes struct {
	Frame
	All     []enrol.Listed
	Teaches bool       // they can make one
	Deck    *quiz.Deck // that is to be assigned to one of them; nil for none
}

// to is where a class in the list leads.
func (s Classes) to(c enrol.Listed) templ.SafeURL {
	if s.Deck != nil {
		return ToAssignDeck(c.Name, s.Deck.Name)
	}
	return ToClass(c.Name)
}

// Title names the page.
func (s Classes) Title() string { return s.T("menu.classes") }

// Part shows it.
func (s Classes) Part() templ.Component { return classes(s) }

// ClassForm makes a class or changes its description.
type ClassForm struct {
	Frame
	Class    quiz.Class // without a name it is a new one
	Zones    []string
	Teachers []enrol.Colleague
	Teacher  string      // as typed
	Boards   string      // "yes" or "no", as chosen
	Now      *quiz.Class // what it is meanwhile, where it was changed elsewhere
	Done     string      // "saved", "code", "teacher" or "removed", a moment ago
	Problems quiz.Problems
}

// Title names the page.
func (s ClassForm) Title() string {
	if s.Class.Name == "" {
		return s.T("class.new")
	}
	return s.T("class.about")
}

// Part shows it.
func (s ClassForm) Part() templ.Component { return classForm(s) }

func (s ClassForm) to() templ.SafeURL {
	if s.Class.Name == "" {
		return ToClasses
	}
	return ToClassAbout(s.Class.Name)
}

// mayRemove tells whether the visitor may end that somebody teaches the class.
func (s ClassForm) mayRemove(t enrol.Colleague) bool {
	return !t.Owner && (t.Person == s.Who.Person || s.Who.Person == s.Class.Owner)
}

// ClassCode shows the join code so that a whole room can read it.
type ClassCode struct {
	Frame
	Class  quiz.Class
	Origin string // the beginning of this site's addresses
}

// Title names the page.
func (s ClassCode) Title() string { return s.T("class.code.title", "Class", s.Class.Title) }

// Part shows it.
func (s ClassCode) Part() templ.Component { return classCode(s) }

func (s ClassCode) link() string { return s.Origin + string(ToJoinClass(s.Class.Code)) }

// OwnClass is a class as its student sees it.
type OwnClass struct {
	Frame
	Class    quiz.Class
	Student  quiz.Student
	Teachers []enrol.Colleague
	Assigned []AssignedRow
	Quiz     string // the address of today's quiz; empty for none
	Alias    string // as typed
	Done     string // "alias", a moment ago
	Problems quiz.Problems
}

// Title names the page.
func (s OwnClass) Title() string { return s.Class.Title }

// Part shows it.
func (s OwnClass) Part() templ.Component { return ownClass(s) }

func (s OwnClass) teachers() string {
	var names []string
	for _, t := range s.Teachers {
		names = append(names, t.Alias)
	}
	return strings.Join(names, ", ")
}

// AssignedRow is an assignment as a student has it.
type AssignedRow struct {
	enrol.Assigned
	Days    int     // until it is to be known
	Cards   int     // that it asks for
	Known   float64 // share of them that is known today
	Learned int     // of them
}

// stands says how the student stands.
func (f Frame) stands(a AssignedRow) string {
	if a.Aim == quiz.ToLearn {
		return f.N("assigned.learned", a.Want, "Done", a.Learned)
	}
	return f.T("assigned.known", "Known", percent(a.Known), "Want", a.Want)
}

// Code asks for a class's join code.
type Code struct {
	Frame
	Code    string // as typed
	Problem string // key of what is wrong; empty for nothing
}

// Title names the page.
func (s Code) Title() string { return s.T("join.title") }

// Part shows it.
func (s Code) Part() templ.Component { return code(s) }

// Join asks what somebody is to be called in a class.
type Join struct {
	Frame
	Class       quiz.Class
	Name        string // as typed
	Teaches, In bool   // the visitor does so already
	Here        string // the student of a class whose browser this is; empty for none
	Kept        bool   // who can come back with a card
	Problems    quiz.Problems
}

// Title names the page.
func (s Join) Title() string { return s.T("join.class", "Class", s.Class.Title) }

// Part shows it.
func (s Join) Part() templ.Component { return joinClass(s) }

// Pass asks for what stands on a sign-in card.
type Pass struct {
	Frame
	Alias   string // of who is signed in
	Here    string // the student without a card whose browser this is; empty for none
	Facts   int    // that a guest learned and may bring
	Problem string
}

// Title names the page.
func (s Pass) Title() string { return s.T("card.sign-in") }

// Part shows it.
func (s Pass) Part() templ.Component { return signInCard(s) }

// Students lists the students of a class.
type Students struct {
	Frame
	Class    quiz.Class
	In, Gone []quiz.Student
	Cal      quiz.Calendar
	Aliases  string           // as typed
	Named    map[int64]bool   // students of whom a real name is kept
	Names    map[int64]string // their real names, where they were to be shown
	Done     string           // "removed", "restored", "moved" or "erased", a moment ago
	Problems quiz.Problems
}

// Title names the page.
func (s Students) Title() string { return s.T("students.title", "Class", s.Class.Title) }

// Part shows it.
func (s Students) Part() templ.Component { return students(s) }

// without counts those who have neither a password nor a card, and those whose card nobody
// came in with yet: their sheet may have been lost.
func (s Students) without() (none, unused int) {
	for _, one := range s.In {
		switch {
		case one.Account:
		case one.Card.IsZero():
			none++
		case !one.Used:
			unused++
		}
	}
	return none, unused
}

func (s Students) carded(unused bool) int {
	none, handed := s.without()
	if unused {
		return handed
	}
	return none
}

// signsIn says how a student comes back.
func (s Students) signsIn(one quiz.Student) string {
	switch {
	case one.Account:
		return s.T("students.password")
	case one.Card.IsZero():
		return s.T("students.no-card")
	case one.Used:
		return s.T("students.card.used")
	}
	return s.T("students.card", "Day", s.Cal.Date(s.Cal.Day(one.Card)).Format(time.DateOnly))
}

// wrongAliases says what is wrong with the lines, the line first.
func (s Students) wrongAliases() string {
	text := on(s.Frame, s.Problems, "aliases")
	if more := on(s.Frame, s.Problems, "line"); more != "" {
		text += " " + more
	}
	return text
}

// Sheet shows sign-in cards to be printed.
type Sheet struct {
	Frame
	Class  quiz.Class
	Cards  []enrol.Card
	Origin string
}

// Title names the page.
func (s Sheet) Title() string { return s.T("sheet.title", "Class", s.Class.Title) }

// Part shows it.
func (s Sheet) Part() templ.Component { return sheet(s) }

// link has the secret behind #, which browsers send to nobody.
func (s Sheet) link(c enrol.Card) string { return s.Origin + string(ToCardSignIn) + "#" + c.Secret }
