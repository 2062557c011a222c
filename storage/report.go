package storage

import (
	"context"

	"chronicle/quiz"

	"gorm.io/gorm"
)

type reportRow struct {
	ID                  int64
	Deck, At            int64
	Token, Question     string
	Given, Reason, Note string
}

// PutReport keeps a report; the same reason again, on the same question, takes
// the place of the first.
func (db *DB) PutReport(ctx context.Context, who quiz.Who, r quiz.Report) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec(`INSERT INTO reports (person, token, deck, fact, question, given, reason, note, at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (person, token, reason) DO UPDATE SET question = excluded.question, given = excluded.given,
			note = excluded.note, at = excluded.at`,
			who.Person, r.Token, r.Deck, r.Question.Fact, questionText(r.Question), r.Given, r.Reason, r.Note, ms(r.At)).Error
	})
}

// Reports gives what people reported of a deck's questions, the oldest first.
// Only whoever looks after all decks may read them.
func (db *DB) Reports(ctx context.Context, who quiz.Who, deck int64) ([]quiz.Report, error) {
	if who.Role != quiz.System {
		return nil, quiz.Fail(quiz.Forbidden, "error.forbidden")
	}
	var rows []reportRow
	if err := fault(db.read(ctx).Raw("SELECT * FROM reports WHERE deck = ? ORDER BY id", deck).Scan(&rows).Error); err != nil {
		return nil, err
	}
	out := make([]quiz.Report, len(rows))
	for i, r := range rows {
		q, err := questionOf(r.Question)
		if err != nil {
			return nil, err
		}
		out[i] = quiz.Report{
			ID: r.ID, Deck: r.Deck, Token: r.Token, Question: q, Given: r.Given, Reason: r.Reason, Note: r.Note, At: instant(r.At),
		}
	}
	return out, nil
}
