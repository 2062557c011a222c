package views

import (
	"chronicle/quiz"

	"github.com/a-h/templ"
)

// Reporting is where a question is reported, before or after it was answered.
type Reporting struct {
	Studying
	Question quiz.Question
	Form     quiz.Report
	Problems quiz.Problems
	Back     templ.SafeURL
}

// Title names the page.
func (s Reporting) Title() string { return s.T("report.title") }

// Part shows the form.
func (s Reporting) Part() templ.Component { return reporting(s) }
