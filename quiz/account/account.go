// Package account creates accounts and saves settings.
package account

import (
	"context"
	"time"

	"chronicle/quiz"
)

// SignUpStore stores the account of a guest who signs up.
type SignUpStore interface {
	SignUpGuest(ctx context.Context, who quiz.Who, s quiz.SignUp, hash string, now time.Time) error
}

// SignUpGuest turns a guest into an account with a name and a password; hash is the hash
// of the password. It fails with Invalid and Problems if a field is not valid or the
// name is taken, and with Conflict if the guest has already signed up.
func SignUpGuest(ctx context.Context, db SignUpStore, who quiz.Who, s quiz.SignUp, hash string, now time.Time) error {
	if err := s.Validate().Err(); err != nil {
		return err
	}
	return db.SignUpGuest(ctx, who, s, hash, now)
}

// AccountStore stores the account of a visitor who is not a guest.
type AccountStore interface {
	SignUpVisitor(ctx context.Context, who quiz.Who, zone string, s quiz.SignUp, hash string, now time.Time) (quiz.Person, error)
}

// CreateAccount creates a person with a name and a password for a visitor who is not a
// guest; hash is the hash of the password. It fails with Invalid and Problems if a field
// is not valid or the name is taken.
func CreateAccount(ctx context.Context, db AccountStore, zone string, s quiz.SignUp, hash string, now time.Time) (quiz.Person, error) {
	if err := s.Validate().Err(); err != nil {
		return quiz.Person{}, err
	}
	return db.SignUpVisitor(ctx, quiz.Who{}, zone, s, hash, now)
}

// SettingsStore stores settings.
type SettingsStore interface {
	SaveSettings(ctx context.Context, who quiz.Who, s quiz.Settings) error
}

// SaveSettings saves a person's settings. It fails with Invalid and Problems if a
// setting is not valid.
func SaveSettings(ctx context.Context, db SettingsStore, who quiz.Who, s quiz.Settings) error {
	if err := s.Validate().Err(); err != nil {
		return err
	}
	return db.SaveSettings(ctx, who, s)
}
