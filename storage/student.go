package storage

import (
	"cmp"
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classroom"

	"gorm.io/gorm"
)

type studentRow struct {
	ID, Class, Person int64
	Alias, Role       string
	Since, Gone       int64
	Made, Used        int64
	BySelf            bool
}

func (r studentRow) student() quiz.Student {
	return quiz.Student{
		ID: r.ID, Class: r.Class, Person: r.Person, Alias: r.Alias, HasAccount: quiz.Who{Role: quiz.Role(r.Role)}.IsSignedIn(),
		JoinedAt: fromMillis(r.Since), LeftAt: fromMillis(r.Gone), CardMadeAt: fromMillis(r.Made), CardUsed: r.Used != 0, LeftBySelf: r.BySelf,
	}
}

// selectStudents is followed by a condition on students s.
const selectStudents = `SELECT s.id, s.class, s.person, s.alias, s.since, s.gone, s.by_self, p.role, coalesce(k.made, 0) AS made, coalesce(k.used, 0) AS used
	FROM students s JOIN persons p ON p.id = s.person LEFT JOIN passes k ON k.person = s.person WHERE `

func listStudents(g *gorm.DB) ([]quiz.Student, error) {
	var rows []studentRow
	err := g.Scan(&rows).Error
	out := make([]quiz.Student, len(rows))
	for i, r := range rows {
		out[i] = r.student()
	}
	return out, dbError(err)
}

// Students lists the students of a class by alias, including those who left.
func (db *DB) Students(ctx context.Context, who quiz.Who, class int64) ([]quiz.Student, error) {
	if _, err := requireTeacher(db.read(ctx), who, class); err != nil {
		return nil, err
	}
	return listStudents(db.read(ctx).Raw(selectStudents+"s.class = ? ORDER BY s.alias_key, s.id", class))
}

// Student returns a student of a class, or NotFound.
func (db *DB) Student(ctx context.Context, who quiz.Who, class, student int64) (quiz.Student, error) {
	if _, err := requireTeacher(db.read(ctx), who, class); err != nil {
		return quiz.Student{}, err
	}
	r, err := scanOne[studentRow](db.read(ctx).Raw(selectStudents+"s.class = ? AND s.id = ?", class, student))
	return r.student(), err
}

// checkClassRoom returns Invalid if a class is too full for that many more students.
func checkClassRoom(tx *gorm.DB, class int64, more int) error {
	n, err := scanOne[int](tx.Raw("SELECT count(*) FROM students WHERE class = ? AND gone = 0", class))
	if err != nil || n+more > quiz.MaxStudents {
		return cmp.Or(err, quiz.NewError(quiz.Invalid, "error.class.full"))
	}
	return nil
}

// studentAliasTaken turns a duplicate key error into Invalid at alias.
func studentAliasTaken(err error) error {
	if !isDuplicateKey(err) {
		return err
	}
	var p quiz.Problems
	p.Add("alias", "problem.alias.class")
	return p.Err()
}

// JoinClass adds the person to a class under an alias. Someone who left returns, and a member's
// alias is updated. The decks of the class's assignments are added to their decks. It returns
// Invalid at alias if another student has it.
func (db *DB) JoinClass(ctx context.Context, who quiz.Who, class int64, alias string, now time.Time) error {
	return studentAliasTaken(db.write(ctx, func(tx *gorm.DB) error {
		if err := lockClass(tx, class); err != nil {
			return err
		}
		r, err := scanOne[classRow](tx.Raw("SELECT * FROM classes WHERE id = ?", class))
		if err != nil {
			return err
		}
		if r.Archived != 0 {
			return quiz.NewError(quiz.NotFound, "error.class.over")
		}
		in, err := scanOne[int](tx.Raw("SELECT count(*) FROM students WHERE class = ? AND person = ? AND gone = 0", class, who.Person))
		if err != nil {
			return err
		}
		if err := checkClassRoom(tx, class, 1-in); err != nil {
			return err
		}
		if err := checkLookAlike(tx, class, 0, who.Person, alias); err != nil {
			return err
		}
		if err := tx.Exec(`INSERT INTO students (class, person, alias, alias_key, since) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (person, class) DO UPDATE SET alias = excluded.alias, alias_key = excluded.alias_key, gone = 0, by_self = false`,
			class, who.Person, alias, quiz.FoldName(alias), toMillis(now)).Error; err != nil {
			return err
		}
		if err := followAssignedDecks(tx, class, now); err != nil || !r.Boards || in > 0 { // a new alias does not change points
			return err
		}
		row, err := scanOne[studentRow](tx.Raw(selectStudents+"s.class = ? AND s.person = ?", class, who.Person))
		if err != nil {
			return err
		}
		return rebuildStudentPoints(tx, r.class(), row.student(), now, db.siteCalendar)
	}))
}

