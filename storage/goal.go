package storage

import (
	"context"
	"math/bits"
	"time"

	"chronicle/quiz"
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
func nearest(tx *gorm.DB, who quiz.Who, deck, today int64) (quiz.Goal, error) {
	g, err := goalOf(tx, who, deck)
	if err != nil {
		return g, err
	}
	if g.Day <= today {
		g = quiz.Goal{}
	}
	assigned, err := assignedTo(tx, who, "AND a.deck = @deck", map[string]any{"deck": deck})
	for _, a := range assigned {
		if a.Start <= today && a.Day > today && (g.Day == 0 || a.Day < g.Day) {
			g = a.Goal(a.Day)
		}
	}
	return g, err
}

// Ready gives what the way to a goal is planned from, with all cards of its deck.
func (db *DB) Ready(ctx context.Context, who quiz.Who, g quiz.Goal, at study.Moment) (study.Ready, error) {
	q := deskQuery{tx: db.read(ctx), args: map[string]any{"who": who.Person, "deck": g.Deck, "day": at.Day, "end": ms(at.End)}}
	r := q.ready(g, at, "")
	return r, fault(q.err)
}

// inYears is the condition that the fact of a card c is of the years of the goal.
const inYears = "EXISTS (SELECT 1 FROM facts y WHERE y.id = c.fact AND y.lo >= @first AND y.hi <= @last)"

// ready reads it; apart leaves out the cards whose fact was asked today by another
// facet.
func (q *deskQuery) ready(g quiz.Goal, at study.Moment, where string) study.Ready {
	r := study.Ready{Goal: g, Today: at.Day}
	q.args["first"], q.args["last"] = g.Days()
	var rows []cardRow
	q.scan(&rows, "SELECT "+cardColumns+" FROM cards c WHERE c.person = @who AND c.deck = @deck AND "+askable+" AND "+inYears+" AND "+present+where+" ORDER BY c.due_day, c.fact, c.facet")
	for _, row := range rows {
		r.Cards = append(r.Cards, row.card())
	}
	var facets []uint
	q.scan(&facets, "SELECT facets FROM facts f WHERE f.deck = @deck AND NOT f.retired AND f.lo >= @first AND f.hi <= @last")
	all := 0
	for _, f := range facets {
		all += bits.OnesCount(f)
	}
	met := q.count("SELECT count(*) FROM cards c WHERE c.person = @who AND c.deck = @deck AND " + askable + " AND " + inYears)
	aside := q.count(`SELECT count(*) FROM asides a JOIN facts f ON f.id = a.fact WHERE a.person = @who AND f.deck = @deck AND NOT f.retired AND f.lo >= @first AND f.hi <= @last
		AND a.until > @day AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.person = a.person AND c.fact = a.fact AND c.facet = a.facet)`)
	r.Fresh = max(0, all-met-aside)
	var days []struct {
		Answers int
		Took    int64
	}
	q.args["since"], q.args["dawn"] = at.Day-paceDays, ms(at.Cal.Start(at.Day))
	q.scan(&days, "SELECT answers, took FROM days WHERE person = @who AND day >= @since")
	kept := make([]quiz.Day, len(days))
	for i, d := range days {
		kept[i] = quiz.Day{Answers: d.Answers, Took: time.Duration(d.Took) * time.Millisecond}
	}
	r.Pace = study.Pace(kept)
	r.Asked = q.count("SELECT count(*) FROM reviews r WHERE r.person = @who AND r.deck = @deck AND r.at >= @dawn AND r.lead = '' AND " + stands)
	return r.For(g)
}

// bend puts what the way to a test asks today in the place of what is due, if there
// is a test to come.
func (q *deskQuery) bend(d *study.Desk, who quiz.Who, deck int64, at study.Moment) {
	if q.err != nil {
		return
	}
	var g quiz.Goal
	if g, q.err = nearest(q.tx, who, deck, at.Day); q.err != nil || g.Day <= at.Day {
		return
	}
	r := q.ready(g, at, " AND "+apart)
	ask, meet := study.Toward(r, at.Scheduler())
	cards := make(map[quiz.CardID]quiz.Card, len(r.Cards))
	for _, c := range r.Cards {
		cards[c.CardID] = c
	}
	facts := map[int64]bool{}                                      // of two facets one is asked today
	rest := "c.phase = 2 AND c.due_day <= @day AND NOT " + inYears // what is due of other years is asked as ever, after it
	d.Bent, d.Meet, d.Reviews = true, meet, nil
	for _, id := range ask {
		if !facts[id.Fact] {
			facts[id.Fact] = true
			d.Reviews = append(d.Reviews, cards[id])
		}
	}
	d.Due = q.count("SELECT count(DISTINCT c.fact)"+ofDeck+learning+" AND c.due < @end") + len(d.Reviews) + q.count("SELECT count(DISTINCT c.fact)"+ofDeck+rest)
	d.Reviews = append(d.Reviews, q.cards(rest)...)
	d.Reviews = d.Reviews[:min(few, len(d.Reviews))]
}
