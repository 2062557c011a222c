package storage

import (
	"cmp"
	"context"
	"errors"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classroom"

	"gorm.io/gorm"
)

type classRow struct {
	ID                             int64
	Name, Title, Code, Zone        string
	Owner                          int64
	Quiz                           string
	QuizDay                        int64
	Created, Archived, Version     int64
	Students, Assignments, Teaches int
	Boards                         bool
}

func (r classRow) class() quiz.Class {
	return quiz.Class{
		ID: r.ID, Name: r.Name, Title: r.Title, JoinCode: r.Code, Zone: r.Zone, Owner: r.Owner, QuizPath: r.Quiz, QuizDay: r.QuizDay,
		Created: fromMillis(r.Created), Archived: fromMillis(r.Archived), Version: r.Version, BoardsEnabled: r.Boards,
	}
}

// doubleTapWindow is how long an identical request counts as a double tap on the same button.
const doubleTapWindow = 20 * time.Second

// CreateClass saves a new class of the teacher and sets its ID. It returns Conflict if another
// class has the join code.
func (db *DB) CreateClass(ctx context.Context, who quiz.Who, c *quiz.Class, now time.Time) error {
	if !who.CanTeach() {
		return quiz.NewError(quiz.Forbidden, "error.class.teachers")
	}
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := lockPerson(tx, who); err != nil {
			return err
		}
		n, err := scanOne[int](tx.Raw("SELECT count(*) FROM classes WHERE owner = ? AND archived = 0", who.Person))
		if err != nil || n >= quiz.MaxClasses {
			return cmp.Or(err, quiz.NewError(quiz.Invalid, "error.classes.full"))
		}
		// A double tap must not create a second class.
		twin, err := scanOne[classRow](tx.Raw("SELECT * FROM classes WHERE owner = ? AND title = ? AND created > ?", who.Person, c.Title, toMillis(now.Add(-doubleTapWindow))))
		if err == nil {
			*c = twin.class()
			return nil
		}
		if !quiz.Is(err, quiz.NotFound) {
			return err
		}
		c.Owner, c.Created, c.Version = who.Person, now, 1
		c.ID, err = scanOne[int64](tx.Raw("INSERT INTO classes (name, title, code, zone, owner, created, boards) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
			c.Name, c.Title, c.JoinCode, c.Zone, c.Owner, toMillis(now), c.BoardsEnabled))
		if err != nil {
			return err
		}
		return tx.Exec("INSERT INTO teachers (person, class, since) VALUES (?, ?, ?)", who.Person, c.ID, toMillis(now)).Error
	})
}

// requireTeacher returns a class to one of its teachers or to the system itself, and NotFound
// to everyone else.
func requireTeacher(g *gorm.DB, who quiz.Who, class int64) (quiz.Class, error) {
	if who.Role == quiz.RoleSystem {
		r, err := scanOne[classRow](g.Raw("SELECT * FROM classes WHERE id = ?", class))
		return r.class(), err
	}
	r, err := scanOne[classRow](g.Raw("SELECT c.* FROM classes c JOIN teachers t ON t.class = c.id AND t.person = ? WHERE c.id = ?", who.Person, class))
	return r.class(), err
}

// changeClass locks a class, checks that the person teaches it and calls deed.
func (db *DB) changeClass(ctx context.Context, who quiz.Who, class int64, deed func(tx *gorm.DB, c quiz.Class) error) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := lockClass(tx, class); err != nil {
			return err
		}
		c, err := requireTeacher(tx, who, class)
		if err != nil {
			return err
		}
		return deed(tx, c)
	})
}

// lockClass serializes transactions on a class. SQLite needs no lock, since it has one writer.
func lockClass(tx *gorm.DB, class int64) error {
	if tx.Name() != "postgres" {
		return nil
	}
	return tx.Exec("SELECT id FROM classes WHERE id = ? FOR NO KEY UPDATE", class).Error
}

