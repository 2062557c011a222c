package storage

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

// regradeCount is what a regrade changed for one person: the number of answers that became
// better, worse or void.
type regradeCount struct{ Better, Worse, Void int }

// regradeFact regrades all answers that depend on the date of a fact, as part of a change, and
// rebuilds the affected cards. The review log is not changed. An ordering question is regraded
// for the fact it was about; the other facts in it are not reported.
func regradeFact(tx *gorm.DB, change int64, f quiz.Fact, d *quiz.Deck) (map[int64]regradeCount, error) {
	var people []int64
	if err := tx.Raw(`SELECT DISTINCT c.person FROM cards c JOIN facts t ON t.id = c.fact WHERE t.deck = (SELECT deck FROM facts WHERE id = ?)
		UNION SELECT person FROM remarks WHERE fact = ? ORDER BY 1`, f.ID, f.ID).Scan(&people).Error; err != nil {
		return nil, err
	}
	return forEachPerson(tx, people, func(who quiz.Who) (regradeCount, error) { return regradePerson(tx, who, change, f, d) })
}

// undoRegrade removes the regrades of a change.
func undoRegrade(tx *gorm.DB, change int64) (map[int64]regradeCount, error) {
	var people []int64
	if err := tx.Raw("SELECT DISTINCT person FROM remarks WHERE change = ? ORDER BY person", change).Scan(&people).Error; err != nil {
		return nil, err
	}
	return forEachPerson(tx, people, func(who quiz.Who) (regradeCount, error) { return undoRegradePerson(tx, who, change) })
}

// forEachPerson calls mark for each person, after locking them.
func forEachPerson(tx *gorm.DB, people []int64, mark func(quiz.Who) (regradeCount, error)) (map[int64]regradeCount, error) {
	out := map[int64]regradeCount{}
	for _, person := range people {
		who := quiz.Who{Person: person}
		if err := lockPerson(tx, who); err != nil {
			return nil, err
		}
		t, err := mark(who)
		if err != nil {
			return nil, err
		}
		out[person] = t
	}
	return out, nil
}

// whoAnswered lists the people who have a card or a regrade of a fact.
func whoAnswered(tx *gorm.DB, fact int64) ([]int64, error) {
	var people []int64
	err := tx.Raw("SELECT person FROM cards WHERE fact = ? UNION SELECT person FROM remarks WHERE fact = ? ORDER BY person", fact, fact).Scan(&people).Error
	return people, err
}

// restsOnFactSQL is the condition that a review r depends on the date of a fact: it asks about
// the fact, or the fact is among those to be ordered or matched.
const restsOnFactSQL = `AND (r.fact = ? AND r.facet IN (1, 2) OR r.lead = '' AND r.kind IN ('first', 'order', 'match') AND r.question LIKE ?)
	AND ` + notUndoneSQL + " ORDER BY r.id"

func regradePerson(tx *gorm.DB, who quiz.Who, change int64, f quiz.Fact, d *quiz.Deck) (regradeCount, error) {
	inLine := fmt.Sprintf(`%%"fact":%d,"relation"%%`, f.ID)
	log, err := listReviews(tx.Raw(selectReviews+restsOnFactSQL, who.Person, f.ID, inLine))
	if err != nil {
		return regradeCount{}, err
	}
	now, err := listReviews(tx.Raw(selectGraded+restsOnFactSQL, who.Person, f.ID, inLine))
	if err != nil {
		return regradeCount{}, err
	}
	again := make([]quiz.Review, len(log))
	for i, r := range log {
		lead := r
		if r.LeadToken != "" {
			if lead, err = scanReview(tx.Raw(selectReviews+"AND r.token = ?", who.Person, r.LeadToken)); err != nil {
				return regradeCount{}, err
			}
		}
		again[i] = study.Regrade(r, lead, f, d)
		if gradeChanged(now[i], again[i]) {
			if err := saveRegrade(tx, who, change, again[i]); err != nil {
				return regradeCount{}, err
			}
		}
	}
	return applyRegrades(tx, who, now, again)
}

