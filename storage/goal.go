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

// paceDays is of how many days somebody's pace is taken.
const paceDays = 60

// SetGoal keeps on which day a deck is to be known, in the place of an earlier one.
func (db *DB) SetGoal(ctx context.Context, who quiz.Who, g quiz.Goal) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec(`INSERT INTO goals (person, deck, day, minutes) VALUES (?, ?, ?, ?)
			ON CONFLICT (person, deck) DO UPDATE SET day = excluded.day, minutes = excluded.minutes`,
			who.Person, g.Deck, g.Day, g.Minutes).Error
	})
}

// DropGoal forgets it; that there is none is no fault.
func (db *DB) DropGoal(ctx context.Context, who quiz.Who, deck int64) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM goals WHERE person = ? AND deck = ?", who.Person, deck).Error
	})
}

// Goal gives the goal of whoever asks for a deck; the zero goal when there is none.
func (db *DB) Goal(ctx context.Context, who quiz.Who, deck int64) (quiz.Goal, error) {
	return goalOf(db.read(ctx), who, deck)
}

func goalOf(tx *gorm.DB, who quiz.Who, deck int64) (quiz.Goal, error) {
	g, err := scanOne[quiz.Goal](tx.Raw("SELECT deck, day, minutes FROM goals WHERE person = ? AND deck = ?", who.Person, deck))
	if quiz.Is(err, quiz.Missing) {
		return quiz.Goal{}, nil
	}
	return g, err
}

// nearest is what a person has to know of a deck by a day to come, first: by a goal of
// their own or an assignment that has begun; the zero goal when there is none.
func (m *morning) nearest(deck int64) (quiz.Goal, error) {
	if m.goals == nil {
		var own []quiz.Goal
		err := m.tx.Raw("SELECT deck, day, minutes FROM goals WHERE person = ? AND day > ?", m.who.Person, m.at.Day).Scan(&own).Error
		if err != nil {
			return quiz.Goal{}, err
		}
		assigned, err := assignedTo(m.tx, m.who, "", map[string]any{})
		if err != nil {
			return quiz.Goal{}, err
		}
		m.goals = map[int64]quiz.Goal{}
		for _, g := range own {
			m.goals[g.Deck] = g
		}
		for _, a := range assigned {
			if g := m.goals[a.Deck]; a.Start <= m.at.Day && a.Day > m.at.Day && (g.Day == 0 || a.Day < g.Day) {
				m.goals[a.Deck] = a.Goal(a.Day)
			}
		}
	}
	return m.goals[deck], nil
}

// pace is how long an answer takes the person.
func (m *morning) pace() (time.Duration, error) {
	if m.takes == 0 {
		var days []struct {
			Answers int
			Took    int64
		}
		if err := m.tx.Raw("SELECT answers, took FROM days WHERE person = ? AND day >= ?", m.who.Person, m.at.Day-paceDays).Scan(&days).Error; err != nil {
			return 0, err
		}
		kept := make([]quiz.Day, len(days))
		for i, d := range days {
			kept[i] = quiz.Day{Answers: d.Answers, Took: time.Duration(d.Took) * time.Millisecond}
		}
		m.takes = study.Pace(kept)
	}
	return m.takes, nil
}

// asked counts the person's answers of today about a deck.
func (m *morning) asked(deck int64) (int, error) {
	if m.answers == nil {
		var rows []struct {
			Deck int64
			N    int
		}
		if err := m.tx.Raw("SELECT r.deck, count(*) AS n FROM reviews r WHERE r.person = ? AND r.at >= ? AND r.lead = '' AND "+stands+" GROUP BY r.deck",
			m.who.Person, ms(m.at.Cal.Start(m.at.Day))).Scan(&rows).Error; err != nil {
			return 0, err
		}
		m.answers = map[int64]int{}
		for _, r := range rows {
			m.answers[r.Deck] = r.N
		}
	}
	return m.answers[deck], nil
}

// Ready gives what the way to a goal is planned from, with all cards of its deck.
func (db *DB) Ready(ctx context.Context, who quiz.Who, g quiz.Goal, at study.Moment) (study.Ready, error) {
	p, err := db.pile(db.read(ctx), who, g.Deck, at)
	if err != nil {
		return study.Ready{}, fault(err)
	}
	r, err := p.ready(g, func(c quiz.Card) bool { return !p.asides[c.CardID] })
	return r, fault(err)
}

// ready reads it, with those of the cards that are wanted.
func (p *pile) ready(g quiz.Goal, wanted func(quiz.Card) bool) (study.Ready, error) {
	r := study.Ready{Goal: g, Today: p.at.Day}
	lo, hi := g.Days()
	within := map[int64]facets{}
	for _, s := range p.shelf.stubs {
		if s.lo >= lo && s.hi <= hi {
			within[s.fact] = s.facets
			r.Fresh += bits.OnesCount8(uint8(s.facets))
		}
	}
	for _, c := range p.cards {
		if within[c.Fact] != 0 {
			r.Fresh--
			if wanted(c) {
				r.Cards = append(r.Cards, c)
			}
		}
	}
	for id := range p.asides {
		if _, ok := within[id.Fact]; ok && !p.had[id.Fact].has(id.Facet) {
			r.Fresh--
		}
	}
	r.Fresh = max(0, r.Fresh)
	slices.SortFunc(r.Cards, func(a, b quiz.Card) int {
		return cmp.Or(cmp.Compare(a.DueDay, b.DueDay), cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.Facet, b.Facet))
	})
	var err error
	if r.Pace, err = p.pace(); err == nil {
		r.Asked, err = p.morning.asked(g.Deck)
	}
	return r.For(g), err
}

// bend puts what the way to a test asks today in the place of what is due, if there
// is a test to come, and gives its goal; else the zero goal.
func (p *pile) bend(d *study.Desk) (quiz.Goal, error) {
	g, err := p.nearest(p.deck)
	if err != nil || g.Day <= p.at.Day {
		return quiz.Goal{}, err
	}
	r, err := p.ready(g, p.lies)
	if err != nil {
		return g, err
	}
	ask, meet := study.Toward(r, p.at.Scheduler())
	cards := make(map[quiz.CardID]quiz.Card, len(r.Cards))
	for _, c := range r.Cards {
		cards[c.CardID] = c
	}
	facts := map[int64]bool{} // of two facets one is asked today
	d.Bent, d.Meet, d.Reviews = true, meet, nil
	for _, id := range ask {
		if !facts[id.Fact] {
			facts[id.Fact] = true
			d.Reviews = append(d.Reviews, cards[id])
		}
	}
	learning, others := map[int64]bool{}, map[int64]bool{}
	var rest []quiz.Card // what is due of other years is asked as ever, after it
	lo, hi := g.Days()
	for _, c := range p.cards {
		s := p.shelf.at[c.Fact]
		switch {
		case !p.lies(c):
		case c.Learning() && c.Due.Before(p.at.End):
			learning[c.Fact] = true
		case c.Memory.Phase == fsrs.PhaseReview && c.DueDay <= p.at.Day && (s.lo < lo || s.hi > hi):
			others[c.Fact] = true
			rest = append(rest, c)
		}
	}
	d.Due = len(learning) + len(d.Reviews) + len(others)
	d.Reviews = append(d.Reviews, p.first(rest)...)
	d.Reviews = d.Reviews[:min(few, len(d.Reviews))]
	return g, nil
}
