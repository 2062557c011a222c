package storage

import (
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// moveFacts takes facts to another deck, with their cards and reports; their
// sources are copied there.
func moveFacts(tx *gorm.DB, who quiz.Who, from *quiz.Deck, moves []quiz.Move, now time.Time) error {
	if len(moves) == 0 {
		return nil
	}
	decks := map[int64]map[string]bool{from.ID: {}} // and the facts that came
	for _, m := range moves {
		if _, err := own(tx, who, m.From.Deck); err != nil {
			return err
		}
		if _, err := own(tx, who, m.To.Deck); err != nil {
			return err
		}
		if m.To.Source != "" {
			if err := tx.Exec(`INSERT INTO sources (deck, key, place, title, author, address, licence)
				SELECT ?, ?, (SELECT count(*) FROM sources WHERE deck = ?), title, author, address, licence
				FROM sources WHERE deck = ? AND key = ? ON CONFLICT (deck, key) DO NOTHING`,
				m.To.Deck, m.To.Source, m.To.Deck, m.From.Deck, m.From.Source).Error; err != nil {
				return err
			}
		}
		if err := onlyOne(tx.Exec("UPDATE facts SET deck = ?, key = ?, source = ?, text = ?, added = ?, revision = revision + 1 WHERE id = ? AND deck = ?",
			m.To.Deck, m.To.Key, m.To.Source, m.To.Text, ms(now), m.Fact, m.From.Deck)); err != nil {
			return err
		}
		for _, table := range []string{"cards", "reports"} {
			if err := tx.Exec("UPDATE "+table+" SET deck = ? WHERE fact = ?", m.To.Deck, m.Fact).Error; err != nil {
				return err
			}
		}
		for _, home := range []quiz.Home{m.From, m.To} {
			if decks[home.Deck] == nil {
				decks[home.Deck] = map[string]bool{}
			}
		}
		decks[m.To.Deck][m.To.Key] = true
	}
	for id, came := range decks {
		row, err := scanOne[deckRow](tx.Raw("UPDATE decks SET version = version + 1, changed = ? WHERE id = ? RETURNING *", ms(now), id))
		if err != nil {
			return err
		}
		d, err := loadDeck(tx, row)
		if err != nil {
			return err
		}
		if err := writeFacts(tx, d, came, now); err != nil {
			return err
		}
	}
	return nil
}
