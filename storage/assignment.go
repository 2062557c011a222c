package storage

import (
	"cmp"
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classroom"

	"gorm.io/gorm"
)

type assignmentRow struct {
	ID, Class, Deck  int64
	FromYear, ToYear int
	Start, Day       int64
	Aim              string
	Want, Minutes    int
	Late             bool
	Created, Version int64

	// set only for a student's assignments
	Title, Zone, Name, Deckname, Decktitle string
	Since                                  int64
	Extra                                  int
	Language                               string
}

func (r assignmentRow) assignment() quiz.Assignment {
	return quiz.Assignment{
		ID: r.ID, Class: r.Class, Deck: r.Deck, FromYear: r.FromYear, ToYear: r.ToYear, StartDay: r.Start, TargetDay: r.Day,
		TargetKind: quiz.TargetKind(r.Aim), Target: r.Want, MinutesPerDay: r.Minutes, ExtendLateJoiners: r.Late, Created: fromMillis(r.Created), Version: r.Version,
	}
}

// SaveAssignment saves an assignment of a class and sets its ID. An assignment that has an ID
// is updated; Conflict if it was changed since its Version. Its deck is added to the students'
// decks, and a private deck becomes visible by link.
func (db *DB) SaveAssignment(ctx context.Context, who quiz.Who, a *quiz.Assignment, now time.Time) error {
	return db.changeClass(ctx, who, a.Class, func(tx *gorm.DB, c quiz.Class) error {
		if !c.Archived.IsZero() {
			return quiz.NewError(quiz.NotFound, "error.class.over")
		}
		if a.ID != 0 {
			return changeAssignment(tx, a)
		}
		n, err := scanOne[int](tx.Raw("SELECT count(*) FROM assignments WHERE class = ? AND removed = 0", a.Class))
		if err != nil || n >= quiz.MaxAssignments {
			return cmp.Or(err, quiz.NewError(quiz.Invalid, "error.assignments.full"))
		}
		if err := shareDeckWithClass(tx, who, a.Deck, now); err != nil {
			return err
		}
		twin, err := scanOne[int64](tx.Raw("SELECT id FROM assignments WHERE class = ? AND deck = ? AND day = ? AND from_year = ? AND to_year = ? AND removed = 0 AND created > ?",
			a.Class, a.Deck, a.TargetDay, a.FromYear, a.ToYear, toMillis(now.Add(-doubleTapWindow))))
		if err == nil { // a double tap
			a.ID = twin
			return nil
		}
		if !quiz.Is(err, quiz.NotFound) {
			return err
		}
		a.ID, err = scanOne[int64](tx.Raw(`INSERT INTO assignments (class, deck, from_year, to_year, start, day, aim, want, minutes, late, created)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			a.Class, a.Deck, a.FromYear, a.ToYear, a.StartDay, a.TargetDay, string(a.TargetKind), a.Target, a.MinutesPerDay, a.ExtendLateJoiners, toMillis(now)))
		if err != nil {
			return err
		}
		a.Version = 1
		return followAssignedDecks(tx, a.Class, now)
	})
}

func changeAssignment(tx *gorm.DB, a *quiz.Assignment) error {
	was, err := scanOne[assignmentRow](tx.Raw("SELECT * FROM assignments WHERE id = ? AND class = ? AND removed = 0", a.ID, a.Class))
	if err != nil {
		return err
	}
	if was.Version != a.Version {
		return quiz.NewError(quiz.Conflict, "error.assignment.changed")
	}
	a.Version++
	return tx.Exec(`UPDATE assignments SET from_year = ?, to_year = ?, start = ?, day = ?, aim = ?, want = ?, minutes = ?, late = ?, version = ? WHERE id = ?`,
		a.FromYear, a.ToYear, a.StartDay, a.TargetDay, string(a.TargetKind), a.Target, a.MinutesPerDay, a.ExtendLateJoiners, a.Version, a.ID).Error
}

func shareDeckWithClass(tx *gorm.DB, who quiz.Who, deck int64, now time.Time) error {
	row, err := scanOne[deckRow](tx.Raw("SELECT * FROM decks WHERE id = ? AND deleted = 0", deck))
	if err != nil {
		return err
	}
	if !row.deck().VisibleTo(who) {
		return quiz.NewError(quiz.NotFound, "error.missing")
	}
	return tx.Exec("UPDATE decks SET visible = ?, changed = ?, version = version + 1 WHERE id = ? AND visible = ?",
		string(quiz.VisibilityLink), toMillis(now), deck, string(quiz.VisibilityPrivate)).Error
}

// SetAssignmentRemoved removes an assignment, or restores it if at is the zero time.
func (db *DB) SetAssignmentRemoved(ctx context.Context, who quiz.Who, class, assignment int64, at time.Time) error {
	return db.changeClass(ctx, who, class, func(tx *gorm.DB, _ quiz.Class) error {
		if err := requireRow(tx.Exec("UPDATE assignments SET removed = ?, version = version + 1 WHERE id = ? AND class = ?", toMillis(at), assignment, class)); err != nil || !at.IsZero() {
			return err
		}
		n, err := scanOne[int](tx.Raw("SELECT count(*) FROM assignments WHERE class = ? AND removed = 0", class))
		if err != nil || n > quiz.MaxAssignments {
			return cmp.Or(err, quiz.NewError(quiz.Invalid, "error.assignments.full"))
		}
		return followAssignedDecks(tx, class, at)
	})
}

// Assignments lists the assignments of a class for its teachers and students, ordered by target
// day.
func (db *DB) Assignments(ctx context.Context, who quiz.Who, class int64) ([]quiz.Assignment, error) {
	var rows []assignmentRow
	err := dbError(db.read(ctx).Raw(`SELECT a.* FROM assignments a WHERE a.class = @class AND a.removed = 0
		AND (EXISTS (SELECT 1 FROM teachers t WHERE t.class = @class AND t.person = @who)
			OR EXISTS (SELECT 1 FROM students s WHERE s.class = @class AND s.person = @who AND s.gone = 0))
		ORDER BY a.day, a.id`, map[string]any{"class": class, "who": who.Person}).Scan(&rows).Error)
	out := make([]quiz.Assignment, len(rows))
	for i, r := range rows {
		out[i] = r.assignment()
	}
	return out, err
}

// Assignment returns an assignment of a class to its teacher, or NotFound.
func (db *DB) Assignment(ctx context.Context, who quiz.Who, class, assignment int64) (quiz.Assignment, error) {
	if _, err := requireTeacher(db.read(ctx), who, class); err != nil {
		return quiz.Assignment{}, err
	}
	r, err := scanOne[assignmentRow](db.read(ctx).Raw("SELECT * FROM assignments WHERE id = ? AND class = ? AND removed = 0", assignment, class))
	return r.assignment(), err
}

// StudentAssignments lists the assignments of the person's classes, each with the target day
// that applies to them, earliest first.
func (db *DB) StudentAssignments(ctx context.Context, who quiz.Who) ([]classroom.StudentAssignment, error) {
	if who.IsNobody() {
		return nil, nil
	}
	out, err := studentAssignments(db.read(ctx), who, "", map[string]any{})
	return out, dbError(err)
}

func studentAssignments(g *gorm.DB, who quiz.Who, where string, args map[string]any) ([]classroom.StudentAssignment, error) {
	args["who"] = who.Person
	var rows []assignmentRow
	err := g.Raw(`SELECT a.*, c.title, c.zone, c.name, s.since, coalesce(e.days, 0) AS extra, d.name AS deckname, d.title AS decktitle, d.language
		FROM students s JOIN classes c ON c.id = s.class AND c.archived = 0
		JOIN assignments a ON a.class = c.id AND a.removed = 0
		JOIN decks d ON d.id = a.deck AND d.deleted = 0
		LEFT JOIN extras e ON e.student = s.id AND e.assignment = a.id
		WHERE s.person = @who AND s.gone = 0 `+where, args).Scan(&rows).Error
	out := make([]classroom.StudentAssignment, len(rows))
	for i, r := range rows {
		a := classroom.StudentAssignment{
			Assignment: r.assignment(), ClassName: r.Name, ClassTitle: r.Title,
			DeckName: r.Deckname, DeckTitle: r.Decktitle, Language: r.Language,
		}
		a.TargetDay = a.TargetDayFor(quiz.NewCalendar(r.Zone).Day(fromMillis(r.Since)), r.Extra)
		out[i] = a
	}
	classroom.SortAssignments(out)
	return out, err
}

// SetDeadlineExtension gives a student extra days for an assignment; 0 removes the extension.
func (db *DB) SetDeadlineExtension(ctx context.Context, who quiz.Who, class, assignment, student int64, days int) error {
	return db.changeClass(ctx, who, class, func(tx *gorm.DB, _ quiz.Class) error {
		n, err := scanOne[int](tx.Raw(`SELECT count(*) FROM students s JOIN assignments a ON a.class = s.class
			WHERE s.class = ? AND s.id = ? AND a.id = ? AND a.removed = 0`, class, student, assignment))
		if err != nil || n == 0 {
			return cmp.Or(err, quiz.NewError(quiz.NotFound, "error.missing"))
		}
		if days == 0 {
			return tx.Exec("DELETE FROM extras WHERE student = ? AND assignment = ?", student, assignment).Error
		}
		return tx.Exec(`INSERT INTO extras (student, assignment, days) VALUES (?, ?, ?)
			ON CONFLICT (student, assignment) DO UPDATE SET days = excluded.days`, student, assignment, days).Error
	})
}
