package storage

import (
	"context"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

type reportRow struct {
	ID                  int64
	Deck, At, Closed    int64
	Token, Question     string
	Given, Reason, Note string
	Reply               string
}

func (r reportRow) report() (quiz.QuestionReport, error) {
	q, err := parseQuestion(r.Question)
	return quiz.QuestionReport{
		ID: r.ID, Deck: r.Deck, Token: r.Token, Question: q, Given: r.Given, Reason: r.Reason, Note: r.Note, At: fromMillis(r.At),
		ClosedAt: fromMillis(r.Closed), Reply: r.Reply,
	}, err
}

// SaveReport saves a report. A second report with the same reason on the same question replaces
// the first.
func (db *DB) SaveReport(ctx context.Context, who quiz.Who, r quiz.QuestionReport) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec(`INSERT INTO reports (person, token, deck, fact, question, given, reason, note, at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (person, token, reason) DO UPDATE SET question = excluded.question, given = excluded.given,
			note = excluded.note, at = excluded.at, closed = 0, reply = ''`,
			who.Person, r.Token, r.Deck, r.Question.Fact, questionJSON(r.Question), r.Given, r.Reason, r.Note, toMillis(r.At)).Error
	})
}

// DeckReports lists the reports of a deck's questions, oldest first, for a person who may
// change the deck.
func (db *DB) DeckReports(ctx context.Context, who quiz.Who, deck int64) ([]quiz.QuestionReport, error) {
	g := db.read(ctx)
	if _, err := ownedDeck(g, who, deck); err != nil {
		return nil, err
	}
	return reports(g.Raw("SELECT * FROM reports WHERE deck = ? ORDER BY id", deck))
}

// ReportReplies lists the person's own reports on a deck that a teacher replied to, newest
// first, at most five.
func (db *DB) ReportReplies(ctx context.Context, who quiz.Who, deck int64) ([]quiz.QuestionReport, error) {
	if who.IsNobody() {
		return nil, nil
	}
	return reports(db.read(ctx).Raw("SELECT * FROM reports WHERE person = ? AND deck = ? AND reply <> '' ORDER BY closed DESC, id DESC LIMIT 5", who.Person, deck))
}

// CloseReport closes a report on a deck of the person, with an optional reply to the reporter.
func (db *DB) CloseReport(ctx context.Context, who quiz.Who, deck, id int64, reply string, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if _, err := ownedDeck(tx, who, deck); err != nil {
			return err
		}
		done := tx.Exec("UPDATE reports SET closed = ?, reply = ? WHERE id = ? AND deck = ?", toMillis(now), reply, id, deck)
		if done.Error == nil && done.RowsAffected == 0 {
			return quiz.NewError(quiz.NotFound, "error.missing")
		}
		return done.Error
	})
}

func reports(g *gorm.DB) ([]quiz.QuestionReport, error) {
	var rows []reportRow
	if err := dbError(g.Scan(&rows).Error); err != nil {
		return nil, err
	}
	out := make([]quiz.QuestionReport, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = r.report(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
