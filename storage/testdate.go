package storage

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

// paceDays is how many days are used to compute a person's time per answer.
const paceDays = 60

// SetTestDate saves the test date of a deck and replaces an earlier one.
func (db *DB) SetTestDate(ctx context.Context, who quiz.Who, g quiz.TestDate) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec(`INSERT INTO goals (person, deck, day, minutes) VALUES (?, ?, ?, ?)
			ON CONFLICT (person, deck) DO UPDATE SET day = excluded.day, minutes = excluded.minutes`,
			who.Person, g.Deck, g.Day, g.Minutes).Error
	})
}

// DeleteTestDate deletes the test date of a deck, if there is one.
func (db *DB) DeleteTestDate(ctx context.Context, who quiz.Who, deck int64) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM goals WHERE person = ? AND deck = ?", who.Person, deck).Error
	})
}

// TestDate returns the current person's test date for a deck; zero if there is none.
func (db *DB) TestDate(ctx context.Context, who quiz.Who, deck int64) (quiz.TestDate, error) {
	return testDateOf(db.read(ctx), who, deck)
}

func testDateOf(tx *gorm.DB, who quiz.Who, deck int64) (quiz.TestDate, error) {
	g, err := scanOne[quiz.TestDate](tx.Raw("SELECT deck, day, minutes FROM goals WHERE person = ? AND deck = ?", who.Person, deck))
	if quiz.Is(err, quiz.NotFound) {
		return quiz.TestDate{}, nil
	}
	return g, err
}

// nextTestDate returns the nearest future test date for a deck, the person's own or that of an
// assignment that has started; zero if there is none.
func (m *learnerDay) nextTestDate(deck int64) (quiz.TestDate, error) {
	if m.testDates == nil {
		var own []quiz.TestDate
		err := m.tx.Raw("SELECT deck, day, minutes FROM goals WHERE person = ? AND day > ?", m.who.Person, m.at.Day).Scan(&own).Error
		if err != nil {
			return quiz.TestDate{}, err
		}
		assigned, err := studentAssignments(m.tx, m.who, "", map[string]any{})
		if err != nil {
			return quiz.TestDate{}, err
		}
		m.testDates = map[int64]quiz.TestDate{}
		for _, g := range own {
			m.testDates[g.Deck] = g
		}
		for _, a := range assigned {
			if g := m.testDates[a.Deck]; a.StartDay <= m.at.Day && a.TargetDay > m.at.Day && (g.Day == 0 || a.TargetDay < g.Day) {
				m.testDates[a.Deck] = a.TestDate(a.TargetDay)
			}
		}
	}
	return m.testDates[deck], nil
}

// pace returns the person's average time per answer.
func (m *learnerDay) pace() (time.Duration, error) {
	if m.answerTime == 0 {
		var days []struct {
			Answers int
			Took    int64
		}
		if err := m.tx.Raw("SELECT answers, took FROM days WHERE person = ? AND day >= ?", m.who.Person, m.at.Day-paceDays).Scan(&days).Error; err != nil {
			return 0, err
		}
		kept := make([]quiz.PracticeDay, len(days))
		for i, d := range days {
			kept[i] = quiz.PracticeDay{Answers: d.Answers, Duration: time.Duration(d.Took) * time.Millisecond}
		}
		m.answerTime = study.Pace(kept)
	}
	return m.answerTime, nil
}

// answersTodayIn counts the person's answers about a deck today.
func (m *learnerDay) answersTodayIn(deck int64) (int, error) {
	if m.answersToday == nil {
		var rows []struct {
			Deck int64
			N    int
		}
		if err := m.tx.Raw("SELECT r.deck, count(*) AS n FROM reviews r WHERE r.person = ? AND r.at >= ? AND r.lead = '' AND "+notUndoneSQL+" GROUP BY r.deck",
			m.who.Person, toMillis(m.at.Calendar.DayStart(m.at.Day))).Scan(&rows).Error; err != nil {
			return 0, err
		}
		m.answersToday = map[int64]int{}
		for _, r := range rows {
			m.answersToday[r.Deck] = r.N
		}
	}
	return m.answersToday[deck], nil
}

