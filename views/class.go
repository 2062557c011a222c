package views

import (
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classroom"

	"github.com/a-h/templ"
)

// ClassesScreen lists the visitor's classes.
type ClassesScreen struct {
	Frame
	All      []classroom.ClassSummary
	CanTeach bool       // may create a class
	Deck     *quiz.Deck // to be assigned to the chosen class; nil for none
}

// to returns the URL of a class in the list.
func (s ClassesScreen) to(c classroom.ClassSummary) templ.SafeURL {
	if s.Deck != nil {
		return ToNewDeckAssignment(c.Name, s.Deck.Name)
	}
	return ToClass(c.Name)
}

// Title returns the page title.
func (s ClassesScreen) Title() string { return s.T("menu.classes") }

// Content returns the page body.
func (s ClassesScreen) Content() templ.Component { return classes(s) }

// ClassFormScreen is the form of a new or existing class.
type ClassFormScreen struct {
	Frame
	Class          quiz.Class // its name is empty for a new one
	Zones          []string
	Teachers       []classroom.ClassTeacher
	Teacher        string      // as typed
	Boards         string      // "yes" or "no", as chosen
	CurrentVersion *quiz.Class // version saved by someone else since the form was opened; nil for none
	Done           string      // "saved", "code", "teacher" or "removed", just now
	Problems       quiz.Problems
}

// Title returns the page title.
func (s ClassFormScreen) Title() string {
	if s.Class.Name == "" {
		return s.T("class.new")
	}
	return s.T("class.about")
}

// Content returns the page body.
func (s ClassFormScreen) Content() templ.Component { return classForm(s) }

func (s ClassFormScreen) to() templ.SafeURL {
	if s.Class.Name == "" {
		return ToClasses
	}
	return ToClassForm(s.Class.Name)
}

// canRemove reports whether the visitor may remove a teacher from the class.
func (s ClassFormScreen) canRemove(t classroom.ClassTeacher) bool {
	return !t.Owner && (t.Person == s.Who.Person || s.Who.Person == s.Class.Owner)
}

// JoinCodeScreen shows the join code in large type for a whole classroom.
type JoinCodeScreen struct {
	Frame
	Class  quiz.Class
	Origin string // scheme and host of the site
}

// Title returns the page title.
func (s JoinCodeScreen) Title() string { return s.T("class.code.title", "Class", s.Class.Title) }

// Content returns the page body.
func (s JoinCodeScreen) Content() templ.Component { return classCode(s) }

func (s JoinCodeScreen) link() string { return s.Origin + string(ToJoinClass(s.Class.JoinCode)) }

// StudentClassScreen is a class as its student sees it.
type StudentClassScreen struct {
	Frame
	Class       quiz.Class
	Student     quiz.Student
	Teachers    []classroom.ClassTeacher
	Assignments []AssignmentProgress
	QuizPath    string // of today's quiz; empty for none
	Alias       string // as typed
	Done        string // "alias" if it was just changed
	Problems    quiz.Problems
}

// Title returns the page title.
func (s StudentClassScreen) Title() string { return s.Class.Title }

// Content returns the page body.
func (s StudentClassScreen) Content() templ.Component { return studentClass(s) }

func (s StudentClassScreen) teachers() string {
	var names []string
	for _, t := range s.Teachers {
		names = append(names, t.Alias)
	}
	return strings.Join(names, ", ")
}

// AssignmentProgress is a student's progress in an assignment.
type AssignmentProgress struct {
	classroom.StudentAssignment
	Days    int     // until the target date
	Cards   int     // in the assignment
	Known   float64 // share of them known today
	Learned int     // of them
}

// standingText describes the student's progress.
func (f Frame) standingText(a AssignmentProgress) string {
	if a.TargetKind == quiz.TargetCardsLearned {
		return f.N("assigned.learned", a.Target, "Done", a.Learned)
	}
	return f.T("assigned.known", "Known", percent(a.Known), "Want", a.Target)
}