func undoRegradePerson(tx *gorm.DB, who quiz.Who, change int64) (regradeCount, error) {
	before, err := listReviews(tx.Raw(selectGraded+"AND r.id IN (SELECT review FROM remarks WHERE change = ?) AND "+notUndoneSQL+" ORDER BY r.id", who.Person, change))
	if err != nil {
		return regradeCount{}, err
	}
	if err := tx.Exec("DELETE FROM remarks WHERE person = ? AND change = ?", who.Person, change).Error; err != nil {
		return regradeCount{}, err
	}
	after := make([]quiz.Review, len(before))
	for i, r := range before {
		if after[i], err = scanReview(tx.Raw(selectGraded+"AND r.id = ?", who.Person, r.ID)); err != nil {
			return regradeCount{}, err
		}
	}
	return applyRegrades(tx, who, before, after)
}

// gradeChanged reports whether two grades of an answer differ.
func gradeChanged(a, b quiz.Review) bool {
	return a.Verdict != b.Verdict || a.Rating != b.Rating || a.Score != b.Score
}

// applyRegrades updates the practice days and rebuilds the cards of answers whose grade
// changed.
func applyRegrades(tx *gorm.DB, who quiz.Who, before, after []quiz.Review) (t regradeCount, err error) {
	moved := map[quiz.CardID]bool{}
	for i, now := range after {
		if !gradeChanged(before[i], now) {
			continue
		}
		moved[quiz.CardID{Fact: now.Question.Fact, Facet: now.Question.Facet}] = true
		t.count(before[i].Verdict, now.Verdict)
		if err := recountDay(tx, who, before[i], now); err != nil {
			return t, err
		}
	}
	for id := range moved {
		if err := rebuildCard(tx, who, id.Fact, id.Facet); err != nil {
			return t, err
		}
	}
	return t, nil
}

func (t *regradeCount) count(before, now quiz.Verdict) {
	switch {
	case before == now:
	case now == quiz.VerdictVoid:
		t.Void++
	case now == quiz.VerdictRight || before == quiz.VerdictWrong:
		t.Better++
	case now == quiz.VerdictWrong || before == quiz.VerdictRight:
		t.Worse++
	}
}

