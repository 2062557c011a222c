package quiz

import "chronicle/quiz/edtf"

// Kind is a kind of question.
type Kind string

// The kinds of question.
const (
	KindWhenChoice  Kind = "when-choice" // event, several dates
	KindWhenTyped   Kind = "when-typed"  // event, input field for its date
	KindWhatChoice  Kind = "what-choice" // date, several events
	KindFirst       Kind = "first"       // two events, which came first
	KindOrder       Kind = "order"       // several events, to be put in order
	KindPlace       Kind = "place"       // event, to be placed on a timeline
	KindGapChoice   Kind = "gap-choice"  // event with a term left out, several terms
	KindGapTyped    Kind = "gap-typed"   // event with a term left out, input field for it
	KindTrueFalse   Kind = "truth"       // event with a date, true or false
	KindMatch       Kind = "match"       // several events and their dates
	KindTimeBetween Kind = "between"     // two events, length of time between them
	KindDuring      Kind = "during"      // a period, and which event happened within it
	KindFlashcard   Kind = "flip"        // flashcard, graded by the learner
)

// Kinds lists all kinds, in the order in which the pages show them.
var Kinds = []Kind{
	KindWhenChoice, KindWhenTyped, KindWhatChoice, KindFirst, KindOrder, KindPlace, KindGapChoice, KindGapTyped, KindTrueFalse, KindMatch, KindTimeBetween, KindDuring, KindFlashcard,
}

// GradedKinds are the kinds that Chronicle grades: all but the flashcard.
var GradedKinds = Kinds[:len(Kinds)-1]

// GapMarker replaces the left-out term in a question's stem.
const GapMarker = "____"

// Question is an exercise generated from facts. It asks for one of them.
type Question struct {
	Kind            Kind
	Facet           Facet
	Fact            int64
	Stem            string         // the event, or the date with its preposition, that is asked about
	Precision       edtf.Precision // precision of the dates asked for or shown
	Options         []Option       // options of a choice; events of order and match, shuffled; none for typed answers and flashcards
	Dates           []Option       // dates of match, shuffled
	RightOption     int            // index of the right option; -1 if there is none
	RightOrder      []int          // order: indexes of Options, earliest first; match: index in Dates for each of Options
	ShownOption     Option         // truth: the date shown and its fact; gap: the event's date; during: the period, with or without a fact
	RightDate       edtf.Date      // when-typed and place: the date asked for, without uncertainty
	FactDate        edtf.Date      // the fact's date, which the proof is based on
	UncertainDate   edtf.Date      // RightDate with the fact's uncertainty; a date within it is never wrong
	OtherDate       edtf.Date      // second date of a disputed fact, also right
	Term            string         // gap: the left-out term
	Accepted        []string       // gap-typed: other accepted spellings
	ConfusableTerms []string       // gap-typed, set when answered: other terms within one typo of the answer
	Scale           YearScale      // place and typed years
	ContrastFact    int64          // the fact it was confused with and is now contrasted with; 0 for none
	DeckVersion     int64          // version of the deck it was generated from
	BackText        string         // back of a flashcard: a date, an event or a term
}

// Option is one option of a question. Its relation is the proof: how its date relates
// to the date asked for or, in order and match, to the date of the next later option.
// In a choice the relation is Same for the right option and Before or After for every
// other; in a period question it is Within, Before or After. Terms and lengths of time
// have no relation.
type Option struct {
	Text     string
	Date     edtf.Date // at the precision asked for
	Fact     int64     // the fact whose date, event or term it is; 0 for none
	Relation edtf.Relation
}

// YearScale says how a year is graded by its distance from the right one.
type YearScale struct {
	First, Last int64   // years at the ends of the timeline, astronomical
	Tolerance   float64 // years: half the mean gap to the neighbouring dates of the deck
	Constant    float64 // 0 to 1: score that the best constant answer to all questions of this kind would earn
}

// Credit for nearly right answers: a place within twice the tolerance, and a typed
// year within the tolerance or within the uncertainty of the source's date.
const (
	NearPlaceCredit = 0.5
	NearYearCredit  = 0.5
)

// IsZero reports whether nothing is graded by distance.
func (s YearScale) IsZero() bool { return s == YearScale{} }

// AffectedFacts returns the facts whose memory an answer affects: first the one asked
// for, then the others in an order or match.
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

// IsChoice reports whether the learner chooses exactly one option.
func (k Kind) IsChoice() bool {
	switch k {
	case KindWhenChoice, KindWhatChoice, KindFirst, KindGapChoice, KindTrueFalse, KindTimeBetween, KindDuring:
		return true
	}
	return false
}

// ProofStep is one fact that the right answer depends on: how the date of a fact
// relates to that of another, or to the date shown (0).
type ProofStep struct {
	Fact      int64
	Relation  string // name from package edtf; "this term" or "other term" for gaps
	OtherFact int64
}

// Proof returns the steps that prove that the question has exactly one right answer.
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

// orderProof states for each event but the last that it comes before the next.
func (q Question) orderProof() []ProofStep {
	line := q.optionsByDate()
	var out []ProofStep
	for i := 0; i+1 < len(line); i++ {
		out = append(out, ProofStep{line[i].Fact, line[i].Relation.String(), line[i+1].Fact})
	}
	return out
}

// optionsByDate returns the options of an order or match, the earliest first.
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

// Verdict is the result of grading an answer.
type Verdict string

// The verdicts.
const (
	VerdictRight  Verdict = "right"
	VerdictPartly Verdict = "partly"
	VerdictWrong  Verdict = "wrong"
	VerdictVoid   Verdict = "void" // the question turned out to have no right answer
)
