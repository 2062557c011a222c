package storage

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/recall"

	"gorm.io/gorm"
)

// pastAnswers reads as little of each answer as progress needs: a year of them is
// much, and the questions as they were shown are most of it. The marks are those
// that hold now; the newest remark of a review is that of the last change.
const pastAnswers = `SELECT r.fact, r.facet, r.kind, r.at, r.day, r.expected, r.confused, r.contrast,
	coalesce(m.verdict, r.verdict) AS verdict, coalesce(m.rating, r.rating) AS rating
	FROM reviews r
	LEFT JOIN undos u ON u.review = r.id
	LEFT JOIN (SELECT review, max(change) AS change FROM remarks WHERE person = @who GROUP BY review) l ON l.review = r.id
	LEFT JOIN remarks m ON m.review = l.review AND m.change = l.change
	WHERE r.person = @who AND r.at >= @since AND (@deck = 0 OR r.deck = @deck) AND u.review IS NULL AND coalesce(m.verdict, r.verdict) <> 'void'
	AND NOT ` + dropped + `
	ORDER BY r.id`

// Answers gives the answers since an instant that count, oldest first, as they are
// marked now: what was taken back is left out, what is void, and what was forgotten by
// hand.
func (db *DB) Answers(ctx context.Context, who quiz.Who, since time.Time) ([]recall.Answer, error) {
	return answers(db.read(ctx).Raw(pastAnswers, map[string]any{"who": who.Person, "since": ms(since), "deck": 0}))
}

func answers(g *gorm.DB) ([]recall.Answer, error) {
	rows, err := g.Rows()
	if err != nil {
		return nil, fault(err)
	}
	defer func() { _ = rows.Close() }()
	var out []recall.Answer
	for rows.Next() {
		var a recall.Answer
		var at int64
		var rating uint8
		var kind, verdict string
		if err := rows.Scan(&a.Fact, &a.Facet, &kind, &at, &a.Day, &a.Expected, &a.Confused, &a.Contrast, &verdict, &rating); err != nil {
			return nil, fault(err)
		}
		a.Kind, a.Verdict, a.At, a.Rating = quiz.Kind(kind), quiz.Verdict(verdict), instant(at), fsrs.Rating(rating)
		out = append(out, a)
	}
	return out, fault(rows.Err())
}
