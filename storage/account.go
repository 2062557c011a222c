package storage

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// likePattern returns a LIKE pattern that matches texts containing find. The wildcards of LIKE
// are escaped.
func likePattern(find string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(find)) + "%"
}

type accountRow struct {
	Person                   personRow `gorm:"embedded"`
	Sessions, Classes, Decks int
	Called                   string
}

const selectAccounts = `SELECT p.*, (SELECT count(*) FROM sessions s WHERE s.person = p.id) AS sessions,
	(SELECT count(*) FROM teachers t WHERE t.person = p.id) AS classes,
	coalesce((SELECT min(s.alias) FROM students s WHERE s.person = p.id), '') AS called,
	(SELECT count(*) FROM decks d WHERE d.owner = p.id AND d.deleted = 0) AS decks FROM persons p WHERE `

// hasAccountSQL is the condition that a person p has an account.
const hasAccountSQL = "p.role IN ('learner', 'teacher', 'admin')"

func scanAccount(r accountRow) (quiz.SiteAccount, error) {
	p, err := r.Person.person()
	l := quiz.SiteAccount{Person: p, Sessions: r.Sessions, Classes: r.Classes, Decks: r.Decks, NoPasswordYet: p.PasswordHash == "" && p.Role != quiz.RoleGuest}
	l.PasswordHash, l.Alias = "", cmp.Or(p.Alias, r.Called)
	return l, err
}

