// Package account gives people a name, a password and settings.
package account

import (
	"context"
	"time"

	"chronicle/quiz"
)

// SignUpStore keeps names.
type SignUpStore interface {
	SignUpGuest(ctx context.Context, who quiz.Who, s quiz.SignUp, hash string, now time.Time) error
}

// SignUpGuest makes a guest somebody with a name and a password, of which hash is
// kept. What makes no sense and what is taken is Invalid, with its Problems;
// a guest who has signed up already is a Conflict.
func SignUpGuest(ctx context.Context, db SignUpStore, who quiz.Who, s quiz.SignUp, hash string, now time.Time) error {
	if err := s.Validate().Err(); err != nil {
		return err
	}
	return db.SignUpGuest(ctx, who, s, hash, now)
}

// AccountStore makes accounts.
type AccountStore interface {
	SignUpVisitor(ctx context.Context, who quiz.Who, zone string, s quiz.SignUp, hash string, now time.Time) (quiz.Person, error)
}

// CreateAccount makes somebody who was no guest a person with a name and a password, of which
// hash is stored. What makes no sense and what is taken is Invalid, with its Problems.
func CreateAccount(ctx context.Context, db AccountStore, zone string, s quiz.SignUp, hash string, now time.Time) (quiz.Person, error) {
	if err := s.Validate().Err(); err != nil {
		return quiz.Person{}, err
	}
	return db.SignUpVisitor(ctx, quiz.Who{}, zone, s, hash, now)
}

// SettingsStore keeps settings.
type SettingsStore interface {
	SaveSettings(ctx context.Context, who quiz.Who, s quiz.Settings) error
}

// SaveSettings keeps what a person chose; what makes no sense is Invalid, with its
// Problems.
func SaveSettings(ctx context.Context, db SettingsStore, who quiz.Who, s quiz.Settings) error {
	if err := s.Validate().Err(); err != nil {
		return err
	}
	return db.SaveSettings(ctx, who, s)
}
