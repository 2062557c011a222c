package storage

import (
	"context"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/leaderboard"

	"gorm.io/gorm"
)

// maxBulkRows is how many rows one statement inserts.
const maxBulkRows = 50

// bulkInsert inserts rows, up to maxBulkRows per statement.
func bulkInsert(tx *gorm.DB, table, columns string, rows [][]any) error {
	for len(rows) > 0 {
		n := min(maxBulkRows, len(rows))
		one := "(" + strings.Repeat("?, ", len(rows[0])-1) + "?)"
		args := make([]any, 0, n*len(rows[0]))
		for _, r := range rows[:n] {
			args = append(args, r...)
		}
		if err := tx.Exec("INSERT INTO "+table+" ("+columns+") VALUES "+one+strings.Repeat(", "+one, n-1), args...).Error; err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// ImportReviews saves the whole review log, oldest first, of a person who has none, with the
// cards, days and points that result: the same as saving each answer, but in one transaction.
// It is for generated people; Forbidden for everyone but the system.
func (db *DB) ImportReviews(ctx context.Context, who quiz.Who, person int64, log []quiz.Review, now time.Time) error {
	if who.Role != quiz.RoleSystem {
		return quiz.NewError(quiz.Forbidden, "error.forbidden")
	}
	cards, days := map[quiz.CardID]quiz.Card{}, map[int64]quiz.PracticeDay{}
	paid := map[quiz.CardID]leaderboard.EarlierPoints{}
	earned := map[quiz.CardID]int64{} // the day a card last earned points
	var reviews, gains [][]any
	last := time.Time{}
	for _, r := range log {
		reviews = append(reviews, append([]any{person}, reviewValues(r)...))
		cards[r.CardAfter.CardID] = r.CardAfter
		if r.LeadToken == "" {
			d := days[r.Day]
			d.Answers++
			d.Duration += r.Duration
			if r.Verdict == quiz.VerdictRight {
				d.Correct++
			}
			days[r.Day] = d
		}
		gap := time.Duration(0)
		if !last.IsZero() {
			gap = r.At.Sub(last)
		}
		last = r.At
		id := r.CardAfter.CardID
		if g, ok := leaderboard.PointsFor(r, paid[id], gap); ok && earned[id] != g.Day {
			earned[id] = g.Day
			paid[id] = leaderboard.EarlierPoints{Days: paid[id].Days + 1, Paid: paid[id].Paid + g.Points}
			gains = append(gains, []any{person, id.Fact, uint8(id.Facet), g.Day, g.Deck, g.Token, toMillis(g.At), g.Points, g.MasteryStep, g.Rushed})
		}
	}
	var cardRows, dayRows [][]any
	for _, c := range cards {
		r := newCardRow(c)
		cardRows = append(cardRows, []any{
			person, r.Fact, r.Facet, r.Deck, r.Phase, r.Step, r.Stability, r.Difficulty, r.LastDay, r.FirstDay, r.Reps, r.Lapses, r.Learned, r.Due, r.DueDay, r.Version,
		})
	}
	for day, d := range days {
		dayRows = append(dayRows, []any{person, day, d.Answers, d.Correct, d.Duration.Milliseconds()})
	}
	return db.write(ctx, func(tx *gorm.DB) error {
		for _, one := range []struct {
			table, columns string
			rows           [][]any
		}{
			{"reviews", "person, " + reviewColumns, reviews},
			{"cards", "person, " + cardColumns, cardRows},
			{"days", "person, day, answers, correct, took", dayRows},
			{"gains", "person, fact, facet, day, deck, token, at, points, proof, quick", gains},
		} {
			if err := bulkInsert(tx, one.table, one.columns, one.rows); err != nil {
				return err
			}
		}
		boards, err := boardsOf(tx, person)
		if err != nil {
			return err
		}
		for _, b := range boards {
			if err := rebuildPoints(tx, quiz.Who{Person: person}, b, time.Time{}, now, db.siteCalendar); err != nil {
				return err
			}
		}
		return nil
	})
}

// boardsOf lists the boards that a person is on.
func boardsOf(tx *gorm.DB, person int64) ([]boardRef, error) {
	var out []boardRef
	err := tx.Raw("SELECT board, '' AS zone FROM players WHERE person = ?", person).Scan(&out).Error
	if err != nil {
		return nil, err
	}
	var classes []classRow
	err = tx.Raw("SELECT c.* FROM students s JOIN classes c ON c.id = s.class AND c.boards AND c.archived = 0 WHERE s.person = ? AND s.gone = 0", person).Scan(&classes).Error
	for _, c := range classes {
		out = append(out, boardRef{quiz.BoardID{Kind: quiz.BoardKindClass, ID: c.ID}.String(), c.Zone})
	}
	return out, err
}

// AnalyzeTables updates the database's table statistics after a large import.
func (db *DB) AnalyzeTables(ctx context.Context, _ quiz.Who) error {
	return dbError(db.writes.WithContext(ctx).Exec("ANALYZE").Error)
}
