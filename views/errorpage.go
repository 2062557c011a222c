package views

import "github.com/a-h/templ"

// ErrorScreen is an error page.
type ErrorScreen struct {
	Frame
	Head      string // message keys
	Text      string
	ID        string        // of the log line; empty when nothing was logged
	NextURL   templ.SafeURL // link to continue
	NextLabel string        // message key of the link text
}

// Title returns the page title.
func (s ErrorScreen) Title() string { return s.T(s.Head) }

// Content returns the page body.
func (s ErrorScreen) Content() templ.Component { return errorPage(s) }
