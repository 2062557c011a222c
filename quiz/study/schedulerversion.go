package study

import (
	"fmt"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// SchedulerVersion is how the day of a card was set: the weights of the memory model, and the
// chance of recall at which cards come back. It is kept with each review by name,
// so that the log rebuilds every card.
type SchedulerVersion struct {
	Parameters       int64   // 0 for the published weights
	DesiredRetention float64 // 0 for the usual one
}

// String is fsrs-6, fsrs-6 w12, fsrs-6 at 0.85 or fsrs-6 w12 at 0.85.
func (m SchedulerVersion) String() string {
	name := DefaultScheduler.Model.Version()
	if m.Parameters != 0 {
		name += " w" + strconv.FormatInt(m.Parameters, 10)
	}
	if m.DesiredRetention == 0 || m.DesiredRetention == DefaultScheduler.DesiredRetention {
		return name
	}
	return name + " at " + strconv.FormatFloat(m.DesiredRetention, 'g', -1, 64)
}

// parseSchedulerVersion reads what String wrote.
func parseSchedulerVersion(name string) (m SchedulerVersion) {
	name, wanted, _ := strings.Cut(name, " at ")
	m.DesiredRetention, _ = strconv.ParseFloat(wanted, 64)
	_, tuning, _ := strings.Cut(name, " w")
	m.Parameters, _ = strconv.ParseInt(tuning, 10, 64)
	return m
}

// NewScheduler moves the memory of somebody with those weights, who wants cards to come
// back at that chance of recall.
func NewScheduler(t quiz.Parameters, wanted float64) *fsrs.Scheduler { return newScheduler(t, wanted) }

// newScheduler is Scheduler with weights of one's own, for cards that come back at
// that chance of recall. Weights that the model refuses were never taken: it panics
// on them.
func newScheduler(t quiz.Parameters, wanted float64) *fsrs.Scheduler {
	if t.ID == 0 && (wanted == 0 || wanted == DefaultScheduler.DesiredRetention) {
		return DefaultScheduler
	}
	s := *DefaultScheduler
	if wanted != 0 {
		s.DesiredRetention = wanted
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

// ParametersID is the number of the weights that a review's model names, 0 for the
// published ones.
func ParametersID(model string) int64 { return parseSchedulerVersion(model).Parameters }
