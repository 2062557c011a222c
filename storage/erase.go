package storage

import (
	"context"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// ownedBySQL is the condition for a person's rows in tables where that is not person = @who.
var ownedBySQL = map[string]string{
	"persons": "id = @who",
	"undos":   "review IN (SELECT r.id FROM reviews r WHERE r.person = @who)",
	"remarks": "review IN (SELECT r.id FROM reviews r WHERE r.person = @who)",
	"extras":  "student IN (SELECT s.id FROM students s WHERE s.person = @who)",
	"names":   "student IN (SELECT s.id FROM students s WHERE s.person = @who)",
	"classes": "owner = @who",
	"decks":   "owner = @who",
	"audits":  "subject = @who",
}

func ownedRowsSQL(table string) string {
	if where, ok := ownedBySQL[table]; ok {
		return where
	}
	return "person = @who"
}

// erasedTables are the tables whose rows are deleted with a person, referring tables first.
var erasedTables = []string{
	"sessions", "passes", "resets", "undos", "remarks", "reviews", "sittings", "cares", "goals", "cards", "asides", "days", "weights",
	"runs", "reports", "notices", "players", "gains", "tallies", "scores", "names", "extras", "students", "teachers", "follows",
}

// EraseOwnData deletes all personal data of the current person. Decks that others use stay
// without an owner. It returns Invalid at erase for the only teacher of an active class, and
// Forbidden for the last administrator.
func (db *DB) EraseOwnData(ctx context.Context, who quiz.Who, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := erasePerson(tx, who.Person, now); err != nil {
			return err
		}
		return logAudit(tx, quiz.Who{Person: erasedActor}, quiz.AuditErased, 0, string(who.Role), now)
	})
}

// EraseAccount erases a person on behalf of an administrator.
func (db *DB) EraseAccount(ctx context.Context, who quiz.Who, person int64, now time.Time) error {
	if err := requireAdmin(who); err != nil {
		return err
	}
	return db.write(ctx, func(tx *gorm.DB) error {
		role, err := lockPersonFully(tx, person)
		if err != nil {
			return err
		}
		if err := erasePerson(tx, person, now); err != nil {
			return err
		}
		return logAudit(tx, who, quiz.AuditErased, 0, string(role), now)
	})
}

// lockPersonFully locks a person against all other changes and new references, and returns
// their role; NotFound if they do not exist.
func lockPersonFully(tx *gorm.DB, person int64) (quiz.Role, error) {
	query := "SELECT role FROM persons WHERE id = ?"
	if tx.Name() == "postgres" {
		query += " FOR UPDATE"
	}
	role, err := scanOne[string](tx.Raw(query, person))
	return quiz.Role(role), err
}

func erasePerson(tx *gorm.DB, person int64, now time.Time) error {
	role, err := lockPersonFully(tx, person)
	if err != nil {
		return err
	}
	if role == quiz.RoleAdmin {
		if err := lockAdmins(tx); err != nil {
			return err
		}
		if err := requireOtherAdmin(tx, role); err != nil {
			return err
		}
	}
	args := map[string]any{"who": person, "gone": erasedActor}
	for _, table := range []string{"remarks", "notices"} { // these refer to changes of decks deleted below
		if err := tx.Exec("DELETE FROM "+table+" WHERE "+ownedRowsSQL(table), args).Error; err != nil {
			return err
		}
	}
	if err := leaveClasses(tx, person); err != nil {
		return err
	}
	if err := disownDecks(tx, person, now); err != nil {
		return err
	}
	for _, statement := range []string{
		"UPDATE persons SET role = 'erased' WHERE id = @who", // allows their rows in the review log to be deleted
		"UPDATE changes SET person = 0 WHERE person = @who",
		"UPDATE audits SET subject = 0 WHERE subject = @who",
		"UPDATE audits SET person = @gone, alias = '' WHERE person = @who",
	} {
		if err := tx.Exec(statement, args).Error; err != nil {
			return err
		}
	}
	for _, table := range append(erasedTables, "persons") {
		if err := tx.Exec("DELETE FROM "+table+" WHERE "+ownedRowsSQL(table), args).Error; err != nil {
			return err
		}
	}
	return nil
}

