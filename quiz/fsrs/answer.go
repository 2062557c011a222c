package fsrs

import "time"

// turn is an answer on its way through the phases.
type turn struct {
	before, after Card // after: memory and counts moved, phase and step not yet
	rating        Rating
	form          Form
	seed          uint64
}

// Answer is the card after an answer rated r in form f, and when it comes
// back. Today is a day number in the learner's own zone, seed the card's id:
// with the count of reviews it decides the fuzz, so the same answer always
// gives the same day. It panics if r is no rating.
func (s *Scheduler) Answer(c Card, today int64, r Rating, f Form, seed uint64) Next {
	r.must()
	r = f.Heard(r)
	t := turn{before: c, after: c.answered(s.Model, today, r, f), rating: r, form: f, seed: seed}
	switch c.Phase {
	case PhaseReview:
		return s.reviewed(t)
	case PhaseRelearning:
		return s.stepped(t, PhaseRelearning, s.Relearning, int(c.Step))
	case PhaseLearning:
		return s.stepped(t, PhaseLearning, s.Learning, int(c.Step))
	default:
		return s.stepped(t, PhaseLearning, s.Learning, 0)
	}
}

// Preview is what each rating would give, at index rating−1: the very results
// of [Scheduler.Answer]. Intervals in days never fall from hard to easy.
func (s *Scheduler) Preview(c Card, today int64, f Form, seed uint64) [4]Next {
	var next [4]Next
	for r := Again; r <= Easy; r++ {
		next[r-1] = s.Answer(c, today, r, f, seed)
	}
	return next
}

// reviewed answers a card in review: a lapse goes to relearning, if there is a
// step for it.
func (s *Scheduler) reviewed(t turn) Next {
	if t.rating == Again {
		t.after.Lapses = increased(t.after.Lapses)
		return s.stepped(t, PhaseRelearning, s.Relearning, 0)
	}
	return s.graduated(t)
}

// stepped answers a card at a step of phase: it waits for a step, or goes on
// to review after the last.
func (s *Scheduler) stepped(t turn, phase Phase, steps []time.Duration, at int) Next {
	if step, wait, stays := nextStep(steps, at, t.rating); stays {
		return waits(t.after, phase, step, wait)
	}
	return s.graduated(t)
}

// graduated sends the card into review for a number of days.
func (s *Scheduler) graduated(t turn) Next {
	t.after.Phase, t.after.Step = PhaseReview, 0
	least, most := FuzzRange(s.days(s.leastStability(t)), s.longest())
	days := Within(least, most, chance(t.seed, t.before.Reps))
	return Next{Card: t.after, Days: days, Least: least, Most: most}
}
