// Package enrol gives people a name and their settings.
package enrol

import (
	"context"
	"time"

	"chronicle/quiz"
)

// Joiner keeps names.
type Joiner interface {
	SignUp(ctx context.Context, who quiz.Who, s quiz.SignUp, hash string, now time.Time) error
}

// Join makes a guest somebody with a name and a password, of which hash is
// kept. What makes no sense and what is taken is Invalid, with its Problems;
// a guest who has signed up already is a Conflict.
func Join(ctx context.Context, db Joiner, who quiz.Who, s quiz.SignUp, hash string, now time.Time) error {
	if err := s.Check().Err(); err != nil {
		return err
	}
	return db.SignUp(ctx, who, s, hash, now)
}

// Creator makes accounts.
type Creator interface {
	SignUpStranger(ctx context.Context, who quiz.Who, zone string, s quiz.SignUp, hash string, now time.Time) (quiz.Person, error)
}

// Create makes somebody who was no guest a person with a name and a password, of which
// hash is stored. What makes no sense and what is taken is Invalid, with its Problems.
func Create(ctx context.Context, db Creator, zone string, s quiz.SignUp, hash string, now time.Time) (quiz.Person, error) {
	if err := s.Check().Err(); err != nil {
		return quiz.Person{}, err
	}
	return db.SignUpStranger(ctx, quiz.Who{}, zone, s, hash, now)
}

// Setter keeps settings.
type Setter interface {
	SetSettings(ctx context.Context, who quiz.Who, s quiz.Settings) error
}

// Set keeps what a person chose; what makes no sense is Invalid, with its
// Problems.
func Set(ctx context.Context, db Setter, who quiz.Who, s quiz.Settings) error {
	if err := s.Check().Err(); err != nil {
		return err
	}
	return db.SetSettings(ctx, who, s)
}

// GoalSetter keeps goals.
type GoalSetter interface {
	SetGoal(ctx context.Context, who quiz.Who, g quiz.Goal) error
}

// SetGoal keeps on which day a deck is to be known; what makes no sense today is
// Invalid, with its Problems.
func SetGoal(ctx context.Context, db GoalSetter, who quiz.Who, g quiz.Goal, today int64) error {
	if err := g.Check(today).Err(); err != nil {
		return err
	}
	return db.SetGoal(ctx, who, g)
}
