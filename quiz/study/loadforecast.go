package study

import (
	"math"
	"math/rand/v2"

	"chronicle/quiz/fsrs"
)

// loadRuns is the number of simulations that a load forecast averages.
const loadRuns = 16

// ForecastLoad returns how many cards are expected to be asked on each of the coming
// days, starting today, if the learner practises every day and learns nothing new. It
// simulates answers with the model's own recall, like [ForecastYear]. The same input
// and seed give the same result.
func ForecastLoad(p ForecastInput, days int, seed uint64) []int {
	s, rnd := newScheduler(p.Parameters, p.DesiredRetention), rand.New(rand.NewPCG(seed, uint64(days)))
	end := p.Today + int64(days)
	count := make([]int, days)
	for i, c := range p.Cards {
		at := max(c.DueDay, p.Today)
		if at >= end {
			continue
		}
		count[at-p.Today] += loadRuns // the first due day is certain
		for range loadRuns {
			simulateDueDays(s, c.State, at, end, uint64(i), rnd, func(day int64) { count[day-p.Today]++ })
		}
	}
	for i, n := range count {
		count[i] = int(math.Round(float64(n) / loadRuns))
	}
	return count
}

// simulateDueDays simulates a card's reviews and calls on for each later day, before
// end, on which the card is due.
func simulateDueDays(s *fsrs.Scheduler, c fsrs.CardState, at, end int64, seed uint64, rnd *rand.Rand, on func(day int64)) {
	for {
		rating := fsrs.Good
		if c.Phase == fsrs.PhaseReview && rnd.Float64() > s.Model.Retrievability(c.Memory, c.ElapsedDays(at)) {
			rating = fsrs.Again
		}
		next := s.AnswerCard(c, at, rating, fsrs.PlainForm, seed)
		c, at = next.Card, at+int64(next.Days)
		if at >= end {
			return
		}
		if next.Days > 0 { // learning steps on the same day do not count again
			on(at)
		}
	}
}
