package views

import (
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classroom"

	"github.com/a-h/templ"
)

// ClassesScreen lists somebody's classes.
type ClassesScreen struct {
	Frame
	All      []classroom.ClassSummary
	CanTeach bool       // they can make one
	Deck     *quiz.Deck // that is to be assigned to one of them; nil for none
}

// to is where a class in the list leads.
func (s ClassesScreen) to(c classroom.ClassSummary) templ.SafeURL {
	if s.Deck != nil {
		return ToNewDeckAssignment(c.Name, s.Deck.Name)
	}
	return ToClass(c.Name)
}

// Title names the page.
func (s ClassesScreen) Title() string { return s.T("menu.classes") }

// Content shows it.
func (s ClassesScreen) Content() templ.Component { return classes(s) }

// ClassFormScreen makes a class or changes its description.
type ClassFormScreen struct {
	Frame
	Class          quiz.Class // without a name it is a new one
	Zones          []string
	Teachers       []classroom.ClassTeacher
	Teacher        string      // as typed
	Boards         string      // "yes" or "no", as chosen
	CurrentVersion *quiz.Class // what it is meanwhile, where it was changed elsewhere
	Done           string      // "saved", "code", "teacher" or "removed", a moment ago
	Problems       quiz.Problems
}

// Title names the page.
func (s ClassFormScreen) Title() string {
	if s.Class.Name == "" {
		return s.T("class.new")
	}
	return s.T("class.about")
}

// Content shows it.
func (s ClassFormScreen) Content() templ.Component { return classForm(s) }

func (s ClassFormScreen) to() templ.SafeURL {
	if s.Class.Name == "" {
		return ToClasses
	}
	return ToClassForm(s.Class.Name)
}

// canRemove tells whether the visitor may end that somebody teaches the class.
func (s ClassFormScreen) canRemove(t classroom.ClassTeacher) bool {
	return !t.Owner && (t.Person == s.Who.Person || s.Who.Person == s.Class.Owner)
}

// JoinCodeScreen shows the join code so that a whole room can read it.
type JoinCodeScreen struct {
	Frame
	Class  quiz.Class
	Origin string // the beginning of this site's addresses
}

// Title names the page.
func (s JoinCodeScreen) Title() string { return s.T("class.code.title", "Class", s.Class.Title) }

// Content shows it.
func (s JoinCodeScreen) Content() templ.Component { return classCode(s) }

func (s JoinCodeScreen) link() string { return s.Origin + string(ToJoinClass(s.Class.JoinCode)) }

// StudentClassScreen is a class as its student sees it.
type StudentClassScreen struct {
	Frame
	Class       quiz.Class
	Student     quiz.Student
	Teachers    []classroom.ClassTeacher
	Assignments []AssignmentProgress
	QuizPath    string // the address of today's quiz; empty for none
	Alias       string // as typed
	Done        string // "alias", a moment ago
	Problems    quiz.Problems
}

// Title names the page.
func (s StudentClassScreen) Title() string { return s.Class.Title }

// Content shows it.
func (s StudentClassScreen) Content() templ.Component { return studentClass(s) }

func (s StudentClassScreen) teachers() string {
	var names []string
	for _, t := range s.Teachers {
		names = append(names, t.Alias)
	}
	return strings.Join(names, ", ")
}

// AssignmentProgress is an assignment as a student has it.
type AssignmentProgress struct {
	classroom.StudentAssignment
	Days    int     // until it is to be known
	Cards   int     // that it asks for
	Known   float64 // share of them that is known today
	Learned int     // of them
}

// standingText says how the student stands.
func (f Frame) standingText(a AssignmentProgress) string {
	if a.TargetKind == quiz.TargetCardsLearned {
		return f.N("assigned.learned", a.Target, "Done", a.Learned)
	}
	return f.T("assigned.known", "Known", percent(a.Known), "Want", a.Target)
}

// EnterCodeScreen asks for a class's join code.
type EnterCodeScreen struct {
	Frame
	Code    string // as typed
	Problem string // key of what is wrong; empty for nothing
}

// Title names the page.
func (s EnterCodeScreen) Title() string { return s.T("join.title") }

// Content shows it.
func (s EnterCodeScreen) Content() templ.Component { return code(s) }

// JoinClassScreen asks what somebody is to be called in a class.
type JoinClassScreen struct {
	Frame
	Class               quiz.Class
	Name                string // as typed
	IsTeacher, IsMember bool   // the visitor does so already
	CurrentStudent      string // the student of a class whose browser this is; empty for none
	CanReturn           bool   // who can come back with a card
	Problems            quiz.Problems
}

// Title names the page.
func (s JoinClassScreen) Title() string { return s.T("join.class", "Class", s.Class.Title) }

// Content shows it.
func (s JoinClassScreen) Content() templ.Component { return joinClass(s) }

// SignInCardScreen asks for what stands on a sign-in card.
type SignInCardScreen struct {
	Frame
	Alias          string // of who is signed in
	CurrentStudent string // the student without a card whose browser this is; empty for none
	Facts          int    // that a guest learned and may bring
	Problem        string
}

// Title names the page.
func (s SignInCardScreen) Title() string { return s.T("card.sign-in") }

// Content shows it.
func (s SignInCardScreen) Content() templ.Component { return signInCardForm(s) }

// StudentsScreen lists the students of a class.
type StudentsScreen struct {
	Frame
	Class           quiz.Class
	Current, Former []quiz.Student
	Cal             quiz.Calendar
	Aliases         string           // as typed
	HasRealName     map[int64]bool   // students of whom a real name is kept
	RealNames       map[int64]string // their real names, where they were to be shown
	Done            string           // "removed", "restored", "moved" or "erased", a moment ago
	Problems        quiz.Problems
}

// Title names the page.
func (s StudentsScreen) Title() string { return s.T("students.title", "Class", s.Class.Title) }

// Content shows it.
func (s StudentsScreen) Content() templ.Component { return students(s) }

// countWithoutSignIn counts those who have neither a password nor a card, and those whose card nobody
// came in with yet: their sheet may have been lost.
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

// signInText says how a student comes back.
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

// aliasProblem says what is wrong with the lines, the line first.
func (s StudentsScreen) aliasProblem() string {
	text := problemText(s.Frame, s.Problems, "aliases")
	if more := problemText(s.Frame, s.Problems, "line"); more != "" {
		text += " " + more
	}
	return text
}

// SignInCardsScreen shows sign-in cards to be printed.
type SignInCardsScreen struct {
	Frame
	Class  quiz.Class
	Cards  []classroom.SignInCard
	Origin string
}

// Title names the page.
func (s SignInCardsScreen) Title() string { return s.T("sheet.title", "Class", s.Class.Title) }

// Content shows it.
func (s SignInCardsScreen) Content() templ.Component { return signInCards(s) }

// link has the secret behind #, which browsers send to nobody.
func (s SignInCardsScreen) link(c classroom.SignInCard) string {
	return s.Origin + string(ToSignInCard) + "#" + c.Secret
}