// TestPlanInput returns what a test is planned from, with all cards of its deck that are not
// suspended.
func (db *DB) TestPlanInput(ctx context.Context, who quiz.Who, g quiz.TestDate, at study.LearnerTime) (study.TestPlanInput, error) {
	p, err := db.learnerCards(db.read(ctx), who, g.Deck, at)
	if err != nil {
		return study.TestPlanInput{}, dbError(err)
	}
	r, err := p.testPlanInput(g, func(c quiz.Card) bool { return !p.suspended[c.CardID] })
	return r, dbError(err)
}

// testPlanInput returns the input with those cards that wanted accepts.
func (p *learnerCards) testPlanInput(g quiz.TestDate, wanted func(quiz.Card) bool) (study.TestPlanInput, error) {
	r := study.TestPlanInput{TestDate: g, Today: p.at.Day}
	lo, hi := g.DayRange()
	within := map[int64]facetSet{}
	for _, s := range p.deckFacts.facts {
		if s.lo >= lo && s.hi <= hi {
			within[s.fact] = s.facets
			r.NewCards += bits.OnesCount8(uint8(s.facets))
		}
	}
	for _, c := range p.cards {
		if within[c.Fact] != 0 {
			r.NewCards--
			if wanted(c) {
				r.Cards = append(r.Cards, c)
			}
		}
	}
	for id := range p.suspended {
		if _, ok := within[id.Fact]; ok && !p.started[id.Fact].has(id.Facet) {
			r.NewCards--
		}
	}
	r.NewCards = max(0, r.NewCards)
	slices.SortFunc(r.Cards, func(a, b quiz.Card) int {
		return cmp.Or(cmp.Compare(a.DueDay, b.DueDay), cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.Facet, b.Facet))
	})
	var err error
	if r.Pace, err = p.pace(); err == nil {
		r.AnswersToday, err = p.learnerDay.answersTodayIn(g.Deck)
	}
	return r.WithTestDate(g), err
}

// applyTestPlan replaces the due cards in the queue with today's plan for the next test and
// returns its test date; zero if no test is ahead.
func (p *learnerCards) applyTestPlan(d *study.Queue) (quiz.TestDate, error) {
	g, err := p.nextTestDate(p.deck)
	if err != nil || g.Day <= p.at.Day {
		return quiz.TestDate{}, err
	}
	r, err := p.testPlanInput(g, p.isAskable)
	if err != nil {
		return g, err
	}
	ask, meet := study.PlanForTest(r, p.at.Scheduler())
	cards := make(map[quiz.CardID]quiz.Card, len(r.Cards))
	for _, c := range r.Cards {
		cards[c.CardID] = c
	}
	facts := map[int64]bool{} // only one facet of a fact is asked per day
	d.PlannedForTest, d.NewForTest, d.Reviews = true, meet, nil
	for _, id := range ask {
		if !facts[id.Fact] {
			facts[id.Fact] = true
			d.Reviews = append(d.Reviews, cards[id])
		}
	}
	learning, others := map[int64]bool{}, map[int64]bool{}
	var rest []quiz.Card // due cards outside the test's years are asked as usual, after the plan
	lo, hi := g.DayRange()
	for _, c := range p.cards {
		s := p.deckFacts.byFact[c.Fact]
		switch {
		case !p.isAskable(c):
		case c.IsLearning() && c.Due.Before(p.at.DayEnd):
			learning[c.Fact] = true
		case c.State.Phase == fsrs.PhaseReview && c.DueDay <= p.at.Day && (s.lo < lo || s.hi > hi):
			others[c.Fact] = true
			rest = append(rest, c)
		}
	}
	d.DueCount = len(learning) + len(d.Reviews) + len(others)
	d.Reviews = append(d.Reviews, p.firstCards(rest)...)
	d.Reviews = d.Reviews[:min(maxQueueCards, len(d.Reviews))]
	return g, nil
}
