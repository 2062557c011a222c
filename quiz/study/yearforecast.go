package study

import (
	"math/rand/v2"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// YearForecast is the expected result of a year of practice.
type YearForecast struct {
	Answers     float64
	RecallAtEnd float64 // mean recall of the started cards on the last day
}

// ForecastInput is what a forecast is computed from.
type ForecastInput struct {
	Cards            []quiz.Card // cards in memory today
	NewCards         int         // cards not started yet
	NewPerDay        int
	DesiredRetention float64 // retrievability at which cards become due
	Parameters       quiz.Parameters
	Today            int64 // number of today
}

// maxSimulatedCards is the most cards simulated. Above it a sample is simulated and
// the result scaled up.
const (
	daysPerYear       = 365
	maxSimulatedCards = 1500
)

// ForecastYear simulates a year with practice on every day, in which each card is
// recalled with the chance that the model gives. The same input and seed give the same
// result.
func ForecastYear(p ForecastInput, seed uint64) YearForecast {
	s, rnd := newScheduler(p.Parameters, p.DesiredRetention), rand.New(rand.NewPCG(seed, 365))
	fresh := min(p.NewCards, daysPerYear*p.NewPerDay)
	all := len(p.Cards) + fresh
	if all == 0 {
		return YearForecast{}
	}
	part := min(1, maxSimulatedCards/float64(all))
	answers, recall, met := 0, 0.0, 0
	imagine := func(c fsrs.CardState, at int64, id uint64) {
		n, c := simulateReviews(s, c, at, p.Today+daysPerYear, id, rnd)
		days := max(0, p.Today+daysPerYear-c.LastDay)
		answers, recall, met = answers+n, recall+s.Model.Retrievability(c.Memory, float64(days)), met+1
	}
	for i, c := range p.Cards {
		if rnd.Float64() < part {
			imagine(c.State, max(c.DueDay, p.Today), uint64(i))
		}
	}
	for i := range fresh {
		if rnd.Float64() < part {
			imagine(fsrs.CardState{}, p.Today+int64(i/max(1, p.NewPerDay)), uint64(len(p.Cards)+i))
		}
	}
	if met == 0 {
		return YearForecast{}
	}
	return YearForecast{Answers: float64(answers) / part, RecallAtEnd: recall / float64(met)}
}

// simulateReviews answers a card from its due day at until end and returns the number
// of answers. In learning steps the answer is always right.
func simulateReviews(s *fsrs.Scheduler, c fsrs.CardState, at, end int64, seed uint64, rnd *rand.Rand) (answers int, _ fsrs.CardState) {
	for at < end {
		rating := fsrs.Good
		if c.Phase == fsrs.PhaseReview && rnd.Float64() > s.Model.Retrievability(c.Memory, c.ElapsedDays(at)) {
			rating = fsrs.Again
		}
		next := s.AnswerCard(c, at, rating, fsrs.PlainForm, seed)
		c, at = next.Card, at+int64(next.Days)
		answers++
	}
	return answers, c
}
