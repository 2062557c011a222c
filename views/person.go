package views

import (
	"slices"
	"time"

	"chronicle/quiz"

	"github.com/a-h/templ"
)

// SignUpScreen is the form that turns a guest into a person with an account.
type SignUpScreen struct {
	Frame
	Form     quiz.SignUp // without the password
	Problems quiz.Problems
	Facts    int // practised so far in this browser
	Policy   quiz.SignUpPolicy
}

// Title returns the page title.
func (s SignUpScreen) Title() string { return s.T("sign-up.title") }

// Content returns the page body.
func (s SignUpScreen) Content() templ.Component { return signUp(s) }

// SignInScreen is the sign-in form.
type SignInScreen struct {
	Frame
	Name       string
	Problem    string // message key; empty for none
	Facts      int    // practised in this browser as a guest
	MergeGuest bool   // merge them into the account
}

// Title returns the page title.
func (s SignInScreen) Title() string { return s.T("sign-in.title") }

// Content returns the page body.
func (s SignInScreen) Content() templ.Component { return signIn(s) }

// SettingsScreen is the settings page.
type SettingsScreen struct {
	Frame
	Hidden             bool              // on every leaderboard
	StudentClass       string            // in which a guest is a student
	Student            quiz.Student      // the guest in that class
	Policy             quiz.SignUpPolicy // says whether a guest can sign up
	Person             quiz.Person
	Zone               string // as typed
	NewPerDay          string
	RetentionPreset    string            // the name of a preset, or "own"
	RetentionPercent   string            // as typed, in percent
	RetentionChoices   []RetentionChoice // forecast for each preset
	Zones              []string
	DayStart           string // as typed
	RestDays           quiz.Weekdays
	AvoidedKinds       []quiz.Kind
	StrictSpelling     bool
	Problems           quiz.Problems
	Saved              bool
	PasswordChanged    bool // the password was just changed
	OtherSessionsEnded bool // every other session was just ended
}

// isWanted reports whether a question kind is asked.
func (s SettingsScreen) isWanted(k quiz.Kind) bool { return !slices.Contains(s.AvoidedKinds, k) }

// weekdaysFromMonday lists the weekdays, starting on Monday.
var weekdaysFromMonday = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// RetentionChoice is the forecast of a year of practice.
type RetentionChoice struct {
	Preset  string
	Share   int // desired retention in percent
	Answers int
	Hours   int
	Recall  int // mean recall at its end, in percent
}

// Title returns the page title.
func (s SettingsScreen) Title() string { return s.T("settings.title") }

// Content returns the page body.
func (s SettingsScreen) Content() templ.Component { return settings(s) }

// problemText returns the message for a field; empty when it has no problem.
func problemText(f Frame, p quiz.Problems, field string) string {
	if one, ok := p.ForField(field); ok {
		return f.Problem(one)
	}
	return ""
}
