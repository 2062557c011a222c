package study

import (
	"math"
	"math/rand/v2"

	"chronicle/quiz/fsrs"
)

// loadRuns is how often the coming days are imagined, to tell what they are like on
// average.
const loadRuns = 16

// ForecastLoad imagines the coming days, today first, if each is practised and nothing
// new is met: how many cards are asked on each. Cards come back by the model's own
// beliefs, as in [Year]; the same plan and seed give the same days.
func ForecastLoad(p ForecastInput, days int, seed uint64) []int {
	s, rnd := newScheduler(p.Parameters, p.DesiredRetention), rand.New(rand.NewPCG(seed, uint64(days)))
	end := p.Today + int64(days)
	count := make([]int, days)
	for i, c := range p.Cards {
		at := max(c.DueDay, p.Today)
		if at >= end {
			continue
		}
		count[at-p.Today] += loadRuns // that it comes on its day is no matter of chance
		for range loadRuns {
			simulateDueDays(s, c.State, at, end, uint64(i), rnd, func(day int64) { count[day-p.Today]++ })
		}
	}
	for i, n := range count {
		count[i] = int(math.Round(float64(n) / loadRuns))
	}
	return count
}

// simulateDueDays tells each day after the first on which a card comes up to another.
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
		if next.Days > 0 { // steps of the same day are the same card
			on(at)
		}
	}
}
