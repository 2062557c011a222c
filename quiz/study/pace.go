package study

import (
	"time"

	"chronicle/quiz"
)

// The time per answer including its feedback page: the default until a person's own
// pace is known, and the bounds.
const (
	defaultPace    = 9 * time.Second
	pageTurnTime   = 3 * time.Second
	minPace        = 4 * time.Second
	maxPace        = 40 * time.Second
	minPaceAnswers = 20 // answers needed to know a person's pace
)

// Pace returns the average time that an answer takes a person, from their practice
// days.
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

// AnswersPerDay returns how many answers fit into a number of minutes at a pace, at
// least 1.
func AnswersPerDay(minutes int, pace time.Duration) int {
	return max(1, int(time.Duration(minutes)*time.Minute/pace))
}
