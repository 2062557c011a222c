package study

import (
	"strconv"
	"strings"

	"chronicle/quiz/fsrs"
)

// schedulerAt is Scheduler for cards that come back at that chance of recall.
func schedulerAt(wanted float64) *fsrs.Scheduler {
	if wanted == 0 || wanted == Scheduler.Retention {
		return Scheduler
	}
	s := *Scheduler
	s.Retention = wanted
	return &s
}

// modelAt names the model with the chance of recall that its days were set by,
// so that the log rebuilds them: fsrs-6, or fsrs-6 at 0.85.
func modelAt(wanted float64) string {
	name := Scheduler.Model.Version()
	if wanted == 0 || wanted == Scheduler.Retention {
		return name
	}
	return name + " at " + strconv.FormatFloat(wanted, 'g', -1, 64)
}

// wantedBy is the chance of recall that a model's name tells.
func wantedBy(model string) float64 {
	_, text, _ := strings.Cut(model, " at ")
	wanted, _ := strconv.ParseFloat(text, 64)
	return wanted
}
