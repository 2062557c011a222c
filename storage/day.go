package storage

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

// countDay adds an answer to its day, or takes it off again; a day without
// answers has no row. What an answer says of other cards is no answer more.
func countDay(tx *gorm.DB, who quiz.Who, r quiz.Review, by int) error {
	if r.Lead != "" {
		return nil
	}
	correct := 0
	if r.Verdict == quiz.Right {
		correct = by
	}
	err := tx.Exec(`INSERT INTO days (person, day, answers, correct, took) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (person, day) DO UPDATE SET answers = days.answers + excluded.answers,
		correct = days.correct + excluded.correct, took = days.took + excluded.took`,
		who.Person, r.Day, by, correct, int64(by)*r.Took.Milliseconds()).Error
	if err != nil || by > 0 {
		return err
	}
	return tx.Exec("DELETE FROM days WHERE person = ? AND day = ? AND answers = 0", who.Person, r.Day).Error
}

// Days gives the days with answers from a day on, oldest first.
func (db *DB) Days(ctx context.Context, who quiz.Who, from int64) ([]quiz.Day, error) {
	var rows []struct {
		Day              int64
		Answers, Correct int
		Took             int64
	}
	err := db.read(ctx).Raw("SELECT * FROM days WHERE person = ? AND day >= ? ORDER BY day", who.Person, from).Scan(&rows).Error
	if err != nil {
		return nil, fault(err)
	}
	out := make([]quiz.Day, len(rows))
	for i, r := range rows {
		out[i] = quiz.Day{Day: r.Day, Answers: r.Answers, Correct: r.Correct, Took: time.Duration(r.Took) * time.Millisecond}
	}
	return out, nil
}

// Waiting gives, for a deck, how many cards are due today and how many new
// ones the day still allows.
func (db *DB) Waiting(ctx context.Context, who quiz.Who, deck int64, newPerDay int, at study.Moment) (quiz.Waiting, error) {
	all, err := db.Waitings(ctx, who, []int64{deck}, newPerDay, at)
	return all[deck], err
}

// Waitings is Waiting for several decks, by their numbers.
func (db *DB) Waitings(ctx context.Context, who quiz.Who, decks []int64, newPerDay int, at study.Moment) (map[int64]quiz.Waiting, error) {
	tx := db.read(ctx)
	query, args := "SELECT "+cardColumns+" FROM cards WHERE person = ?", []any{who.Person}
	if len(decks) == 1 {
		query, args = query+" AND deck = ?", append(args, decks[0])
	}
	cards, err := scanCards(tx.Raw(query, args...))
	if err != nil {
		return nil, fault(err)
	}
	of := map[int64][]quiz.Card{}
	for _, c := range cards {
		of[c.Deck] = append(of[c.Deck], c)
	}
	asides, err := asidesOf(tx, who, at.Day)
	if err != nil {
		return nil, fault(err)
	}
	met, err := metToday(tx, who, at)
	if err != nil {
		return nil, fault(err)
	}
	shelves, err := db.shelved(tx, decks...)
	if err != nil {
		return nil, fault(err)
	}
	m := &morning{tx: tx, who: who, at: at}
	out := map[int64]quiz.Waiting{}
	for _, deck := range decks {
		p := newPile(m, deck, shelves[deck], of[deck], asides)
		if out[deck], err = p.waiting(newPerDay - met); err != nil {
			return nil, fault(err)
		}
	}
	return out, nil
}

// waiting is what lies ready, with at most so many new cards.
func (p *pile) waiting(fresh int) (quiz.Waiting, error) {
	d := p.desk()
	w := quiz.Waiting{Fresh: d.FreshAll, Steps: p.steps(), New: max(0, min(d.FreshAll, fresh))}
	if _, err := p.bend(&d); err != nil {
		return w, err
	}
	if d.Bent {
		w.New, w.Bent = min(w.Fresh, d.Meet), true
	}
	w.Due = d.Due
	return w, nil
}

// Loads counts the cards that are due on each day from one to another, in all decks.
func (db *DB) Loads(ctx context.Context, who quiz.Who, from, to int64) (map[int64]int, error) {
	var rows []struct {
		Day   int64
		Cards int
	}
	err := db.read(ctx).Raw(`SELECT due_day AS day, count(*) AS cards FROM cards WHERE person = ? AND due_day BETWEEN ? AND ?
		GROUP BY due_day`, who.Person, from, to).Scan(&rows).Error
	out := make(map[int64]int, len(rows))
	for _, r := range rows {
		out[r.Day] = r.Cards
	}
	return out, fault(err)
}
