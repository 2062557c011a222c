package study

import (
	"time"

	"chronicle/quiz"
)

// How long an answer takes, with the page after it: until somebody's own pace is
// known, and at least and at most.
const (
	defaultPace    = 9 * time.Second
	pageTurnTime   = 3 * time.Second
	minPace        = 4 * time.Second
	maxPace        = 40 * time.Second
	minPaceAnswers = 20 // answers
)

// Pace is how long an answer takes a person, from what their days took.
func Pace(days []quiz.PracticeDay) time.Duration {
	var took time.Duration
	answers := 0
	for _, d := range days {
		took += d.Duration
		answers += d.Answers
	}
	if answers < minPaceAnswers || took <= 0 {
		return defaultPace
	}
	return min(max(took/time.Duration(answers)+pageTurnTime, minPace), maxPace)
}

// AnswersPerDay is how many answers so many minutes have time for, at a pace.
func AnswersPerDay(minutes int, pace time.Duration) int {
	return max(1, int(time.Duration(minutes)*time.Minute/pace))
}
