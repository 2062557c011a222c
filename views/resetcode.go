package views

import (
	"chronicle/quiz"

	"github.com/a-h/templ"
)

// The addresses of who forgot a password, and of who comes first.
const (
	ToForgotPassword templ.SafeURL = "/forgot-password"
	ToResetPassword  templ.SafeURL = "/reset-password"
	ToPassword       templ.SafeURL = "/settings/password"
	ToFirstRun       templ.SafeURL = "/setup"
)

// ToResetWith has the code behind #, which browsers send to nobody.
func ToResetWith(code string) templ.SafeURL { return ToResetPassword + templ.SafeURL("#"+code) }

// ForgotPasswordScreen says how one comes to another password.
type ForgotPasswordScreen struct {
	Frame
	Mail     bool // a code can be sent
	Email    string
	Sent     bool
	Problems quiz.Problems
}

// Title names the page.
func (s ForgotPasswordScreen) Title() string { return s.T("forgot.title") }

// Content shows it.
func (s ForgotPasswordScreen) Content() templ.Component { return forgot(s) }

// ResetPasswordScreen asks for a code and another password.
type ResetPasswordScreen struct {
	Frame
	Code     string // as typed
	Problems quiz.Problems
}

// Title names the page.
func (s ResetPasswordScreen) Title() string { return s.T("reset.title") }

// Content shows it.
func (s ResetPasswordScreen) Content() templ.Component { return reset(s) }

// SecretCodeScreen shows a code that was just made: nobody sees it again.
type SecretCodeScreen struct {
	Frame
	Head, Text string // message keys
	Alias      string // whose it is
	Code, Link string
	Back       templ.SafeURL
}

// Title names the page.
func (s SecretCodeScreen) Title() string { return s.T(s.Head, "Of", s.Alias) }

// Content shows it.
func (s SecretCodeScreen) Content() templ.Component { return secretCode(s) }

// FirstRunScreen makes the first administrator.
type FirstRunScreen struct {
	Frame
	Over     bool // there is one already
	Code     string
	Form     quiz.SignUp
	Problems quiz.Problems
}

// Title names the page.
func (s FirstRunScreen) Title() string { return s.T("first-run.title") }

// Content shows it.
func (s FirstRunScreen) Content() templ.Component { return firstRun(s) }
