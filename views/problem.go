package views

import "github.com/a-h/templ"

// Trouble is the page for what went wrong.
type Trouble struct {
	Frame
	Head string // message keys
	Text string
	ID   string        // of the log line; empty when nothing was logged
	Go   templ.SafeURL // where to go on
	Verb string        // message key of the link there
}

// Title names the page.
func (s Trouble) Title() string { return s.T(s.Head) }

// Part shows it.
func (s Trouble) Part() templ.Component { return trouble(s) }