// followAssignedDecks adds the decks of a class's assignments to its students' decks.
func followAssignedDecks(tx *gorm.DB, class int64, now time.Time) error {
	return tx.Exec(`INSERT INTO follows (person, deck, since) SELECT DISTINCT s.person, a.deck, CAST(? AS BIGINT) FROM students s JOIN assignments a ON a.class = s.class AND a.removed = 0
		WHERE s.class = ? AND s.gone = 0 ON CONFLICT (person, deck) DO NOTHING`, toMillis(now), class).Error
}

// LeaveClass ends the person's membership in a class.
func (db *DB) LeaveClass(ctx context.Context, who quiz.Who, class int64, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Exec("UPDATE students SET gone = ?, by_self = ? WHERE class = ? AND person = ? AND gone = 0", toMillis(now), true, class, who.Person).Error; err != nil {
			return err
		}
		return setStandingsShown(tx, who, quiz.BoardID{Kind: quiz.BoardKindClass, ID: class}.String(), false)
	})
}

// AddStudents creates guests who sign in with a card, one for each alias, and adds them to the
// class. It returns Invalid at aliases for the first alias that is taken.
func (db *DB) AddStudents(ctx context.Context, who quiz.Who, class int64, added []classroom.NewStudent, now time.Time) error {
	return db.changeClass(ctx, who, class, func(tx *gorm.DB, c quiz.Class) error {
		if err := checkClassRoom(tx, class, len(added)); err != nil {
			return err
		}
		var p quiz.Problems
		for _, n := range added {
			taken, err := scanOne[int](tx.Raw("SELECT count(*) FROM students WHERE class = ? AND alias_key = ? AND gone = 0", class, quiz.FoldName(n.Alias)))
			if err != nil {
				return err
			}
			if taken > 0 {
				p.Add("aliases", "problem.aliases.taken", "Alias", n.Alias)
				return p.Err()
			}
			if err := checkLookAlike(tx, class, 0, 0, n.Alias); err != nil {
				if quiz.Is(err, quiz.Invalid) {
					p.Add("aliases", "problem.aliases.alike", "Alias", n.Alias)
					return p.Err()
				}
				return err
			}
			if err := addStudent(tx, c, n, now); err != nil {
				return err
			}
		}
		return followAssignedDecks(tx, class, now)
	})
}

func addStudent(tx *gorm.DB, c quiz.Class, n classroom.NewStudent, now time.Time) error {
	id, err := insertGuest(tx, c.Zone, now)
	if err != nil {
		return err
	}
	if err := tx.Exec("INSERT INTO students (class, person, alias, alias_key, since) VALUES (?, ?, ?, ?, ?)", c.ID, id, n.Alias, quiz.FoldName(n.Alias), toMillis(now)).Error; err != nil {
		return err
	}
	if n.RealName != "" {
		student, err := scanOne[int64](tx.Raw("SELECT id FROM students WHERE class = ? AND person = ?", c.ID, id))
		if err == nil {
			err = saveRealName(tx, student, n.RealName, now)
		}
		if err != nil {
			return err
		}
	}
	return tx.Exec("INSERT INTO passes (person, hash, class, made) VALUES (?, ?, ?, ?)", id, n.SecretHash, c.ID, toMillis(now)).Error
}

// RenameStudent changes a student's alias. It returns Invalid at alias if another student has
// it.
func (db *DB) RenameStudent(ctx context.Context, who quiz.Who, class, student int64, alias string) error {
	return studentAliasTaken(db.changeClass(ctx, who, class, func(tx *gorm.DB, _ quiz.Class) error {
		if err := checkLookAlike(tx, class, student, 0, alias); err != nil {
			return err
		}
		return requireRow(tx.Exec("UPDATE students SET alias = ?, alias_key = ? WHERE class = ? AND id = ?", alias, quiz.FoldName(alias), class, student))
	}))
}

// requireRow returns NotFound if a statement changed no row.
func requireRow(done *gorm.DB) error {
	if done.Error == nil && done.RowsAffected == 0 {
		return quiz.NewError(quiz.NotFound, "error.missing")
	}
	return done.Error
}