// TaughtClass returns a class to one of its teachers, and NotFound to everyone else.
func (db *DB) TaughtClass(ctx context.Context, who quiz.Who, name string) (quiz.Class, error) {
	r, err := scanOne[classRow](db.read(ctx).Raw("SELECT c.* FROM classes c JOIN teachers t ON t.class = c.id AND t.person = ? WHERE c.name = ?", who.Person, name))
	return r.class(), err
}

// JoinedClass returns a class to one of its students, with their membership, and NotFound to
// everyone else.
func (db *DB) JoinedClass(ctx context.Context, who quiz.Who, name string) (quiz.Class, quiz.Student, error) {
	r, err := scanOne[classRow](db.read(ctx).Raw("SELECT c.* FROM classes c JOIN students s ON s.class = c.id AND s.person = ? AND s.gone = 0 WHERE c.name = ?", who.Person, name))
	if err != nil {
		return quiz.Class{}, quiz.Student{}, err
	}
	s, err := scanOne[studentRow](db.read(ctx).Raw(selectStudents+"s.class = ? AND s.person = ?", r.ID, who.Person))
	return r.class(), s.student(), err
}

// Classes lists the classes that the person teaches or is a student of, archived ones last.
func (db *DB) Classes(ctx context.Context, who quiz.Who) ([]classroom.ClassSummary, error) {
	if who.IsNobody() {
		return nil, nil
	}
	var rows []classRow
	err := dbError(db.read(ctx).Raw(`SELECT c.*, CASE WHEN t.person IS NULL THEN 0 ELSE 1 END AS teaches,
			(SELECT count(*) FROM students n WHERE n.class = c.id AND n.gone = 0) AS students,
			(SELECT count(*) FROM assignments a WHERE a.class = c.id AND a.removed = 0) AS assignments
		FROM classes c LEFT JOIN teachers t ON t.class = c.id AND t.person = @who
		WHERE c.id IN (SELECT class FROM teachers WHERE person = @who UNION ALL SELECT class FROM students WHERE person = @who AND gone = 0)
		ORDER BY CASE WHEN c.archived = 0 THEN 0 ELSE 1 END, c.title, c.id`, map[string]any{"who": who.Person}).Scan(&rows).Error)
	out := make([]classroom.ClassSummary, len(rows))
	for i, r := range rows {
		out[i] = classroom.ClassSummary{Class: r.class(), IsTeacher: r.Teaches == 1, StudentCount: r.Students, AssignmentCount: r.Assignments}
	}
	return out, err
}

// UpdateClass saves the title and time zone of a class. It returns Conflict if the class was
// changed since c.Version.
func (db *DB) UpdateClass(ctx context.Context, who quiz.Who, c quiz.Class) error {
	return db.changeClass(ctx, who, c.ID, func(tx *gorm.DB, was quiz.Class) error {
		if was.Version != c.Version {
			return quiz.NewError(quiz.Conflict, "error.class.changed")
		}
		return tx.Exec("UPDATE classes SET title = ?, zone = ?, version = version + 1 WHERE id = ?", c.Title, c.Zone, c.ID).Error
	})
}

// SetJoinCode changes the join code of a class. It returns Conflict if another class has the
// code.
func (db *DB) SetJoinCode(ctx context.Context, who quiz.Who, class int64, code string) error {
	return db.changeClass(ctx, who, class, func(tx *gorm.DB, _ quiz.Class) error {
		return tx.Exec("UPDATE classes SET code = ? WHERE id = ?", code, class).Error
	})
}

// SetClassArchived archives a class, or reopens it if at is the zero time.
func (db *DB) SetClassArchived(ctx context.Context, who quiz.Who, class int64, at time.Time) error {
	return db.changeClass(ctx, who, class, func(tx *gorm.DB, _ quiz.Class) error {
		return tx.Exec("UPDATE classes SET archived = ? WHERE id = ?", toMillis(at), class).Error
	})
}

// SetClassQuiz sets the quiz of a class for a day in the class's time zone.
func (db *DB) SetClassQuiz(ctx context.Context, who quiz.Who, class int64, address string, day int64) error {
	return db.changeClass(ctx, who, class, func(tx *gorm.DB, _ quiz.Class) error {
		return tx.Exec("UPDATE classes SET quiz = ?, quiz_day = ? WHERE id = ?", address, day, class).Error
	})
}

