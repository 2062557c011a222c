package quiz

import (
	"time"

	"chronicle/quiz/fsrs"
)

// Facet is the side of a fact that a card asks for.
type Facet uint8

// The facets. Their numbers are stored in the database and must not change.
const (
	FacetWhen Facet = 1 // event to date
	FacetWhat Facet = 2 // date to event
	FacetTerm Facet = 3 // a left-out term
)

// Facets lists all facets.
var Facets = []Facet{FacetWhen, FacetWhat, FacetTerm}

// String returns the facet's name as used in message keys and files.
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

// CardID identifies a card by fact and facet. The learner is always passed separately.
type CardID struct {
	Fact  int64
	Facet Facet
}

// Card is one facet of one fact for one learner, with its memory state. A card that
// was never answered has version 0 and is not stored.
type Card struct {
	CardID
	Deck     int64
	State    fsrs.CardState
	Due      time.Time // zero while new; in review, the start of the due day in the zone used when it was set
	DueDay   int64     // the learner's day it is due on, valid in every zone
	FirstDay int64     // the learner's day of the first answer
	Version  int64     // number of answers so far
}

// IsNew reports whether the card was never answered.
func (c Card) IsNew() bool { return c.State.Phase == fsrs.PhaseNew }

// IsLearning reports whether the card is in learning or relearning steps, which take
// minutes.
func (c Card) IsLearning() bool {
	return c.State.Phase == fsrs.PhaseLearning || c.State.Phase == fsrs.PhaseRelearning
}

// Retrievability returns the chance, 0 to 1, that the card is recalled on a day: 0 for
// a new card. For a card in learning steps it counts at least one day since the last
// answer, because on the day itself even a wrong answer was just followed by the right
// one.
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

// IsMissed reports whether the last answer was wrong and no right answer has followed.
// The model already counts on the right answer that comes next, so the card must not
// be shown as known.
func (c Card) IsMissed() bool { return c.IsLearning() && c.State.Step == 0 }

// maxMissedRecall caps the recall shown for a missed card.
const maxMissedRecall = 0.2

// DisplayedRecall returns the recall that the pages show for a card on a day: its
// retrievability, capped while the card is missed.
func (c Card) DisplayedRecall(m fsrs.Model, day int64) float64 {
	if c.IsMissed() {
		return min(c.Retrievability(m, day), maxMissedRecall)
	}
	return c.Retrievability(m, day)
}

// IsDue reports whether the card is due on that day or earlier.
func (c Card) IsDue(day int64) bool { return !c.IsNew() && c.DueDay <= day }
