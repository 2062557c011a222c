package storage

import (
	"context"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// MakeReset keeps the hash of a code with which somebody who has an account chooses
// another password until then; the code before stops working. Whoever looks after the
// site may, of everybody; Missing without an account.
func (db *DB) MakeReset(ctx context.Context, who quiz.Who, person int64, hash string, until, now time.Time) error {
	if err := administers(who); err != nil {
		return err
	}
	return db.write(ctx, func(tx *gorm.DB) error { return makeReset(tx, who, person, hash, until, now) })
}

func makeReset(tx *gorm.DB, who quiz.Who, person int64, hash string, until, now time.Time) error {
	if _, err := scanOne[int64](tx.Raw("SELECT id FROM persons WHERE id = ? AND role IN ('learner', 'teacher', 'admin')", person)); err != nil {
		return err
	}
	err := tx.Exec("INSERT INTO resets (person, hash, until) VALUES (?, ?, ?) ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, until = excluded.until",
		person, hash, ms(until)).Error
	if err != nil {
		return err
	}
	return audit(tx, who, quiz.ResetMade, person, "", now)
}

// ResetStudent is MakeReset for a student of the teacher's class who is a learner with a
// password of their own. Forbidden for everybody else in it: a colleague is no pupil.
func (db *DB) ResetStudent(ctx context.Context, who quiz.Who, class, student int64, hash string, until, now time.Time) error {
	return db.change(ctx, who, class, func(tx *gorm.DB, _ quiz.Class) error {
		s, err := scanOne[studentRow](tx.Raw(selectStudents+"s.class = ? AND s.id = ? AND s.gone = 0", class, student))
		if err != nil {
			return err
		}
		if s.Role != string(quiz.Learner) {
			return quiz.Fail(quiz.Forbidden, "error.reset.learners")
		}
		return makeReset(tx, who, s.Person, hash, until, now)
	})
}

// ResetPerson gives whose code it is, without using it; Missing without.
func (db *DB) ResetPerson(ctx context.Context, _ quiz.Who, hash string, now time.Time) (quiz.Person, error) {
	return personOf(db.read(ctx).Raw(selectPerson+"p.id = (SELECT r.person FROM resets r WHERE r.hash = ? AND r.until > ?)", hash, ms(now)))
}

// UseReset keeps another password for whose code it is, ends all their sessions, and
// gives them. Missing if the code was used or is too old.
func (db *DB) UseReset(ctx context.Context, _ quiz.Who, hash, password string, now time.Time) (p quiz.Person, err error) {
	err = db.write(ctx, func(tx *gorm.DB) error {
		id, err := scanOne[int64](tx.Raw("DELETE FROM resets WHERE hash = ? AND until > ? RETURNING person", hash, ms(now)))
		if err != nil {
			return err
		}
		if err := setPassword(tx, id, password, now); err != nil {
			return err
		}
		p, err = personOf(tx.Raw(selectPerson+"p.id = ?", id))
		return err
	})
	return p, err
}

// setPassword keeps another password and ends all sessions.
func setPassword(tx *gorm.DB, person int64, password string, now time.Time) error {
	for _, statement := range []string{"DELETE FROM sessions WHERE person = ?", "DELETE FROM resets WHERE person = ?"} {
		if err := tx.Exec(statement, person).Error; err != nil {
			return err
		}
	}
	if err := one(tx.Exec("UPDATE persons SET password = ? WHERE id = ? AND role IN ('learner', 'teacher', 'admin')", password, person)); err != nil {
		return err
	}
	return audit(tx, quiz.Who{Person: person}, quiz.Chosen, person, "", now)
}

// SetPassword keeps another password of whoever asks and ends all their sessions.
func (db *DB) SetPassword(ctx context.Context, who quiz.Who, password string, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error { return setPassword(tx, who.Person, password, now) })
}
