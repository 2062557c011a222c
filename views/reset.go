package views

import (
	"chronicle/quiz"

	"github.com/a-h/templ"
)

// The addresses of who forgot a password, and of who comes first.
const (
	ToForgot   templ.SafeURL = "/forgot"
	ToReset    templ.SafeURL = "/reset"
	ToPassword templ.SafeURL = "/settings/password"
	ToFirstRun templ.SafeURL = "/first-run"
)

// ToResetWith has the code behind #, which browsers send to nobody.
func ToResetWith(code string) templ.SafeURL { return ToReset + templ.SafeURL("#"+code) }

// Forgot says how one comes to another password.
type Forgot struct {
	Frame
	Mail     bool // a code can be sent
	Email    string
	Sent     bool
	Problems quiz.Problems
}

// Title names the page.
func (s Forgot) Title() string { return s.T("forgot.title") }

// Part shows it.
func (s Forgot) Part() templ.Component { return forgot(s) }

// Reset asks for a code and another password.
type Reset struct {
	Frame
	Code     string // as typed
	Problems quiz.Problems
}

// Title names the page.
func (s Reset) Title() string { return s.T("reset.title") }

// Part shows it.
func (s Reset) Part() templ.Component { return reset(s) }

// Coded shows a code that was just made: nobody sees it again.
type Coded struct {
	Frame
	Head, Text string // message keys
	Of         string // whose it is
	Code, Link string
	Back       templ.SafeURL
}

// Title names the page.
func (s Coded) Title() string { return s.T(s.Head, "Of", s.Of) }

// Part shows it.
func (s Coded) Part() templ.Component { return coded(s) }

// FirstRun makes the first administrator.
type FirstRun struct {
	Frame
	Over     bool // there is one already
	Code     string
	Form     quiz.SignUp
	Problems quiz.Problems
}

// Title names the page.
func (s FirstRun) Title() string { return s.T("first-run.title") }

// Part shows it.
func (s FirstRun) Part() templ.Component { return firstRun(s) }
