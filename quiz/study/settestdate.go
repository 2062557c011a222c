package study

import (
	"context"

	"chronicle/quiz"
)

// TestDateStore stores test dates.
type TestDateStore interface {
	SetTestDate(ctx context.Context, who quiz.Who, g quiz.TestDate) error
}

// SetTestDate saves the day by which a person wants to know a deck. It returns an
// Invalid error with the problems if the test date is not valid today.
func SetTestDate(ctx context.Context, db TestDateStore, who quiz.Who, g quiz.TestDate, today int64) error {
	if err := g.Validate(today).Err(); err != nil {
		return err
	}
	return db.SetTestDate(ctx, who, g)
}
