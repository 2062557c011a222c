package fsrs

import (
	"math"
	"strconv"
	"time"
)

// Phase is a card's stage of learning.
type Phase uint8

// The phases. Learning and relearning have steps of minutes, review has intervals of
// days.
const (
	PhaseNew Phase = iota
	PhaseLearning
	PhaseReview
	PhaseRelearning
)

var phaseNames = [...]string{"new", "learning", "review", "relearning"}

// String returns the phase in lower case, or for example "phase 9" if p is not a
// phase.
func (p Phase) String() string {
	if int(p) >= len(phaseNames) {
		return "phase " + strconv.Itoa(int(p))
	}
	return phaseNames[p]
}

// CardState is one person's schedule for one facet of a fact. The zero value is a new
// card.
type CardState struct {
	Phase   Phase
	Step    uint8 // index of the learning or relearning step that the card waits for
	Memory  Memory
	LastDay int64  // day number of the last review in the learner's own time zone
	Reps    uint32 // number of answers; saturates
	Lapses  uint32 // number of wrong answers in review; saturates

	// Learned is set by a right answer in a form that can hardly be guessed (γ ≤ 0.05) at
	// least seven days after the last review, and cleared by a wrong answer.
	Learned bool
}

// NextState is a card after an answer and when it is due again: after Wait (a step),
// or on day LastDay+Days. Exactly one of Wait and Days is positive. Any other day from
// MinDays to MaxDays is as good, see [FuzzRange].
type NextState struct {
	Card             CardState
	Wait             time.Duration
	Days             int
	MinDays, MaxDays int // 0 for a step
}

const (
	maxLearnedGuess = 0.05 // highest guessing chance of a form that can set Learned
	minLearnedDays  = 7
)

// ElapsedDays returns the number of days from the last review to today. It is 0 for a
// new card and if the clock was set back.
func (c CardState) ElapsedDays(today int64) float64 {
	if !c.Memory.IsSet() || today <= c.LastDay {
		return 0
	}
	return float64(today) - float64(c.LastDay)
}

// applyAnswer counts the answer and updates the memory. It does not change phase and
// step.
func (c CardState) applyAnswer(m Model, today int64, r Rating, f Form) CardState {
	days := c.ElapsedDays(today)
	c.Learned = r != Again && (c.Learned || days >= minLearnedDays && f.Guess <= maxLearnedGuess)
	c.Memory = m.NextMemory(c.Memory, days, r, f)
	c.LastDay = today
	c.Reps = saturatingIncrement(c.Reps)
	return c
}

func saturatingIncrement(n uint32) uint32 {
	if n == math.MaxUint32 {
		return n
	}
	return n + 1
}
