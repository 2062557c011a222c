package study

import (
	"fmt"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// Made is how the day of a card was set: the weights of the memory model, and the
// chance of recall at which cards come back. It is kept with each review by name,
// so that the log rebuilds every card.
type Made struct {
	Tuning int64   // 0 for the published weights
	Wanted float64 // 0 for the usual one
}

// String is fsrs-6, fsrs-6 w12, fsrs-6 at 0.85 or fsrs-6 w12 at 0.85.
func (m Made) String() string {
	name := Scheduler.Model.Version()
	if m.Tuning != 0 {
		name += " w" + strconv.FormatInt(m.Tuning, 10)
	}
	if m.Wanted == 0 || m.Wanted == Scheduler.Retention {
		return name
	}
	return name + " at " + strconv.FormatFloat(m.Wanted, 'g', -1, 64)
}

// madeBy reads what String wrote.
func madeBy(name string) (m Made) {
	name, wanted, _ := strings.Cut(name, " at ")
	m.Wanted, _ = strconv.ParseFloat(wanted, 64)
	_, tuning, _ := strings.Cut(name, " w")
	m.Tuning, _ = strconv.ParseInt(tuning, 10, 64)
	return m
}

// SchedulerOf moves the memory of somebody with those weights, who wants cards to come
// back at that chance of recall.
func SchedulerOf(t quiz.Tuning, wanted float64) *fsrs.Scheduler { return scheduler(t, wanted) }

// scheduler is Scheduler with weights of one's own, for cards that come back at
// that chance of recall. Weights that the model refuses were never taken: it panics
// on them.
func scheduler(t quiz.Tuning, wanted float64) *fsrs.Scheduler {
	if t.ID == 0 && (wanted == 0 || wanted == Scheduler.Retention) {
		return Scheduler
	}
	s := *Scheduler
	if wanted != 0 {
		s.Retention = wanted
	}
	if t.ID != 0 {
		model, err := fsrs.New(t.Weights)
		if err != nil {
			panic(fmt.Sprintf("study: weights %d: %v", t.ID, err))
		}
		s.Model = model
	}
	return &s
}

// TuningOf is the number of the weights that a review's model names, 0 for the
// published ones.
func TuningOf(model string) int64 { return madeBy(model).Tuning }
