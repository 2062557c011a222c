package study

import (
	"time"

	"chronicle/quiz"
)

// How long an answer takes, with the page after it: until somebody's own pace is
// known, and at least and at most.
const (
	usualPace = 9 * time.Second
	turning   = 3 * time.Second
	leastPace = 4 * time.Second
	mostPace  = 40 * time.Second
	fewToTell = 20 // answers
)

// Pace is how long an answer takes a person, from what their days took.
func Pace(days []quiz.Day) time.Duration {
	var took time.Duration
	answers := 0
	for _, d := range days {
		took += d.Took
		answers += d.Answers
	}
	if answers < fewToTell || took <= 0 {
		return usualPace
	}
	return min(max(took/time.Duration(answers)+turning, leastPace), mostPace)
}

// PerDay is how many answers so many minutes have time for, at a pace.
func PerDay(minutes int, pace time.Duration) int {
	return max(1, int(time.Duration(minutes)*time.Minute/pace))
}
