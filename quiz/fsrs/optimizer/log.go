// Package optimizer finds the FSRS-6 weights that predict a person's answers best. All
// functions are pure: their input is a log of reviews, added row by row or read from
// an [io.Reader], and a random seed.
package optimizer

import (
	"fmt"

	"chronicle/quiz/fsrs"
)

// Log holds reviews by card, each card's ordered by time. It is immutable and safe for
// concurrent use. Create it with [ReadLog] or a [Collector].
type Log struct {
	reviews []logReview
	starts  []int32       // index of each card's first review, and the total
	forms   []classedForm // the forms that occur; the first is [fsrs.PlainForm]
}

// classedForm is a form without effects, and its class.
type classedForm struct {
	form  fsrs.Form
	class fsrs.FormClass
}

// logReview is one review of a card.
type logReview struct {
	days   float32 // days since the card's last review; below 1: same day; 0 at the first
	rating fsrs.Rating
	target bool
	at     int32 // position in time over the whole log, from 0
	row    int32 // position in the order in which rows were added, from 0
	form   int32 // index in the log's forms
}

// Reviews returns the number of reviews in the log.
func (l *Log) Reviews() int { return len(l.reviews) }

// Cards returns the number of cards in the log.
func (l *Log) Cards() int { return len(l.starts) - 1 }

func (l *Log) card(i int) []logReview { return l.reviews[l.starts[i]:l.starts[i+1]] }

// LogError reports an invalid line of a log and the reason, in one line.
type LogError struct {
	Line   int // from 1
	Reason string
}

func (e *LogError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason) }

// quoted returns text of a log quoted for a message, shortened if necessary.
func quoted(words string) string {
	const most = 40
	if len(words) > most {
		words = words[:most] + "…"
	}
	return fmt.Sprintf("%q", words)
}

// effectiveForms returns the log's forms with the effects of their classes applied.
func (l *Log) effectiveForms(e fsrs.Effects) []fsrs.Form {
	out := make([]fsrs.Form, len(l.forms))
	for i, g := range l.forms {
		out[i] = e.Apply(g.class, g.form)
	}
	return out
}
