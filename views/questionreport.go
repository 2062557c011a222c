package views

import (
	"chronicle/quiz"

	"github.com/a-h/templ"
)

// ReportScreen is the form for reporting a question, before or after it was answered.
type ReportScreen struct {
	StudyFrame
	Question quiz.Question
	Form     quiz.QuestionReport
	Problems quiz.Problems
	Back     templ.SafeURL
}

// Title returns the page title.
func (s ReportScreen) Title() string { return s.T("report.title") }

// Content returns the page body.
func (s ReportScreen) Content() templ.Component { return reporting(s) }
