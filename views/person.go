package views

import (
	"slices"
	"time"

	"chronicle/quiz"

	"github.com/a-h/templ"
)

// SignUp is the form that keeps a guest's progress.
type SignUp struct {
	Frame
	Form     quiz.SignUp // without the password
	Problems quiz.Problems
	Facts    int // practised so far in this browser
	Policy   quiz.Policy
}

// Title names the page.
func (s SignUp) Title() string { return s.T("sign-up.title") }

// Part shows the form.
func (s SignUp) Part() templ.Component { return signUp(s) }

// SignIn is the form for those who have a name here.
type SignIn struct {
	Frame
	Name    string
	Problem string // message key; empty when nothing is wrong
	Facts   int    // practised in this browser as a guest
	Bring   bool   // they are to come along
}

// Title names the page.
func (s SignIn) Title() string { return s.T("sign-in.title") }

// Part shows the form.
func (s SignIn) Part() templ.Component { return signIn(s) }

// Settings are the few things a person chooses.
type Settings struct {
	Frame
	Hidden   bool         // on every board
	Class    string       // in which a guest is a student
	Student  quiz.Student // as whom
	Policy   quiz.Policy  // whether a guest can sign up
	Person   quiz.Person
	Zone     string // as typed
	New      string
	Wanted   string // the word of a share, or "own"
	Share    string // as typed, in percent
	Years    []Year // what each word comes to
	Zones    []string
	Start    string // as typed
	Rest     quiz.Weekdays
	Unwanted []quiz.Kind
	Strict   bool
	Problems quiz.Problems
	Saved    bool
	Changed  bool // another password holds
	Alone    bool // every other session was just ended
}

// wants tells whether a kind of question is to be asked.
func (s Settings) wants(k quiz.Kind) bool { return !slices.Contains(s.Unwanted, k) }

// week is the days of the week, Monday first.
var week = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// Year is what a year of practice comes to.
type Year struct {
	Word    string
	Share   int // that is known when it comes back, in percent
	Answers int
	Hours   int
	Recall  int // remembered at its end, in percent
}

// Title names the page.
func (s Settings) Title() string { return s.T("settings.title") }

// Part shows the form.
func (s Settings) Part() templ.Component { return settings(s) }

// on is the message beside a field; empty when nothing is wrong there.
func on(f Frame, p quiz.Problems, field string) string {
	if one, ok := p.On(field); ok {
		return f.Problem(one)
	}
	return ""
}
