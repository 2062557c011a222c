package study

import (
	"math/rand/v2"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// YearForecast is what a year of practice comes to.
type YearForecast struct {
	Answers     float64
	RecallAtEnd float64 // share of the cards met that is remembered on its last day
}

// ForecastInput is what a year is imagined from.
type ForecastInput struct {
	Cards            []quiz.Card // in memory today
	NewCards         int         // cards that could be met
	NewPerDay        int
	DesiredRetention float64 // chance of recall at which cards come back
	Parameters       quiz.Parameters
	Today            int64 // today
}

// A year is imagined for so many cards at most; where there are more, for some of
// them, and multiplied.
const (
	daysPerYear       = 365
	maxSimulatedCards = 1500
)

// ForecastYear imagines a year in which every day is practised, by the model's own beliefs:
// each card is remembered with the chance that it gives. The same plan and seed
// give the same year.
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

// simulateReviews answers a card from the day on which it is due up to another, and gives
// how many answers that took. What was just shown is known at its next step.
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
