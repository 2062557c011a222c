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

// Ready gives what the way to a goal is planned from, with all cards of its deck.
func (db *DB) Ready(ctx context.Context, who quiz.Who, g quiz.Goal, at study.Moment) (study.Ready, error) {
	q := deskQuery{tx: db.read(ctx), args: map[string]any{"who": who.Person, "deck": g.Deck, "day": at.Day, "end": ms(at.End)}}
	r := q.ready(g, at, "")
	return r, fault(q.err)
}

// ready reads it; apart leaves out the cards whose fact was asked today by another
// facet.
func (q *deskQuery) ready(g quiz.Goal, at study.Moment, where string) study.Ready {
	r := study.Ready{Goal: g, Today: at.Day}
	var rows []cardRow
	q.scan(&rows, "SELECT "+cardColumns+" FROM cards c WHERE c.person = @who AND c.deck = @deck AND "+askable+" AND "+present+where+" ORDER BY c.due_day, c.fact, c.facet")
	for _, row := range rows {
		r.Cards = append(r.Cards, row.card())
	}
	var facets []uint
	q.scan(&facets, "SELECT facets FROM facts WHERE deck = @deck AND NOT retired")
	all := 0
	for _, f := range facets {
		all += bits.OnesCount(f)
	}
	met := q.count("SELECT count(*) FROM cards c WHERE c.person = @who AND c.deck = @deck AND " + askable)
	aside := q.count(`SELECT count(*) FROM asides a JOIN facts f ON f.id = a.fact WHERE a.person = @who AND f.deck = @deck AND NOT f.retired
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
	if g, q.err = goalOf(q.tx, who, deck); q.err != nil || g.Day <= at.Day {
		return
	}
	r := q.ready(g, at, " AND "+apart)
	ask, meet := study.Toward(r, at.Scheduler())
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
	d.Due = q.count("SELECT count(DISTINCT c.fact)"+ofDeck+learning+" AND c.due < @end") + len(d.Reviews)
	d.Reviews = d.Reviews[:min(few, len(d.Reviews))]
}
