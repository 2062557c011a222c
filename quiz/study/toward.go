package study

import (
	"cmp"
	"math"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// Ready is what a day on the way to a test is planned from.
type Ready struct {
	Goal   quiz.Goal
	Cards  []quiz.Card // of the deck, in memory
	Fresh  int         // cards of the deck that could still be met
	Today  int64
	Budget int // answers that the day still has time for
	PerDay int // answers that every later day has time for
	Asked  int // answers of today
	Pace   time.Duration
	ends   []end // by card, of an imagined way, which looks at each again and again
}

// For is what lies ready for a goal, by the person's pace.
func (r Ready) For(g quiz.Goal) Ready {
	r.Goal, r.PerDay = g, PerDay(g.Minutes, r.Pace)
	r.Budget = r.PerDay - r.Asked
	return r
}

// How many answers things cost, on average: a review that is missed is asked again,
// and a new card is asked until it was right twice.
const (
	costOfReview = 1.15
	costOfNew    = 2.6
)

// worth is the least gain in the chance of recall on the day for which a card is
// asked before it is due.
const worth = 0.002

// aim is a card with what answering it would do for the day of the test.
type aim struct {
	at    int     // its place among the cards
	now   float64 // gain if it is answered today, and not again
	last  float64 // gain if it is answered on the day before the test, and not before
	early float64 // further gain of an answer today, if it is answered on the last day too
	due   bool
}

// Toward lists the cards that are asked today on the way to a test, in their order,
// and says how many new ones are met.
//
// What is answered last before the test is remembered best, so every card is to be
// answered once more in the last days: as late as the time of all days allows, and
// first those that lose least by being early. What time is left until then goes to
// new cards, evenly, and to those cards whose last answer will be the surer for it.
// The day of the test is to come.
func Toward(r Ready, s *fsrs.Scheduler) (ask []quiz.CardID, fresh int) {
	aims, fresh := r.aims(s)
	ask = make([]quiz.CardID, len(aims))
	for i, a := range aims {
		ask[i] = r.Cards[a.at].CardID
	}
	return ask, fresh
}

func (r Ready) aims(s *fsrs.Scheduler) (ask []aim, fresh int) {
	left := r.Goal.Day - r.Today
	budget := r.Budget
	var cards []int // their places
	for i := range r.Cards {
		switch c := &r.Cards[i]; {
		case c.Learning():
			budget-- // steps are asked anyway
		case c.Memory.LastDay < r.Today:
			cards = append(cards, i)
		}
	}
	later := int(float64(left-1) * float64(r.PerDay) / costOfReview)
	must := max(0, len(cards)+r.Fresh-later) // what no later day has time for
	fresh = freshToday(r, budget, must)
	reviews := int(math.Ceil((float64(budget) - costOfNew*float64(fresh)) / costOfReview))
	many, must := max(0, reviews), max(0, must-r.Fresh)
	if many == 0 {
		return nil, fresh
	}
	aims := make([]aim, len(cards))
	for i, at := range cards {
		aims[i] = r.aim(at, s, must < many)
	}
	return chosen(aims, many, must), fresh
}

// freshToday is how many new cards are met today: as many on each day as lets all be
// met before the last answers begin, and always some time is left for reviews.
func freshToday(r Ready, budget, must int) int {
	left := r.Goal.Day - r.Today
	sweep := math.Ceil(costOfReview * float64(len(r.Cards)+r.Fresh) / float64(max(1, r.PerDay)))
	days := max(1, float64(left)-max(2, min(sweep, float64(left)/2)))
	even := math.Ceil(float64(r.Fresh) / days)
	room := float64(budget) / costOfNew
	if left > 1 && len(r.Cards) > 0 {
		room *= 0.7
	}
	return max(0, min(r.Fresh, int(min(even, room))))
}

// chosen are so many cards for today: those that must be answered today for the last
// time, then those that are surer on the last day for an answer today.
func chosen(aims []aim, many, must int) []aim {
	if must >= many { // there is not enough time: what gains most
		slices.SortStableFunc(aims, func(a, b aim) int { return cmp.Compare(b.now, a.now) })
		return aims[:min(many, len(aims))]
	}
	slices.SortStableFunc(aims, func(a, b aim) int { return cmp.Compare(a.last-a.now, b.last-b.now) })
	must = min(must, len(aims))
	final, rest := aims[:must], aims[must:]
	slices.SortStableFunc(rest, func(a, b aim) int { return cmp.Compare(b.early, a.early) })
	for _, a := range rest {
		if len(final) < many && (a.early >= worth || a.due) {
			final = append(final, a)
		}
	}
	return final
}

// aim is the card at a place as an aim; with time to spare it is told what an early answer
// gains.
func (r Ready) aim(at int, s *fsrs.Scheduler, spare bool) aim {
	c := &r.Cards[at]
	m, mem := s.Model, c.Memory.Memory
	e := r.end(at, m)
	gone := float64(r.Today - c.Memory.LastDay)
	a := aim{at: at, due: c.DueDay <= r.Today, last: e.last}
	p := m.Recall(mem, gone)
	right, wrong := m.Step(mem, gone, fsrs.Good, fsrs.Plain), m.Step(mem, gone, fsrs.Again, fsrs.Plain)
	left := float64(r.Goal.Day - r.Today)
	a.now = p*m.Recall(right, left) + (1-p)*m.Recall(wrong, left) - e.none
	if between := left - 1; spare && between >= 1 {
		a.early = p*answeredOn(m, right, between, 1) + (1-p)*answeredOn(m, wrong, between, 1) - e.none - a.last
	}
	return a
}

// end is what a card comes to on the day of the test without an answer, and what one on
// the day before it gains: the same whatever day it is.
type end struct {
	memory     fsrs.Card
	none, last float64
}

// end works it out, once for a card that was not answered since where the way remembers.
func (r Ready) end(at int, m fsrs.Model) end {
	c := &r.Cards[at]
	if at < len(r.ends) && r.ends[at].memory == c.Memory {
		return r.ends[at]
	}
	e := end{memory: c.Memory, none: m.Recall(c.Memory.Memory, float64(r.Goal.Day-c.Memory.LastDay))}
	e.last = answeredOn(m, c.Memory.Memory, float64(r.Goal.Day-1-c.Memory.LastDay), 1) - e.none
	if at < len(r.ends) {
		r.ends[at] = e
	}
	return e
}

// answeredOn is the chance of recall some days after an answer that is given after a
// gap.
func answeredOn(m fsrs.Model, mem fsrs.Memory, gap, after float64) float64 {
	p := m.Recall(mem, gap)
	return p*m.Recall(m.Step(mem, gap, fsrs.Good, fsrs.Plain), after) +
		(1-p)*m.Recall(m.Step(mem, gap, fsrs.Again, fsrs.Plain), after)
}
