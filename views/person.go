package views

import (
	"slices"
	"time"

	"chronicle/quiz"

	"github.com/a-h/templ"
)

// SignUpScreen is the form that keeps a guest's progress.
type SignUpScreen struct {
	Frame
	Form     quiz.SignUp // without the password
	Problems quiz.Problems
	Facts    int // practised so far in this browser
	Policy   quiz.SignUpPolicy
}

// Title names the page.
func (s SignUpScreen) Title() string { return s.T("sign-up.title") }

// Content shows the form.
func (s SignUpScreen) Content() templ.Component { return signUp(s) }

// SignInScreen is the form for those who have a name here.
type SignInScreen struct {
	Frame
	Name       string
	Problem    string // message key; empty when nothing is wrong
	Facts      int    // practised in this browser as a guest
	MergeGuest bool   // they are to come along
}

// Title names the page.
func (s SignInScreen) Title() string { return s.T("sign-in.title") }

// Content shows the form.
func (s SignInScreen) Content() templ.Component { return signIn(s) }

// SettingsScreen are the few things a person chooses.
type SettingsScreen struct {
	Frame
	Hidden             bool              // on every board
	StudentClass       string            // in which a guest is a student
	Student            quiz.Student      // as whom
	Policy             quiz.SignUpPolicy // whether a guest can sign up
	Person             quiz.Person
	Zone               string // as typed
	NewPerDay          string
	RetentionPreset    string            // the word of a share, or "own"
	RetentionPercent   string            // as typed, in percent
	RetentionChoices   []RetentionChoice // what each word comes to
	Zones              []string
	DayStart           string // as typed
	RestDays           quiz.Weekdays
	AvoidedKinds       []quiz.Kind
	StrictSpelling     bool
	Problems           quiz.Problems
	Saved              bool
	PasswordChanged    bool // another password holds
	OtherSessionsEnded bool // every other session was just ended
}

// isWanted tells whether a kind of question is to be asked.
func (s SettingsScreen) isWanted(k quiz.Kind) bool { return !slices.Contains(s.AvoidedKinds, k) }

// weekdaysFromMonday is the days of the week, Monday first.
var weekdaysFromMonday = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// RetentionChoice is what a year of practice comes to.
type RetentionChoice struct {
	Preset  string
	Share   int // that is known when it comes back, in percent
	Answers int
	Hours   int
	Recall  int // remembered at its end, in percent
}

// Title names the page.
func (s SettingsScreen) Title() string { return s.T("settings.title") }

// Content shows the form.
func (s SettingsScreen) Content() templ.Component { return settings(s) }

// problemText is the message beside a field; empty when nothing is wrong there.
func problemText(f Frame, p quiz.Problems, field string) string {
	if one, ok := p.ForField(field); ok {
		return f.Problem(one)
	}
	return ""
}