// ClassTeachers lists the teachers of a class, its owner first. Only its teachers and students
// see them.
func (db *DB) ClassTeachers(ctx context.Context, who quiz.Who, class int64) ([]classroom.ClassTeacher, error) {
	var rows []classroom.ClassTeacher
	err := db.read(ctx).Raw(`SELECT p.id AS person, p.alias, c.owner = p.id AS owner FROM teachers t JOIN persons p ON p.id = t.person JOIN classes c ON c.id = t.class
		WHERE t.class = @class AND (EXISTS (SELECT 1 FROM teachers m WHERE m.class = @class AND m.person = @who)
			OR EXISTS (SELECT 1 FROM students s WHERE s.class = @class AND s.person = @who AND s.gone = 0))
		ORDER BY CASE WHEN c.owner = p.id THEN 0 ELSE 1 END, t.since, p.id`, map[string]any{"class": class, "who": who.Person}).Scan(&rows).Error
	return rows, dbError(err)
}

// maxTeachers is the limit of teachers per class.
const maxTeachers = 20

// AddTeacher adds the teacher with that alias or e-mail to a class. It returns Invalid at
// teacher if there is none.
func (db *DB) AddTeacher(ctx context.Context, who quiz.Who, class int64, name string, now time.Time) error {
	other, err := db.PersonByName(ctx, who, name)
	if err != nil && !quiz.Is(err, quiz.NotFound) {
		return err
	}
	if !other.Who().CanTeach() {
		var p quiz.Problems
		p.Add("teacher", "problem.teacher.none")
		return p.Err()
	}
	return db.changeClass(ctx, who, class, func(tx *gorm.DB, _ quiz.Class) error { return addTeacher(tx, class, other, now) })
}

// addTeacher adds a person to a class if they are still a teacher or administrator.
func addTeacher(tx *gorm.DB, class int64, other quiz.Person, now time.Time) error {
	if err := lockPerson(tx, other.Who()); err != nil {
		return err
	}
	teaches, err := scanOne[int](tx.Raw("SELECT count(*) FROM persons WHERE id = ? AND role IN ('teacher', 'admin')", other.ID))
	if err != nil {
		return err
	}
	if teaches == 0 {
		var p quiz.Problems
		p.Add("teacher", "problem.teacher.none")
		return p.Err()
	}
	n, err := scanOne[int](tx.Raw("SELECT count(*) FROM teachers WHERE class = ?", class))
	if err != nil || n >= maxTeachers {
		return cmp.Or(err, quiz.NewError(quiz.Invalid, "error.class.full"))
	}
	return tx.Exec("INSERT INTO teachers (person, class, since) VALUES (?, ?, ?) ON CONFLICT (person, class) DO NOTHING", other.ID, class, toMillis(now)).Error
}

// RemoveTeacher removes a teacher from a class. Teachers may remove themselves, and the owner
// may remove others; the owner cannot be removed.
func (db *DB) RemoveTeacher(ctx context.Context, who quiz.Who, class, person int64) error {
	return db.changeClass(ctx, who, class, func(tx *gorm.DB, c quiz.Class) error {
		if person == c.Owner || person != who.Person && who.Person != c.Owner {
			return quiz.NewError(quiz.Forbidden, "error.class.owner")
		}
		return tx.Exec("DELETE FROM teachers WHERE class = ? AND person = ?", class, person).Error
	})
}

// ClassByJoinCode returns the class with that join code, or NotFound.
func (db *DB) ClassByJoinCode(ctx context.Context, _ quiz.Who, code string) (quiz.Class, error) {
	r, err := scanOne[classRow](db.read(ctx).Raw("SELECT * FROM classes WHERE code = ?", code))
	return r.class(), err
}

// isDuplicateKey reports whether an error says that a unique key exists already.
func isDuplicateKey(err error) bool { return errors.Is(err, gorm.ErrDuplicatedKey) }
