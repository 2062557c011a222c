package storage

import (
	"maps"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/authoring"

	"gorm.io/gorm"
)

// moveFacts moves facts to another deck with their cards and reports, and copies their sources
// there. A moved fact leaves a retired fact with its key behind, so that no other fact gets the
// key and it can be moved back.
func moveFacts(tx *gorm.DB, who quiz.Who, r authoring.EditResult, now time.Time) error {
	if len(r.Moves) == 0 {
		return nil
	}
	came := map[int64]map[string]bool{} // keys of moved facts, by their new deck
	for _, m := range r.Moves {
		for _, home := range []quiz.FactLocation{m.From, m.To} {
			if came[home.Deck] == nil {
				came[home.Deck] = map[string]bool{}
			}
		}
		came[m.To.Deck][m.To.Key] = true
	}
	decks := slices.Sorted(maps.Keys(came))
	for _, id := range decks {
		if _, err := ownedDeck(tx, who, id); err != nil {
			return err
		}
	}
	for _, m := range r.Moves {
		if m.To.Source != "" {
			if err := tx.Exec(`INSERT INTO sources (deck, key, place, title, author, address, licence)
				SELECT ?, ?, (SELECT count(*) FROM sources WHERE deck = ?), title, author, address, licence
				FROM sources WHERE deck = ? AND key = ? ON CONFLICT (deck, key) DO NOTHING`,
				m.To.Deck, m.To.Source, m.To.Deck, m.From.Deck, m.From.Source).Error; err != nil {
				return err
			}
		}
		if err := moveFact(tx, m, r.UndoneChange != 0, now); err != nil {
			return err
		}
		for _, table := range []string{"cards", "reports"} {
			if err := tx.Exec("UPDATE "+table+" SET deck = ? WHERE fact = ?", m.To.Deck, m.Fact).Error; err != nil {
				return err
			}
		}
	}
	for _, id := range decks {
		row, err := scanOne[deckRow](tx.Raw("UPDATE decks SET version = version + 1, changed = ? WHERE id = ? RETURNING *", toMillis(now), id))
		if err != nil {
			return err
		}
		d, err := loadDeck(tx, row)
		if err != nil {
			return err
		}
		if err := writeFacts(tx, d, came[id], now); err != nil {
			return err
		}
	}
	return nil
}

func moveFact(tx *gorm.DB, m quiz.FactMove, back bool, now time.Time) error {
	if back { // back to the key it left behind
		if err := tx.Exec(`DELETE FROM facts WHERE deck = ? AND key = ? AND retired AND id <> ?
			AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.fact = facts.id)`, m.To.Deck, m.To.Key, m.Fact).Error; err != nil {
			return err
		}
	}
	if err := requireOneRow(tx.Exec(`UPDATE facts SET deck = ?, key = ?, source = ?, text = ?, revision = revision + 1,
		added = CASE WHEN ? THEN added ELSE ? END WHERE id = ? AND deck = ?`,
		m.To.Deck, m.To.Key, m.To.Source, m.To.Text, back, toMillis(now), m.Fact, m.From.Deck)); err != nil || back {
		return err
	}
	return tx.Exec(`INSERT INTO facts (deck, key, place, facets, edtf, lo, hi, also, event, label, terms, detail, source, section,
			span_start, span_end, tags, claim, disputed, retired, revision, text, held, bars, words, added)
		SELECT ?, ?, place, 0, edtf, lo, hi, also, event, label, terms, detail, ?, section,
			span_start, span_end, tags, claim, disputed, ?, revision, ?, held, bars, words, added FROM facts WHERE id = ?`,
		m.From.Deck, m.From.Key, m.From.Source, true, m.From.Text, m.Fact).Error
}
