package storage

import (
	"context"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// CreateResetCode saves the hash of a code with which an account's owner can choose a new
// password until it expires. It replaces an earlier code. Administrators only; NotFound without
// an account.
func (db *DB) CreateResetCode(ctx context.Context, who quiz.Who, person int64, hash string, until, now time.Time) error {
	if err := requireAdmin(who); err != nil {
		return err
	}
	return db.write(ctx, func(tx *gorm.DB) error { return createResetCode(tx, who, person, hash, until, now, false) })
}

// CreateMailedResetCode does the same for a code sent by e-mail. It returns Conflict instead of
// replacing a valid code that was not mailed.
func (db *DB) CreateMailedResetCode(ctx context.Context, person int64, hash string, until, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return createResetCode(tx, quiz.Who{Role: quiz.RoleSystem}, person, hash, until, now, true)
	})
}

func createResetCode(tx *gorm.DB, who quiz.Who, person int64, hash string, until, now time.Time, mailed bool) error {
	if _, err := scanOne[int64](tx.Raw("SELECT id FROM persons WHERE id = ? AND role IN ('learner', 'teacher', 'admin')", person)); err != nil {
		return err
	}
	done := tx.Exec(`INSERT INTO resets (person, hash, until, mailed) VALUES (?, ?, ?, ?)
		ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, until = excluded.until, mailed = excluded.mailed
		WHERE NOT excluded.mailed OR resets.mailed OR resets.until <= ?`, person, hash, toMillis(until), mailed, toMillis(now))
	if err := requireOneRow(done); err != nil {
		return err
	}
	return logAudit(tx, who, quiz.AuditResetCodeCreated, person, "", now)
}

// CreateStudentResetCode creates a reset code for a student of the class if canResetPassword
// allows it, otherwise it returns Forbidden.
func (db *DB) CreateStudentResetCode(ctx context.Context, who quiz.Who, class, student int64, hash string, until, now time.Time) error {
	return db.changeClass(ctx, who, class, func(tx *gorm.DB, _ quiz.Class) error {
		s, err := scanOne[studentRow](tx.Raw(selectStudents+"s.class = ? AND s.id = ? AND s.gone = 0", class, student))
		if err != nil {
			return err
		}
		if err := lockPerson(tx, quiz.Who{Person: s.Person}); err != nil { // they may be joining another class right now
			return err
		}
		may, err := canResetPassword(tx, who, s.Person)
		if err != nil {
			return err
		}
		if !may {
			return quiz.NewError(quiz.Forbidden, "error.reset.learners")
		}
		return createResetCode(tx, who, s.Person, hash, until, now, false)
	})
}

// canResetPassword reports whether a teacher may reset a student's password. Whoever has the
// code can sign in, so the student must be a learner without decks and without classes that the
// teacher does not teach.
func canResetPassword(tx *gorm.DB, who quiz.Who, person int64) (bool, error) {
	n, err := scanOne[int](tx.Raw(`SELECT count(*) FROM persons p WHERE p.id = ? AND p.role = 'learner' AND NOT EXISTS (SELECT 1 FROM decks d WHERE d.owner = p.id AND d.deleted = 0)
		AND NOT EXISTS (SELECT 1 FROM students s WHERE s.person = p.id AND s.gone = 0 AND NOT EXISTS (SELECT 1 FROM teachers t WHERE t.class = s.class AND t.person = ?))`, person, who.Person))
	return n > 0, err
}

// PersonByResetCode returns the person a valid code belongs to, without using it up, or
// NotFound.
func (db *DB) PersonByResetCode(ctx context.Context, _ quiz.Who, hash string, now time.Time) (quiz.Person, error) {
	return scanPerson(db.read(ctx).Raw(selectPerson+"p.id = (SELECT r.person FROM resets r WHERE r.hash = ? AND r.until > ?)", hash, toMillis(now)))
}

// ResetPassword uses up a code, sets a new password hash, ends all the person's sessions and
// returns the person. It returns NotFound if the code was used or has expired.
func (db *DB) ResetPassword(ctx context.Context, _ quiz.Who, hash, password string, now time.Time) (p quiz.Person, err error) {
	err = db.write(ctx, func(tx *gorm.DB) error {
		id, err := scanOne[int64](tx.Raw("DELETE FROM resets WHERE hash = ? AND until > ? RETURNING person", hash, toMillis(now)))
		if err != nil {
			return err
		}
		if err := setPasswordHash(tx, id, password, now); err != nil {
			return err
		}
		p, err = scanPerson(tx.Raw(selectPerson+"p.id = ?", id))
		return err
	})
	return p, err
}

// setPasswordHash sets a password hash and ends all sessions.
func setPasswordHash(tx *gorm.DB, person int64, password string, now time.Time) error {
	for _, statement := range []string{"DELETE FROM sessions WHERE person = ?", "DELETE FROM resets WHERE person = ?"} {
		if err := tx.Exec(statement, person).Error; err != nil {
			return err
		}
	}
	if err := requireRow(tx.Exec("UPDATE persons SET password = ? WHERE id = ? AND role IN ('learner', 'teacher', 'admin')", password, person)); err != nil {
		return err
	}
	return logAudit(tx, quiz.Who{Person: person}, quiz.AuditPasswordChanged, person, "", now)
}

// SetPassword sets the current person's password hash and ends all their sessions.
func (db *DB) SetPassword(ctx context.Context, who quiz.Who, password string, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error { return setPasswordHash(tx, who.Person, password, now) })
}
