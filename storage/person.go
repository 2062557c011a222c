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
	Body, Effects                string // of the weights, and of the effects that hold for all
}

func (r personRow) person() (quiz.Person, error) {
	p := quiz.Person{
		ID: r.ID, Role: quiz.Role(r.Role), Alias: r.Alias, Email: r.Email, Password: r.Password, Created: instant(r.Created), Seen: instant(r.Seen),
		Settings: quiz.Settings{
			Zone: r.Zone, NewPerDay: r.NewPerDay, Retention: r.Retention,
			DayStart: r.DayStart, Rest: quiz.Weekdays(r.RestDays), Strict: r.Strict,
		},
		Tuning: quiz.Tuning{ID: r.Weights},
	}
	if err := json.Unmarshal([]byte(r.Unwanted), &p.Unwanted); err != nil {
		return p, fmt.Errorf("kept settings: %w", err)
	}
	if r.Weights != 0 {
		if err := json.Unmarshal([]byte(r.Body), &p.Tuning.Weights); err != nil {
			return p, fmt.Errorf("kept weights: %w", err)
		}
	}
	if r.Effects != "" {
		if err := json.Unmarshal([]byte(r.Effects), &p.Tuning.Effects); err != nil {
			return p, fmt.Errorf("kept effects: %w", err)
		}
	}
	return p, nil
}

// tuned are the columns of a person's weights, and of the effects that hold for all.
const tuned = "coalesce(w.body, '') AS body, coalesce((SELECT e.body FROM effects e WHERE e.better ORDER BY e.id DESC LIMIT 1), '') AS effects"

const selectPerson = "SELECT p.*, " + tuned + " FROM persons p LEFT JOIN weights w ON w.id = p.weights WHERE "

func personOf(g *gorm.DB) (quiz.Person, error) {
	r, err := scanOne[personRow](g)
	if err != nil {
		return quiz.Person{}, err
	}
	return r.person()
}

// NewGuest makes a person who has no sign-in yet.
func (db *DB) NewGuest(ctx context.Context, _ quiz.Who, zone string, now time.Time) (quiz.Person, error) {
	var p quiz.Person
	err := db.write(ctx, func(tx *gorm.DB) error {
		id, err := insertGuest(tx, zone, now)
		if err != nil {
			return err
		}
		p, err = personOf(tx.Raw(selectPerson+"p.id = ?", id))
		return err
	})
	return p, err
}

func insertGuest(tx *gorm.DB, zone string, now time.Time) (int64, error) {
	s := quiz.Beginning(zone)
	return scanOne[int64](tx.Raw(
		"INSERT INTO persons (role, zone, new_per_day, retention, day_start, weights, created, seen) VALUES (?, ?, ?, ?, ?, "+siteWeights+", ?, ?) RETURNING id",
		string(quiz.Guest), s.Zone, s.NewPerDay, s.Retention, s.DayStart, ms(now), ms(now)))
}

// Person gives the one who asks.
func (db *DB) Person(ctx context.Context, who quiz.Who) (quiz.Person, error) {
	return personOf(db.read(ctx).Raw(selectPerson+"p.id = ?", who.Person))
}

// Named finds whoever signs in with that alias or e-mail.
func (db *DB) Named(ctx context.Context, _ quiz.Who, name string) (quiz.Person, error) {
	key, column := quiz.Fold(name), "alias_key"
	if strings.Contains(key, "@") { // no alias that folds to an e-mail stands in its owner's way
		column = "email_key"
	}
	return personOf(db.read(ctx).Raw(selectPerson+"p."+column+" = ?", key))
}

// SignUp gives a guest a name and a password, so that what they learned is
// theirs on every device. A taken alias or e-mail is Invalid at its field, as is at
// invitation a hash of none where one is wanted; Forbidden where nobody signs up.
func (db *DB) SignUp(ctx context.Context, who quiz.Who, s quiz.SignUp, hash string, now time.Time) error {
	return db.signUp(ctx, s, func(tx *gorm.DB, role quiz.Role) error {
		return signUp(tx, who.Person, role, s, hash, now)
	}, now)
}

