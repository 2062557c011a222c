package storage

import (
	"context"
	"strings"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// SignUpPolicy returns who may create an account by themselves.
func (db *DB) SignUpPolicy(ctx context.Context, _ quiz.Who) (quiz.SignUpPolicy, error) {
	p, err := scanOne[string](db.read(ctx).Raw("SELECT sign_up FROM site WHERE id = 1"))
	return quiz.SignUpPolicy(p), err
}

// SetSignUpPolicy sets who may create an account by themselves. It returns Invalid at policy
// for an unknown policy.
func (db *DB) SetSignUpPolicy(ctx context.Context, who quiz.Who, p quiz.SignUpPolicy, now time.Time) error {
	if err := requireAdmin(who); err != nil {
		return err
	}
	if !p.IsValid() {
		var wrong quiz.Problems
		wrong.Add("policy", "problem.choose")
		return wrong.Err()
	}
	return db.write(ctx, func(tx *gorm.DB) error {
		done := tx.Exec("UPDATE site SET sign_up = ? WHERE id = 1 AND sign_up <> ?", string(p), string(p))
		if done.Error != nil || done.RowsAffected == 0 {
			return done.Error
		}
		return logAudit(tx, who, quiz.AuditPolicyChanged, 0, string(p), now)
	})
}

type invitationRow struct {
	ID          int64
	Role        string
	Uses, Used  int
	Made, Until int64
}

func (r invitationRow) invitation() quiz.Invitation {
	return quiz.Invitation{ID: r.ID, Role: quiz.Role(r.Role), MaxUses: r.Uses, Used: r.Used, CreatedAt: fromMillis(r.Made), ExpiresAt: fromMillis(r.Until)}
}

// CreateInvitation saves an invitation with the hash of its code. It returns Invalid at role or
// uses.
func (db *DB) CreateInvitation(ctx context.Context, who quiz.Who, i quiz.Invitation, hash string, now time.Time) error {
	if err := requireAdmin(who); err != nil {
		return err
	}
	if err := i.Validate().Err(); err != nil {
		return err
	}
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Exec("INSERT INTO invitations (hash, role, uses, made, until) VALUES (?, ?, ?, ?, ?)",
			hash, string(i.Role), i.MaxUses, toMillis(now), toMillis(now.Add(quiz.InvitationLifetime))).Error; err != nil {
			return err
		}
		return logAudit(tx, who, quiz.AuditInvitationCreated, 0, string(i.Role), now)
	})
}

// Invitations lists the invitations that can still be used, newest first.
func (db *DB) Invitations(ctx context.Context, who quiz.Who, now time.Time) ([]quiz.Invitation, error) {
	if err := requireAdmin(who); err != nil {
		return nil, err
	}
	var rows []invitationRow
	err := db.read(ctx).Raw("SELECT id, role, uses, used, made, until FROM invitations WHERE until > ? AND used < uses ORDER BY id DESC LIMIT 100", toMillis(now)).Scan(&rows).Error
	out := make([]quiz.Invitation, len(rows))
	for i, r := range rows {
		out[i] = r.invitation()
	}
	return out, dbError(err)
}

// RevokeInvitation ends an invitation, or returns NotFound.
func (db *DB) RevokeInvitation(ctx context.Context, who quiz.Who, invitation int64, now time.Time) error {
	if err := requireAdmin(who); err != nil {
		return err
	}
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := requireRow(tx.Exec("UPDATE invitations SET until = ? WHERE id = ? AND until > ?", toMillis(now), invitation, toMillis(now))); err != nil {
			return err
		}
		return logAudit(tx, who, quiz.AuditInvitationRevoked, 0, "", now)
	})
}

// admitSignUp checks whether the sign-up policy or the invitation with that hash lets a person
// sign up, and counts the invitation's use. It returns Invalid at invitation or teaches, or
// Forbidden if sign-up is closed.
func admitSignUp(tx *gorm.DB, role quiz.Role, hash string, now time.Time) error {
	policy, err := scanOne[string](tx.Raw("SELECT sign_up FROM site WHERE id = 1"))
	if err != nil || policy == string(quiz.SignUpOpen) {
		return err
	}
	if policy == string(quiz.SignUpClosed) {
		return quiz.NewError(quiz.Forbidden, "error.sign-up.closed")
	}
	var p quiz.Problems
	as, err := scanOne[string](tx.Raw("UPDATE invitations SET used = used + 1 WHERE hash = ? AND until > ? AND used < uses RETURNING role", hash, toMillis(now)))
	switch {
	case quiz.Is(err, quiz.NotFound):
		p.Add("invitation", "problem.invitation")
	case err != nil:
		return err
	case as == string(quiz.RoleLearner) && role == quiz.RoleTeacher:
		p.Add("invitation", "problem.invitation.learner")
	case as == string(quiz.RoleTeacher) && role == quiz.RoleLearner:
		p.Add("teaches", "problem.invitation.teacher")
	}
	return p.Err() // an error rolls the count back
}

