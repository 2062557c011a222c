package fsrs

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

// Scheduler says when a card comes back. It is only read, and may be shared by
// goroutines. Both lists of steps may be empty.
type Scheduler struct {
	Model            Model
	DesiredRetention float64         // recall at which a card comes back, above 0 and below 1
	Learning         []time.Duration // steps before the first interval in days
	Relearning       []time.Duration // steps after a lapse
	MaxInterval      int             // the longest interval, at least 1
}

// Default is FSRS-6 with default weights at 0.9, learning steps of 1 and 10
// minutes, one relearning step of 10, and no interval above 36500 days.
func Default() *Scheduler {
	m, err := New(DefaultWeights)
	if err != nil {
		panic(err) // only if somebody wrote to DefaultWeights
	}
	return &Scheduler{
		Model:            m,
		DesiredRetention: 0.9,
		Learning:         []time.Duration{time.Minute, 10 * time.Minute},
		Relearning:       []time.Duration{10 * time.Minute},
		MaxInterval:      MaxStability,
	}
}

// Validate says what of the settings makes no sense.
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
