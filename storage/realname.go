package storage

import (
	"context"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// SetRealName saves the real name of a student of the class; "" deletes it.
func (db *DB) SetRealName(ctx context.Context, who quiz.Who, class, student int64, name string, now time.Time) error {
	return db.changeClass(ctx, who, class, func(tx *gorm.DB, _ quiz.Class) error {
		if _, err := scanOne[int64](tx.Raw("SELECT id FROM students WHERE class = ? AND id = ? AND NOT by_self", class, student)); err != nil {
			return err
		}
		return saveRealName(tx, student, name, now)
	})
}

func saveRealName(tx *gorm.DB, student int64, name string, now time.Time) error {
	if name == "" {
		return tx.Exec("DELETE FROM names WHERE student = ?", student).Error
	}
	return tx.Exec("INSERT INTO names (student, name, at) VALUES (?, ?, ?) ON CONFLICT (student) DO UPDATE SET name = excluded.name, at = excluded.at",
		student, name, toMillis(now)).Error
}

// moveRealName moves a student's real name to their membership in another class.
func moveRealName(tx *gorm.DB, student, class, person int64) error {
	if err := tx.Exec(`INSERT INTO names (student, name, at) SELECT m.id, n.name, n.at FROM names n JOIN students m ON m.class = ? AND m.person = ?
		WHERE n.student = ? ON CONFLICT (student) DO UPDATE SET name = excluded.name, at = excluded.at`, class, person, student).Error; err != nil {
		return err
	}
	return tx.Exec("DELETE FROM names WHERE student = ?", student).Error
}

// RevealRealNames returns the real names of one student of a class or of all (0), by student
// ID, and adds an audit entry for each.
func (db *DB) RevealRealNames(ctx context.Context, who quiz.Who, class, student int64, now time.Time) (map[int64]string, error) {
	out := map[int64]string{}
	err := db.changeClass(ctx, who, class, func(tx *gorm.DB, c quiz.Class) error {
		clear(out)
		var rows []struct {
			Student, Person int64
			Name            string
		}
		err := tx.Raw(`SELECT n.student, s.person, n.name FROM names n JOIN students s ON s.id = n.student
			WHERE s.class = ? AND (? = 0 AND s.gone = 0 OR s.id = ?) AND NOT s.by_self`, class, student, student).Scan(&rows).Error
		if err != nil {
			return err
		}
		for _, r := range rows {
			out[r.Student] = r.Name
			if err := logAudit(tx, who, quiz.AuditNameRevealed, r.Person, c.Title, now); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// OwnRealNames returns the real names that teachers have saved for the current person, by class
// title.
func (db *DB) OwnRealNames(ctx context.Context, who quiz.Who) (map[string]string, error) {
	var rows []struct{ Title, Name string }
	err := db.read(ctx).Raw("SELECT c.title, n.name FROM names n JOIN students s ON s.id = n.student JOIN classes c ON c.id = s.class WHERE s.person = ?", who.Person).Scan(&rows).Error
	out := map[string]string{}
	for _, r := range rows {
		out[r.Title] = r.Name
	}
	return out, dbError(err)
}

// StudentsWithRealName returns which students of a class have a real name saved.
func (db *DB) StudentsWithRealName(ctx context.Context, who quiz.Who, class int64) (map[int64]bool, error) {
	if _, err := requireTeacher(db.read(ctx), who, class); err != nil {
		return nil, err
	}
	var ids []int64
	err := db.read(ctx).Raw("SELECT n.student FROM names n JOIN students s ON s.id = n.student WHERE s.class = ? AND NOT s.by_self", class).Scan(&ids).Error
	out := map[int64]bool{}
	for _, id := range ids {
		out[id] = true
	}
	return out, dbError(err)
}
