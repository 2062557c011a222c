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

// tally is what marking again changed for one person: answers that are right now,
// that are wrong now, and that count no more.
type tally struct{ Better, Worse, Void int }

// remark marks all answers that rest on the date of a fact by the date that it has
// now, as a part of a change, and rebuilds the cards that this moves. The log stays
// as it is. An order or the like that was led by another fact is marked for that
// one; of a third fact in it nothing is said.
func remark(tx *gorm.DB, change int64, f quiz.Fact, d *quiz.Deck) (map[int64]tally, error) {
	var people []int64
	if err := tx.Raw(`SELECT DISTINCT c.person FROM cards c JOIN facts t ON t.id = c.fact WHERE t.deck = (SELECT deck FROM facts WHERE id = ?)
		UNION SELECT person FROM remarks WHERE fact = ? ORDER BY 1`, f.ID, f.ID).Scan(&people).Error; err != nil {
		return nil, err
	}
	return forEach(tx, people, func(who quiz.Who) (tally, error) { return remarkOf(tx, who, change, f, d) })
}

// unmark takes the marks of a change back.
func unmark(tx *gorm.DB, change int64) (map[int64]tally, error) {
	var people []int64
	if err := tx.Raw("SELECT DISTINCT person FROM remarks WHERE change = ? ORDER BY person", change).Scan(&people).Error; err != nil {
		return nil, err
	}
	return forEach(tx, people, func(who quiz.Who) (tally, error) { return unmarkOf(tx, who, change) })
}

