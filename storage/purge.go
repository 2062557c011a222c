package storage

import (
	"context"
	"errors"
	"maps"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// purgeBatch is how many entities are purged in one transaction, so that answers do not have to
// wait long.
const purgeBatch = 20

// isCurrentMemberSQL is the condition that a student s of class c counts as a member: they did
// not leave long ago, and the class was not archived long ago.
const isCurrentMemberSQL = "NOT (s.gone <> 0 AND s.gone <= @member) AND NOT (c.archived <> 0 AND c.archived <= @member)"

// expiredEntities lists what expires as a whole: its category, the query for its IDs and the
// function that erases one. No condition depends on what another entry deletes, so counting
// first predicts what will be deleted.
var expiredEntities = []struct {
	what, from string // "table alias WHERE condition"; the alias p has the id
	drop       func(tx *gorm.DB, id int64, now time.Time) error
}{
	{"classes", "classes p WHERE p.archived <> 0 AND p.archived <= @member", func(tx *gorm.DB, id int64, _ time.Time) error { return eraseClass(tx, id) }},
	{"members", "students p JOIN classes c ON c.id = p.class WHERE p.gone <> 0 AND p.gone <= @member AND NOT (c.archived <> 0 AND c.archived <= @member)", purgeMembership},
	{"moved", "persons p WHERE p.role = 'left' AND p.created <= @now", erasePerson},
	{"guests", `persons p WHERE p.role = 'guest' AND p.created <= @guest AND p.seen <= @guest
		AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.person = p.id AND s.created > @total)
		AND NOT EXISTS (SELECT 1 FROM students s JOIN classes c ON c.id = s.class WHERE s.person = p.id AND ` + isCurrentMemberSQL + ")", erasePerson},
	{"accounts", `persons p WHERE p.role IN ('learner', 'teacher') AND p.seen <= @account AND NOT EXISTS (SELECT 1 FROM teachers t
		JOIN students s ON s.class = t.class AND s.gone = 0 JOIN classes c ON c.id = t.class AND c.archived = 0 WHERE t.person = p.id)`, erasePerson},
}

// expiredRows lists the rows that expire, by table.
var expiredRows = []struct{ what, table, where string }{
	{"names", "names", "student IN (SELECT s.id FROM students s JOIN classes c ON c.id = s.class WHERE s.gone <> 0 AND s.gone <= @name OR c.archived <> 0 AND c.archived <= @name)"},
	{"sessions", "sessions", "created <= @total OR seen <= @idle AND person NOT IN (SELECT id FROM persons WHERE role = 'guest')"},
	{"resets", "resets", "until <= @now"},
	{"invitations", "invitations", "until <= @invitation"},
	{"quizzes", "runs", "started <= @run"},
	{"notices", "notices", "seen <> 0 AND seen <= @notice"},
	{"reports", "reports", "closed <> 0 AND closed <= @report"},
	{"record", "audits", "at <= @audit"},
}

// PurgeExpired deletes data past its retention period and returns the counts; dry only counts.
// An error with one entry does not stop the others.
func (db *DB) PurgeExpired(ctx context.Context, who quiz.Who, dry bool, now time.Time) ([]quiz.PurgeCount, error) {
	if err := requireAdmin(who); err != nil {
		return nil, err
	}
	var out []quiz.PurgeCount
	var failed error
	count := func(what string, n int, err error) {
		failed = errors.Join(failed, err)
		if n > 0 {
			out = append(out, quiz.PurgeCount{Category: what, Count: n})
		}
	}
	for _, r := range expiredRows { // before the people they refer to
		if dry {
			n, err := scanOne[int](db.read(ctx).Raw("SELECT count(*) FROM "+r.table+" WHERE "+r.where, expiryTimes(now)))
			count(r.what, n, err)
			continue
		}
		var n int
		err := db.write(ctx, func(tx *gorm.DB) error {
			done := tx.Exec("DELETE FROM "+r.table+" WHERE "+r.where, expiryTimes(now))
			n = int(done.RowsAffected)
			return done.Error
		})
		count(r.what, n, err)
	}
	for _, a := range expiredEntities {
		if dry {
			n, err := scanOne[int](db.read(ctx).Raw("SELECT count(*) FROM "+a.from, expiryTimes(now)))
			count(a.what, n, err)
			continue
		}
		n, err := db.purgeRows(ctx, a.from, a.drop, now)
		count(a.what, n, err)
	}
	return out, failed
}

// purgeRows erases everything that a condition finds, a few in each transaction. If a
// transaction fails, its entities are tried one by one, and those that fail again are skipped.
func (db *DB) purgeRows(ctx context.Context, from string, do func(tx *gorm.DB, id int64, now time.Time) error, now time.Time) (n int, failed error) {
	last := int64(0)
	args := expiryTimes(now)
	for {
		args["last"] = last
		var ids []int64
		if err := db.read(ctx).Raw("SELECT p.id FROM "+from+" AND p.id > @last ORDER BY p.id LIMIT @most", args).Scan(&ids).Error; err != nil {
			return n, errors.Join(failed, dbError(err))
		}
		if len(ids) == 0 {
			return n, failed
		}
		last = ids[len(ids)-1]
		some := func(ids []int64) error {
			gone := 0
			err := db.write(ctx, func(tx *gorm.DB) error {
				gone = 0
				for _, id := range ids {
					// Check again, since the person may have come back.
					own := maps.Clone(args)
					own["last"] = id
					again, err := scanOne[int](tx.Raw("SELECT count(*) FROM "+from+" AND p.id = @last", own))
					if err == nil && again > 0 {
						gone++
						err = do(tx, id, now)
					}
					if err != nil {
						return err
					}
				}
				return nil
			})
			if err == nil {
				n += gone
			}
			return err
		}
		if some(ids) == nil {
			continue
		}
		for _, id := range ids {
			failed = errors.Join(failed, some([]int64{id}))
		}
		if ctx.Err() != nil {
			return n, failed
		}
	}
}

// expiryTimes returns the instants before which data has expired, by parameter name.
func expiryTimes(now time.Time) map[string]any {
	before := func(d time.Duration) int64 { return toMillis(now.Add(-d)) }
	return map[string]any{
		"now": toMillis(now), "idle": before(quiz.SessionIdleLimit), "total": before(quiz.SessionMaxAge), "guest": before(quiz.GuestRetention),
		"account": before(quiz.AccountRetention), "member": before(quiz.MembershipRetention), "name": before(quiz.RealNameRetention), "run": before(quiz.QuizAttemptRetention),
		"notice": before(quiz.NoticeRetention), "report": before(quiz.ReportRetention), "invitation": before(quiz.InvitationRetention), "audit": before(quiz.AuditLogRetention),
		"most": purgeBatch,
	}
}

// purgeMembership deletes what a class stores about a student who left it.
func purgeMembership(tx *gorm.DB, id int64, _ time.Time) error {
	m, err := scanOne[membership](tx.Raw("SELECT class, person FROM students WHERE id = ?", id))
	if err != nil {
		return err
	}
	return eraseMembership(tx, m.Class, id, m.Person)
}
