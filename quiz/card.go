package quiz

import (
	"time"

	"chronicle/quiz/fsrs"
)

// Facet is what is to be remembered of a fact.
type Facet uint8

// The facets. Their numbers are kept in databases and never change.
const (
	When    Facet = 1 // event to date
	What    Facet = 2 // date to event
	TermOut Facet = 3 // a left-out term
)

// Facets are those that questions exist for.
var Facets = []Facet{When, What, TermOut}

// String is the facet's word in message keys and files.
func (f Facet) String() string {
	switch f {
	case When:
		return "when"
	case What:
		return "what"
	case TermOut:
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
	Deck    int64
	Memory  fsrs.Card
	Due     time.Time // zero while new; of a review, when its day begins where it was set
	DueDay  int64     // the learner's day of it, which holds in whatever zone they are
	First   int64     // the learner's day of the first answer
	Version int64     // how many answers it has had
}

// IsNew tells whether the card was never answered.
func (c Card) IsNew() bool { return c.Memory.Phase == fsrs.PhaseNew }

// Learning tells whether the card goes by steps of minutes.
func (c Card) Learning() bool {
	return c.Memory.Phase == fsrs.PhaseLearning || c.Memory.Phase == fsrs.PhaseRelearning
}

// Ink is the chance that the card is recalled on that day: 0 for a new card.
// One that is being learned is taken as it will be tomorrow: on the day itself
// even a wrong answer was just followed by the right one.
func (c Card) Ink(m fsrs.Model, day int64) float64 {
	if c.IsNew() {
		return 0
	}
	days := max(0, day-c.Memory.LastDay)
	if c.Learning() {
		days = max(1, days)
	}
	return m.Recall(c.Memory.Memory, float64(days))
}

// Missed tells whether the card was missed when it was asked last and is still to be
// answered rightly: its memory counts on that, and nobody should read of it that they
// know it.
func (c Card) Missed() bool { return c.Learning() && c.Memory.Step == 0 }

// missedInk is shown at most of a card that was missed and is still to be answered
// rightly.
const missedInk = 0.2

// Shown is the ink that people see of a card: the chance that it is recalled that day.
func (c Card) Shown(m fsrs.Model, day int64) float64 {
	if c.Missed() {
		return min(c.Ink(m, day), missedInk)
	}
	return c.Ink(m, day)
}

// IsDue tells whether the card comes up to the end of that day.
func (c Card) IsDue(day int64) bool { return !c.IsNew() && c.DueDay <= day }
