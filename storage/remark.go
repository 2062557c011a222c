package storage

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

// tally is what marking again changed for one person: answers that are right now,
// that are wrong now, and that count no more.
type tally struct{ Better, Worse, Void int }

// remark marks all answers about the date of a fact by the date that it has now,
// and rebuilds the cards that this moves. The log stays as it is.
func remark(tx *gorm.DB, f quiz.Fact) (map[int64]tally, error) {
	people, err := whoAnswered(tx, f.ID)
	if err != nil {
		return nil, err
	}
	out := map[int64]tally{}
	for _, person := range people {
		who := quiz.Who{Person: person}
		if err := lockPerson(tx, who); err != nil {
			return nil, err
		}
		if out[person], err = remarkOf(tx, who, f); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// whoAnswered lists the people whose answers about a fact stand.
func whoAnswered(tx *gorm.DB, fact int64) ([]int64, error) {
	var people []int64
	err := tx.Raw("SELECT person FROM cards WHERE fact = ? UNION SELECT person FROM remarks WHERE fact = ? ORDER BY person", fact, fact).Scan(&people).Error
	return people, err
}

const dateOf = "AND r.fact = ? AND r.facet IN (1, 2) AND " + stands + " ORDER BY r.id"

func remarkOf(tx *gorm.DB, who quiz.Who, f quiz.Fact) (t tally, err error) {
	log, err := listReviews(tx.Raw(selectReviews+dateOf, who.Person, f.ID))
	if err != nil {
		return t, err
	}
	now, err := listReviews(tx.Raw(selectMarked+dateOf, who.Person, f.ID))
	if err != nil {
		return t, err
	}
	if err := tx.Exec("DELETE FROM remarks WHERE person = ? AND fact = ?", who.Person, f.ID).Error; err != nil {
		return t, err
	}
	moved := map[quiz.Facet]bool{}
	for i, r := range log {
		lead := r
		if r.Lead != "" {
			if lead, err = reviewOf(tx.Raw(selectReviews+"AND r.token = ?", who.Person, r.Lead)); err != nil {
				return t, err
			}
		}
		again, changed := study.Remark(r, lead, f)
		if changed {
			if err := putRemark(tx, who, again); err != nil {
				return t, err
			}
		}
		before := now[i]
		if before.Verdict == again.Verdict && before.Rating == again.Rating && before.Score == again.Score {
			continue
		}
		moved[r.Question.Facet] = true
		t.count(before.Verdict, again.Verdict)
		if err := countAgain(tx, who, before, again); err != nil {
			return t, err
		}
	}
	for facet := range moved {
		if err := rebuildCard(tx, who, f.ID, facet); err != nil {
			return t, err
		}
	}
	return t, nil
}

func (t *tally) count(before, now quiz.Verdict) {
	switch {
	case before == now:
	case now == quiz.Void:
		t.Void++
	case now == quiz.Right || before == quiz.Wrong:
		t.Better++
	case now == quiz.Wrong || before == quiz.Right:
		t.Worse++
	}
}

func putRemark(tx *gorm.DB, who quiz.Who, r quiz.Review) error {
	return tx.Exec(`INSERT INTO remarks (review, person, fact, verdict, rating, score, guess, ease, strength, slip)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, r.ID, who.Person, r.Question.Fact, string(r.Verdict), uint8(r.Rating), r.Score,
		r.Form.Guess, r.Form.Ease, r.Form.Strength, r.Form.Slip).Error
}

// countAgain corrects how many answers of a day were right.
func countAgain(tx *gorm.DB, who quiz.Who, before, now quiz.Review) error {
	by := 0
	if now.Verdict == quiz.Right {
		by++
	}
	if before.Verdict == quiz.Right {
		by--
	}
	if by == 0 || now.Lead != "" {
		return nil
	}
	return tx.Exec("UPDATE days SET correct = correct + ? WHERE person = ? AND day = ?", by, who.Person, now.Day).Error
}

func isRemarked(tx *gorm.DB, who quiz.Who, fact int64) (bool, error) {
	n, err := scanOne[int64](tx.Raw("SELECT count(*) FROM remarks WHERE fact = ? AND person = ?", fact, who.Person))
	return n > 0, err
}

// rebuildCard makes a card from the log, as its answers are marked now; one
// without an answer that counts is new again. As long as any is marked again, the
// version only grows, so that whoever holds the card as it was finds that out.
func rebuildCard(tx *gorm.DB, who quiz.Who, fact int64, facet quiz.Facet) error {
	log, err := listReviews(tx.Raw(selectMarked+"AND r.fact = ? AND r.facet = ? AND "+stands+" ORDER BY r.id", who.Person, fact, uint8(facet)))
	if err != nil {
		return err
	}
	id := quiz.CardID{Fact: fact, Facet: facet}
	card, found := study.Replay(log)[id]
	version, err := scanOne[int64](tx.Raw("SELECT version FROM cards WHERE person = ? AND fact = ? AND facet = ?", who.Person, fact, uint8(facet)))
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return err
	}
	again, err := isRemarked(tx, who, fact)
	switch {
	case err != nil:
		return err
	case !found:
		return tx.Exec("DELETE FROM cards WHERE person = ? AND fact = ? AND facet = ?", who.Person, fact, uint8(facet)).Error
	case again:
		card.Version = max(card.Version, version+1)
	}
	return saveCard(tx, who, quiz.Card{Version: version}, card)
}

// tell leaves word of a corrected date for everybody who answered about it; of one
// that is taken back, for those who had been told.
func tell(tx *gorm.DB, change, undoes int64, f quiz.FactChange, marks map[int64]tally, now time.Time) error {
	people, err := whoAnswered(tx, f.After.ID)
	if err != nil {
		return err
	}
	if undoes != 0 {
		people = nil
		if err := tx.Raw("SELECT person FROM notices WHERE change = ? AND fact = ?", undoes, f.After.ID).Scan(&people).Error; err != nil {
			return err
		}
	}
	for _, person := range people {
		m := marks[person]
		if err := tx.Exec(`INSERT INTO notices (person, change, fact, before, after, better, worse, void, at, seen)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
			person, change, f.After.ID, f.Before.Date.String(), f.After.Date.String(), m.Better, m.Worse, m.Void, ms(now)).Error; err != nil {
			return err
		}
	}
	return nil
}

type noticeRow struct {
	Change, Fact, Deck, At int64
	Before, After          string
	Better, Worse, Void    int
	Event, Name, Title     string
	Language               string
}

// Notices are what whoever asks was not told yet: of a deck, or of all for 0, the
// newest first, at most fifty.
func (db *DB) Notices(ctx context.Context, who quiz.Who, deck int64) ([]quiz.Notice, error) {
	if who.IsNobody() {
		return nil, nil
	}
	var rows []noticeRow
	if err := fault(db.read(ctx).Raw(`SELECT n.*, f.deck, f.event, d.name, d.title, d.language FROM notices n JOIN facts f ON f.id = n.fact
		JOIN decks d ON d.id = f.deck WHERE n.person = ? AND n.seen = 0 AND (f.deck = ? OR ? = 0) AND NOT f.retired
		ORDER BY n.change DESC, n.fact LIMIT 50`, who.Person, deck, deck).Scan(&rows).Error); err != nil {
		return nil, err
	}
	out := make([]quiz.Notice, len(rows))
	read := dates{}
	for i, r := range rows {
		out[i] = quiz.Notice{
			Deck: r.Name, Title: r.Title, Language: r.Language, Event: r.Event, Before: read.date(r.Before), After: read.date(r.After),
			Better: r.Better, Worse: r.Worse, Void: r.Void, At: instant(r.At),
		}
	}
	return out, read.err
}

// SetSeen says that whoever asks has read all notices up to an instant, of a deck
// or, where it is 0, of all.
func (db *DB) SetSeen(ctx context.Context, who quiz.Who, deck int64, until, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec(`UPDATE notices SET seen = ? WHERE person = ? AND seen = 0 AND at <= ?
			AND (? = 0 OR fact IN (SELECT id FROM facts WHERE deck = ?))`, ms(now), who.Person, ms(until), deck, deck).Error
	})
}
