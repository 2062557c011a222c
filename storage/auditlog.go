package storage

import (
	"context"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// logAudit writes what the current person did to the audit log. subject is the affected person,
// or 0.
func logAudit(tx *gorm.DB, who quiz.Who, act quiz.AuditAction, subject int64, note string, now time.Time) error {
	by := who.Person
	if who.Role == quiz.RoleSystem {
		by = 0
	}
	return tx.Exec(`INSERT INTO audits (at, person, alias, subject, deed, note)
		VALUES (?, ?, coalesce((SELECT alias FROM persons WHERE id = ?), ''), ?, ?, ?)`, toMillis(now), by, by, subject, string(act), note).Error
}

// erasedActor replaces the actor of an audit entry after that person was erased.
const erasedActor = -1

// moveAuditLog moves a guest's audit entries, as subject and as actor, to an account.
func moveAuditLog(tx *gorm.DB, who, guest quiz.Who) error {
	for _, statement := range []string{"UPDATE audits SET subject = ? WHERE subject = ?", "UPDATE audits SET person = ? WHERE person = ?"} {
		if err := tx.Exec(statement, who.Person, guest.Person).Error; err != nil {
			return err
		}
	}
	return nil
}

type auditEntryRow struct {
	At, Person, Subject     int64
	Alias, Deed, Note, Told string
}

func listAuditEntries(g *gorm.DB) ([]quiz.AuditEntry, error) {
	var rows []auditEntryRow
	err := g.Scan(&rows).Error
	out := make([]quiz.AuditEntry, len(rows))
	for i, r := range rows {
		out[i] = quiz.AuditEntry{
			At: fromMillis(r.At), ActorAlias: r.Alias, Action: quiz.AuditAction(r.Deed), Subject: r.Subject, SubjectAlias: r.Told, Note: r.Note, ActorErased: r.Person == erasedActor,
		}
	}
	return out, dbError(err)
}

// maxAuditEntries is how many audit entries are shown, after reading up to maxAuditScan rows.
// Entries about a whole class at once are shown as one.
const (
	maxAuditEntries = 50
	maxAuditScan    = 1000
)

// selectAuditEntries is followed by the end of the query. A student without an account is shown
// by their alias in a class.
const selectAuditEntries = `SELECT a.*, coalesce(nullif(p.alias, ''), (SELECT min(s.alias) FROM students s WHERE s.person = a.subject), '') AS told
	FROM audits a LEFT JOIN persons p ON p.id = a.subject `

// AuditLog lists the latest audit entries, newest first. Administrators only.
func (db *DB) AuditLog(ctx context.Context, who quiz.Who) ([]quiz.AuditEntry, error) {
	if err := requireAdmin(who); err != nil {
		return nil, err
	}
	all, err := listAuditEntries(db.read(ctx).Raw(selectAuditEntries+"ORDER BY a.id DESC LIMIT ?", maxAuditScan))
	var out []quiz.AuditEntry
	for _, a := range all {
		if n := len(out) - 1; n >= 0 && out[n].Action == a.Action && out[n].At.Equal(a.At) && out[n].ActorAlias == a.ActorAlias && out[n].Note == a.Note {
			out[n].OtherSubjects++
			continue
		}
		out = append(out, a)
	}
	return out[:min(maxAuditEntries, len(out))], err
}

// OwnAuditLog lists the audit entries about the current person, newest first.
func (db *DB) OwnAuditLog(ctx context.Context, who quiz.Who) ([]quiz.AuditEntry, error) {
	if who.IsNobody() {
		return nil, nil
	}
	return listAuditEntries(db.read(ctx).Raw(selectAuditEntries+"WHERE a.subject = ? ORDER BY a.id DESC LIMIT ?", who.Person, maxAuditEntries))
}

// requireAdmin returns Forbidden unless the person is an administrator.
func requireAdmin(who quiz.Who) error {
	if !who.CanAdminister() {
		return quiz.NewError(quiz.Forbidden, "error.administers")
	}
	return nil
}
