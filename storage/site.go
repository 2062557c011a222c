package storage

import (
	"context"
	"strings"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// Policy says who may make an account by themselves.
func (db *DB) Policy(ctx context.Context, _ quiz.Who) (quiz.Policy, error) {
	p, err := scanOne[string](db.read(ctx).Raw("SELECT sign_up FROM site WHERE id = 1"))
	return quiz.Policy(p), err
}

// SetPolicy says who may make an account by themselves from now on. Invalid at policy
// for what is none.
func (db *DB) SetPolicy(ctx context.Context, who quiz.Who, p quiz.Policy, now time.Time) error {
	if err := administers(who); err != nil {
		return err
	}
	if !p.Known() {
		var wrong quiz.Problems
		wrong.Add("policy", "problem.choose")
		return wrong.Err()
	}
	return db.write(ctx, func(tx *gorm.DB) error {
		done := tx.Exec("UPDATE site SET sign_up = ? WHERE id = 1 AND sign_up <> ?", string(p), string(p))
		if done.Error != nil || done.RowsAffected == 0 {
			return done.Error
		}
		return audit(tx, who, quiz.PolicySet, 0, string(p), now)
	})
}

type invitationRow struct {
	ID          int64
	Role        string
	Uses, Used  int
	Made, Until int64
}

func (r invitationRow) invitation() quiz.Invitation {
	return quiz.Invitation{ID: r.ID, Role: quiz.Role(r.Role), Uses: r.Uses, Used: r.Used, Made: instant(r.Made), Until: instant(r.Until)}
}

// Invite keeps an invitation with the hash of its code. Invalid at role and uses.
func (db *DB) Invite(ctx context.Context, who quiz.Who, i quiz.Invitation, hash string, now time.Time) error {
	if err := administers(who); err != nil {
		return err
	}
	if err := i.Check().Err(); err != nil {
		return err
	}
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Exec("INSERT INTO invitations (hash, role, uses, made, until) VALUES (?, ?, ?, ?, ?)",
			hash, string(i.Role), i.Uses, ms(now), ms(now.Add(quiz.InvitationHolds))).Error; err != nil {
			return err
		}
		return audit(tx, who, quiz.Invited, 0, string(i.Role), now)
	})
}

// Invitations lists those that still hold, newest first.
func (db *DB) Invitations(ctx context.Context, who quiz.Who, now time.Time) ([]quiz.Invitation, error) {
	if err := administers(who); err != nil {
		return nil, err
	}
	var rows []invitationRow
	err := db.read(ctx).Raw("SELECT id, role, uses, used, made, until FROM invitations WHERE until > ? AND used < uses ORDER BY id DESC LIMIT 100", ms(now)).Scan(&rows).Error
	out := make([]quiz.Invitation, len(rows))
	for i, r := range rows {
		out[i] = r.invitation()
	}
	return out, fault(err)
}

// Withdraw ends an invitation. Missing if there is none.
func (db *DB) Withdraw(ctx context.Context, who quiz.Who, invitation int64, now time.Time) error {
	if err := administers(who); err != nil {
		return err
	}
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := one(tx.Exec("UPDATE invitations SET until = ? WHERE id = ? AND until > ?", ms(now), invitation, ms(now))); err != nil {
			return err
		}
		return audit(tx, who, quiz.Withdrawn, 0, "", now)
	})
}

// invited lets somebody in who signs up, if the policy and the invitation of that hash
// do, and counts it. Invalid at invitation, and Forbidden where nobody signs up.
func invited(tx *gorm.DB, role quiz.Role, hash string, now time.Time) error {
	policy, err := scanOne[string](tx.Raw("SELECT sign_up FROM site WHERE id = 1"))
	if err != nil || policy == string(quiz.ToAll) {
		return err
	}
	if policy == string(quiz.Closed) {
		return quiz.Fail(quiz.Forbidden, "error.sign-up.closed")
	}
	var p quiz.Problems
	as, err := scanOne[string](tx.Raw("UPDATE invitations SET used = used + 1 WHERE hash = ? AND until > ? AND used < uses RETURNING role", hash, ms(now)))
	switch {
	case quiz.Is(err, quiz.Missing):
		p.Add("invitation", "problem.invitation")
	case err != nil:
		return err
	case as == string(quiz.Learner) && role == quiz.Teacher:
		p.Add("invitation", "problem.invitation.learner")
	case as == string(quiz.Teacher) && role == quiz.Learner:
		p.Add("teaches", "problem.invitation.teacher")
	}
	return p.Err() // which takes the count back
}

