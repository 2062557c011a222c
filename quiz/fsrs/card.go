package fsrs

import (
	"math"
	"strconv"
	"time"
)

// Phase is where a card stands between never met and known for days.
type Phase uint8

// The phases. Learning and relearning go by steps of minutes, review by days.
const (
	PhaseNew Phase = iota
	PhaseLearning
	PhaseReview
	PhaseRelearning
)

var phaseNames = [...]string{"new", "learning", "review", "relearning"}

// String is the phase in lower case, or "phase 9" for what is none.
func (p Phase) String() string {
	if int(p) >= len(phaseNames) {
		return "phase " + strconv.Itoa(int(p))
	}
	return phaseNames[p]
}

// CardState is one person's schedule of one facet of a fact. The zero value is a
// card never met.
type CardState struct {
	Phase   Phase
	Step    uint8 // index of the learning or relearning step waited for
	Memory  Memory
	LastDay int64  // day number of the last review in the learner's own zone
	Reps    uint32 // answers so far; stays at its maximum
	Lapses  uint32 // wrong answers in review; stays at its maximum

	// Learned is set by a right answer in a hardly guessable form (γ ≤ 0.05)
	// at least seven days after the last review, and unset by a wrong one.
	Learned bool
}

// NextState is a card after an answer and when it comes back: after Wait (a step),
// or on the day LastDay+Days. Exactly one of both is positive. Any other day from
// Least to Most does as well, see [FuzzRange].
type NextState struct {
	Card             CardState
	Wait             time.Duration
	Days             int
	MinDays, MaxDays int // 0 for a step
}

const (
	maxLearnedGuess = 0.05 // the most a form may be guessed to prove learning
	minLearnedDays  = 7
)

// ElapsedDays is the number of days from the last review to today; 0 for a card
// never met and when the clock went back.
func (c CardState) ElapsedDays(today int64) float64 {
	if !c.Memory.IsSet() || today <= c.LastDay {
		return 0
	}
	return float64(today) - float64(c.LastDay)
}

// applyAnswer counts the answer and moves the memory; phase and step stay.
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
