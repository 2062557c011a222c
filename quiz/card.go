package quiz

import (
	"time"

	"chronicle/quiz/fsrs"
)

// Facet is what is to be remembered of a fact.
type Facet uint8

// The facets. Their numbers are kept in databases and never change.
const (
	FacetWhen Facet = 1 // event to date
	FacetWhat Facet = 2 // date to event
	FacetTerm Facet = 3 // a left-out term
)

// Facets are those that questions exist for.
var Facets = []Facet{FacetWhen, FacetWhat, FacetTerm}

// String is the facet's word in message keys and files.
func (f Facet) String() string {
	switch f {
	case FacetWhen:
		return "when"
	case FacetWhat:
		return "what"
	case FacetTerm:
		return "term"
	}
	return "none"
}

// CardID names one facet of one fact; whose card it is, is said beside it.
type CardID struct {
	Fact  int64
	Facet Facet
}

// Card is one facet of one fact for one person, with its memory. A card that
// was never answered has version 0 and is not stored.
type Card struct {
	CardID
	Deck     int64
	State    fsrs.CardState
	Due      time.Time // zero while new; of a review, when its day begins where it was set
	DueDay   int64     // the learner's day of it, which holds in whatever zone they are
	FirstDay int64     // the learner's day of the first answer
	Version  int64     // how many answers it has had
}

// IsNew tells whether the card was never answered.
func (c Card) IsNew() bool { return c.State.Phase == fsrs.PhaseNew }

// IsLearning tells whether the card goes by steps of minutes.
func (c Card) IsLearning() bool {
	return c.State.Phase == fsrs.PhaseLearning || c.State.Phase == fsrs.PhaseRelearning
}

// Retrievability is the chance that the card is recalled on that day: 0 for a new card.
// One that is being learned is taken as it will be tomorrow: on the day itself
// even a wrong answer was just followed by the right one.
func (c Card) Retrievability(m fsrs.Model, day int64) float64 {
	if c.IsNew() {
		return 0
	}
	days := max(0, day-c.State.LastDay)
	if c.IsLearning() {
		days = max(1, days)
	}
	return m.Retrievability(c.State.Memory, float64(days))
}

// IsMissed tells whether the card was missed when it was asked last and is still to be
// answered rightly: its memory counts on that, and nobody should read of it that they
// know it.
func (c Card) IsMissed() bool { return c.IsLearning() && c.State.Step == 0 }

// maxMissedRecall is shown at most of a card that was missed and is still to be answered
// rightly.
const maxMissedRecall = 0.2

// DisplayedRecall is the ink that people see of a card: the chance that it is recalled that day.
func (c Card) DisplayedRecall(m fsrs.Model, day int64) float64 {
	if c.IsMissed() {
		return min(c.Retrievability(m, day), maxMissedRecall)
	}
	return c.Retrievability(m, day)
}

// IsDue tells whether the card comes up to the end of that day.
func (c Card) IsDue(day int64) bool { return !c.IsNew() && c.DueDay <= day }
