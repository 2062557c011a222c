package views

import (
	"chronicle/quiz"

	"github.com/a-h/templ"
)

// ReportScreen is where a question is reported, before or after it was answered.
type ReportScreen struct {
	StudyFrame
	Question quiz.Question
	Form     quiz.QuestionReport
	Problems quiz.Problems
	Back     templ.SafeURL
}

// Title names the page.
func (s ReportScreen) Title() string { return s.T("report.title") }

// Content shows the form.
func (s ReportScreen) Content() templ.Component { return reporting(s) }
