// Package fit finds the FSRS-6 weights that predict a person's answers best.
// Everything is a pure function of what is handed in: a log of reviews, row by
// row or as an [io.Reader], and the seed of chance.
package optimizer

import (
	"fmt"

	"chronicle/quiz/fsrs"
)

// Log holds reviews by card, each card's in order of time. It is only read,
// and may be shared by goroutines. Make it with [Read] or a [Collector].
type Log struct {
	reviews []logReview
	starts  []int32       // where each card begins, and the end
	forms   []classedForm // the forms that occur; the first is [fsrs.PlainForm]
}

// classedForm is a form as it was before the effects of its class.
type classedForm struct {
	form  fsrs.Form
	class fsrs.FormClass
}

// logReview is one answer to a card.
type logReview struct {
	days   float32 // since the card's last review; below 1 the same day; 0 at the first
	rating fsrs.Rating
	target bool
	at     int32 // place in time over the whole log, from 0
	row    int32 // place in the order in which rows were added, from 0
	form   int32 // place in the log's forms
}

// Reviews is how many reviews the log has.
func (l *Log) Reviews() int { return len(l.reviews) }

// Cards is how many cards the log has.
func (l *Log) Cards() int { return len(l.starts) - 1 }

func (l *Log) card(i int) []logReview { return l.reviews[l.starts[i]:l.starts[i+1]] }

// LogError says which line of a log makes no sense, and why, in one line.
type LogError struct {
	Line   int // from 1
	Reason string
}

func (e *LogError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason) }

// quoted is words of a log for a message.
func quoted(words string) string {
	const most = 40
	if len(words) > most {
		words = words[:most] + "…"
	}
	return fmt.Sprintf("%q", words)
}

// effectiveForms are the log's forms with the effects of their classes.
func (l *Log) effectiveForms(e fsrs.Effects) []fsrs.Form {
	out := make([]fsrs.Form, len(l.forms))
	for i, g := range l.forms {
		out[i] = e.Apply(g.class, g.form)
	}
	return out
}
