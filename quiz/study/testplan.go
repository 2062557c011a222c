package study

import (
	"cmp"
	"math"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// TestPlanInput is what a day on the way to a test is planned from.
type TestPlanInput struct {
	TestDate         quiz.TestDate
	Cards            []quiz.Card // of the deck, in memory
	NewCards         int         // cards of the deck that could still be met
	Today            int64
	AnswersLeftToday int // answers that the day still has time for
	AnswersPerDay    int // answers that every later day has time for
	AnswersToday     int // answers of today
	Pace             time.Duration
	finalStates      []finalState // by card, of an imagined way, which looks at each again and again
}

// WithTestDate is what lies ready for a goal, by the person's pace.
func (r TestPlanInput) WithTestDate(g quiz.TestDate) TestPlanInput {
	r.TestDate, r.AnswersPerDay = g, AnswersPerDay(g.Minutes, r.Pace)
	r.AnswersLeftToday = r.AnswersPerDay - r.AnswersToday
	return r
}

// How many answers things cost, on average: a review that is missed is asked again,
// and a new card is asked until it was right twice.
const (
	answersPerReview  = 1.15
	answersPerNewCard = 2.6
)

// minGain is the least gain in the chance of recall on the day for which a card is
// asked before it is due.
const minGain = 0.002

// candidate is a card with what answering it would do for the day of the test.
type candidate struct {
	index          int     // its place among the cards
	gainToday      float64 // gain if it is answered today, and not again
	gainLastDay    float64 // gain if it is answered on the day before the test, and not before
	extraGainToday float64 // further gain of an answer today, if it is answered on the last day too
	due            bool
}

// PlanForTest lists the cards that are asked today on the way to a test, in their order,
// and says how many new ones are met.
//
// What is answered last before the test is remembered best, so every card is to be
// answered once more in the last days: as late as the time of all days allows, and
// first those that lose least by being early. What time is left until then goes to
// new cards, evenly, and to those cards whose last answer will be the surer for it.
// The day of the test is to come.
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
	var cards []int // their places
	for i := range r.Cards {
		switch c := &r.Cards[i]; {
		case c.IsLearning():
			budget-- // steps are asked anyway
		case c.State.LastDay < r.Today:
			cards = append(cards, i)
		}
	}
	later := int(float64(left-1) * float64(r.AnswersPerDay) / answersPerReview)
	must := max(0, len(cards)+r.NewCards-later) // what no later day has time for
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

// newCardsToday is how many new cards are met today: as many on each day as lets all be
// met before the last answers begin, and always some time is left for reviews.
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

// chooseCandidates are so many cards for today: those that must be answered today for the last
// time, then those that are surer on the last day for an answer today.
func chooseCandidates(aims []candidate, many, must int) []candidate {
	if must >= many { // there is not enough time: what gains most
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

// newCandidate is the card at a place as an aim; with time to spare it is told what an early answer
// gains.
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

// finalState is what a card comes to on the day of the test without an answer, and what one on
// the day before it gains: the same whatever day it is.
type finalState struct {
	memory              fsrs.CardState
	recall, gainLastDay float64
}

// finalStateOf works it out, once for a card that was not answered since where the way remembers.
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

// recallAfterAnswer is the chance of recall some days after an answer that is given after a
// gap.
func recallAfterAnswer(m fsrs.Model, mem fsrs.Memory, gap, after float64) float64 {
	p := m.Retrievability(mem, gap)
	return p*m.Retrievability(m.NextMemory(mem, gap, fsrs.Good, fsrs.PlainForm), after) +
		(1-p)*m.Retrievability(m.NextMemory(mem, gap, fsrs.Again, fsrs.PlainForm), after)
}