// forEach marks for one person after another, each behind their own lock.
func forEach(tx *gorm.DB, people []int64, mark func(quiz.Who) (tally, error)) (map[int64]tally, error) {
	out := map[int64]tally{}
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

// whoAnswered lists the people whose answers about a fact stand.
func whoAnswered(tx *gorm.DB, fact int64) ([]int64, error) {
	var people []int64
	err := tx.Raw("SELECT person FROM cards WHERE fact = ? UNION SELECT person FROM remarks WHERE fact = ? ORDER BY person", fact, fact).Scan(&people).Error
	return people, err
}

// restOn is the condition that a review rests on the date of a fact: it is about it,
// or the fact stands among what was put in order.
const restOn = `AND (r.fact = ? AND r.facet IN (1, 2) OR r.lead = '' AND r.kind IN ('first', 'order', 'match') AND r.question LIKE ?)
	AND ` + stands + " ORDER BY r.id"

func remarkOf(tx *gorm.DB, who quiz.Who, change int64, f quiz.Fact, d *quiz.Deck) (tally, error) {
	inLine := fmt.Sprintf(`%%"fact":%d,"relation"%%`, f.ID)
	log, err := listReviews(tx.Raw(selectReviews+restOn, who.Person, f.ID, inLine))
	if err != nil {
		return tally{}, err
	}
	now, err := listReviews(tx.Raw(selectMarked+restOn, who.Person, f.ID, inLine))
	if err != nil {
		return tally{}, err
	}
	again := make([]quiz.Review, len(log))
	for i, r := range log {
		lead := r
		if r.Lead != "" {
			if lead, err = reviewOf(tx.Raw(selectReviews+"AND r.token = ?", who.Person, r.Lead)); err != nil {
				return tally{}, err
			}
		}
		again[i] = study.Remark(r, lead, f, d)
		if marked(now[i], again[i]) {
			if err := putRemark(tx, who, change, again[i]); err != nil {
				return tally{}, err
			}
		}
	}
	return settle(tx, who, now, again)
}

func unmarkOf(tx *gorm.DB, who quiz.Who, change int64) (tally, error) {
	before, err := listReviews(tx.Raw(selectMarked+"AND r.id IN (SELECT review FROM remarks WHERE change = ?) AND "+stands+" ORDER BY r.id", who.Person, change))
	if err != nil {
		return tally{}, err
	}
	if err := tx.Exec("DELETE FROM remarks WHERE person = ? AND change = ?", who.Person, change).Error; err != nil {
		return tally{}, err
	}
	after := make([]quiz.Review, len(before))
	for i, r := range before {
		if after[i], err = reviewOf(tx.Raw(selectMarked+"AND r.id = ?", who.Person, r.ID)); err != nil {
			return tally{}, err
		}
	}
	return settle(tx, who, before, after)
}

// marked tells whether an answer is marked otherwise.
func marked(a, b quiz.Review) bool {
	return a.Verdict != b.Verdict || a.Rating != b.Rating || a.Score != b.Score
}

// settle counts the days again and rebuilds the cards of answers that are marked
// otherwise now.
func settle(tx *gorm.DB, who quiz.Who, before, after []quiz.Review) (t tally, err error) {
	moved := map[quiz.CardID]bool{}
	for i, now := range after {
		if !marked(before[i], now) {
			continue
		}
		moved[quiz.CardID{Fact: now.Question.Fact, Facet: now.Question.Facet}] = true
		t.count(before[i].Verdict, now.Verdict)
		if err := countAgain(tx, who, before[i], now); err != nil {
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

func putRemark(tx *gorm.DB, who quiz.Who, change int64, r quiz.Review) error {
	return tx.Exec(`INSERT INTO remarks (review, change, person, fact, verdict, rating, score, guess, ease, strength, slip)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, r.ID, change, who.Person, r.Question.Fact, string(r.Verdict), uint8(r.Rating), r.Score,
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

// isMadeAnew tells whether a card is no longer as its answers left it: they were
// marked again, it was tended by hand, or the weights are others than those by which
// that model set its days.
func isMadeAnew(tx *gorm.DB, who quiz.Who, fact int64, facet quiz.Facet, model string) (bool, error) {
	if again, err := isRemarked(tx, who, fact); err != nil || again {
		return again, err
	}
	if tended, err := isTended(tx, who, fact, facet); err != nil || tended {
		return tended, err
	}
	weights, err := scanOne[int64](tx.Raw("SELECT weights FROM persons WHERE id = ?", who.Person))
	return weights != study.TuningOf(model), err
}

// rebuildCard makes a card from the log, as its answers are marked now; one
// without an answer that counts is new again. As long as any is marked again, the
// version only grows, so that whoever holds the card as it was finds that out.
func rebuildCard(tx *gorm.DB, who quiz.Who, fact int64, facet quiz.Facet) error {
	past, err := pastOf(tx, who, "AND r.fact = ? AND r.facet = ?", fact, uint8(facet))
	if err != nil {
		return err
	}
	id := quiz.CardID{Fact: fact, Facet: facet}
	card, found := study.Replay(past)[id]
	version, err := scanOne[int64](tx.Raw("SELECT version FROM cards WHERE person = ? AND fact = ? AND facet = ?", who.Person, fact, uint8(facet)))
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return err
	}
	if !found {
		return tx.Exec("DELETE FROM cards WHERE person = ? AND fact = ? AND facet = ?", who.Person, fact, uint8(facet)).Error
	}
	again, err := isMadeAnew(tx, who, fact, facet, past.Log[len(past.Log)-1].Model)
	if err != nil {
		return err
	}
	if again {
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
		people, marks = nil, nil
		if err := tx.Raw("SELECT person FROM notices WHERE change = ? AND fact = ?", undoes, f.After.ID).Scan(&people).Error; err != nil {
			return err
		}
	}
	for _, person := range slices.Sorted(maps.Keys(marks)) { // of an answer that it only had a part in
		if marks[person] != (tally{}) && !slices.Contains(people, person) {
			people = append(people, person)
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
		AND (d.owner = ? AND d.owner <> 0 OR d.deleted = 0 AND d.visible <> 'me')
		ORDER BY n.change DESC, n.fact LIMIT 50`, who.Person, deck, deck, who.Person).Scan(&rows).Error); err != nil {
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

// SetSeen says that whoever asks has read the notices from one instant to another,
// of a deck or, where it is 0, of all.
func (db *DB) SetSeen(ctx context.Context, who quiz.Who, deck int64, from, until, now time.Time) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		return tx.Exec(`UPDATE notices SET seen = ? WHERE person = ? AND seen = 0 AND at >= ? AND at <= ?
			AND (? = 0 OR fact IN (SELECT id FROM facts WHERE deck = ?))`, ms(now), who.Person, ms(from), ms(until), deck, deck).Error
	})
}
