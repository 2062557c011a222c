package study

import (
	"cmp"
	"math"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// TestPlanInput is what a day's plan for a test is computed from.
type TestPlanInput struct {
	TestDate         quiz.TestDate
	Cards            []quiz.Card // cards of the deck in memory
	NewCards         int         // cards of the deck not started yet
	Today            int64
	AnswersLeftToday int // answers that today still has time for
	AnswersPerDay    int // answers that each later day has time for
	AnswersToday     int // answers given today
	Pace             time.Duration
	finalStates      []finalState // cache by card index, used in simulations
}

// WithTestDate returns r for a test date, with answer counts derived from the person's
// pace.
func (r TestPlanInput) WithTestDate(g quiz.TestDate) TestPlanInput {
	r.TestDate, r.AnswersPerDay = g, AnswersPerDay(g.Minutes, r.Pace)
	r.AnswersLeftToday = r.AnswersPerDay - r.AnswersToday
	return r
}

// The average number of answers per card: a missed review is asked again, and a new
// card is asked until it was right twice.
const (
	answersPerReview  = 1.15
	answersPerNewCard = 2.6
)

// minGain is the smallest gain in the chance of recall on the test day for which a
// card is asked before it is due.
const minGain = 0.002

// candidate is a card with the effect that answering it would have on the test day.
type candidate struct {
	index          int     // index in Cards
	gainToday      float64 // gain if answered today and not again
	gainLastDay    float64 // gain if answered only on the day before the test
	extraGainToday float64 // additional gain of an answer today if also answered on the last day
	due            bool
}

// PlanForTest returns the cards to ask today to prepare for a test, in order, and the
// number of new cards to start.
//
// The cards answered last before the test are remembered best, so every card is
// answered once more in the last days: as late as the available time allows, and first
// those that lose least by being early. The time left until then goes to new cards,
// spread evenly, and to the cards whose last answer becomes more certain by it. The
// test day must be in the future.
func PlanForTest(r TestPlanInput, s *fsrs.Scheduler) (ask []quiz.CardID, fresh int) {
	aims, fresh := r.candidates(s)
	ask = make([]quiz.CardID, len(aims))
	for i, a := range aims {
		ask[i] = r.Cards[a.index].CardID
	}
	return ask, fresh
}

func (r TestPlanInput) candidates(s *fsrs.Scheduler) (ask []candidate, fresh int) {
	left := r.TestDate.Day - r.Today
	budget := r.AnswersLeftToday
	var cards []int // indexes into r.Cards
	for i := range r.Cards {
		switch c := &r.Cards[i]; {
		case c.IsLearning():
			budget-- // learning steps are asked anyway
		case c.State.LastDay < r.Today:
			cards = append(cards, i)
		}
	}
	later := int(float64(left-1) * float64(r.AnswersPerDay) / answersPerReview)
	must := max(0, len(cards)+r.NewCards-later) // cards that no later day has time for
	fresh = newCardsToday(r, budget, must)
	reviews := int(math.Ceil((float64(budget) - answersPerNewCard*float64(fresh)) / answersPerReview))
	many, must := max(0, reviews), max(0, must-r.NewCards)
	if many == 0 {
		return nil, fresh
	}
	aims := make([]candidate, len(cards))
	for i, at := range cards {
		aims[i] = r.newCandidate(at, s, must < many)
	}
	return chooseCandidates(aims, many, must), fresh
}

// newCardsToday returns how many new cards to start today. It spreads them evenly so
// that all are started before the final answers begin, and always leaves some time for
// reviews.
func newCardsToday(r TestPlanInput, budget, must int) int {
	left := r.TestDate.Day - r.Today
	sweep := math.Ceil(answersPerReview * float64(len(r.Cards)+r.NewCards) / float64(max(1, r.AnswersPerDay)))
	days := max(1, float64(left)-max(2, min(sweep, float64(left)/2)))
	even := math.Ceil(float64(r.NewCards) / days)
	room := float64(budget) / answersPerNewCard
	if left > 1 && len(r.Cards) > 0 {
		room *= 0.7
	}
	return max(0, min(r.NewCards, int(min(even, room))))
}

// chooseCandidates returns at most many cards for today: first those that must have
// their final answer today, then those whose recall on the test day gains from an
// additional answer today.
func chooseCandidates(aims []candidate, many, must int) []candidate {
	if must >= many { // not enough time: take what gains most
		slices.SortStableFunc(aims, func(a, b candidate) int { return cmp.Compare(b.gainToday, a.gainToday) })
		return aims[:min(many, len(aims))]
	}
	slices.SortStableFunc(aims, func(a, b candidate) int { return cmp.Compare(a.gainLastDay-a.gainToday, b.gainLastDay-b.gainToday) })
	must = min(must, len(aims))
	final, rest := aims[:must], aims[must:]
	slices.SortStableFunc(rest, func(a, b candidate) int { return cmp.Compare(b.extraGainToday, a.extraGainToday) })
	for _, a := range rest {
		if len(final) < many && (a.extraGainToday >= minGain || a.due) {
			final = append(final, a)
		}
	}
	return final
}

// newCandidate returns the card at an index as a candidate. If there is spare time, it
// also computes the gain of an additional answer today.
func (r TestPlanInput) newCandidate(at int, s *fsrs.Scheduler, spare bool) candidate {
	c := &r.Cards[at]
	m, mem := s.Model, c.State.Memory
	e := r.finalStateOf(at, m)
	gone := float64(r.Today - c.State.LastDay)
	a := candidate{index: at, due: c.DueDay <= r.Today, gainLastDay: e.gainLastDay}
	p := m.Retrievability(mem, gone)
	right, wrong := m.NextMemory(mem, gone, fsrs.Good, fsrs.PlainForm), m.NextMemory(mem, gone, fsrs.Again, fsrs.PlainForm)
	left := float64(r.TestDate.Day - r.Today)
	a.gainToday = p*m.Retrievability(right, left) + (1-p)*m.Retrievability(wrong, left) - e.recall
	if between := left - 1; spare && between >= 1 {
		a.extraGainToday = p*recallAfterAnswer(m, right, between, 1) + (1-p)*recallAfterAnswer(m, wrong, between, 1) - e.recall - a.gainLastDay
	}
	return a
}

// finalState is a card's recall on the test day without another answer, and the gain
// of an answer on the day before. It does not depend on today.
type finalState struct {
	memory              fsrs.CardState
	recall, gainLastDay float64
}

// finalStateOf computes a card's final state. During a simulation it is computed once
// per answer and cached.
func (r TestPlanInput) finalStateOf(at int, m fsrs.Model) finalState {
	c := &r.Cards[at]
	if at < len(r.finalStates) && r.finalStates[at].memory == c.State {
		return r.finalStates[at]
	}
	e := finalState{memory: c.State, recall: m.Retrievability(c.State.Memory, float64(r.TestDate.Day-c.State.LastDay))}
	e.gainLastDay = recallAfterAnswer(m, c.State.Memory, float64(r.TestDate.Day-1-c.State.LastDay), 1) - e.recall
	if at < len(r.finalStates) {
		r.finalStates[at] = e
	}
	return e
}

// recallAfterAnswer returns the chance of recall after days after an answer that is
// given gap days after the last one.
func recallAfterAnswer(m fsrs.Model, mem fsrs.Memory, gap, after float64) float64 {
	p := m.Retrievability(mem, gap)
	return p*m.Retrievability(m.NextMemory(mem, gap, fsrs.Good, fsrs.PlainForm), after) +
		(1-p)*m.Retrievability(m.NextMemory(mem, gap, fsrs.Again, fsrs.PlainForm), after)
}
