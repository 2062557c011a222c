package storage

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// ExportOwnData exports the personal data of the current person.
func (db *DB) ExportOwnData(ctx context.Context, who quiz.Who, now time.Time) (quiz.PersonalDataExport, error) {
	return exportOf(db.read(ctx), who.Person, now, func(string) string { return "" })
}

// ExportAccount exports the personal data of a person on behalf of an administrator, and logs
// that in the audit log.
func (db *DB) ExportAccount(ctx context.Context, who quiz.Who, person int64, now time.Time) (out quiz.PersonalDataExport, err error) {
	if err := requireAdmin(who); err != nil {
		return out, err
	}
	err = db.write(ctx, func(tx *gorm.DB) error {
		if out, err = exportOf(tx, person, now, func(string) string { return "" }); err != nil {
			return err
		}
		return logAudit(tx, who, quiz.AuditExported, person, "", now)
	})
	return out, err
}

// ExportStudent exports the personal data of a student: all of it if the teacher may act for
// them, otherwise the membership and the answers in decks assigned to the class. The export is
// logged in the audit log.
func (db *DB) ExportStudent(ctx context.Context, who quiz.Who, class, student int64, now time.Time) (out quiz.PersonalDataExport, err error) {
	err = db.changeClass(ctx, who, class, func(tx *gorm.DB, c quiz.Class) error {
		m, err := scanOne[membership](tx.Raw("SELECT class, person, since, gone FROM students WHERE class = ? AND id = ? AND NOT by_self", class, student))
		if err != nil {
			return err
		}
		all, err := canActFor(tx, who, m.Person)
		if err != nil {
			return err
		}
		act, narrow := quiz.AuditExported, func(string) string { return "" }
		if !all {
			act, narrow = quiz.AuditMembershipExported, m.visibleRowsSQL
		}
		if out, err = exportOf(tx, m.Person, now, narrow); err != nil {
			return err
		}
		return logAudit(tx, who, act, m.Person, c.Title, now)
	})
	return out, err
}

// membership is a student's time in a class; Gone is 0 while they are in it.
type membership struct{ Class, Person, Since, Gone int64 }

// visibleRowsSQL is the condition on the rows of a table that the class may see.
func (m membership) visibleRowsSQL(table string) string {
	id, until := fmt.Sprint(m.Class), int64(math.MaxInt64)
	if m.Gone != 0 {
		until = m.Gone
	}
	switch table {
	case "students":
		return " AND class = " + id
	case "extras", "names":
		return " AND student IN (SELECT s.id FROM students s WHERE s.class = " + id + ")"
	case "reviews", "gains":
		return fmt.Sprintf(" AND at BETWEEN %d AND %d AND deck IN (SELECT a.deck FROM assignments a WHERE a.class = %s AND a.removed = 0)", m.Since, until, id)
	case "cards":
		if m.Gone == 0 {
			return " AND deck IN (SELECT a.deck FROM assignments a WHERE a.class = " + id + " AND a.removed = 0)"
		}
	case "tallies", "scores":
		return " AND board = '" + quiz.BoardID{Kind: quiz.BoardKindClass, ID: m.Class}.String() + "'"
	}
	return " AND 1 = 0"
}

func exportOf(g *gorm.DB, person int64, now time.Time, narrow func(table string) string) (quiz.PersonalDataExport, error) {
	out := quiz.PersonalDataExport{CreatedAt: now.UTC(), Tables: map[string][]map[string]any{}, Decks: map[string]string{}, Facts: map[string]string{}, SecretColumns: []string{}}
	decks, facts := map[int64]bool{0: true}, map[int64]bool{0: true}
	for _, topic := range quiz.DataCategories {
		for _, table := range topic.Tables {
			rows, err := exportRows(g, table, person, narrow(table.Name), decks, facts)
			if err != nil {
				return out, err
			}
			out.Tables[table.Name] = rows
			for _, c := range table.ParseColumns() {
				if c.Kind == "secret" {
					out.SecretColumns = append(out.SecretColumns, table.Name+"."+c.Name)
				}
			}
		}
	}
	var err error
	if out.Decks, err = deckTitles(g, "SELECT id, title FROM decks WHERE id IN ?", decks); err == nil {
		out.Facts, err = deckTitles(g, "SELECT id, edtf || ' ' || event AS title FROM facts WHERE id IN ?", facts)
	}
	return out, err
}

// exportRows reads a person's rows of a table and adds the decks and facts they refer to to
// decks and facts.
func exportRows(g *gorm.DB, table quiz.DataTable, person int64, and string, decks, facts map[int64]bool) ([]map[string]any, error) {
	kinds := map[string]string{}
	var columns []string
	for _, c := range table.ParseColumns() {
		if c.Kind != "secret" {
			columns = append(columns, `"`+c.Name+`"`)
			kinds[c.Name] = c.Kind
		}
	}
	rows := []map[string]any{}
	query := "SELECT " + strings.Join(columns, ", ") + " FROM " + table.Name + " WHERE " + ownedRowsSQL(table.Name) + and
	if err := g.Raw(query, map[string]any{"who": person}).Scan(&rows).Error; err != nil {
		return nil, dbError(err)
	}
	for _, r := range rows {
		for name, value := range r {
			n, isNumber := value.(int64)
			switch {
			case name == "deck" && isNumber:
				decks[n] = true
			case (name == "fact" || name == "confused" || name == "contrast") && isNumber:
				facts[n] = true
			case kinds[name] == "time" && isNumber && n == 0:
				r[name] = nil
			case kinds[name] == "time" && isNumber:
				r[name] = fromMillis(n).Format(time.RFC3339Nano)
			case kinds[name] == "day" && isNumber:
				r[name] = quiz.Calendar{}.Date(n).Format(time.DateOnly)
			}
		}
	}
	return rows, nil
}

// titleBatch is how many IDs one query looks up.
const titleBatch = 500

func deckTitles(g *gorm.DB, query string, ids map[int64]bool) (map[string]string, error) {
	all := make([]int64, 0, len(ids))
	for id := range ids {
		all = append(all, id)
	}
	out := map[string]string{}
	for some := range slices.Chunk(all, titleBatch) {
		var rows []struct {
			ID    int64
			Title string
		}
		if err := g.Raw(query, some).Scan(&rows).Error; err != nil {
			return nil, dbError(err)
		}
		for _, r := range rows {
			out[fmt.Sprint(r.ID)] = r.Title
		}
	}
	return out, nil
}
