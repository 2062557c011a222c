package views

import (
	"chronicle/quiz"

	"github.com/a-h/templ"
)

// URLs for password resets and the first run.
const (
	ToForgotPassword templ.SafeURL = "/forgot-password"
	ToResetPassword  templ.SafeURL = "/reset-password"
	ToPassword       templ.SafeURL = "/settings/password"
	ToFirstRun       templ.SafeURL = "/setup"
)

// ToResetWith has the code in the fragment, which browsers do not send to the server.
func ToResetWith(code string) templ.SafeURL { return ToResetPassword + templ.SafeURL("#"+code) }

// ForgotPasswordScreen says how to get a new password.
type ForgotPasswordScreen struct {
	Frame
	Mail     bool // a code can be mailed
	Email    string
	Sent     bool
	Problems quiz.Problems
}

// Title returns the page title.
func (s ForgotPasswordScreen) Title() string { return s.T("forgot.title") }

// Content returns the page body.
func (s ForgotPasswordScreen) Content() templ.Component { return forgot(s) }

// ResetPasswordScreen asks for a reset code and a new password.
type ResetPasswordScreen struct {
	Frame
	Code     string // as typed
	Problems quiz.Problems
}

// Title returns the page title.
func (s ResetPasswordScreen) Title() string { return s.T("reset.title") }

// Content returns the page body.
func (s ResetPasswordScreen) Content() templ.Component { return reset(s) }

// SecretCodeScreen shows a new reset code, once.
type SecretCodeScreen struct {
	Frame
	Head, Text string // message keys
	Alias      string // of the person it is for
	Code, Link string
	Back       templ.SafeURL
}

// Title returns the page title.
func (s SecretCodeScreen) Title() string { return s.T(s.Head, "Of", s.Alias) }

// Content returns the page body.
func (s SecretCodeScreen) Content() templ.Component { return secretCode(s) }

// FirstRunScreen is the form that creates the first administrator.
type FirstRunScreen struct {
	Frame
	Over     bool // there already is one
	Code     string
	Form     quiz.SignUp
	Problems quiz.Problems
}

// Title returns the page title.
func (s FirstRunScreen) Title() string { return s.T("first-run.title") }

// Content returns the page body.
func (s FirstRunScreen) Content() templ.Component { return firstRun(s) }