func saveRegrade(tx *gorm.DB, who quiz.Who, change int64, r quiz.Review) error {
	return tx.Exec(`INSERT INTO remarks (review, change, person, fact, verdict, rating, score, guess, ease, strength, slip)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, r.ID, change, who.Person, r.Question.Fact, string(r.Verdict), uint8(r.Rating), r.Score,
		r.Form.Guess, r.Form.Ease, r.Form.Strength, r.Form.Slip).Error
}

// recountDay updates the number of right answers of a day.
func recountDay(tx *gorm.DB, who quiz.Who, before, now quiz.Review) error {
	by := 0
	if now.Verdict == quiz.VerdictRight {
		by++
	}
	if before.Verdict == quiz.VerdictRight {
		by--
	}
	if by == 0 || now.LeadToken != "" {
		return nil
	}
	return tx.Exec("UPDATE days SET correct = correct + ? WHERE person = ? AND day = ?", by, who.Person, now.Day).Error
}

func hasRegrades(tx *gorm.DB, who quiz.Who, fact int64) (bool, error) {
	n, err := scanOne[int64](tx.Raw("SELECT count(*) FROM remarks WHERE fact = ? AND person = ?", fact, who.Person))
	return n > 0, err
}

// needsRebuild reports whether a card may differ from what its last answer saved: an answer was
// regraded, the card was reset or rescheduled by hand, or the person's weights are not those
// named by model.
func needsRebuild(tx *gorm.DB, who quiz.Who, fact int64, facet quiz.Facet, model string) (bool, error) {
	if again, err := hasRegrades(tx, who, fact); err != nil || again {
		return again, err
	}
	if tended, err := hasManualSchedule(tx, who, fact, facet); err != nil || tended {
		return tended, err
	}
	weights, err := scanOne[int64](tx.Raw("SELECT weights FROM persons WHERE id = ?", who.Person))
	return weights != study.ParametersID(model), err
}

// rebuildCard computes a card from the log with the current grades; a card without an answer
// that counts is deleted. While the card needs a rebuild its version only grows, so that writes
// based on the old card are noticed.
func rebuildCard(tx *gorm.DB, who quiz.Who, fact int64, facet quiz.Facet) error {
	past, err := loadHistory(tx, who, "AND r.fact = ? AND r.facet = ?", fact, uint8(facet))
	if err != nil {
		return err
	}
	id := quiz.CardID{Fact: fact, Facet: facet}
	card, found := study.ReplayCards(past)[id]
	version, err := scanOne[int64](tx.Raw("SELECT version FROM cards WHERE person = ? AND fact = ? AND facet = ?", who.Person, fact, uint8(facet)))
	if err != nil && !quiz.Is(err, quiz.NotFound) {
		return err
	}
	if !found {
		return tx.Exec("DELETE FROM cards WHERE person = ? AND fact = ? AND facet = ?", who.Person, fact, uint8(facet)).Error
	}
	again, err := needsRebuild(tx, who, fact, facet, past.Reviews[len(past.Reviews)-1].Model)
	if err != nil {
		return err
	}
	if again {
		card.Version = max(card.Version, version+1)
	}
	return saveCard(tx, who, quiz.Card{Version: version}, card)
}

// notifyPeople creates notices of a corrected date for everyone who answered about it. For an
// undo it notifies those who got a notice of the correction.
func notifyPeople(tx *gorm.DB, change, undoes int64, f quiz.FactChange, marks map[int64]regradeCount, now time.Time) error {
	people, err := whoAnswered(tx, f.After.ID)
	if err != nil {
		return err
	}
	if undoes != 0 {
		people, marks = nil, nil
		if err := tx.Raw("SELECT person FROM notices WHERE change = ? AND fact = ?", undoes, f.After.ID).Scan(&people).Error; err != nil {
			return err
		}
	}
	for _, person := range slices.Sorted(maps.Keys(marks)) { // people in whose answers it was only one of several facts
		if marks[person] != (regradeCount{}) && !slices.Contains(people, person) {
			people = append(people, person)
		}
	}
	for _, person := range people {
		m := marks[person]
		if err := tx.Exec(`INSERT INTO notices (person, change, fact, before, after, better, worse, void, at, seen)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
			person, change, f.After.ID, f.Before.Date.String(), f.After.Date.String(), m.Better, m.Worse, m.Void, toMillis(now)).Error; err != nil {
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

// Notices lists the current person's unread notices of a deck, or of all if deck is 0, newest
// first, at most fifty.
func (db *DB) Notices(ctx context.Context, who quiz.Who, deck int64) ([]quiz.Notice, error) {
	if who.IsNobody() {
		return nil, nil
	}
	var rows []noticeRow
	if err := dbError(db.read(ctx).Raw(`SELECT n.*, f.deck, f.event, d.name, d.title, d.language FROM notices n JOIN facts f ON f.id = n.fact
		JOIN decks d ON d.id = f.deck WHERE n.person = ? AND n.seen = 0 AND (f.deck = ? OR ? = 0) AND NOT f.retired
		AND (d.owner = ? AND d.owner <> 0 OR d.deleted = 0 AND d.visible <> 'me')
		ORDER BY n.change DESC, n.fact LIMIT 50`, who.Person, deck, deck, who.Person).Scan(&rows).Error); err != nil {
		return nil, err
	}
	out := make([]quiz.Notice, len(rows))
	read := dateReader{}
	for i, r := range rows {
		out[i] = quiz.Notice{
			Deck: r.Name, Title: r.Title, Language: r.Language, Event: r.Event, Before: read.date(r.Before), After: read.date(r.After),
			NowRight: r.Better, NowWrong: r.Worse, NowVoid: r.Void, At: fromMillis(r.At),
		}
	}
	return out, read.err
}

// MarkNoticesRead marks the person's notices between two instants as read, of a deck or, if it
// is 0, of all.
func (db *DB) MarkNoticesRead(ctx context.Context, who quiz.Who, deck int64, from, until, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec(`UPDATE notices SET seen = ? WHERE person = ? AND seen = 0 AND at >= ? AND at <= ?
			AND (? = 0 OR fact IN (SELECT id FROM facts WHERE deck = ?))`, toMillis(now), who.Person, toMillis(from), toMillis(until), deck, deck).Error
	})
}
