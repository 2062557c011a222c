package views

import "github.com/a-h/templ"

// ErrorScreen is the page for what went wrong.
type ErrorScreen struct {
	Frame
	Head      string // message keys
	Text      string
	ID        string        // of the log line; empty when nothing was logged
	NextURL   templ.SafeURL // where to go on
	NextLabel string        // message key of the link there
}

// Title names the page.
func (s ErrorScreen) Title() string { return s.T(s.Head) }

// Content shows it.
func (s ErrorScreen) Content() templ.Component { return errorPage(s) }
