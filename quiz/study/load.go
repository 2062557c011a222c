package study

import (
	"math/rand/v2"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// Load is what a year of practice comes to.
type Load struct {
	Answers float64
	Recall  float64 // share of the cards met that is remembered on its last day
}

// Plan is what a year is imagined from.
type Plan struct {
	Cards     []quiz.Card // in memory today
	Fresh     int         // cards that could be met
	NewPerDay int
	Wanted    float64 // chance of recall at which cards come back
	Tuning    quiz.Tuning
	Day       int64 // today
}

// A year is imagined for so many cards at most; where there are more, for some of
// them, and multiplied.
const (
	year     = 365
	imagined = 1500
)

// Year imagines a year in which every day is practised, by the model's own beliefs:
// each card is remembered with the chance that it gives. The same plan and seed
// give the same year.
func Year(p Plan, seed uint64) Load {
	s, rnd := scheduler(p.Tuning, p.Wanted), rand.New(rand.NewPCG(seed, 365))
	fresh := min(p.Fresh, year*p.NewPerDay)
	all := len(p.Cards) + fresh
	if all == 0 {
		return Load{}
	}
	part := min(1, imagined/float64(all))
	answers, recall, met := 0, 0.0, 0
	imagine := func(c fsrs.Card, at int64, id uint64) {
		n, c := practised(s, c, at, p.Day+year, id, rnd)
		days := max(0, p.Day+year-c.LastDay)
		answers, recall, met = answers+n, recall+s.Model.Recall(c.Memory, float64(days)), met+1
	}
	for i, c := range p.Cards {
		if rnd.Float64() < part {
			imagine(c.Memory, max(c.DueDay, p.Day), uint64(i))
		}
	}
	for i := range fresh {
		if rnd.Float64() < part {
			imagine(fsrs.Card{}, p.Day+int64(i/max(1, p.NewPerDay)), uint64(len(p.Cards)+i))
		}
	}
	if met == 0 {
		return Load{}
	}
	return Load{Answers: float64(answers) / part, Recall: recall / float64(met)}
}

// practised answers a card from the day on which it is due up to another, and gives
// how many answers that took. What was just shown is known at its next step.
func practised(s *fsrs.Scheduler, c fsrs.Card, at, end int64, seed uint64, rnd *rand.Rand) (answers int, _ fsrs.Card) {
	for at < end {
		rating := fsrs.Good
		if c.Phase == fsrs.PhaseReview && rnd.Float64() > s.Model.Recall(c.Memory, c.Elapsed(at)) {
			rating = fsrs.Again
		}
		next := s.Answer(c, at, rating, fsrs.Plain, seed)
		c, at = next.Card, at+int64(next.Days)
		answers++
	}
	return answers, c
}
