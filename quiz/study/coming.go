package study

import (
	"math"
	"math/rand/v2"

	"chronicle/quiz/fsrs"
)

// tries is how often the coming days are imagined, to tell what they are like on
// average.
const tries = 16

// Coming imagines the coming days, today first, if each is practised and nothing
// new is met: how many cards are asked on each. Cards come back by the model's own
// beliefs, as in [Year]; the same plan and seed give the same days.
func Coming(p Plan, days int, seed uint64) []int {
	s, rnd := scheduler(p.Tuning, p.Wanted), rand.New(rand.NewPCG(seed, uint64(days)))
	end := p.Day + int64(days)
	count := make([]int, days)
	for i, c := range p.Cards {
		at := max(c.DueDay, p.Day)
		if at >= end {
			continue
		}
		count[at-p.Day] += tries // that it comes on its day is no matter of chance
		for range tries {
			comes(s, c.Memory, at, end, uint64(i), rnd, func(day int64) { count[day-p.Day]++ })
		}
	}
	for i, n := range count {
		count[i] = int(math.Round(float64(n) / tries))
	}
	return count
}

// comes tells each day after the first on which a card comes up to another.
func comes(s *fsrs.Scheduler, c fsrs.Card, at, end int64, seed uint64, rnd *rand.Rand, on func(day int64)) {
	for {
		rating := fsrs.Good
		if c.Phase == fsrs.PhaseReview && rnd.Float64() > s.Model.Recall(c.Memory, c.Elapsed(at)) {
			rating = fsrs.Again
		}
		next := s.Answer(c, at, rating, fsrs.Plain, seed)
		c, at = next.Card, at+int64(next.Days)
		if at >= end {
			return
		}
		if next.Days > 0 { // steps of the same day are the same card
			on(at)
		}
	}
}
