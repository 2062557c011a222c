package quiz

import "chronicle/quiz/edtf"

// Kind is a form of question.
type Kind string

// The kinds of question.
const (
	WhenChoice Kind = "when-choice" // event, several dates
	WhenTyped  Kind = "when-typed"  // event, a field for its date
	WhatChoice Kind = "what-choice" // date, several events
	First      Kind = "first"       // two events, which came first
	Order      Kind = "order"       // several events, to be put in order
	Place      Kind = "place"       // event, a line of years
	GapChoice  Kind = "gap-choice"  // event with a term left out, several terms
	GapTyped   Kind = "gap-typed"   // event with a term left out, a field for it
	Truth      Kind = "truth"       // event with a date, true or false
	Match      Kind = "match"       // several events and their dates
	Between    Kind = "between"     // two events, how long between
	During     Kind = "during"      // a period, which event fell within
	Flip       Kind = "flip"        // flashcard, the learner judges
)

// Kinds are all kinds, in the order in which people read of them.
var Kinds = []Kind{
	WhenChoice, WhenTyped, WhatChoice, First, Order, Place, GapChoice, GapTyped, Truth, Match, Between, During, Flip,
}

// Scored are the kinds that Chronicle marks, all but the flashcard.
var Scored = Kinds[:len(Kinds)-1]

// Gap stands in a stem for the term that is left out.
const Gap = "____"

// Question is generated from facts and asks for one of them.
type Question struct {
	Kind      Kind
	Facet     Facet
	Fact      int64
	Stem      string         // what is asked about: an event, or a date with its preposition
	Precision edtf.Precision // of the dates asked for or shown
	Options   []Option       // of a choice; the events of order and match, as dealt; none for a field and a flip
	Dates     []Option       // of match, as dealt
	Answer    int            // the right option's place, from 0; -1 where none is
	Order     []int          // order: places of Options from the earliest; match: for each of Options its place in Dates
	Shown     Option         // truth: the date shown, and whose it is; of a gap the event's; during: the period, of a fact or of none
	Right     edtf.Date      // of when-typed and place: the date asked for, without doubt
	Dated     edtf.Date      // of the fact, by which all of this was proven
	Doubt     edtf.Date      // the same as the fact has it; what its doubt allows is never wrong
	Also      edtf.Date      // the other date of a dispute, right as well
	Term      string         // of a gap: what was left out
	Accepted  []string       // of gap-typed: its other spellings
	Terms     []string       // of gap-typed, once it is answered: other terms within a slip of what was typed
	Scale     Scale          // of place and typed years
	Contrast  int64          // the fact that it was confused with, now told from it; 0 for none
	Version   int64          // of the deck that it was made from
	Back      string         // what a flip shows: a date, an event or a term
}

// Option is one choice. The relation is its proof: how the option's date lies
// to the one asked for, or in order and match to the next later of the options.
// Of a choice it is Same for the right option and Before or After for every
// other; within a period, Within, Before or After. A term and a length of time
// have none.
type Option struct {
	Text     string
	Date     edtf.Date // at the precision asked
	Fact     int64     // whose date, event or term it is; 0 for none
	Relation edtf.Relation
}

// Scale is how a year is judged by its distance.
type Scale struct {
	First, Last int64   // years at the ends of the line, astronomical
	Tolerance   float64 // years: half the mean gap to the neighbouring dates of the deck
	Constant    float64 // 0 to 1: what the one best answer to every question of this kind would earn
}

// What is not quite right earns: a place within twice the tolerance, and a typed
// year within the tolerance or a date that the source's doubt allows.
const (
	NearPlace = 0.5
	NearYear  = 0.5
)

// IsZero tells whether nothing is judged by distance.
func (s Scale) IsZero() bool { return s == Scale{} }

// Cards are the facts whose memory an answer speaks of: the one asked for
// first, then those that stand beside it in an order or a match.
func (q Question) Cards() []int64 {
	out := []int64{q.Fact}
	if q.Kind == Order || q.Kind == Match {
		for _, o := range q.Options {
			if o.Fact != q.Fact {
				out = append(out, o.Fact)
			}
		}
	}
	return out
}

// Chooses tells whether one option is chosen.
func (k Kind) Chooses() bool {
	switch k {
	case WhenChoice, WhatChoice, First, GapChoice, Truth, Between, During:
		return true
	}
	return false
}

// Ground is one thing that a question's right answer rests on: how the date of
// a fact lies to that of another, or to the date that is shown (0).
type Ground struct {
	Fact     int64
	Relation string // as edtf names it; "other term" for the terms of a gap
	Other    int64
}

// Proof lists what shows that the question has one right answer.
func (q Question) Proof() []Ground {
	switch q.Kind {
	case Order, Match:
		return q.chain()
	case First:
		return []Ground{{q.Options[q.Answer].Fact, edtf.Before.String(), q.Options[1-q.Answer].Fact}}
	case WhenTyped, Place, Flip:
		return []Ground{{q.Fact, edtf.Same.String(), q.Fact}}
	case Truth:
		return []Ground{{q.Shown.Fact, q.Shown.Relation.String(), q.Fact}}
	case GapTyped:
		return []Ground{{q.Fact, "this term", q.Fact}}
	case Between:
		return []Ground{{q.Shown.Fact, q.Shown.Relation.String(), q.Fact}}
	}
	var out []Ground
	for i, o := range q.Options {
		switch {
		case q.Kind == GapChoice && i != q.Answer:
			out = append(out, Ground{o.Fact, "other term", q.Fact})
		case q.Kind == During:
			out = append(out, Ground{o.Fact, o.Relation.String(), q.Shown.Fact})
		case o.Relation == edtf.Before || o.Relation == edtf.After:
			out = append(out, Ground{o.Fact, o.Relation.String(), q.Fact})
		}
	}
	return out
}

// chain says of each event but the last that it lies before the next.
func (q Question) chain() []Ground {
	line := q.inTime()
	var out []Ground
	for i := 0; i+1 < len(line); i++ {
		out = append(out, Ground{line[i].Fact, line[i].Relation.String(), line[i+1].Fact})
	}
	return out
}

// inTime gives the options of an order or a match from the earliest.
func (q Question) inTime() []Option {
	out := make([]Option, 0, len(q.Options))
	if q.Kind == Order {
		for _, i := range q.Order {
			out = append(out, q.Options[i])
		}
		return out
	}
	for _, o := range q.Options {
		at := len(out)
		for at > 0 && edtf.Compare(o.Date, out[at-1].Date) == edtf.Before {
			at--
		}
		out = append(out[:at], append([]Option{o}, out[at:]...)...)
	}
	return out
}

// Verdict is what an answer was judged to be.
type Verdict string

// The verdicts.
const (
	Right  Verdict = "right"
	Partly Verdict = "partly"
	Wrong  Verdict = "wrong"
	Void   Verdict = "void" // of a question that turned out to have no right answer
)
