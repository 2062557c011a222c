package fsrs

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

// Scheduler decides when a card is due again. Its methods do not change it, so it is
// safe for concurrent use. Both lists of steps may be empty.
type Scheduler struct {
	Model            Model
	DesiredRetention float64         // recall at which a card becomes due, above 0 and below 1
	Learning         []time.Duration // steps before the first interval in days
	Relearning       []time.Duration // steps after a lapse
	MaxInterval      int             // longest interval in days, at least 1
}

// Default returns a scheduler for FSRS-6 with the default weights, a desired retention
// of 0.9, learning steps of 1 and 10 minutes, one relearning step of 10 minutes, and
// intervals of at most 36500 days.
func Default() *Scheduler {
	m, err := New(DefaultWeights)
	if err != nil {
		panic(err) // only if DefaultWeights was modified
	}
	return &Scheduler{
		Model:            m,
		DesiredRetention: 0.9,
		Learning:         []time.Duration{time.Minute, 10 * time.Minute},
		Relearning:       []time.Duration{10 * time.Minute},
		MaxInterval:      MaxStability,
	}
}

// Validate returns an error if a setting is not valid.
func (s *Scheduler) Validate() error {
	switch {
	case s.Model == nil:
		return errors.New("fsrs: no model")
	case !(s.DesiredRetention > 0 && s.DesiredRetention < 1):
		return fmt.Errorf("fsrs: retention is %v, not between 0 and 1", s.DesiredRetention)
	case s.MaxInterval < 1:
		return fmt.Errorf("fsrs: longest interval is %d, below 1 day", s.MaxInterval)
	}
	return errors.Join(checkSteps("learning", s.Learning), checkSteps("relearning", s.Relearning))
}

func checkSteps(name string, steps []time.Duration) error {
	if len(steps) > math.MaxUint8 {
		return fmt.Errorf("fsrs: %d %s steps, more than %d", len(steps), name, math.MaxUint8)
	}
	if i := slices.IndexFunc(steps, func(d time.Duration) bool { return d <= 0 }); i >= 0 {
		return fmt.Errorf("fsrs: %s step %d is %v, not positive", name, i, steps[i])
	}
	return nil
}
