package views

import "github.com/a-h/templ"

// How says in plain words how Chronicle decides, and what it keeps.
type How struct{ Frame }

// Title names the page.
func (s How) Title() string { return s.T("how.title") }

// Part shows it.
func (s How) Part() templ.Component { return how(s) }

// howParts are its sections, in order, each with how many paragraphs it has.
var howParts = []struct {
	name       string
	paragraphs []string
}{
	{"questions", []string{"one", "two", "three"}},
	{"memory", []string{"one", "two", "three", "four"}},
	{"marks", []string{"one", "two"}},
	{"corrections", []string{"one"}},
	{"kept", []string{"one", "two", "three"}},
}
