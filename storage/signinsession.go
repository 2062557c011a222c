package storage

import (
	"context"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// lastUsedPrecision is how exactly it is known when a session was used last. A guest has
// nothing but the session, so theirs outlasts a summer unused.
const lastUsedPrecision = 24 * time.Hour

// CreateSession keeps the hash of a session's token for whoever asks.
func (db *DB) CreateSession(ctx context.Context, who quiz.Who, hash string, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Exec("INSERT INTO sessions (hash, person, created, seen) VALUES (?, ?, ?, ?)", hash, who.Person, toMillis(now), toMillis(now)).Error; err != nil {
			return err
		}
		return tx.Exec("UPDATE persons SET seen = ? WHERE id = ? AND seen < ?", toMillis(now), who.Person, toMillis(now.Add(-lastUsedPrecision))).Error
	})
}

// PersonBySession gives the person of a session; Missing when there is none or
// it is too old.
func (db *DB) PersonBySession(ctx context.Context, _ quiz.Who, hash string, now time.Time) (quiz.Person, error) {
	type row struct {
		Person      personRow `gorm:"embedded"`
		Since, Used int64
	}
	r, err := scanOne[row](db.read(ctx).Raw(`SELECT p.*, `+parameterColumns+`, s.created AS since, s.seen AS used FROM sessions s
		JOIN persons p ON p.id = s.person LEFT JOIN weights w ON w.id = p.weights WHERE s.hash = ? AND (s.seen > ? OR p.role = 'guest') AND s.created > ?`,
		hash, toMillis(now.Add(-quiz.SessionIdleLimit)), toMillis(now.Add(-quiz.SessionMaxAge))))
	if err != nil {
		return quiz.Person{}, err
	}
	if r.Used < toMillis(now.Add(-lastUsedPrecision)) {
		// Not kept, the session only ends sooner; the request goes on.
		_ = db.write(ctx, func(tx *gorm.DB) error {
			if err := tx.Exec("UPDATE sessions SET seen = ? WHERE hash = ?", toMillis(now), hash).Error; err != nil {
				return err
			}
			return tx.Exec("UPDATE persons SET seen = ? WHERE id = ? AND seen < ?", toMillis(now), r.Person.ID, toMillis(now)).Error
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
