package storage

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

// countPracticeDay adds an answer to its day, or removes it if by is −1. A day without answers
// has no row. Reviews of other cards in the same answer do not count.
func countPracticeDay(tx *gorm.DB, who quiz.Who, r quiz.Review, by int) error {
	if r.LeadToken != "" {
		return nil
	}
	correct := 0
	if r.Verdict == quiz.VerdictRight {
		correct = by
	}
	err := tx.Exec(`INSERT INTO days (person, day, answers, correct, took) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (person, day) DO UPDATE SET answers = days.answers + excluded.answers,
		correct = days.correct + excluded.correct, took = days.took + excluded.took`,
		who.Person, r.Day, by, correct, int64(by)*r.Duration.Milliseconds()).Error
	if err != nil || by > 0 {
		return err
	}
	return tx.Exec("DELETE FROM days WHERE person = ? AND day = ? AND answers = 0", who.Person, r.Day).Error
}

// PracticeDays returns the days with answers since a day, oldest first.
func (db *DB) PracticeDays(ctx context.Context, who quiz.Who, from int64) ([]quiz.PracticeDay, error) {
	var rows []struct {
		Day              int64
		Answers, Correct int
		Took             int64
	}
	err := db.read(ctx).Raw("SELECT * FROM days WHERE person = ? AND day >= ? ORDER BY day", who.Person, from).Scan(&rows).Error
	if err != nil {
		return nil, dbError(err)
	}
	out := make([]quiz.PracticeDay, len(rows))
	for i, r := range rows {
		out[i] = quiz.PracticeDay{Day: r.Day, Answers: r.Answers, Correct: r.Correct, Duration: time.Duration(r.Took) * time.Millisecond}
	}
	return out, nil
}

// QueueCounts returns how many cards of a deck are due today and how many new ones may still be
// started.
func (db *DB) QueueCounts(ctx context.Context, who quiz.Who, deck int64, newPerDay int, at study.LearnerTime) (quiz.QueueCounts, error) {
	all, err := db.QueueCountsByDeck(ctx, who, []int64{deck}, newPerDay, at)
	return all[deck], err
}

// QueueCountsByDeck returns QueueCounts for several decks, by ID.
func (db *DB) QueueCountsByDeck(ctx context.Context, who quiz.Who, decks []int64, newPerDay int, at study.LearnerTime) (map[int64]quiz.QueueCounts, error) {
	tx := db.read(ctx)
	query, args := "SELECT "+cardColumns+" FROM cards WHERE person = ?", []any{who.Person}
	if len(decks) == 1 {
		query, args = query+" AND deck = ?", append(args, decks[0])
	}
	cards, err := scanCards(tx.Raw(query, args...))
	if err != nil {
		return nil, dbError(err)
	}
	of := map[int64][]quiz.Card{}
	for _, c := range cards {
		of[c.Deck] = append(of[c.Deck], c)
	}
	asides, err := suspendedCards(tx, who, at.Day)
	if err != nil {
		return nil, dbError(err)
	}
	met, err := countNewToday(tx, who, at)
	if err != nil {
		return nil, dbError(err)
	}
	shelves, err := db.deckFacts(tx, decks...)
	if err != nil {
		return nil, dbError(err)
	}
	m := &learnerDay{tx: tx, who: who, at: at}
	out := map[int64]quiz.QueueCounts{}
	for _, deck := range decks {
		p := newLearnerCards(m, deck, shelves[deck], of[deck], asides)
		if out[deck], err = p.queueCounts(newPerDay - met); err != nil {
			return nil, dbError(err)
		}
	}
	return out, nil
}

// queueCounts counts the cards in the queue, with at most fresh new ones.
func (p *learnerCards) queueCounts(fresh int) (quiz.QueueCounts, error) {
	d := p.queue()
	w := quiz.QueueCounts{NewBeyondLimit: d.NewTotal, Learning: p.countLearningFacts(), New: max(0, min(d.NewTotal, fresh))}
	if _, err := p.applyTestPlan(&d); err != nil {
		return w, err
	}
	if d.PlannedForTest {
		w.New, w.PlannedForTest = min(w.NewBeyondLimit, d.NewForTest), true
	}
	w.Due = d.DueCount
	return w, nil
}

// DueCounts counts the cards due on each day of a range, in all decks.
func (db *DB) DueCounts(ctx context.Context, who quiz.Who, from, to int64) (map[int64]int, error) {
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
	return out, dbError(err)
}
