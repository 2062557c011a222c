package study

import (
	"math"
	"math/rand/v2"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// TestForecast is the expected result of a test. All values are shares of the deck's
// cards.
type TestForecast struct {
	KnownToday   float64 // share known if the test were today
	KnownOnDay   float64 // share known on the test day
	Low, High    float64 // 80% interval of KnownOnDay
	LearnedOnDay float64 // share learned by the test day, known or not
}

// Sizes of the simulation, chosen so that it takes a twentieth of a second, and the
// error that the model itself may have.
const (
	testRuns         = 5
	maxCardDays      = 3000
	roughTestRuns    = 2
	roughCardDays    = 1500
	minSampledCards  = 20
	maxSampledCards  = 80
	modelUncertainty = 0.03
)

// z80 is the number of standard deviations on either side of the mean that cover 80%.
const z80 = 1.2816

// ForecastTest simulates the days until a test. On each day it asks the cards that
// [PlanForTest] chooses, and each card is recalled with the chance that the model
// gives. The same input and seed give the same result.
func ForecastTest(r TestPlanInput, s *fsrs.Scheduler, seed uint64) TestForecast {
	return forecastTest(r, s, testRuns, maxCardDays, seed)
}

// ForecastTestRoughly is [ForecastTest] at a fifth of its cost, for many people at
// once.
func ForecastTestRoughly(r TestPlanInput, s *fsrs.Scheduler, seed uint64) TestForecast {
	return forecastTest(r, s, roughTestRuns, roughCardDays, seed)
}

func forecastTest(r TestPlanInput, s *fsrs.Scheduler, ways, cardDays int, seed uint64) TestForecast {
	all := len(r.Cards) + r.NewCards
	if all == 0 {
		return TestForecast{}
	}
	e := TestForecast{KnownToday: shareKnown(r.Cards, s.Model, r.Today, all)}
	rnd := rand.New(rand.NewPCG(seed, 9))
	most := max(minSampledCards, min(maxSampledCards, cardDays/int(max(1, r.TestDate.Day-r.Today))))
	part := min(1, float64(most)/float64(all))
	var sum, squares float64
	for range ways {
		x, met := simulateTest(r, s, part, rnd)
		sum += x
		squares += x * x
		e.LearnedOnDay += met / float64(ways)
	}
	e.KnownOnDay = sum / float64(ways)
	spread := max(0, squares/float64(ways)-e.KnownOnDay*e.KnownOnDay) * part
	doubt := math.Sqrt(spread + e.KnownOnDay*(1-e.KnownOnDay)/float64(all) + modelUncertainty*modelUncertainty)
	e.Low, e.High = max(0, e.KnownOnDay-z80*doubt), min(1, e.KnownOnDay+z80*doubt)
	return e
}

func shareKnown(cards []quiz.Card, m fsrs.Model, day int64, all int) float64 {
	sum := 0.0
	for _, c := range cards {
		sum += c.Retrievability(m, day)
	}
	return sum / float64(all)
}

// simulateTest simulates the days until the test once, with a sample of the cards. It
// returns the shares of cards known on the test day and of cards learned by then.
func simulateTest(r TestPlanInput, s *fsrs.Scheduler, part float64, rnd *rand.Rand) (known, met float64) {
	some := func(n int) int {
		whole := part * float64(n)
		return int(whole + rnd.Float64())
	}
	w := r
	w.Cards = nil
	for _, i := range rnd.Perm(len(r.Cards))[:min(len(r.Cards), some(len(r.Cards)))] {
		w.Cards = append(w.Cards, r.Cards[i])
	}
	w.NewCards = some(r.NewCards)
	all := max(1, len(w.Cards)+w.NewCards)
	w.finalStates = make([]finalState, all)
	for ; w.Today < r.TestDate.Day; w.Today++ {
		w.AnswersPerDay = max(1, some(r.AnswersPerDay))
		w.AnswersLeftToday = w.AnswersPerDay
		if w.Today == r.Today {
			w.AnswersLeftToday = some(r.AnswersLeftToday)
		}
		w.simulateDay(s, rnd)
	}
	return shareKnown(w.Cards, s.Model, r.TestDate.Day, all), float64(len(w.Cards)) / float64(all)
}

// simulateDay answers the cards asked on one day.
func (w *TestPlanInput) simulateDay(s *fsrs.Scheduler, rnd *rand.Rand) {
	ask, fresh := w.candidates(s)
	for i := range w.Cards {
		if w.Cards[i].IsLearning() {
			w.simulateAnswer(s, i, rnd)
		}
	}
	left := w.AnswersLeftToday
	for _, a := range ask {
		if left > 0 {
			left -= w.simulateAnswer(s, a.index, rnd)
		}
	}
	for range fresh {
		if left > 0 {
			w.Cards = append(w.Cards, quiz.Card{CardID: quiz.CardID{Fact: -int64(len(w.Cards)) - 1}})
			w.NewCards--
			left -= w.simulateAnswer(s, len(w.Cards)-1, rnd)
		}
	}
}

// simulateAnswer asks a card until it is in review and returns how many answers that
// took.
func (w *TestPlanInput) simulateAnswer(s *fsrs.Scheduler, i int, rnd *rand.Rand) (answers int) {
	c := &w.Cards[i]
	for days := 0; days == 0; answers++ {
		chance := fsrs.SameDayRecall
		switch gone := c.State.ElapsedDays(w.Today); {
		case c.IsNew():
			chance = fsrs.PriorKnowledge
		case gone > 0:
			chance = s.Model.Retrievability(c.State.Memory, gone)
		}
		r := fsrs.Again
		if rnd.Float64() < chance {
			r = fsrs.Good
		}
		n := s.AnswerCard(c.State, w.Today, r, fsrs.PlainForm, uint64(i))
		c.State, days = n.Card, n.Days
		c.DueDay = w.Today + int64(n.Days)
	}
	return answers
}
