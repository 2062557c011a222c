package quiz

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Reasons are why people report a question.
var Reasons = []string{"date", "two-right", "tells", "unclear", "other"}

// NoteMax is how long a report's note may be, in characters.
const NoteMax = 500

// Report is what a person says is wrong with a question, kept with the
// question as it was for whoever looks after the deck.
type Report struct {
	ID       int64
	Deck     int64
	Token    string // of the question; one report of a reason each
	Question Question
	Given    string // the answer, when there was one
	Reason   string
	Note     string
	At       time.Time
	Closed   time.Time // when a teacher was done with it; zero before
	Reply    string    // a teacher's word to whoever reported
}

// Acceptable tells whether the answer that was given can be made right too: a
// typed word, where the spelling is missing.
func (r Report) Acceptable() bool {
	return r.Question.Kind == GapTyped && strings.TrimSpace(r.Given) != "" && Plain(r.Given) != ""
}

// CheckReply says what is wrong with a teacher's word; the field is reply.
func CheckReply(reply string) Problems {
	var p Problems
	if utf8.RuneCountInString(reply) > NoteMax {
		p.Add("reply", "problem.long", "Max", NoteMax)
	}
	return p
}

// Check says what is wrong; fields are reason and note.
func (r Report) Check() Problems {
	var p Problems
	if !slices.Contains(Reasons, r.Reason) {
		p.Add("reason", "problem.report.reason")
	}
	switch {
	case utf8.RuneCountInString(r.Note) > NoteMax:
		p.Add("note", "problem.long", "Max", NoteMax)
	case r.Reason == "other" && strings.TrimSpace(r.Note) == "":
		p.Add("note", "problem.report.note")
	}
	return p
}