// SetStudentRemoved removes a student from a class, or restores them if at is the zero time. It
// cannot restore students who left by themselves; they have to join again.
func (db *DB) SetStudentRemoved(ctx context.Context, who quiz.Who, class, student int64, at, now time.Time) error {
	return studentAliasTaken(db.changeClass(ctx, who, class, func(tx *gorm.DB, c quiz.Class) error {
		if at.IsZero() {
			if err := checkClassRoom(tx, class, 1); err != nil {
				return err
			}
			alias, err := scanOne[string](tx.Raw("SELECT alias FROM students WHERE class = ? AND id = ?", class, student))
			if err == nil {
				err = checkLookAlike(tx, class, student, 0, alias)
			}
			if err != nil {
				return err
			}
		}
		if err := requireRow(tx.Exec("UPDATE students SET gone = ? WHERE class = ? AND id = ? AND NOT by_self", toMillis(at), class, student)); err != nil {
			return err
		}
		if !at.IsZero() {
			return hideStudentStandings(tx, class, student)
		}
		if err := followAssignedDecks(tx, class, now); err != nil || !c.BoardsEnabled {
			return err
		}
		s, err := scanOne[studentRow](tx.Raw(selectStudents+"s.id = ?", student))
		if err != nil {
			return err
		}
		return rebuildStudentPoints(tx, c, s.student(), now, db.siteCalendar)
	}))
}

// hideStudentStandings hides a student's standings on the class's board.
func hideStudentStandings(tx *gorm.DB, class, student int64) error {
	person, err := scanOne[int64](tx.Raw("SELECT person FROM students WHERE id = ?", student))
	if err != nil {
		return err
	}
	return setStandingsShown(tx, quiz.Who{Person: person}, quiz.BoardID{Kind: quiz.BoardKindClass, ID: class}.String(), false)
}

// MoveStudent moves a student to another class of the teacher. It returns Invalid at alias if
// another student there has the same alias.
func (db *DB) MoveStudent(ctx context.Context, who quiz.Who, class, student, to int64, now time.Time) error {
	return studentAliasTaken(db.changeClass(ctx, who, class, func(tx *gorm.DB, _ quiz.Class) error {
		if err := lockClass(tx, to); err != nil {
			return err
		}
		target, err := requireTeacher(tx, who, to)
		if err != nil {
			return err
		}
		if !target.Archived.IsZero() {
			return quiz.NewError(quiz.NotFound, "error.class.over")
		}
		s, err := scanOne[studentRow](tx.Raw(selectStudents+"s.class = ? AND s.id = ? AND s.gone = 0", class, student))
		if err != nil {
			return err
		}
		if err := checkClassRoom(tx, to, 1); err != nil {
			return err
		}
		if err := checkLookAlike(tx, to, 0, s.Person, s.Alias); err != nil {
			return err
		}
		if err := tx.Exec("UPDATE students SET gone = ? WHERE id = ?", toMillis(now), student).Error; err != nil {
			return err
		}
		if err := hideStudentStandings(tx, class, student); err != nil {
			return err
		}
		if err := tx.Exec(`INSERT INTO students (class, person, alias, alias_key, since) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (person, class) DO UPDATE SET gone = 0, by_self = false`, to, s.Person, s.Alias, quiz.FoldName(s.Alias), toMillis(now)).Error; err != nil {
			return err
		}
		if err := moveRealName(tx, student, to, s.Person); err != nil {
			return err
		}
		if err := tx.Exec("UPDATE passes SET class = ? WHERE person = ? AND class = ?", to, s.Person, class).Error; err != nil {
			return err
		}
		if err := followAssignedDecks(tx, to, now); err != nil || !target.BoardsEnabled {
			return err
		}
		there, err := scanOne[studentRow](tx.Raw(selectStudents+"s.class = ? AND s.person = ?", to, s.Person))
		if err != nil {
			return err
		}
		return rebuildStudentPoints(tx, target, there.student(), now, db.siteCalendar)
	}))
}

