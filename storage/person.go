package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

type personRow struct {
	ID                           int64
	Role, Alias, Email, Password string
	Zone                         string
	NewPerDay, DayStart          int
	Retention                    float64
	RestDays                     uint8
	Unwanted                     string
	Strict                       bool
	Created, Seen                int64
	Weights                      int64
	Body, Effects                string // of the person's weights, and of the site's form effects
}

func (r personRow) person() (quiz.Person, error) {
	p := quiz.Person{
		ID: r.ID, Role: quiz.Role(r.Role), Alias: r.Alias, Email: r.Email, PasswordHash: r.Password, Created: fromMillis(r.Created), LastSeen: fromMillis(r.Seen),
		Settings: quiz.Settings{
			Zone: r.Zone, NewPerDay: r.NewPerDay, DesiredRetention: r.Retention,
			DayStart: r.DayStart, RestDays: quiz.Weekdays(r.RestDays), StrictSpelling: r.Strict,
		},
		Parameters: quiz.Parameters{ID: r.Weights},
	}
	if err := json.Unmarshal([]byte(r.Unwanted), &p.AvoidedKinds); err != nil {
		return p, fmt.Errorf("kept settings: %w", err)
	}
	if r.Weights != 0 {
		if err := json.Unmarshal([]byte(r.Body), &p.Parameters.Weights); err != nil {
			return p, fmt.Errorf("kept weights: %w", err)
		}
	}
	if r.Effects != "" {
		if err := json.Unmarshal([]byte(r.Effects), &p.Parameters.Effects); err != nil {
			return p, fmt.Errorf("kept effects: %w", err)
		}
	}
	return p, nil
}

// parameterColumns are the columns of a person's weights and of the form effects, which are the
// same for everyone.
const parameterColumns = "coalesce(w.body, '') AS body, coalesce((SELECT e.body FROM effects e WHERE e.better ORDER BY e.id DESC LIMIT 1), '') AS effects"

const selectPerson = "SELECT p.*, " + parameterColumns + " FROM persons p LEFT JOIN weights w ON w.id = p.weights WHERE "

func scanPerson(g *gorm.DB) (quiz.Person, error) {
	r, err := scanOne[personRow](g)
	if err != nil {
		return quiz.Person{}, err
	}
	return r.person()
}

// CreateGuest creates a person who cannot sign in yet.
func (db *DB) CreateGuest(ctx context.Context, _ quiz.Who, zone string, now time.Time) (quiz.Person, error) {
	var p quiz.Person
	err := db.write(ctx, func(tx *gorm.DB) error {
		id, err := insertGuest(tx, zone, now)
		if err != nil {
			return err
		}
		p, err = scanPerson(tx.Raw(selectPerson+"p.id = ?", id))
		return err
	})
	return p, err
}

func insertGuest(tx *gorm.DB, zone string, now time.Time) (int64, error) {
	s := quiz.DefaultSettings(zone)
	return scanOne[int64](tx.Raw(
		"INSERT INTO persons (role, zone, new_per_day, retention, day_start, weights, created, seen) VALUES (?, ?, ?, ?, ?, "+siteParametersSQL+", ?, ?) RETURNING id",
		string(quiz.RoleGuest), s.Zone, s.NewPerDay, s.DesiredRetention, s.DayStart, toMillis(now), toMillis(now)))
}

// Person returns the current person.
func (db *DB) Person(ctx context.Context, who quiz.Who) (quiz.Person, error) {
	return scanPerson(db.read(ctx).Raw(selectPerson+"p.id = ?", who.Person))
}

// PersonByName returns the person who signs in with that alias or e-mail.
func (db *DB) PersonByName(ctx context.Context, _ quiz.Who, name string) (quiz.Person, error) {
	key, column := quiz.FoldName(name), "alias_key"
	if strings.Contains(key, "@") { // an alias that folds to an e-mail must not block that e-mail's owner
		column = "email_key"
	}
	return scanPerson(db.read(ctx).Raw(selectPerson+"p."+column+" = ?", key))
}

// SignUpGuest gives a guest an alias and a password, so that they can sign in on every device.
// A taken alias or e-mail is Invalid at its field, as is a wrong invitation code where one is
// required; Forbidden if sign-up is closed.
func (db *DB) SignUpGuest(ctx context.Context, who quiz.Who, s quiz.SignUp, hash string, now time.Time) error {
	return db.signUp(ctx, s, func(tx *gorm.DB, role quiz.Role) error {
		return signUp(tx, who.Person, role, s, hash, now)
	}, now)
}

