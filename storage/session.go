package storage

import (
	"context"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// How long a session lasts unused, and in all. A guest has nothing but the
// session, so theirs outlasts a summer unused.
const (
	sessionIdle  = 90 * 24 * time.Hour
	sessionTotal = 365 * 24 * time.Hour
	touchAfter   = 24 * time.Hour
)

// NewSession keeps the hash of a session's token for whoever asks.
func (db *DB) NewSession(ctx context.Context, who quiz.Who, hash string, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("INSERT INTO sessions (hash, person, created, seen) VALUES (?, ?, ?, ?)",
			hash, who.Person, ms(now), ms(now)).Error
	})
}

// SessionPerson gives the person of a session; Missing when there is none or
// it is too old.
func (db *DB) SessionPerson(ctx context.Context, _ quiz.Who, hash string, now time.Time) (quiz.Person, error) {
	type row struct {
		Person      personRow `gorm:"embedded"`
		Since, Seen int64
	}
	r, err := scanOne[row](db.read(ctx).Raw(`SELECT p.*, `+tuned+`, s.created AS since, s.seen FROM sessions s
		JOIN persons p ON p.id = s.person LEFT JOIN weights w ON w.id = p.weights WHERE s.hash = ? AND (s.seen > ? OR p.role = 'guest') AND s.created > ?`,
		hash, ms(now.Add(-sessionIdle)), ms(now.Add(-sessionTotal))))
	if err != nil {
		return quiz.Person{}, err
	}
	if r.Seen < ms(now.Add(-touchAfter)) {
		// Not kept, the session only ends sooner; the request goes on.
		_ = db.write(ctx, func(tx *gorm.DB) error {
			return tx.Exec("UPDATE sessions SET seen = ? WHERE hash = ?", ms(now), hash).Error
		})
	}
	return r.Person.person()
}

// EndSession ends one session of whoever asks.
func (db *DB) EndSession(ctx context.Context, who quiz.Who, hash string) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM sessions WHERE person = ? AND hash = ?", who.Person, hash).Error
	})
}

// EndOtherSessions ends all sessions of whoever asks but this one.
func (db *DB) EndOtherSessions(ctx context.Context, who quiz.Who, hash string) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM sessions WHERE person = ? AND hash <> ?", who.Person, hash).Error
	})
}

// Sweep deletes sessions that are too old to be used.
func (db *DB) Sweep(ctx context.Context, _ quiz.Who, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec(`DELETE FROM sessions WHERE created <= ?
			OR seen <= ? AND person NOT IN (SELECT id FROM persons WHERE role = 'guest')`,
			ms(now.Add(-sessionTotal)), ms(now.Add(-sessionIdle))).Error
	})
}