// SetSignInCards gives students of a class new sign-in cards. Their old cards stop working, and
// sessions end if the old card was used. It returns Forbidden for students who sign in with a
// password and for those whose card is from a class that the teacher does not teach, since
// whoever creates a card can sign in with it.
func (db *DB) SetSignInCards(ctx context.Context, who quiz.Who, class int64, hashes map[int64]string, now time.Time) error {
	return db.changeClass(ctx, who, class, func(tx *gorm.DB, _ quiz.Class) error {
		for student, hash := range hashes {
			s, err := scanOne[studentRow](tx.Raw(selectStudents+"s.class = ? AND s.id = ? AND s.gone = 0", class, student))
			if err != nil {
				return err
			}
			if err := lockPerson(tx, quiz.Who{Person: s.Person}); err != nil { // they may be signing up right now
				return err
			}
			role, err := scanOne[string](tx.Raw("SELECT role FROM persons WHERE id = ?", s.Person))
			if err != nil {
				return err
			}
			if role != string(quiz.RoleGuest) {
				return quiz.NewError(quiz.Forbidden, "error.card.account")
			}
			elsewhere, err := scanOne[int](tx.Raw(`SELECT count(*) FROM passes k JOIN students o ON o.person = k.person AND o.class = k.class AND o.gone = 0
				WHERE k.person = ? AND NOT EXISTS (SELECT 1 FROM teachers t WHERE t.class = k.class AND t.person = ?)`, s.Person, who.Person))
			if err != nil {
				return err
			}
			if elsewhere > 0 {
				return quiz.NewError(quiz.Forbidden, "error.card.other")
			}
			if err := tx.Exec(`INSERT INTO passes (person, hash, class, made) VALUES (?, ?, ?, ?)
				ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, class = excluded.class, made = excluded.made, used = 0`, s.Person, hash, class, toMillis(now)).Error; err != nil {
				return err
			}
			if s.Used == 0 {
				continue
			}
			if err := tx.Exec("DELETE FROM sessions WHERE person = ?", s.Person).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// PersonBySignInCard returns the guest who signs in with a card, by the hash of its secret, or
// NotFound.
func (db *DB) PersonBySignInCard(ctx context.Context, _ quiz.Who, hash string, now time.Time) (quiz.Person, error) {
	var p quiz.Person
	err := db.write(ctx, func(tx *gorm.DB) error {
		id, err := scanOne[int64](tx.Raw("UPDATE passes SET used = ? WHERE hash = ? AND (SELECT role FROM persons p WHERE p.id = passes.person) = 'guest' RETURNING person", toMillis(now), hash))
		if err != nil {
			return err
		}
		p, err = scanPerson(tx.Raw(selectPerson+"p.id = ?", id))
		return err
	})
	return p, err
}

// mergeMemberships moves a guest's class memberships to an account and deletes the guest's
// sign-in card. In a class that both are in, the account's membership gets the earlier joining
// day and the longer deadline extensions.
func mergeMemberships(tx *gorm.DB, who, guest quiz.Who) error {
	const both = "class IN (SELECT o.class FROM students o WHERE o.person = @who AND o.gone = 0)"
	for _, statement := range []string{
		`UPDATE students SET since = (SELECT min(o.since) FROM students o WHERE o.class = students.class AND o.person IN (@who, @guest))
			WHERE person = @who AND gone = 0 AND class IN (SELECT o.class FROM students o WHERE o.person = @guest AND o.gone = 0)`,
		`INSERT INTO extras (student, assignment, days) SELECT m.id, e.assignment, e.days FROM extras e JOIN students g ON g.id = e.student AND g.person = @guest AND g.gone = 0
			JOIN students m ON m.class = g.class AND m.person = @who AND m.gone = 0 WHERE e.days > 0
			ON CONFLICT (student, assignment) DO UPDATE SET days = CASE WHEN excluded.days > extras.days THEN excluded.days ELSE extras.days END`,
		`INSERT INTO names (student, name, at) SELECT m.id, n.name, n.at FROM names n JOIN students g ON g.id = n.student AND g.person = @guest AND g.gone = 0
			JOIN students m ON m.class = g.class AND m.person = @who AND m.gone = 0 WHERE true ON CONFLICT (student) DO NOTHING`,
		"DELETE FROM extras WHERE student IN (SELECT id FROM students WHERE person = @guest AND (gone <> 0 OR " + both + "))",
		"DELETE FROM students WHERE person = @guest AND (gone <> 0 OR " + both + ")",
		"DELETE FROM extras WHERE student IN (SELECT id FROM students WHERE person = @who AND gone <> 0 AND class IN (SELECT o.class FROM students o WHERE o.person = @guest))",
		"DELETE FROM students WHERE person = @who AND gone <> 0 AND class IN (SELECT o.class FROM students o WHERE o.person = @guest)",
		"UPDATE students SET person = @who WHERE person = @guest",
		"DELETE FROM passes WHERE person = @guest",
	} {
		if err := tx.Exec(statement, map[string]any{"who": who.Person, "guest": guest.Person}).Error; err != nil {
			return err
		}
	}
	return nil
}