// Accounts lists the accounts with an id above after whose alias or e-mail contains find, and
// guests whose alias in a class contains it. It returns up to one more than a page, which shows
// that there is a next page. An empty role matches every role.
func (db *DB) Accounts(ctx context.Context, who quiz.Who, find string, role quiz.Role, after int64) ([]quiz.SiteAccount, error) {
	if err := requireAdmin(who); err != nil {
		return nil, err
	}
	find = quiz.FoldName(find)
	var rows []accountRow
	err := db.read(ctx).Raw(selectAccounts+`p.id > @after AND (@role = '' OR p.role = @role) AND (`+hasAccountSQL+` AND (@find = '' OR p.alias_key LIKE @like ESCAPE '\' OR p.email_key LIKE @like ESCAPE '\')
			OR p.role = 'guest' AND @find <> '' AND EXISTS (SELECT 1 FROM students s WHERE s.person = p.id AND s.alias_key LIKE @like ESCAPE '\')) ORDER BY p.id LIMIT @most`,
		map[string]any{"after": after, "role": string(role), "find": find, "like": likePattern(find), "most": quiz.ListPageSize + 1}).Scan(&rows).Error
	if err != nil {
		return nil, dbError(err)
	}
	out := make([]quiz.SiteAccount, len(rows))
	for i, r := range rows {
		if out[i], err = scanAccount(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Account returns a person who has an account or is or was a student, or NotFound.
func (db *DB) Account(ctx context.Context, who quiz.Who, person int64) (quiz.SiteAccount, error) {
	if err := requireAdmin(who); err != nil {
		return quiz.SiteAccount{}, err
	}
	r, err := scanOne[accountRow](db.read(ctx).Raw(selectAccounts+"p.id = ? AND ("+hasAccountSQL+" OR p.role = 'guest' AND EXISTS (SELECT 1 FROM students s WHERE s.person = p.id))", person))
	if err != nil {
		return quiz.SiteAccount{}, err
	}
	return scanAccount(r)
}

// CountAdmins returns the number of administrators.
func (db *DB) CountAdmins(ctx context.Context, _ quiz.Who) (int, error) {
	return scanOne[int](db.read(ctx).Raw("SELECT count(*) FROM persons WHERE role = 'admin'"))
}

// signUp gives a guest an alias, a password and a role.
func signUp(tx *gorm.DB, guest int64, role quiz.Role, s quiz.SignUp, hash string, now time.Time) error {
	emailKey := any(nil)
	if role != quiz.RoleLearner {
		emailKey = quiz.FoldName(s.Email)
	} else {
		s.Email = ""
	}
	done := tx.Exec(`UPDATE persons SET role = ?, alias = ?, alias_key = ?, email = ?, email_key = ?, password = ?, seen = ?
		WHERE id = ? AND role = ?`,
		string(role), s.Alias, quiz.FoldName(s.Alias), s.Email, emailKey, hash, toMillis(now), guest, string(quiz.RoleGuest))
	if done.Error == nil && done.RowsAffected == 0 {
		return quiz.NewError(quiz.Conflict, "error.signed-up")
	}
	if done.Error != nil {
		return done.Error
	}
	// A sign-in card must not open an account that has its own password, so delete the card and
	// end the sessions it may have started.
	card := tx.Exec("DELETE FROM passes WHERE person = ?", guest)
	if card.Error != nil || card.RowsAffected == 0 {
		return card.Error
	}
	return tx.Exec("DELETE FROM sessions WHERE person = ?", guest).Error
}

// revokeAccess deletes a person's sessions, reset codes and sign-in card. It is called when
// their role changes, so that nothing opened before gains or keeps rights.
func revokeAccess(tx *gorm.DB, person int64) error {
	for _, statement := range []string{"DELETE FROM sessions WHERE person = ?", "DELETE FROM resets WHERE person = ?", "DELETE FROM passes WHERE person = ?"} {
		if err := tx.Exec(statement, person).Error; err != nil {
			return err
		}
	}
	return nil
}

// CreateAccount creates an account. A taken alias or e-mail is Invalid at its field.
func (db *DB) CreateAccount(ctx context.Context, who quiz.Who, s quiz.SignUp, role quiz.Role, zone, hash string, now time.Time) (id int64, err error) {
	if err := requireAdmin(who); err != nil {
		return 0, err
	}
	err = db.write(ctx, func(tx *gorm.DB) error {
		if id, err = insertGuest(tx, zone, now); err != nil {
			return err
		}
		if err := signUp(tx, id, role, s, hash, now); err != nil {
			return err
		}
		return logAudit(tx, who, quiz.AuditAccountCreated, id, string(role), now)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return 0, db.takenNames(ctx, s)
	}
	return id, err
}

// CreateFirstAdmin makes the current person the first administrator. A guest signs up with s;
// for a learner or teacher s is empty and their account is promoted. It returns Conflict if an
// administrator exists.
func (db *DB) CreateFirstAdmin(ctx context.Context, who quiz.Who, s quiz.SignUp, hash string, now time.Time) error {
	err := db.write(ctx, func(tx *gorm.DB) error {
		// Updating the site's row locks it, so that only one of two concurrent requests
		// succeeds.
		if err := tx.Exec("UPDATE site SET id = id WHERE id = 1").Error; err != nil {
			return err
		}
		n, err := scanOne[int](tx.Raw("SELECT count(*) FROM persons WHERE role = 'admin'"))
		if err != nil {
			return err
		}
		if n > 0 {
			return quiz.NewError(quiz.Conflict, "error.first-run.over")
		}
		if who.IsSignedIn() {
			if err = requireRow(tx.Exec("UPDATE persons SET role = 'admin' WHERE id = ? AND role IN ('learner', 'teacher')", who.Person)); err == nil {
				err = revokeAccess(tx, who.Person)
			}
		} else {
			err = signUp(tx, who.Person, quiz.RoleAdmin, s, hash, now)
		}
		if err != nil {
			return err
		}
		return logAudit(tx, who, quiz.AuditRoleChanged, who.Person, string(quiz.RoleAdmin), now)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return db.takenNames(ctx, s)
	}
	return err
}

// SetRole changes the role and e-mail of an account. An empty email leaves the saved one;
// learners have none. It returns Forbidden if no administrator would remain, Invalid at role
// for any other role and for a learner who still teaches a class, and Invalid at email.
func (db *DB) SetRole(ctx context.Context, who quiz.Who, person int64, role quiz.Role, email string, now time.Time) error {
	if err := requireAdmin(who); err != nil {
		return err
	}
	var p quiz.Problems
	if !(quiz.Who{Role: role}).IsSignedIn() {
		p.Add("role", "problem.choose")
		return p.Err()
	}
	err := db.write(ctx, func(tx *gorm.DB) error {
		if err := lockAdmins(tx); err != nil {
			return err
		}
		if err := lockPerson(tx, quiz.Who{Person: person}); err != nil {
			return err
		}
		was, err := scanPerson(tx.Raw(selectPerson+"p.id = ? AND "+hasAccountSQL, person))
		if err != nil {
			return err
		}
		email := cmp.Or(strings.TrimSpace(email), was.Email)
		if role == quiz.RoleLearner {
			email = ""
		}
		if was.Role == role && was.Email == email {
			return nil
		}
		if err := checkRoleChange(tx, was, role, email); err != nil {
			return err
		}
		key := any(nil)
		if email != "" {
			key = quiz.FoldName(email)
		}
		if err := tx.Exec("UPDATE persons SET role = ?, email = ?, email_key = ? WHERE id = ?", string(role), email, key, person).Error; err != nil {
			return err
		}
		if was.Role == role {
			return logAudit(tx, who, quiz.AuditEmailChanged, person, "", now)
		}
		if err := revokeAccess(tx, person); err != nil {
			return err
		}
		return logAudit(tx, who, quiz.AuditRoleChanged, person, string(role), now)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		p.Add("email", "problem.email.taken")
		return p.Err()
	}
	return err
}

// checkRoleChange checks whether a person may be given a role and e-mail.
func checkRoleChange(tx *gorm.DB, was quiz.Person, role quiz.Role, email string) error {
	if was.Role != role {
		if err := requireOtherAdmin(tx, was.Role); err != nil {
			return err
		}
	}
	if role != quiz.RoleLearner {
		return quiz.ValidateEmail(email).Err()
	}
	n, err := scanOne[int](tx.Raw("SELECT count(*) FROM teachers WHERE person = ?", was.ID))
	if err == nil && n > 0 {
		var p quiz.Problems
		p.Add("role", "problem.role.teaches")
		err = p.Err()
	}
	return err
}

// lockAdmins serializes transactions that change who is an administrator.
func lockAdmins(tx *gorm.DB) error { return tx.Exec("UPDATE site SET id = id WHERE id = 1").Error }

// requireOtherAdmin returns Forbidden if the person is the only administrator.
func requireOtherAdmin(tx *gorm.DB, was quiz.Role) error {
	if was != quiz.RoleAdmin {
		return nil
	}
	n, err := scanOne[int](tx.Raw("SELECT count(*) FROM persons WHERE role = 'admin'"))
	if err == nil && n < 2 {
		err = quiz.NewError(quiz.Forbidden, "error.last-admin")
	}
	return err
}

// EndAllSessions ends all sessions of a person.
func (db *DB) EndAllSessions(ctx context.Context, who quiz.Who, person int64, now time.Time) error {
	if err := requireAdmin(who); err != nil {
		return err
	}
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Exec("DELETE FROM sessions WHERE person = ?", person).Error; err != nil {
			return err
		}
		return logAudit(tx, who, quiz.AuditSignedOut, person, "", now)
	})
}
