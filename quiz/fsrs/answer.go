package fsrs

import "time"

// transition holds the state of one call of AnswerCard.
type transition struct {
	before, after CardState // after has the new memory and counts, but still the old phase and step
	rating        Rating
	form          Form
	seed          uint64
}

// AnswerCard returns the card after an answer rated r in form f, and when it is due
// again. Today is a day number in the learner's own time zone. The seed is the card's
// ID; together with the number of reviews it decides the fuzz, so the same answer
// always gives the same day. AnswerCard panics if r is not a valid rating.
func (s *Scheduler) AnswerCard(c CardState, today int64, r Rating, f Form, seed uint64) NextState {
	r.mustBeValid()
	r = f.EffectiveRating(r)
	t := transition{before: c, after: c.applyAnswer(s.Model, today, r, f), rating: r, form: f, seed: seed}
	switch c.Phase {
	case PhaseReview:
		return s.answerReview(t)
	case PhaseRelearning:
		return s.answerStep(t, PhaseRelearning, s.Relearning, int(c.Step))
	case PhaseLearning:
		return s.answerStep(t, PhaseLearning, s.Learning, int(c.Step))
	default:
		return s.answerStep(t, PhaseLearning, s.Learning, 0)
	}
}

// PreviewAnswers returns the result of [Scheduler.AnswerCard] for each rating, at
// index rating−1. Intervals in days never decrease from hard to easy.
func (s *Scheduler) PreviewAnswers(c CardState, today int64, f Form, seed uint64) [4]NextState {
	var next [4]NextState
	for r := Again; r <= Easy; r++ {
		next[r-1] = s.AnswerCard(c, today, r, f, seed)
	}
	return next
}

// answerReview answers a card in review. A wrong answer moves it to relearning if
// there is a relearning step.
func (s *Scheduler) answerReview(t transition) NextState {
	if t.rating == Again {
		t.after.Lapses = saturatingIncrement(t.after.Lapses)
		return s.answerStep(t, PhaseRelearning, s.Relearning, 0)
	}
	return s.graduate(t)
}

// answerStep answers a card at a step of a phase. The card waits for a step, or moves
// to review after the last one.
func (s *Scheduler) answerStep(t transition, phase Phase, steps []time.Duration, at int) NextState {
	if step, wait, stays := nextStep(steps, at, t.rating); stays {
		return waitForStep(t.after, phase, step, wait)
	}
	return s.graduate(t)
}

// graduate moves the card to review, due after a number of days.
func (s *Scheduler) graduate(t transition) NextState {
	t.after.Phase, t.after.Step = PhaseReview, 0
	least, most := FuzzRange(s.intervalDays(s.minStability(t)), s.maxInterval())
	days := FuzzedDay(least, most, fuzzFraction(t.seed, t.before.Reps))
	return NextState{Card: t.after, Days: days, MinDays: least, MaxDays: most}
}
