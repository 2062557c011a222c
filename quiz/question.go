package quiz

import "chronicle/quiz/edtf"

// Kind is a form of question.
type Kind string

// The kinds of question.
const (
	KindWhenChoice  Kind = "when-choice" // event, several dates
	KindWhenTyped   Kind = "when-typed"  // event, a field for its date
	KindWhatChoice  Kind = "what-choice" // date, several events
	KindFirst       Kind = "first"       // two events, which came first
	KindOrder       Kind = "order"       // several events, to be put in order
	KindPlace       Kind = "place"       // event, a line of years
	KindGapChoice   Kind = "gap-choice"  // event with a term left out, several terms
	KindGapTyped    Kind = "gap-typed"   // event with a term left out, a field for it
	KindTrueFalse   Kind = "truth"       // event with a date, true or false
	KindMatch       Kind = "match"       // several events and their dates
	KindTimeBetween Kind = "between"     // two events, how long between
	KindDuring      Kind = "during"      // a period, which event fell within
	KindFlashcard   Kind = "flip"        // flashcard, the learner judges
)

// Kinds are all kinds, in the order in which people read of them.
var Kinds = []Kind{
	KindWhenChoice, KindWhenTyped, KindWhatChoice, KindFirst, KindOrder, KindPlace, KindGapChoice, KindGapTyped, KindTrueFalse, KindMatch, KindTimeBetween, KindDuring, KindFlashcard,
}

// GradedKinds are the kinds that Chronicle marks, all but the flashcard.
var GradedKinds = Kinds[:len(Kinds)-1]

// GapMarker stands in a stem for the term that is left out.
const GapMarker = "____"

// Question is generated from facts and asks for one of them.
type Question struct {
	Kind            Kind
	Facet           Facet
	Fact            int64
	Stem            string         // what is asked about: an event, or a date with its preposition
	Precision       edtf.Precision // of the dates asked for or shown
	Options         []Option       // of a choice; the events of order and match, as dealt; none for a field and a flip
	Dates           []Option       // of match, as dealt
	RightOption     int            // the right option's place, from 0; -1 where none is
	RightOrder      []int          // order: places of Options from the earliest; match: for each of Options its place in Dates
	ShownOption     Option         // truth: the date shown, and whose it is; of a gap the event's; during: the period, of a fact or of none
	RightDate       edtf.Date      // of when-typed and place: the date asked for, without doubt
	FactDate        edtf.Date      // of the fact, by which all of this was proven
	UncertainDate   edtf.Date      // the same as the fact has it; what its doubt allows is never wrong
	OtherDate       edtf.Date      // the other date of a dispute, right as well
	Term            string         // of a gap: what was left out
	Accepted        []string       // of gap-typed: its other spellings
	ConfusableTerms []string       // of gap-typed, once it is answered: other terms within a slip of what was typed
	Scale           YearScale      // of place and typed years
	ContrastFact    int64          // the fact that it was confused with, now told from it; 0 for none
	DeckVersion     int64          // of the deck that it was made from
	BackText        string         // what a flip shows: a date, an event or a term
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

// YearScale is how a year is judged by its distance.
type YearScale struct {
	First, Last int64   // years at the ends of the line, astronomical
	Tolerance   float64 // years: half the mean gap to the neighbouring dates of the deck
	Constant    float64 // 0 to 1: what the one best answer to every question of this kind would earn
}

// What is not quite right earns: a place within twice the tolerance, and a typed
// year within the tolerance or a date that the source's doubt allows.
const (
	NearPlaceCredit = 0.5
	NearYearCredit  = 0.5
)

// IsZero tells whether nothing is judged by distance.
func (s YearScale) IsZero() bool { return s == YearScale{} }

// AffectedFacts are the facts whose memory an answer speaks of: the one asked for
// first, then those that stand beside it in an order or a match.
func (q Question) AffectedFacts() []int64 {
	out := []int64{q.Fact}
	if q.Kind == KindOrder || q.Kind == KindMatch {
		for _, o := range q.Options {
			if o.Fact != q.Fact {
				out = append(out, o.Fact)
			}
		}
	}
	return out
}

// IsChoice tells whether one option is chosen.
func (k Kind) IsChoice() bool {
	switch k {
	case KindWhenChoice, KindWhatChoice, KindFirst, KindGapChoice, KindTrueFalse, KindTimeBetween, KindDuring:
		return true
	}
	return false
}

// ProofStep is one thing that a question's right answer rests on: how the date of
// a fact lies to that of another, or to the date that is shown (0).
type ProofStep struct {
	Fact      int64
	Relation  string // as edtf names it; "other term" for the terms of a gap
	OtherFact int64
}

// Proof lists what shows that the question has one right answer.
func (q Question) Proof() []ProofStep {
	switch q.Kind {
	case KindOrder, KindMatch:
		return q.orderProof()
	case KindFirst:
		return []ProofStep{{q.Options[q.RightOption].Fact, edtf.Before.String(), q.Options[1-q.RightOption].Fact}}
	case KindWhenTyped, KindPlace, KindFlashcard:
		return []ProofStep{{q.Fact, edtf.Same.String(), q.Fact}}
	case KindTrueFalse:
		return []ProofStep{{q.ShownOption.Fact, q.ShownOption.Relation.String(), q.Fact}}
	case KindGapTyped:
		return []ProofStep{{q.Fact, "this term", q.Fact}}
	case KindTimeBetween:
		return []ProofStep{{q.ShownOption.Fact, q.ShownOption.Relation.String(), q.Fact}}
	}
	var out []ProofStep
	for i, o := range q.Options {
		switch {
		case q.Kind == KindGapChoice && i != q.RightOption:
			out = append(out, ProofStep{o.Fact, "other term", q.Fact})
		case q.Kind == KindDuring:
			out = append(out, ProofStep{o.Fact, o.Relation.String(), q.ShownOption.Fact})
		case o.Relation == edtf.Before || o.Relation == edtf.After:
			out = append(out, ProofStep{o.Fact, o.Relation.String(), q.Fact})
		}
	}
	return out
}

// orderProof says of each event but the last that it lies before the next.
func (q Question) orderProof() []ProofStep {
	line := q.optionsByDate()
	var out []ProofStep
	for i := 0; i+1 < len(line); i++ {
		out = append(out, ProofStep{line[i].Fact, line[i].Relation.String(), line[i+1].Fact})
	}
	return out
}

// optionsByDate gives the options of an order or a match from the earliest.
func (q Question) optionsByDate() []Option {
	out := make([]Option, 0, len(q.Options))
	if q.Kind == KindOrder {
		for _, i := range q.RightOrder {
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
	VerdictRight  Verdict = "right"
	VerdictPartly Verdict = "partly"
	VerdictWrong  Verdict = "wrong"
	VerdictVoid   Verdict = "void" // of a question that turned out to have no right answer
)
