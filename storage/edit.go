package storage

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/teach"

	"gorm.io/gorm"
)

// Edit runs a deed on a deck of the person; text is the one whose items it
// looks at, 0 for none. See teach.Store.
func (db *DB) Edit(ctx context.Context, who quiz.Who, deck, text int64, now time.Time, do func(teach.Desk) (teach.Result, error)) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := lockDeck(tx, deck); err != nil {
			return err
		}
		row, err := own(tx, who, deck)
		if err != nil {
			return err
		}
		var d teach.Desk
		if d.Deck, err = loadDeck(tx, row); err != nil {
			return err
		}
		if d.Items, d.Taken, err = itemsOf(tx, deck, text); err != nil {
			return err
		}
		if d.Last, err = lastChange(tx, deck, text); err != nil {
			return err
		}
		d.Was = func(key string, revision int64) (quiz.Fact, error) { return factAt(tx, deck, key, revision) }
		d.Answered = func(fact int64) (int, error) {
			return scanOne[int](tx.Raw("SELECT count(DISTINCT person) FROM cards WHERE fact = ? AND facet IN (1, 2)", fact))
		}
		d.Own = func(other int64) (*quiz.Deck, error) {
			if err := lockDeck(tx, other); err != nil {
				return nil, err
			}
			row, err := own(tx, who, other)
			if err != nil {
				return nil, err
			}
			return loadDeck(tx, row)
		}
		r, err := do(d)
		if err != nil {
			return err
		}
		return keepChange(tx, who, d.Deck, text, now, r)
	})
}

// lockDeck lets other deeds on a deck wait until this one is done.
func lockDeck(tx *gorm.DB, deck int64) error {
	return tx.Exec("UPDATE decks SET changed = changed WHERE id = ?", deck).Error
}

func keepChange(tx *gorm.DB, who quiz.Who, d *quiz.Deck, text int64, now time.Time, r teach.Result) error {
	if len(r.Facts)+len(r.Items)+len(r.New)+len(r.Moves) == 0 && r.Undoes == 0 {
		return nil
	}
	if r.Text != 0 { // what is taken back names its text
		text = r.Text
	}
	var b changeBody
	changed := map[string]bool{}
	for i := range r.Facts {
		one := &r.Facts[i]
		one.After.Revision++
		p := factPair{After: factBodyOf(one.After)}
		if one.Before.Key != "" {
			before := factBodyOf(one.Before)
			p.Before = &before
		}
		b.Facts = append(b.Facts, p)
		replaceFact(d, one.After)
		changed[one.After.Key] = true
	}
	for _, it := range r.Items {
		b.Items = append(b.Items, itemPair{it.Place, [2]string{string(it.Before.State), it.Before.Fact}, [2]string{string(it.After.State), it.After.Fact}})
		if err := tx.Exec("UPDATE proposals SET state = ?, fact = ? WHERE text = ? AND place = ?",
			string(it.After.State), it.After.Fact, text, it.Place).Error; err != nil {
			return err
		}
	}
	for _, it := range r.New {
		b.Items = append(b.Items, itemPair{it.Place, [2]string{}, [2]string{string(it.State), it.Fact}})
	}
	if err := putItems(tx, text, r.New); err != nil {
		return err
	}
	for _, m := range r.Moves {
		b.Moves = append(b.Moves, moveBody{m.Fact, homeBody(m.From), homeBody(m.To)})
	}
	if r.Undoes != 0 {
		if err := tx.Exec("UPDATE changes SET undone = ? WHERE id = ?", true, r.Undoes).Error; err != nil {
			return err
		}
	}
	id, err := scanOne[int64](tx.Raw("INSERT INTO changes (deck, text, person, what, body, undone, marked, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
		d.ID, text, who.Person, r.What, jsonText(b), false, r.Marked, ms(now)))
	if err != nil {
		return err
	}
	if len(r.Facts) > 0 {
		if err := writeFacts(tx, d, changed, now); err != nil {
			return err
		}
	}
	if err := redate(tx, id, d, r, now); err != nil {
		return err
	}
	if err := moveFacts(tx, who, r, now); err != nil {
		return err
	}
	return tx.Exec("UPDATE decks SET version = version + 1, changed = ? WHERE id = ?", ms(now), d.ID).Error
}

// redate tells of dates that are others now, and marks answers to them again
// where the teacher asked for it. Who was not told yet of what is taken back is
// told nothing.
func redate(tx *gorm.DB, change int64, d *quiz.Deck, r teach.Result, now time.Time) error {
	if r.Undoes != 0 {
		if err := tx.Exec("DELETE FROM notices WHERE change = ? AND seen = 0", r.Undoes).Error; err != nil {
			return err
		}
	}
	for _, one := range r.Facts {
		if one.Before.Key == "" || one.After.Retired || one.Before.Date == one.After.Date {
			continue
		}
		one.After.ID = one.Before.ID
		var marks map[int64]tally
		var err error
		switch {
		case r.Marked && r.Undoes != 0:
			marks, err = unmark(tx, r.Undoes)
		case r.Marked:
			marks, err = remark(tx, change, one.After, d)
		}
		if err != nil {
			return err
		}
		if err := tell(tx, change, r.Undoes, one, marks, now); err != nil {
			return err
		}
	}
	return nil
}

func replaceFact(d *quiz.Deck, f quiz.Fact) {
	f.Deck = d.ID
	for i := range d.Facts {
		if d.Facts[i].Key == f.Key {
			f.ID = d.Facts[i].ID
			d.Facts[i] = f
			return
		}
	}
	d.Facts = append(d.Facts, f)
}

// writeFacts writes the facts of a deck that are new or changed, and those that
// are asked as something else now: a change of one changes what can be asked of
// the others.
func writeFacts(tx *gorm.DB, d *quiz.Deck, changed map[string]bool, now time.Time) error {
	var rows []struct {
		Key    string
		Facets int
	}
	if err := tx.Raw("SELECT key, facets FROM facts WHERE deck = ?", d.ID).Scan(&rows).Error; err != nil {
		return err
	}
	kept := make(map[string]int, len(rows))
	for _, r := range rows {
		kept[r.Key] = r.Facets
	}
	next := int64(-1)
	for i := range d.Facts { // a pool tells facts apart by number, and new ones have none
		if d.Facts[i].ID == 0 {
			d.Facts[i].ID = next
			next--
		}
	}
	pool := ask.NewPool(d)
	for _, f := range d.Facts {
		facets, known := kept[f.Key]
		if known && !changed[f.Key] && facets == facetBits(pool, f) {
			continue
		}
		if err := writeFact(tx, d.ID, f, pool, now); err != nil {
			return err
		}
	}
	return nil
}
