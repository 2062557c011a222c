package storage

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/stats"

	"gorm.io/gorm"
)

// selectOutcomes reads only the columns that statistics need: a person has thousands of
// answers, and most of their size is the questions as shown. Grades are the current ones, from
// the newest regrade (remarks) of each review.
const selectOutcomes = `SELECT r.fact, r.facet, r.kind, r.at, r.day, r.expected, r.confused, r.contrast,
	coalesce(m.verdict, r.verdict) AS verdict, coalesce(m.rating, r.rating) AS rating
	FROM reviews r
	LEFT JOIN undos u ON u.review = r.id
	LEFT JOIN (SELECT review, max(change) AS change FROM remarks WHERE person = @who GROUP BY review) l ON l.review = r.id
	LEFT JOIN remarks m ON m.review = l.review AND m.change = l.change
	WHERE r.person = @who AND r.at >= @since AND (@deck = 0 OR r.deck = @deck) AND u.review IS NULL AND coalesce(m.verdict, r.verdict) <> 'void'
	AND NOT ` + beforeResetSQL + `
	ORDER BY r.id`

// ReviewOutcomes returns the answers since an instant that count, oldest first, as graded now.
// It leaves out undone and void answers and those before a reset of the card.
func (db *DB) ReviewOutcomes(ctx context.Context, who quiz.Who, since time.Time) ([]stats.ReviewOutcome, error) {
	return listOutcomes(db.read(ctx).Raw(selectOutcomes, map[string]any{"who": who.Person, "since": toMillis(since), "deck": 0}))
}

func listOutcomes(g *gorm.DB) ([]stats.ReviewOutcome, error) {
	rows, err := g.Rows()
	if err != nil {
		return nil, dbError(err)
	}
	defer func() { _ = rows.Close() }()
	var out []stats.ReviewOutcome
	for rows.Next() {
		var a stats.ReviewOutcome
		var at int64
		var rating uint8
		var kind, verdict string
		if err := rows.Scan(&a.Fact, &a.Facet, &kind, &at, &a.Day, &a.Expected, &a.ConfusedWith, &a.ContrastFact, &verdict, &rating); err != nil {
			return nil, dbError(err)
		}
		a.Kind, a.Verdict, a.At, a.Rating = quiz.Kind(kind), quiz.Verdict(verdict), fromMillis(at), fsrs.Rating(rating)
		out = append(out, a)
	}
	return out, dbError(rows.Err())
}
