package study

import (
	"math"
	"math/rand/v2"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// Expected is what a test is expected to bring: shares of all cards of the deck.
type Expected struct {
	Now       float64 // known if the test were today
	Share     float64 // known on its day
	Low, High float64 // eight of ten times it lies between these
	Met       float64 // learned until then, however well they are known
}

// How a way to a test is imagined: so many times, with so many cards that the whole
// takes a twentieth of a second; and what the model itself may be wrong by.
const (
	ways       = 5
	cardDays   = 3000
	roughWays  = 2
	roughDays  = 1500
	fewCards   = 20
	manyCards  = 80
	modelDoubt = 0.03
)

// eightOfTen is how many standard deviations to either side hold eight of ten.
const eightOfTen = 1.2816

// Expect imagines the way to a test: [Toward] says on each day what is asked, and
// each card is remembered with the chance that the model gives. The same day and
// seed give the same.
func Expect(r Ready, s *fsrs.Scheduler, seed uint64) Expected {
	return expect(r, s, ways, cardDays, seed)
}

// Roughly is [Expect] at a fifth of its cost, for many people at once.
func Roughly(r Ready, s *fsrs.Scheduler, seed uint64) Expected {
	return expect(r, s, roughWays, roughDays, seed)
}

func expect(r Ready, s *fsrs.Scheduler, ways, cardDays int, seed uint64) Expected {
	all := len(r.Cards) + r.Fresh
	if all == 0 {
		return Expected{}
	}
	e := Expected{Now: shareKnown(r.Cards, s.Model, r.Today, all)}
	rnd := rand.New(rand.NewPCG(seed, 9))
	most := max(fewCards, min(manyCards, cardDays/int(max(1, r.Goal.Day-r.Today))))
	part := min(1, float64(most)/float64(all))
	var sum, squares float64
	for range ways {
		x, met := imagine(r, s, part, rnd)
		sum += x
		squares += x * x
		e.Met += met / float64(ways)
	}
	e.Share = sum / float64(ways)
	spread := max(0, squares/float64(ways)-e.Share*e.Share) * part
	doubt := math.Sqrt(spread + e.Share*(1-e.Share)/float64(all) + modelDoubt*modelDoubt)
	e.Low, e.High = max(0, e.Share-eightOfTen*doubt), min(1, e.Share+eightOfTen*doubt)
	return e
}

func shareKnown(cards []quiz.Card, m fsrs.Model, day int64, all int) float64 {
	sum := 0.0
	for _, c := range cards {
		sum += c.Ink(m, day)
	}
	return sum / float64(all)
}

// imagine goes one way to the test with a part of the cards, and gives the share that
// is known on its day, and that which was met.
func imagine(r Ready, s *fsrs.Scheduler, part float64, rnd *rand.Rand) (known, met float64) {
	some := func(n int) int {
		whole := part * float64(n)
		return int(whole + rnd.Float64())
	}
	w := r
	w.Cards = nil
	for _, i := range rnd.Perm(len(r.Cards))[:min(len(r.Cards), some(len(r.Cards)))] {
		w.Cards = append(w.Cards, r.Cards[i])
	}
	w.Fresh = some(r.Fresh)
	all := max(1, len(w.Cards)+w.Fresh)
	w.ends = make([]end, all)
	for ; w.Today < r.Goal.Day; w.Today++ {
		w.PerDay = max(1, some(r.PerDay))
		w.Budget = w.PerDay
		if w.Today == r.Today {
			w.Budget = some(r.Budget)
		}
		w.day(s, rnd)
	}
	return shareKnown(w.Cards, s.Model, r.Goal.Day, all), float64(len(w.Cards)) / float64(all)
}

// day answers what is asked on a day.
func (w *Ready) day(s *fsrs.Scheduler, rnd *rand.Rand) {
	ask, fresh := w.aims(s)
	for i := range w.Cards {
		if w.Cards[i].Learning() {
			w.answer(s, i, rnd)
		}
	}
	left := w.Budget
	for _, a := range ask {
		if left > 0 {
			left -= w.answer(s, a.at, rnd)
		}
	}
	for range fresh {
		if left > 0 {
			w.Cards = append(w.Cards, quiz.Card{CardID: quiz.CardID{Fact: -int64(len(w.Cards)) - 1}})
			w.Fresh--
			left -= w.answer(s, len(w.Cards)-1, rnd)
		}
	}
}

// answer asks a card until it is right and says how many answers that took.
func (w *Ready) answer(s *fsrs.Scheduler, i int, rnd *rand.Rand) (answers int) {
	c := &w.Cards[i]
	for days := 0; days == 0; answers++ {
		chance := fsrs.SameDayRecall
		switch gone := c.Memory.Elapsed(w.Today); {
		case c.IsNew():
			chance = fsrs.PriorKnowledge
		case gone > 0:
			chance = s.Model.Recall(c.Memory.Memory, gone)
		}
		r := fsrs.Again
		if rnd.Float64() < chance {
			r = fsrs.Good
		}
		n := s.Answer(c.Memory, w.Today, r, fsrs.Plain, uint64(i))
		c.Memory, days = n.Card, n.Days
		c.DueDay = w.Today + int64(n.Days)
	}
	return answers
}
