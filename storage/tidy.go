package storage

import (
	"context"
	"errors"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// atOnce is how many people are deleted in one round; the rest has its turn the next
// day.
const atOnce = 500

// forgotten are the people of whom nothing is kept any longer: what they are, and the
// condition on persons p. Guests come last: what held them may just have gone.
var forgotten = []struct{ what, where string }{
	{"moved", "p.role = 'left'"},
	{"accounts", `p.role IN ('learner', 'teacher') AND p.seen <= @account
		AND NOT EXISTS (SELECT 1 FROM teachers t JOIN students s ON s.class = t.class AND s.gone = 0 JOIN classes c ON c.id = t.class AND c.archived = 0 WHERE t.person = p.id)`},
	{"guests", `p.role = 'guest' AND p.created <= @guest AND p.seen <= @guest
		AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.person = p.id AND s.created > @total)
		AND NOT EXISTS (SELECT 1 FROM passes k WHERE k.person = p.id)
		AND NOT EXISTS (SELECT 1 FROM students s WHERE s.person = p.id AND s.gone = 0)`},
}

// aged are the rows that are too old, by table.
var aged = []struct{ what, table, where string }{
	{"names", "names", "student IN (SELECT s.id FROM students s JOIN classes c ON c.id = s.class WHERE s.gone <> 0 AND s.gone <= @name OR c.archived <> 0 AND c.archived <= @name)"},
	{"sessions", "sessions", "created <= @total OR seen <= @idle AND person NOT IN (SELECT id FROM persons WHERE role = 'guest')"},
	{"resets", "resets", "until <= @now"},
	{"invitations", "invitations", "until <= @invitation"},
	{"quizzes", "runs", "started <= @run"},
	{"notices", "notices", "seen <> 0 AND seen <= @notice"},
	{"reports", "reports", "closed <> 0 AND closed <= @report"},
	{"record", "audits", "at <= @audit"},
}

// errDry takes back what was only tried.
var errDry = errors.New("a dry run")

// Tidy deletes what is older than it is kept, and counts it; dry takes it back, so that
// the counts say what would be deleted.
func (db *DB) Tidy(ctx context.Context, who quiz.Who, dry bool, now time.Time) ([]quiz.Tidying, error) {
	if err := administers(who); err != nil {
		return nil, err
	}
	var out []quiz.Tidying
	step := func(name string, do func(tx *gorm.DB) (int, error)) func(tx *gorm.DB) error {
		return func(tx *gorm.DB) error {
			n, err := do(tx)
			if err == nil && n > 0 {
				out = append(out, quiz.Tidying{What: name, N: n})
			}
			return err
		}
	}
	var steps []func(tx *gorm.DB) error
	steps = append(steps,
		step("classes", func(tx *gorm.DB) (int, error) { return forgetClasses(tx, now) }),
		step("members", func(tx *gorm.DB) (int, error) { return forgetMembers(tx, now) }))
	for _, a := range aged {
		steps = append(steps, step(a.what, func(tx *gorm.DB) (int, error) {
			done := tx.Exec("DELETE FROM "+a.table+" WHERE "+a.where, ages(now))
			return int(done.RowsAffected), done.Error
		}))
	}
	for _, f := range forgotten { // at last: what was deleted above may have been all that held somebody
		steps = append(steps, step(f.what, func(tx *gorm.DB) (int, error) { return forget(tx, f.where, now) }))
	}
	if !dry {
		for _, s := range steps { // each by itself, so that answers come in between
			if err := db.write(ctx, s); err != nil {
				return out, err
			}
		}
		return out, nil
	}
	err := db.write(ctx, func(tx *gorm.DB) error {
		out = nil
		for _, s := range steps {
			if err := s(tx); err != nil {
				return err
			}
		}
		return errDry
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return out, err
}

// ages are the instants before which things are too old.
func ages(now time.Time) map[string]any {
	before := func(d time.Duration) int64 { return ms(now.Add(-d)) }
	return map[string]any{
		"now": ms(now), "idle": before(quiz.SessionIdle), "total": before(quiz.SessionTotal), "guest": before(quiz.GuestKept),
		"account": before(quiz.AccountKept), "member": before(quiz.MemberKept), "name": before(quiz.NameKept), "run": before(quiz.RunKept),
		"notice": before(quiz.NoticeKept), "report": before(quiz.ReportKept), "invitation": before(quiz.InvitationKept), "audit": before(quiz.AuditKept),
		"most": atOnce,
	}
}

// forget deletes all that is kept of people.
func forget(tx *gorm.DB, where string, now time.Time) (int, error) {
	var people []int64
	if err := tx.Raw("SELECT p.id FROM persons p WHERE "+where+" ORDER BY p.id LIMIT @most", ages(now)).Scan(&people).Error; err != nil {
		return 0, err
	}
	for _, p := range people {
		if err := erase(tx, quiz.Who{Role: quiz.System}, p, now); err != nil {
			return 0, err
		}
	}
	return len(people), nil
}

// forgetClasses deletes classes that have been over for long.
func forgetClasses(tx *gorm.DB, now time.Time) (int, error) {
	var classes []int64
	if err := tx.Raw("SELECT id FROM classes WHERE archived <> 0 AND archived <= @member ORDER BY id LIMIT @most", ages(now)).Scan(&classes).Error; err != nil {
		return 0, err
	}
	for _, c := range classes {
		if err := dropClass(tx, c); err != nil {
			return 0, err
		}
	}
	return len(classes), nil
}

// forgetMembers deletes what classes keep of students who left them long ago.
func forgetMembers(tx *gorm.DB, now time.Time) (int, error) {
	var rows []struct{ ID, Class, Person int64 }
	if err := tx.Raw("SELECT id, class, person FROM students WHERE gone <> 0 AND gone <= @member ORDER BY id LIMIT @most", ages(now)).Scan(&rows).Error; err != nil {
		return 0, err
	}
	for _, r := range rows {
		if err := dropMember(tx, r.Class, r.ID, r.Person); err != nil {
			return 0, err
		}
	}
	return len(rows), nil
}
