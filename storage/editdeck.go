package storage

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/kinds"

	"gorm.io/gorm"
)

// EditDeck runs an edit on a deck of the person. text is the text whose proposals the edit
// uses, or 0. See authoring.DeckStore.
func (db *DB) EditDeck(ctx context.Context, who quiz.Who, deck, text int64, now time.Time, do func(authoring.EditInput) (authoring.EditResult, error)) error {
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := lockDeck(tx, deck); err != nil {
			return err
		}
		row, err := ownedDeck(tx, who, deck)
		if err != nil {
			return err
		}
		var d authoring.EditInput
		if d.Deck, err = loadDeck(tx, row); err != nil {
			return err
		}
		if d.Proposals, d.TakenPositions, err = listProposals(tx, deck, text); err != nil {
			return err
		}
		if d.LastChange, err = lastChange(tx, deck, text); err != nil {
			return err
		}
		d.FactAt = func(key string, revision int64) (quiz.Fact, error) { return factAtRevision(tx, deck, key, revision) }
		d.CountAnswered = func(fact int64) (int, error) {
			return scanOne[int](tx.Raw("SELECT count(DISTINCT person) FROM cards WHERE fact = ? AND facet IN (1, 2)", fact))
		}
		d.OwnDeck = func(other int64) (*quiz.Deck, error) {
			if err := lockDeck(tx, other); err != nil {
				return nil, err
			}
			row, err := ownedDeck(tx, who, other)
			if err != nil {
				return nil, err
			}
			return loadDeck(tx, row)
		}
		r, err := do(d)
		if err != nil {
			return err
		}
		return saveChange(tx, who, d.Deck, text, now, r)
	})
}

// lockDeck makes other edits of a deck wait until this transaction ends.
func lockDeck(tx *gorm.DB, deck int64) error {
	return tx.Exec("UPDATE decks SET changed = changed WHERE id = ?", deck).Error
}

func saveChange(tx *gorm.DB, who quiz.Who, d *quiz.Deck, text int64, now time.Time, r authoring.EditResult) error {
	if len(r.Facts)+len(r.Proposals)+len(r.NewProposals)+len(r.Moves) == 0 && r.UndoneChange == 0 {
		return nil
	}
	if r.Text != 0 { // an undo names the text of the change
		text = r.Text
	}
	var b changeBody
	changed := map[string]bool{}
	for i := range r.Facts {
		one := &r.Facts[i]
		one.After.Revision++
		p := factPair{After: newFactBody(one.After)}
		if one.Before.Key != "" {
			before := newFactBody(one.Before)
			p.Before = &before
		}
		b.Facts = append(b.Facts, p)
		replaceFact(d, one.After)
		changed[one.After.Key] = true
	}
	for _, it := range r.Proposals {
		b.Proposals = append(b.Proposals, proposalPair{it.Position, [2]string{string(it.Before.Status), it.Before.FactKey}, [2]string{string(it.After.Status), it.After.FactKey}})
		if err := tx.Exec("UPDATE proposals SET state = ?, fact = ? WHERE text = ? AND place = ?",
			string(it.After.Status), it.After.FactKey, text, it.Position).Error; err != nil {
			return err
		}
	}
	for _, it := range r.NewProposals {
		b.Proposals = append(b.Proposals, proposalPair{it.Position, [2]string{}, [2]string{string(it.Status), it.FactKey}})
	}
	if err := saveProposals(tx, text, r.NewProposals); err != nil {
		return err
	}
	for _, m := range r.Moves {
		b.Moves = append(b.Moves, factMoveBody{m.Fact, locationBody(m.From), locationBody(m.To)})
	}
	if r.UndoneChange != 0 {
		if err := tx.Exec("UPDATE changes SET undone = ? WHERE id = ?", true, r.UndoneChange).Error; err != nil {
			return err
		}
	}
	id, err := scanOne[int64](tx.Raw("INSERT INTO changes (deck, text, person, what, body, undone, marked, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
		d.ID, text, who.Person, r.Action, jsonText(b), false, r.Regraded, toMillis(now)))
	if err != nil {
		return err
	}
	if len(r.Facts) > 0 {
		if err := writeFacts(tx, d, changed, now); err != nil {
			return err
		}
	}
	if err := applyRedating(tx, id, d, r, now); err != nil {
		return err
	}
	if err := moveFacts(tx, who, r, now); err != nil {
		return err
	}
	return tx.Exec("UPDATE decks SET version = version + 1, changed = ? WHERE id = ?", toMillis(now), d.ID).Error
}

// applyRedating notifies people of changed dates, and regrades answers where the teacher asked
// for it. Undoing a change also deletes its notices that nobody has seen yet.
func applyRedating(tx *gorm.DB, change int64, d *quiz.Deck, r authoring.EditResult, now time.Time) error {
	if r.UndoneChange != 0 {
		if err := tx.Exec("DELETE FROM notices WHERE change = ? AND seen = 0", r.UndoneChange).Error; err != nil {
			return err
		}
	}
	for _, one := range r.Facts {
		if one.Before.Key == "" || one.After.Retired || one.Before.Date == one.After.Date {
			continue
		}
		one.After.ID = one.Before.ID
		var marks map[int64]regradeCount
		var err error
		switch {
		case r.Regraded && r.UndoneChange != 0:
			marks, err = undoRegrade(tx, r.UndoneChange)
		case r.Regraded:
			marks, err = regradeFact(tx, change, one.After, d)
		}
		if err != nil {
			return err
		}
		if err := notifyPeople(tx, change, r.UndoneChange, one, marks, now); err != nil {
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

// writeFacts saves the facts of a deck that are new or changed, and those whose askable facets
// changed, since a change to one fact can affect the others.
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
	for i := range d.Facts { // a deck index needs distinct IDs, and new facts have none
		if d.Facts[i].ID == 0 {
			d.Facts[i].ID = next
			next--
		}
	}
	pool := kinds.NewDeckIndex(d)
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
