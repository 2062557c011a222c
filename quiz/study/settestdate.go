package study

import (
	"context"

	"chronicle/quiz"
)

// TestDateStore keeps goals.
type TestDateStore interface {
	SetTestDate(ctx context.Context, who quiz.Who, g quiz.TestDate) error
}

// SetTestDate keeps on which day a deck is to be known; what makes no sense today is
// Invalid, with its Problems.
func SetTestDate(ctx context.Context, db TestDateStore, who quiz.Who, g quiz.TestDate, today int64) error {
	if err := g.Validate(today).Err(); err != nil {
		return err
	}
	return db.SetTestDate(ctx, who, g)
}