// SignUpStranger is SignUp for somebody who was no guest: the person is made in the same
// transaction, so that nobody is left behind where it fails.
func (db *DB) SignUpStranger(ctx context.Context, _ quiz.Who, zone string, s quiz.SignUp, hash string, now time.Time) (quiz.Person, error) {
	var p quiz.Person
	err := db.signUp(ctx, s, func(tx *gorm.DB, role quiz.Role) error {
		id, err := insertGuest(tx, zone, now)
		if err != nil {
			return err
		}
		if err := signUp(tx, id, role, s, hash, now); err != nil {
			return err
		}
		p, err = personOf(tx.Raw(selectPerson+"p.id = ?", id))
		return err
	}, now)
	return p, err
}

// signUp runs what gives somebody a name, once it is known that they may have one.
func (db *DB) signUp(ctx context.Context, s quiz.SignUp, do func(tx *gorm.DB, role quiz.Role) error, now time.Time) error {
	role := quiz.Learner
	if s.Teaches {
		role = quiz.Teacher
	}
	err := db.write(ctx, func(tx *gorm.DB) error {
		if err := invited(tx, role, s.Invitation, now); err != nil {
			return err
		}
		return do(tx, role)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return db.taken(ctx, s)
	}
	return err
}

// taken says which of the names is somebody else's.
func (db *DB) taken(ctx context.Context, s quiz.SignUp) error {
	var p quiz.Problems
	var n int64
	err := db.read(ctx).Raw("SELECT count(*) FROM persons WHERE alias_key = ?", quiz.Fold(s.Alias)).Scan(&n).Error
	if err != nil {
		return fault(err)
	}
	if n > 0 {
		p.Add("alias", "problem.alias.taken")
	} else {
		p.Add("email", "problem.email.taken")
	}
	return p.Err()
}

// SetSettings keeps what a person chose.
func (db *DB) SetSettings(ctx context.Context, who quiz.Who, s quiz.Settings) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec(`UPDATE persons SET zone = ?, new_per_day = ?, retention = ?, day_start = ?, rest_days = ?, unwanted = ?, strict = ?
			WHERE id = ?`, s.Zone, s.NewPerDay, s.Retention, s.DayStart, uint8(s.Rest), jsonText(s.Unwanted), s.Strict, who.Person).Error
	})
}

// Move writes a guest's reviews into the account of whoever asks, with the
// cards that they lead to, and leaves the guest with nothing. It is a Conflict
// if either of them practised since the log was read, and Missing if there is
// no such guest any more.
func (db *DB) Move(ctx context.Context, who, guest quiz.Who, log []quiz.Review, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		for _, one := range []quiz.Who{guest, who} { // waits for answers on their way
			if err := lockPerson(tx, one); err != nil {
				return err
			}
		}
		left := tx.Exec("UPDATE persons SET role = ? WHERE id = ? AND role = ?", string(quiz.Left), guest.Person, string(quiz.Guest))
		if left.Error == nil && left.RowsAffected == 0 {
			return quiz.Fail(quiz.Missing, "error.missing")
		}
		answers, err := scanOne[int](tx.Raw(`SELECT count(*) FROM reviews r WHERE r.person = ? AND NOT EXISTS (SELECT 1 FROM remarks m
			WHERE m.review = r.id AND m.verdict = ? AND m.change = (SELECT max(x.change) FROM remarks x WHERE x.review = r.id)) AND NOT `+dropped+" AND "+stands,
			guest.Person, string(quiz.Void)))
		if err != nil {
			return err
		}
		if answers != len(log) {
			return quiz.Fail(quiz.Conflict, "error.conflict")
		}
		for _, r := range log {
			if err := keepReview(tx, who, r, db.cal, now); err != nil {
				return err
			}
		}
		for _, table := range []string{"runs", "reports"} {
			if err := tx.Exec("UPDATE "+table+" SET person = ? WHERE person = ?", who.Person, guest.Person).Error; err != nil {
				return err
			}
		}
		if err := moveCares(tx, who, guest); err != nil {
			return err
		}
		if err := moveFollows(tx, who, guest); err != nil {
			return err
		}
		if err := moveAudits(tx, who, guest); err != nil {
			return err
		}
		if err := moveStudents(tx, who, guest); err != nil {
			return err
		}
		if err := db.moveBoards(tx, who, guest, now); err != nil {
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

// stands is the condition that a review r was not taken back.
const stands = "NOT EXISTS (SELECT 1 FROM undos u WHERE u.review = r.id)"

// People counts all who are known.
func (db *DB) People(ctx context.Context, _ quiz.Who) (int, error) {
	return scanOne[int](db.read(ctx).Raw("SELECT count(*) FROM persons"))
}
