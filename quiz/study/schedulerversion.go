package study

import (
	"fmt"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// SchedulerVersion identifies how a card's due day was computed: the parameters of the
// memory model and the desired retention. Its string is stored with each review, so
// that every card can be rebuilt from the log.
type SchedulerVersion struct {
	Parameters       int64   // 0 for the published weights
	DesiredRetention float64 // 0 for the default
}

// String returns for example fsrs-6, fsrs-6 w12, fsrs-6 at 0.85 or fsrs-6 w12 at 0.85.
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

// parseSchedulerVersion parses the result of String.
func parseSchedulerVersion(name string) (m SchedulerVersion) {
	name, wanted, _ := strings.Cut(name, " at ")
	m.DesiredRetention, _ = strconv.ParseFloat(wanted, 64)
	_, tuning, _ := strings.Cut(name, " w")
	m.Parameters, _ = strconv.ParseInt(tuning, 10, 64)
	return m
}

// NewScheduler returns a scheduler with the given parameters and desired retention.
func NewScheduler(t quiz.Parameters, wanted float64) *fsrs.Scheduler { return newScheduler(t, wanted) }

// newScheduler returns DefaultScheduler, or a copy of it with the given parameters and
// desired retention (0 for the default). It panics if the model rejects the weights,
// because such weights are never adopted.
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

// ParametersID returns the ID of the parameters that a review's model names, 0 for the
// published weights.
func ParametersID(model string) int64 { return parseSchedulerVersion(model).Parameters }
