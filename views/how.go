package views

import "github.com/a-h/templ"

// HowScreen explains how Chronicle works and what it stores.
type HowScreen struct{ Frame }

// Title returns the page title.
func (s HowScreen) Title() string { return s.T("how.title") }

// Content returns the page body.
func (s HowScreen) Content() templ.Component { return how(s) }

// howSections lists the sections of the page: message keys of a title and of paragraphs.
var howSections = []struct {
	title      string
	paragraphs []string
}{
	{"how.questions", []string{"how.questions.one", "how.questions.two", "how.questions.three"}},
	{"how.memory", []string{"how.memory.one", "how.memory.two", "how.memory.three", "how.memory.four", "how.memory.five", "how.memory.six"}},
	{"how.marks", []string{"how.marks.one", "how.marks.two"}},
	{"how.classes", []string{"how.classes.one", "how.classes.two"}},
	{"how.boards", []string{"how.boards.one", "how.boards.two"}},
	{"how.corrections", []string{"how.corrections.one"}},
	{"how.kept", []string{"how.kept.one", "how.kept.two", "how.kept.three"}},
}