// Numbers says how large the site is.
func (db *DB) Numbers(ctx context.Context, who quiz.Who, now time.Time) (quiz.Numbers, error) {
	n := quiz.Numbers{People: map[quiz.Role]int{}}
	if err := administers(who); err != nil {
		return n, err
	}
	g := db.read(ctx)
	var roles []struct {
		Role string
		N    int
	}
	if err := g.Raw("SELECT role, count(*) AS n FROM persons GROUP BY role").Scan(&roles).Error; err != nil {
		return n, fault(err)
	}
	for _, r := range roles {
		n.People[quiz.Role(r.Role)] = r.N
	}
	var c struct{ Classes, Students, Decks, Facts, Invitations int }
	err := fault(g.Raw(`SELECT (SELECT count(*) FROM classes WHERE archived = 0) AS classes,
		(SELECT count(*) FROM students s JOIN classes c ON c.id = s.class AND c.archived = 0 WHERE s.gone = 0) AS students,
		(SELECT count(*) FROM decks WHERE deleted = 0) AS decks, (SELECT count(*) FROM facts) AS facts,
		(SELECT count(*) FROM invitations WHERE until > ? AND used < uses) AS invitations`, ms(now)).Scan(&c).Error)
	if err != nil {
		return n, err
	}
	n.Classes, n.Students, n.Decks, n.Facts, n.Invitations = c.Classes, c.Students, c.Decks, c.Facts, c.Invitations
	if n.Reviews, err = scanOne[int64](g.Raw(reviewsAbout(g))); err != nil {
		return n, err
	}
	n.Size, err = scanOne[int64](g.Raw(sizeOf(g)))
	return n, err
}

// ClassesOfAll lists the classes after one whose title holds what is looked for, or that
// have that code, to whoever looks after the site; one more than a page, if there are.
func (db *DB) ClassesOfAll(ctx context.Context, who quiz.Who, find string, after int64) ([]quiz.ListedClass, error) {
	if err := administers(who); err != nil {
		return nil, err
	}
	type row struct {
		Class    classRow `gorm:"embedded"`
		Taught   string
		Students int
	}
	const some = 500
	var out []quiz.ListedClass
	for {
		var rows []row
		err := db.read(ctx).Raw(`SELECT c.*, (SELECT count(*) FROM students s WHERE s.class = c.id AND s.gone = 0) AS students,
				coalesce((SELECT `+listOf(db.reads, "p.alias")+` FROM teachers t JOIN persons p ON p.id = t.person WHERE t.class = c.id), '') AS taught
			FROM classes c WHERE c.id > ? ORDER BY c.id LIMIT ?`, after, some).Scan(&rows).Error
		if err != nil {
			return nil, fault(err)
		}
		for _, r := range rows { // letters of other scripts are folded here, which not every database does
			after = r.Class.ID
			if !strings.Contains(quiz.Fold(r.Class.Title), quiz.Fold(find)) && r.Class.Code != quiz.CleanCode(find) {
				continue
			}
			if out = append(out, quiz.ListedClass{Class: r.Class.class(), Teachers: r.Taught, Students: r.Students}); len(out) > quiz.ListedAtOnce {
				return out, nil
			}
		}
		if len(rows) < some {
			return out, nil
		}
	}
}

// Appoint makes a teacher one of a class, whoever teaches it. Invalid at teacher if
// there is none of that alias or e-mail.
func (db *DB) Appoint(ctx context.Context, who quiz.Who, class int64, name string, now time.Time) error {
	if err := administers(who); err != nil {
		return err
	}
	other, err := db.Named(ctx, who, name)
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return err
	}
	if !other.Who().Teaches() {
		var p quiz.Problems
		p.Add("teacher", "problem.teacher.none")
		return p.Err()
	}
	return db.change(ctx, quiz.Who{Role: quiz.System}, class, func(tx *gorm.DB, c quiz.Class) error {
		if err := addTeacher(tx, class, other, now); err != nil {
			return err
		}
		return audit(tx, who, quiz.Appointed, other.ID, c.Title, now)
	})
}
