package quiz

import "chronicle/quiz/edtf"

// Kind is a form of question.
type Kind string

// The kinds of question.
const (
	WhenChoice Kind = "when-choice" // event, several dates
	WhatChoice Kind = "what-choice" // date, several events
	Flip       Kind = "flip"        // flashcard, the learner judges
)

// Kinds are all kinds, in the order in which people read of them.
var Kinds = []Kind{WhenChoice, WhatChoice, Flip}

// Question is generated from facts and asks for one of them.
type Question struct {
	Kind      Kind
	Facet     Facet
	Fact      int64
	Stem      string         // what is asked about: an event, or a date with its preposition
	Precision edtf.Precision // of the dates shown
	Options   []Option       // none for a flip
	Answer    int            // the right option's place, from 0; -1 for a flip
	Version   int64          // of the deck that it was made from
	Back      string         // what a flip shows: a date or an event
}

// Option is one choice. The relation is its proof: how the option's date lies
// to the asked one. It is Same for the right option and Before or After for
// every other.
type Option struct {
	Text     string
	Date     edtf.Date // at the precision asked
	Fact     int64     // whose date or event it is
	Relation edtf.Relation
}

// Verdict is what an answer was judged to be.
type Verdict string

// The verdicts.
const (
	Right  Verdict = "right"
	Partly Verdict = "partly"
	Wrong  Verdict = "wrong"
)