// SignUpVisitor signs up someone who is not a guest yet. It creates the person in the same
// transaction, so that a failed sign-up leaves no guest behind.
func (db *DB) SignUpVisitor(ctx context.Context, _ quiz.Who, zone string, s quiz.SignUp, hash string, now time.Time) (quiz.Person, error) {
	var p quiz.Person
	err := db.signUp(ctx, s, func(tx *gorm.DB, role quiz.Role) error {
		id, err := insertGuest(tx, zone, now)
		if err != nil {
			return err
		}
		if err := signUp(tx, id, role, s, hash, now); err != nil {
			return err
		}
		p, err = scanPerson(tx.Raw(selectPerson+"p.id = ?", id))
		return err
	}, now)
	return p, err
}

// signUp calls do if the person may sign up in their role.
func (db *DB) signUp(ctx context.Context, s quiz.SignUp, do func(tx *gorm.DB, role quiz.Role) error, now time.Time) error {
	role := quiz.RoleLearner
	if s.AsTeacher {
		role = quiz.RoleTeacher
	}
	err := db.write(ctx, func(tx *gorm.DB) error {
		if err := admitSignUp(tx, role, s.InvitationCode, now); err != nil {
			return err
		}
		return do(tx, role)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return db.takenNames(ctx, s)
	}
	return err
}

// takenNames returns Invalid at the alias or e-mail, whichever is taken.
func (db *DB) takenNames(ctx context.Context, s quiz.SignUp) error {
	var p quiz.Problems
	var n int64
	err := db.read(ctx).Raw("SELECT count(*) FROM persons WHERE alias_key = ?", quiz.FoldName(s.Alias)).Scan(&n).Error
	if err != nil {
		return dbError(err)
	}
	if n > 0 {
		p.Add("alias", "problem.alias.taken")
	} else {
		p.Add("email", "problem.email.taken")
	}
	return p.Err()
}

// SaveSettings saves the settings of the current person.
func (db *DB) SaveSettings(ctx context.Context, who quiz.Who, s quiz.Settings) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec(`UPDATE persons SET zone = ?, new_per_day = ?, retention = ?, day_start = ?, rest_days = ?, unwanted = ?, strict = ?
			WHERE id = ?`, s.Zone, s.NewPerDay, s.DesiredRetention, s.DayStart, uint8(s.RestDays), jsonText(s.AvoidedKinds), s.StrictSpelling, who.Person).Error
	})
}

// MergeGuest moves a guest's reviews, with the cards that result, and their other data to the
// current person's account. It returns Conflict if either of them practised since the log was
// read, and NotFound if the guest no longer exists.
func (db *DB) MergeGuest(ctx context.Context, who, guest quiz.Who, log []quiz.Review, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		for _, one := range []quiz.Who{guest, who} { // waits for answers being saved
			if err := lockPerson(tx, one); err != nil {
				return err
			}
		}
		left := tx.Exec("UPDATE persons SET role = ? WHERE id = ? AND role = ?", string(quiz.RoleMergedGuest), guest.Person, string(quiz.RoleGuest))
		if left.Error == nil && left.RowsAffected == 0 {
			return quiz.NewError(quiz.NotFound, "error.missing")
		}
		answers, err := scanOne[int](tx.Raw(`SELECT count(*) FROM reviews r WHERE r.person = ? AND NOT EXISTS (SELECT 1 FROM remarks m
			WHERE m.review = r.id AND m.verdict = ? AND m.change = (SELECT max(x.change) FROM remarks x WHERE x.review = r.id)) AND NOT `+beforeResetSQL+" AND "+notUndoneSQL,
			guest.Person, string(quiz.VerdictVoid)))
		if err != nil {
			return err
		}
		if answers != len(log) {
			return quiz.NewError(quiz.Conflict, "error.conflict")
		}
		for _, r := range log {
			if err := saveReview(tx, who, r, db.siteCalendar, now); err != nil {
				return err
			}
		}
		for _, table := range []string{"runs", "reports"} {
			if err := tx.Exec("UPDATE "+table+" SET person = ? WHERE person = ?", who.Person, guest.Person).Error; err != nil {
				return err
			}
		}
		if err := mergeCardActions(tx, who, guest); err != nil {
			return err
		}
		if err := mergeFollows(tx, who, guest); err != nil {
			return err
		}
		if err := moveAuditLog(tx, who, guest); err != nil {
			return err
		}
		if err := mergeMemberships(tx, who, guest); err != nil {
			return err
		}
		if err := db.mergeBoards(tx, who, guest, now); err != nil {
			return err
		}
		for _, table := range []string{"cards", "sittings", "days", "sessions", "remarks"} {
			if err := tx.Exec("DELETE FROM "+table+" WHERE person = ?", guest.Person).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// notUndoneSQL is the condition that a review r was not undone.
const notUndoneSQL = "NOT EXISTS (SELECT 1 FROM undos u WHERE u.review = r.id)"

// CountPeople counts all rows of persons.
func (db *DB) CountPeople(ctx context.Context, _ quiz.Who) (int, error) {
	return scanOne[int](db.read(ctx).Raw("SELECT count(*) FROM persons"))
}
