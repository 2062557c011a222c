package quiz

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// ReportReasons are why people report a question.
var ReportReasons = []string{"date", "two-right", "tells", "unclear", "other"}

// MaxReportNote is how long a report's note may be, in characters.
const MaxReportNote = 500

// QuestionReport is what a person says is wrong with a question, kept with the
// question as it was for whoever looks after the deck.
type QuestionReport struct {
	ID       int64
	Deck     int64
	Token    string // of the question; one report of a reason each
	Question Question
	Given    string // the answer, when there was one
	Reason   string
	Note     string
	At       time.Time
	ClosedAt time.Time // when a teacher was done with it; zero before
	Reply    string    // a teacher's word to whoever reported
}

// CanAcceptAnswer tells whether the answer that was given can be made right too: a
// typed word, where the spelling is missing.
func (r QuestionReport) CanAcceptAnswer() bool {
	return r.Question.Kind == KindGapTyped && strings.TrimSpace(r.Given) != "" && NormalizeTerm(r.Given) != ""
}

// ValidateReply says what is wrong with a teacher's word; the field is reply.
func ValidateReply(reply string) Problems {
	var p Problems
	if utf8.RuneCountInString(reply) > MaxReportNote {
		p.Add("reply", "problem.long", "Max", MaxReportNote)
	}
	return p
}

// Validate says what is wrong; fields are reason and note.
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
