package quiz

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// ReportReasons are the reasons for which people can report a question.
var ReportReasons = []string{"date", "two-right", "tells", "unclear", "other"}

// MaxReportNote is the maximum length of a report's note, in characters.
const MaxReportNote = 500

// QuestionReport is a person's report of a problem with a question, stored with the
// question as it was shown so that the deck's teacher can check it.
type QuestionReport struct {
	ID       int64
	Deck     int64
	Token    string // of the question; one report per question and reason
	Question Question
	Given    string // the answer, if there was one
	Reason   string
	Note     string
	At       time.Time
	ClosedAt time.Time // when a teacher closed it; zero before
	Reply    string    // a teacher's reply to the person who reported it
}

// CanAcceptAnswer reports whether the given answer can be added to the accepted
// spellings. It must be a typed term.
func (r QuestionReport) CanAcceptAnswer() bool {
	return r.Question.Kind == KindGapTyped && strings.TrimSpace(r.Given) != "" && NormalizeTerm(r.Given) != ""
}

// ValidateReply returns the problems with a teacher's reply. The field is reply.
func ValidateReply(reply string) Problems {
	var p Problems
	if utf8.RuneCountInString(reply) > MaxReportNote {
		p.Add("reply", "problem.long", "Max", MaxReportNote)
	}
	return p
}

// Validate returns the problems with the report. The fields are reason and note.
func (r QuestionReport) Validate() Problems {
	var p Problems
	if !slices.Contains(ReportReasons, r.Reason) {
		p.Add("reason", "problem.report.reason")
	}
	switch {
	case utf8.RuneCountInString(r.Note) > MaxReportNote:
		p.Add("note", "problem.long", "Max", MaxReportNote)
	case r.Reason == "other" && strings.TrimSpace(r.Note) == "":
		p.Add("note", "problem.report.note")
	}
	return p
}