// SiteStats returns the size of the site.
func (db *DB) SiteStats(ctx context.Context, who quiz.Who, now time.Time) (quiz.SiteStats, error) {
	n := quiz.SiteStats{People: map[quiz.Role]int{}}
	if err := requireAdmin(who); err != nil {
		return n, err
	}
	g := db.read(ctx)
	var roles []struct {
		Role string
		N    int
	}
	if err := g.Raw("SELECT role, count(*) AS n FROM persons GROUP BY role").Scan(&roles).Error; err != nil {
		return n, dbError(err)
	}
	for _, r := range roles {
		n.People[quiz.Role(r.Role)] = r.N
	}
	var c struct{ Classes, Students, Decks, Facts, Invitations int }
	err := dbError(g.Raw(`SELECT (SELECT count(*) FROM classes WHERE archived = 0) AS classes,
		(SELECT count(*) FROM students s JOIN classes c ON c.id = s.class AND c.archived = 0 WHERE s.gone = 0) AS students,
		(SELECT count(*) FROM decks WHERE deleted = 0) AS decks, (SELECT count(*) FROM facts) AS facts,
		(SELECT count(*) FROM invitations WHERE until > ? AND used < uses) AS invitations`, toMillis(now)).Scan(&c).Error)
	if err != nil {
		return n, err
	}
	n.Classes, n.Students, n.Decks, n.Facts, n.Invitations = c.Classes, c.Students, c.Decks, c.Facts, c.Invitations
	if n.Reviews, err = scanOne[int64](g.Raw(estimateReviews(g))); err != nil {
		return n, err
	}
	n.DatabaseBytes, err = scanOne[int64](g.Raw(databaseSize(g)))
	return n, err
}

// AllClasses lists the classes with an ID above after whose title contains find or whose join
// code is find: up to one more than a page, which shows that there is a next page.
// Administrators only.
func (db *DB) AllClasses(ctx context.Context, who quiz.Who, find string, after int64) ([]quiz.SiteClass, error) {
	if err := requireAdmin(who); err != nil {
		return nil, err
	}
	type row struct {
		Class    classRow `gorm:"embedded"`
		Taught   string
		Students int
	}
	const some = 500
	var out []quiz.SiteClass
	for {
		var rows []row
		err := db.read(ctx).Raw(`SELECT c.*, (SELECT count(*) FROM students s WHERE s.class = c.id AND s.gone = 0) AS students,
				coalesce((SELECT `+joinedValues(db.reads, "p.alias")+` FROM teachers t JOIN persons p ON p.id = t.person WHERE t.class = c.id), '') AS taught
			FROM classes c WHERE c.id > ? ORDER BY c.id LIMIT ?`, after, some).Scan(&rows).Error
		if err != nil {
			return nil, dbError(err)
		}
		for _, r := range rows { // fold names here, since not every database folds all scripts
			after = r.Class.ID
			if !strings.Contains(quiz.FoldName(r.Class.Title), quiz.FoldName(find)) && r.Class.Code != quiz.NormalizeJoinCode(find) {
				continue
			}
			if out = append(out, quiz.SiteClass{Class: r.Class.class(), Teachers: r.Taught, Students: r.Students}); len(out) > quiz.ListPageSize {
				return out, nil
			}
		}
		if len(rows) < some {
			return out, nil
		}
	}
}

// AppointTeacher adds a teacher to any class on behalf of an administrator. It returns Invalid
// at teacher if there is no teacher with that alias or e-mail.
func (db *DB) AppointTeacher(ctx context.Context, who quiz.Who, class int64, name string, now time.Time) error {
	if err := requireAdmin(who); err != nil {
		return err
	}
	other, err := db.PersonByName(ctx, who, name)
	if err != nil && !quiz.Is(err, quiz.NotFound) {
		return err
	}
	if !other.Who().CanTeach() {
		var p quiz.Problems
		p.Add("teacher", "problem.teacher.none")
		return p.Err()
	}
	return db.changeClass(ctx, quiz.Who{Role: quiz.RoleSystem}, class, func(tx *gorm.DB, c quiz.Class) error {
		if err := addTeacher(tx, class, other, now); err != nil {
			return err
		}
		return logAudit(tx, who, quiz.AuditTeacherAppointed, other.ID, c.Title, now)
	})
}