// EnterCodeScreen asks for a join code.
type EnterCodeScreen struct {
	Frame
	Code    string // as typed
	Problem string // message key; empty for none
}

// Title returns the page title.
func (s EnterCodeScreen) Title() string { return s.T("join.title") }

// Content returns the page body.
func (s EnterCodeScreen) Content() templ.Component { return code(s) }

// JoinClassScreen asks for an alias in a class.
type JoinClassScreen struct {
	Frame
	Class               quiz.Class
	Name                string // as typed
	IsTeacher, IsMember bool   // the visitor already is
	CurrentStudent      string // alias of the student signed in on this browser; empty for none
	CanReturn           bool   // who can sign in again with a card
	Problems            quiz.Problems
}

// Title returns the page title.
func (s JoinClassScreen) Title() string { return s.T("join.class", "Class", s.Class.Title) }

// Content returns the page body.
func (s JoinClassScreen) Content() templ.Component { return joinClass(s) }

// SignInCardScreen asks for the code on a sign-in card.
type SignInCardScreen struct {
	Frame
	Alias          string // of the person signed in
	CurrentStudent string // alias of the student without a card who is signed in on this browser; empty for none
	Facts          int    // learned as a guest; can be merged
	Problem        string
}

// Title returns the page title.
func (s SignInCardScreen) Title() string { return s.T("card.sign-in") }

// Content returns the page body.
func (s SignInCardScreen) Content() templ.Component { return signInCardForm(s) }

// StudentsScreen lists the students of a class.
type StudentsScreen struct {
	Frame
	Class           quiz.Class
	Current, Former []quiz.Student
	Cal             quiz.Calendar
	Aliases         string           // as typed
	HasRealName     map[int64]bool   // students with a stored real name
	RealNames       map[int64]string // their real names, if they were requested
	Done            string           // "removed", "restored", "moved" or "erased", just now
	Problems        quiz.Problems
}

// Title returns the page title.
func (s StudentsScreen) Title() string { return s.T("students.title", "Class", s.Class.Title) }

// Content returns the page body.
func (s StudentsScreen) Content() templ.Component { return students(s) }

// countWithoutSignIn counts the students who have neither a password nor a card, and those whose card was never
// used: its printout may have been lost.
func (s StudentsScreen) countWithoutSignIn() (none, unused int) {
	for _, one := range s.Current {
		switch {
		case one.HasAccount:
		case one.CardMadeAt.IsZero():
			none++
		case !one.CardUsed:
			unused++
		}
	}
	return none, unused
}

func (s StudentsScreen) countWithCard(unused bool) int {
	none, handed := s.countWithoutSignIn()
	if unused {
		return handed
	}
	return none
}

// signInText says how a student signs in.
func (s StudentsScreen) signInText(one quiz.Student) string {
	switch {
	case one.HasAccount:
		return s.T("students.password")
	case one.CardMadeAt.IsZero():
		return s.T("students.no-card")
	case one.CardUsed:
		return s.T("students.card.used")
	}
	return s.T("students.card", "Day", s.Cal.Date(s.Cal.Day(one.CardMadeAt)).Format(time.DateOnly))
}

// aliasProblem describes the problems in the lines, starting with the line number.
func (s StudentsScreen) aliasProblem() string {
	text := problemText(s.Frame, s.Problems, "aliases")
	if more := problemText(s.Frame, s.Problems, "line"); more != "" {
		text += " " + more
	}
	return text
}

// SignInCardsScreen shows sign-in cards for printing.
type SignInCardsScreen struct {
	Frame
	Class  quiz.Class
	Cards  []classroom.SignInCard
	Origin string
}

// Title returns the page title.
func (s SignInCardsScreen) Title() string { return s.T("sheet.title", "Class", s.Class.Title) }

// Content returns the page body.
func (s SignInCardsScreen) Content() templ.Component { return signInCards(s) }

// link returns a sign-in link. Its secret is in the fragment, which browsers do not send to the server.
func (s SignInCardsScreen) link(c classroom.SignInCard) string {
	return s.Origin + string(ToSignInCard) + "#" + c.Secret
}
