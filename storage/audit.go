package storage

import (
	"context"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// audit writes down what whoever asks did, to the person subject or to nobody: 0.
func audit(tx *gorm.DB, who quiz.Who, act quiz.Act, subject int64, note string, now time.Time) error {
	by := who.Person
	if who.Role == quiz.System {
		by = 0
	}
	return tx.Exec(`INSERT INTO audits (at, person, alias, subject, deed, note)
		VALUES (?, ?, coalesce((SELECT alias FROM persons WHERE id = ?), ''), ?, ?, ?)`, ms(now), by, by, subject, string(act), note).Error
}

// nobodyNow is who did something and is erased by now.
const nobodyNow = -1

// moveAudits takes what was done to a guest, and by them, along into an account.
func moveAudits(tx *gorm.DB, who, guest quiz.Who) error {
	for _, statement := range []string{"UPDATE audits SET subject = ? WHERE subject = ?", "UPDATE audits SET person = ? WHERE person = ?"} {
		if err := tx.Exec(statement, who.Person, guest.Person).Error; err != nil {
			return err
		}
	}
	return nil
}

type auditRow struct {
	At, Person, Subject     int64
	Alias, Deed, Note, Told string
}

func listAudits(g *gorm.DB) ([]quiz.Audit, error) {
	var rows []auditRow
	err := g.Scan(&rows).Error
	out := make([]quiz.Audit, len(rows))
	for i, r := range rows {
		out[i] = quiz.Audit{
			At: instant(r.At), By: r.Alias, Act: quiz.Act(r.Deed), Subject: r.Subject, Of: r.Told, Note: r.Note, Gone: r.Person == nobodyNow,
		}
	}
	return out, fault(err)
}

// auditsShown is how many lines of the record are shown, of so many that are read: what
// was done to a whole class at once is one.
const (
	auditsShown = 50
	auditsRead  = 1000
)

// selectAudits is followed by what ends the query. A student without an account is told
// by the alias of a class.
const selectAudits = `SELECT a.*, coalesce(nullif(p.alias, ''), (SELECT min(s.alias) FROM students s WHERE s.person = a.subject), '') AS told
	FROM audits a LEFT JOIN persons p ON p.id = a.subject `

// Audits lists what was done of late, newest first, to whoever looks after the site.
func (db *DB) Audits(ctx context.Context, who quiz.Who) ([]quiz.Audit, error) {
	if err := administers(who); err != nil {
		return nil, err
	}
	all, err := listAudits(db.read(ctx).Raw(selectAudits+"ORDER BY a.id DESC LIMIT ?", auditsRead))
	var out []quiz.Audit
	for _, a := range all {
		if n := len(out) - 1; n >= 0 && out[n].Act == a.Act && out[n].At.Equal(a.At) && out[n].By == a.By && out[n].Note == a.Note {
			out[n].More++
			continue
		}
		out = append(out, a)
	}
	return out[:min(auditsShown, len(out))], err
}

// AuditsOfMe lists what was done to whoever asks, newest first.
func (db *DB) AuditsOfMe(ctx context.Context, who quiz.Who) ([]quiz.Audit, error) {
	if who.IsNobody() {
		return nil, nil
	}
	return listAudits(db.read(ctx).Raw(selectAudits+"WHERE a.subject = ? ORDER BY a.id DESC LIMIT ?", who.Person, auditsShown))
}

// administers is Forbidden for everybody who does not look after the site.
func administers(who quiz.Who) error {
	if !who.Administers() {
		return quiz.Fail(quiz.Forbidden, "error.administers")
	}
	return nil
}
