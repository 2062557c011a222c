package storage

import (
	"context"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// lastUsedPrecision is how often a session's last use is saved.
const lastUsedPrecision = 24 * time.Hour

// CreateSession saves the hash of a session's token for the current person.
func (db *DB) CreateSession(ctx context.Context, who quiz.Who, hash string, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Exec("INSERT INTO sessions (hash, person, created, seen) VALUES (?, ?, ?, ?)", hash, who.Person, toMillis(now), toMillis(now)).Error; err != nil {
			return err
		}
		return tx.Exec("UPDATE persons SET seen = ? WHERE id = ? AND seen < ?", toMillis(now), who.Person, toMillis(now.Add(-lastUsedPrecision))).Error
	})
}

// PersonBySession returns the person of a session, or NotFound if there is none or it has
// expired. A guest's session has no idle limit, since it is their only way to sign in.
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
		// If this fails, the session only ends sooner, so the request goes on.
		_ = db.write(ctx, func(tx *gorm.DB) error {
			if err := tx.Exec("UPDATE sessions SET seen = ? WHERE hash = ?", toMillis(now), hash).Error; err != nil {
				return err
			}
			return tx.Exec("UPDATE persons SET seen = ? WHERE id = ? AND seen < ?", toMillis(now), r.Person.ID, toMillis(now)).Error
		})
	}
	return r.Person.person()
}

// EndSession ends one session of the current person.
func (db *DB) EndSession(ctx context.Context, who quiz.Who, hash string) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM sessions WHERE person = ? AND hash = ?", who.Person, hash).Error
	})
}

// EndOtherSessions ends all sessions of the current person except this one.
func (db *DB) EndOtherSessions(ctx context.Context, who quiz.Who, hash string) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM sessions WHERE person = ? AND hash <> ?", who.Person, hash).Error
	})
}
