package study

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"

	"pgregory.net/rapid"
)

// simulatedLearner prepares for a test; its true memory is known.
type simulatedLearner struct {
	truth         *fsrs.FSRS6
	rnd           *rand.Rand
	cards         []quiz.Card
	memory        []fsrs.Memory // the true memory
	answersPerDay int
	left          int
}

// prepare describes the time before a test: the number of facts, how many of them were
// learned before, days, and answers per day.
type prepare struct{ facts, met, days, perDay int }

const testDay = 1000

func (w prepare) newLearner(truth fsrs.Weights, seed uint64) *simulatedLearner {
	m, err := fsrs.New(truth)
	if err != nil {
		panic(err)
	}
	p := &simulatedLearner{truth: m, rnd: rand.New(rand.NewPCG(seed, 5))}
	s := DefaultScheduler
	for i := range w.facts {
		p.cards = append(p.cards, quiz.Card{CardID: quiz.CardID{Fact: int64(i + 1), Facet: quiz.FacetWhen}})
		p.memory = append(p.memory, fsrs.Memory{})
		if i < w.met { // during the last three months
			day := testDay - int64(w.days) - 1 - int64(p.rnd.IntN(90))
			for day < testDay-int64(w.days) {
				p.answer(s, i, day)
				day = max(day+1, p.cards[i].DueDay)
			}
		}
	}
	p.answersPerDay = 0
	return p
}

// answer asks card i on one day until it is right.
func (p *simulatedLearner) answer(s *fsrs.Scheduler, i int, day int64) {
	c := &p.cards[i]
	for step := true; step; {
		recall := 0.3
		if p.memory[i].IsSet() {
			recall = fsrs.SameDayRecall
			if gone := float64(day - c.State.LastDay); gone > 0 {
				recall = p.truth.Retrievability(p.memory[i], gone)
			}
		}
		r := fsrs.Again
		if p.rnd.Float64() < recall {
			r = fsrs.Good
		}
		p.memory[i] = p.truth.NextMemory(p.memory[i], c.State.ElapsedDays(day), r, fsrs.PlainForm)
		n := s.AnswerCard(c.State, day, r, fsrs.PlainForm, uint64(i))
		c.State, c.DueDay = n.Card, day+int64(n.Days)
		p.answersPerDay++
		p.left--
		step = n.Days == 0
	}
}

// known returns the share of all facts recalled on the test day.
func (p *simulatedLearner) known() float64 {
	sum := 0.0
	for i, c := range p.cards {
		if p.memory[i].IsSet() {
			sum += p.truth.Retrievability(p.memory[i], float64(testDay-c.State.LastDay))
		}
	}
	return sum / float64(len(p.cards))
}

// planned prepares for the test with PlanForTest.
func (p *simulatedLearner) planned(w prepare, s *fsrs.Scheduler) float64 {
	for day := testDay - int64(w.days); day < testDay; day++ {
		p.left = w.perDay
		r := p.ready(w, day)
		ask, fresh := PlanForTest(r, s)
		for _, id := range ask {
			if p.left > 0 {
				p.answer(s, int(id.Fact-1), day)
			}
		}
		for i, c := range p.cards {
			if c.IsNew() && fresh > 0 && p.left > 0 {
				p.answer(s, i, day)
				fresh--
			}
		}
	}
	return p.known()
}

func (p *simulatedLearner) ready(w prepare, day int64) TestPlanInput {
	r := TestPlanInput{TestDate: quiz.TestDate{Day: testDay}, Today: day, AnswersLeftToday: w.perDay, AnswersPerDay: w.perDay}
	for _, c := range p.cards {
		if c.IsNew() {
			r.NewCards++
		} else {
			r.Cards = append(r.Cards, c)
		}
	}
	return r
}

// plain studies as if there were no test: due cards, the longest overdue first, then
// newPerDay new cards a day.
func (p *simulatedLearner) plain(w prepare, s *fsrs.Scheduler, newPerDay int) float64 {
	for day := testDay - int64(w.days); day < testDay; day++ {
		p.left = w.perDay
		var due []int
		for i, c := range p.cards {
			if !c.IsNew() && c.DueDay <= day {
				due = append(due, i)
			}
		}
		slices.SortStableFunc(due, func(a, b int) int { return int(p.cards[a].DueDay - p.cards[b].DueDay) })
		for _, i := range due {
			if p.left > 0 {
				p.answer(s, i, day)
			}
		}
		fresh := newPerDay
		for i, c := range p.cards {
			if c.IsNew() && fresh > 0 && p.left > 0 {
				p.answer(s, i, day)
				fresh--
			}
		}
	}
	return p.known()
}

// best returns the best result of plain scheduling over several desired retentions and
// numbers of new cards per day, with at most the given number of answers.
func best(w prepare, truth fsrs.Weights, seed uint64, answers int) (share float64, asked int) {
	for _, wanted := range []float64{.8, .9, .95, .97} {
		for _, n := range []int{5, 10, 20, 60} {
			p := w.newLearner(truth, seed)
			if x := p.plain(w, newScheduler(quiz.Parameters{}, wanted), n); p.answersPerDay <= answers && x > share {
				share, asked = x, p.answersPerDay
			}
		}
	}
	return share, asked
}