// leaveClasses passes a teacher's classes on to their other teachers. Classes without another
// teacher are deleted if they are archived or empty.
func leaveClasses(tx *gorm.DB, person int64) error {
	var rows []struct {
		ID, Owner, Archived, Next int64
		Title                     string
		Students                  int
	}
	err := tx.Raw(`SELECT c.id, c.owner, c.archived, c.title,
			coalesce((SELECT o.person FROM teachers o WHERE o.class = c.id AND o.person <> ? ORDER BY o.since, o.person LIMIT 1), 0) AS next,
			(SELECT count(*) FROM students s WHERE s.class = c.id AND s.gone = 0) AS students
		FROM classes c JOIN teachers t ON t.class = c.id WHERE t.person = ?`, person, person).Scan(&rows).Error
	if err != nil {
		return err
	}
	for _, r := range rows {
		switch {
		case r.Next != 0 && r.Owner == person:
			err = tx.Exec("UPDATE classes SET owner = ?, version = version + 1 WHERE id = ?", r.Next, r.ID).Error
		case r.Next != 0:
		case r.Archived == 0 && r.Students > 0:
			var p quiz.Problems
			p.Add("erase", "problem.erase.class", "Class", r.Title)
			err = p.Err()
		default:
			err = eraseClass(tx, r.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// eraseClass deletes a class and everything that refers to it. Its students keep their reviews
// and cards.
func eraseClass(tx *gorm.DB, class int64) error {
	board := quiz.BoardID{Kind: quiz.BoardKindClass, ID: class}.String()
	for _, one := range []struct {
		statement string
		arg       any
	}{
		{"DELETE FROM extras WHERE student IN (SELECT id FROM students WHERE class = ?)", class},
		{"DELETE FROM students WHERE class = ?", class},
		{moveSignInCards + "class = ?", class},
		{"DELETE FROM passes WHERE class = ?", class},
		{"DELETE FROM assignments WHERE class = ?", class},
		{"DELETE FROM teachers WHERE class = ?", class},
		{"DELETE FROM players WHERE board = ?", board},
		{"DELETE FROM tallies WHERE board = ?", board},
		{"DELETE FROM scores WHERE board = ?", board},
		{"DELETE FROM classes WHERE id = ?", class},
	} {
		if err := tx.Exec(one.statement, one.arg).Error; err != nil {
			return err
		}
	}
	return nil
}

// moveSignInCards moves sign-in cards (passes) to another class their students are still in. A
// condition on passes follows.
const moveSignInCards = `UPDATE passes SET class = (SELECT min(s.class) FROM students s WHERE s.person = passes.person AND s.gone = 0)
	WHERE EXISTS (SELECT 1 FROM students s WHERE s.person = passes.person AND s.gone = 0) AND `

// disownDecks removes the owner of a person's decks. Decks that nobody else uses are emptied
// and marked deleted; their rows stay, so that their IDs are not reused.
func disownDecks(tx *gorm.DB, person int64, now time.Time) error {
	var decks []int64
	if err := tx.Raw("SELECT id FROM decks WHERE owner = ? AND owner > 0", person).Scan(&decks).Error; err != nil {
		return err
	}
	for _, deck := range decks {
		args := map[string]any{"deck": deck, "who": person, "now": toMillis(now)}
		used, err := scanOne[int](tx.Raw(`SELECT count(*) FROM decks d WHERE d.id = @deck AND (d.visible = 'everybody' AND d.deleted = 0
			OR EXISTS (SELECT 1 FROM assignments a WHERE a.deck = d.id)
			OR EXISTS (SELECT 1 FROM facts f JOIN cards c ON c.fact = f.id AND c.person <> @who WHERE f.deck = d.id)
			OR EXISTS (SELECT 1 FROM facts f JOIN remarks m ON m.fact = f.id AND m.person <> @who WHERE f.deck = d.id)
			OR EXISTS (SELECT 1 FROM changes c JOIN remarks m ON m.change = c.id WHERE c.deck = d.id)
			OR EXISTS (SELECT 1 FROM changes c JOIN notices n ON n.change = c.id WHERE c.deck = d.id)
			OR EXISTS (SELECT 1 FROM facts f JOIN notices n ON n.fact = f.id WHERE f.deck = d.id)
			OR EXISTS (SELECT 1 FROM follows w WHERE w.deck = d.id AND w.person <> @who)
			OR EXISTS (SELECT 1 FROM goals g WHERE g.deck = d.id AND g.person <> @who)
			OR EXISTS (SELECT 1 FROM facts f JOIN asides a ON a.fact = f.id AND a.person <> @who WHERE f.deck = d.id)
			OR EXISTS (SELECT 1 FROM facts f JOIN cares a ON a.fact = f.id AND a.person <> @who WHERE f.deck = d.id))`, args))
		if err != nil {
			return err
		}
		statements := []string{"UPDATE decks SET owner = -1, deleted = CASE WHEN visible = 'me' AND deleted = 0 THEN @now ELSE deleted END, version = version + 1 WHERE id = @deck"}
		if used == 0 {
			statements = []string{
				"DELETE FROM cards WHERE person = @who AND fact IN (SELECT id FROM facts WHERE deck = @deck)",
				"DELETE FROM asides WHERE person = @who AND fact IN (SELECT id FROM facts WHERE deck = @deck)",
				"DELETE FROM cares WHERE person = @who AND fact IN (SELECT id FROM facts WHERE deck = @deck)",
				"DELETE FROM proposals WHERE text IN (SELECT id FROM texts WHERE deck = @deck)",
				"DELETE FROM texts WHERE deck = @deck",
				"DELETE FROM changes WHERE deck = @deck",
				"DELETE FROM sources WHERE deck = @deck",
				"DELETE FROM facts WHERE deck = @deck",
				"UPDATE decks SET owner = -1, deleted = @now, title = '', about = '', credit = '', words = '', version = version + 1 WHERE id = @deck",
			}
		}
		for _, statement := range statements {
			if err := tx.Exec(statement, args).Error; err != nil {
				return err
			}
		}
	}
	return nil
}

// canActFor reports whether a teacher may act for a student in everything: the student is a
// guest, is in no class that the teacher does not teach, and has no reviews from before joining
// their first class.
func canActFor(tx *gorm.DB, who quiz.Who, person int64) (bool, error) {
	n, err := scanOne[int](tx.Raw(`SELECT count(*) FROM persons p WHERE p.id = ? AND p.role = 'guest' AND NOT EXISTS (SELECT 1 FROM students s
		WHERE s.person = p.id AND NOT EXISTS (SELECT 1 FROM teachers t WHERE t.class = s.class AND t.person = ?))
		AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.person = p.id AND r.at < (SELECT min(s.since) FROM students s WHERE s.person = p.id))`, person, who.Person))
	return n > 0, err
}

// EraseStudent deletes all personal data of a student if the teacher may act for them, and
// reports whether it did. Otherwise it deletes their membership and their place on the class's
// board.
func (db *DB) EraseStudent(ctx context.Context, who quiz.Who, class, student int64, now time.Time) (all bool, err error) {
	err = db.changeClass(ctx, who, class, func(tx *gorm.DB, c quiz.Class) error {
		person, err := scanOne[int64](tx.Raw("SELECT person FROM students WHERE class = ? AND id = ?", class, student))
		if err != nil {
			return err
		}
		if _, err := lockPersonFully(tx, person); err != nil { // they may be signing up right now
			return err
		}
		if all, err = canActFor(tx, who, person); err != nil {
			return err
		}
		if all {
			if err := erasePerson(tx, person, now); err != nil {
				return err
			}
			return logAudit(tx, who, quiz.AuditErased, 0, string(quiz.RoleGuest), now)
		}
		if err := eraseMembership(tx, class, student, person); err != nil {
			return err
		}
		return logAudit(tx, who, quiz.AuditMembershipErased, person, c.Title, now)
	})
	return all, err
}

// StudentPermissions reports what a teacher may do for a student: act for them in everything,
// and reset their password.
func (db *DB) StudentPermissions(ctx context.Context, who quiz.Who, class, student int64) (all, password bool, err error) {
	tx := db.read(ctx)
	if _, err := requireTeacher(tx, who, class); err != nil {
		return false, false, err
	}
	person, err := scanOne[int64](tx.Raw("SELECT person FROM students WHERE class = ? AND id = ?", class, student))
	if err != nil {
		return false, false, err
	}
	if all, err = canActFor(tx, who, person); err != nil {
		return false, false, err
	}
	password, err = canResetPassword(tx, who, person)
	return all, password, err
}

// eraseMembership deletes what a class stores about one of its students.
func eraseMembership(tx *gorm.DB, class, student, person int64) error {
	args := map[string]any{"student": student, "who": person, "class": class, "board": quiz.BoardID{Kind: quiz.BoardKindClass, ID: class}.String()}
	for _, statement := range []string{
		"DELETE FROM extras WHERE student = @student",
		"DELETE FROM students WHERE id = @student",
		moveSignInCards + "person = @who AND class = @class",
		"DELETE FROM passes WHERE person = @who AND class = @class",
		"DELETE FROM players WHERE person = @who AND board = @board",
		"DELETE FROM tallies WHERE person = @who AND board = @board",
		"DELETE FROM scores WHERE person = @who AND board = @board",
	} {
		if err := tx.Exec(statement, args).Error; err != nil {
			return err
		}
	}
	return nil
}