// TestPlanForTest checks that planning for a test gives more known facts on the test
// day than plain scheduling with the best of sixteen settings and the same number of
// answers, also for learners who forget faster than assumed.
func TestPlanForTest(t *testing.T) {
	t.Parallel()
	sooner := fsrs.DefaultWeights
	sooner[2], sooner[8], sooner[20] = 1.2, 1.6, 0.3
	for _, w := range []prepare{{60, 0, 5, 60}, {60, 30, 14, 15}, {60, 60, 14, 10}, {200, 0, 30, 40}, {200, 100, 30, 20}, {200, 200, 30, 20}} {
		for name, truth := range map[string]fsrs.Weights{"as believed": fsrs.DefaultWeights, "forgets sooner": sooner} {
			const ways = 3
			bent, plain := 0.0, 0.0
			asked, plainAsked := 0, 0
			for seed := range uint64(ways) {
				p := w.newLearner(truth, seed)
				bent += p.planned(w, DefaultScheduler) / ways
				asked += p.answersPerDay / ways
				x, n := best(w, truth, seed, p.answersPerDay*105/100)
				plain += x / ways
				plainAsked += n / ways
			}
			t.Logf("%d facts, %d met, %d days of %d answers, %s: %.3f with %d answers, at best %.3f with %d", w.facts, w.met, w.days, w.perDay, name, bent, asked, plain, plainAsked)
			if bent < plain+0.003 {
				t.Errorf("%+v, %s: %.3f, plain scheduling %.3f", w, name, bent, plain)
			}
		}
	}
}

// TestForecastMatchesSimulation checks that the forecast is right on average if the
// learner's memory follows the model, and that the range contains the result about
// eight times out of ten.
func TestForecastMatchesSimulation(t *testing.T) {
	t.Parallel()
	within, all, bias := 0, 0, 0.0
	for _, w := range []prepare{{60, 0, 10, 40}, {60, 30, 14, 15}, {120, 60, 20, 20}, {120, 120, 30, 15}} {
		for seed := range uint64(8) {
			p := w.newLearner(fsrs.DefaultWeights, seed)
			e := ForecastTest(p.ready(w, testDay-int64(w.days)), DefaultScheduler, seed)
			p.planned(w, DefaultScheduler)
			right := 0.0
			for i, c := range p.cards {
				if p.memory[i].IsSet() && p.rnd.Float64() < p.truth.Retrievability(p.memory[i], float64(testDay-c.State.LastDay)) {
					right++
				}
			}
			share := right / float64(w.facts)
			bias += e.KnownOnDay - share
			all++
			if e.Low <= share && share <= e.High {
				within++
			}
			if !(0 <= e.Low && e.Low <= e.KnownOnDay && e.KnownOnDay <= e.High && e.High <= 1) {
				t.Errorf("%+v", e)
			}
		}
	}
	t.Logf("%d of %d within the range, expected %+.3f too much", within, all, bias/float64(all))
	if within < all*65/100 || math.Abs(bias/float64(all)) > 0.02 {
		t.Errorf("%d of %d within the range, expected %+.3f too much", within, all, bias/float64(all))
	}
}

// TestPlanForTestRespectsLimits checks for random cards that the plan asks only
// existing cards, each once, none answered today, and no more than there is time for,
// and that it is deterministic.
func TestPlanForTestRespectsLimits(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		today := int64(500)
		r := TestPlanInput{
			TestDate: quiz.TestDate{Day: today + rapid.Int64Range(1, 60).Draw(rt, "days")}, Today: today,
			NewCards: rapid.IntRange(0, 300).Draw(rt, "fresh"), AnswersLeftToday: rapid.IntRange(-5, 200).Draw(rt, "budget"), AnswersPerDay: rapid.IntRange(0, 200).Draw(rt, "per day"),
		}
		learning := 0
		for i := range rapid.IntRange(0, 60).Draw(rt, "cards") {
			c := quiz.Card{CardID: quiz.CardID{Fact: int64(i + 1), Facet: quiz.FacetWhen}, DueDay: today + rapid.Int64Range(-20, 60).Draw(rt, "due")}
			c.State = fsrs.CardState{
				Phase: rapid.SampledFrom([]fsrs.Phase{fsrs.PhaseLearning, fsrs.PhaseReview, fsrs.PhaseRelearning}).Draw(rt, "phase"), LastDay: today - rapid.Int64Range(0, 50).Draw(rt, "last"),
				Memory: fsrs.Memory{Stability: rapid.Float64Range(0.1, 300).Draw(rt, "s"), Difficulty: rapid.Float64Range(1, 10).Draw(rt, "d")},
			}
			if c.IsLearning() {
				learning++
			}
			r.Cards = append(r.Cards, c)
		}
		ask, fresh := PlanForTest(r, DefaultScheduler)
		again, sameFresh := PlanForTest(r, DefaultScheduler)
		if !slices.Equal(ask, again) || fresh != sameFresh || fresh < 0 || fresh > r.NewCards {
			rt.Fatalf("%v and %v, %d and %d", ask, again, fresh, sameFresh)
		}
		seen := map[quiz.CardID]bool{}
		for _, id := range ask {
			c := r.Cards[id.Fact-1]
			if seen[id] || c.IsLearning() || c.State.LastDay >= today {
				rt.Fatalf("%v is asked: %+v", id, c)
			}
			seen[id] = true
		}
		if budget := max(0, r.AnswersLeftToday-learning); len(ask)+fresh > budget {
			rt.Fatalf("%d and %d new, with time for %d", len(ask), fresh, budget)
		}
	})
}

// BenchmarkPlanForTest plans a day for a deck of 300 cards, and for a large one.
func BenchmarkPlanForTest(b *testing.B) {
	for _, cards := range []int{300, 5000} {
		w := prepare{facts: cards, met: cards, days: 20, perDay: 40}
		r := w.newLearner(fsrs.DefaultWeights, 1).ready(w, testDay-20)
		b.Run(fmt.Sprint("plan/", cards), func(b *testing.B) {
			for b.Loop() {
				PlanForTest(r, DefaultScheduler)
			}
		})
		b.Run(fmt.Sprint("expect/", cards), func(b *testing.B) {
			for b.Loop() {
				ForecastTest(r, DefaultScheduler, 1)
			}
		})
	}
}
