package storage

import (
	"sync"

	"gorm.io/gorm"
)

// deckFacts holds what the queue needs of a deck: its facts that are not retired, in order.
type deckFacts struct {
	version, changedAt int64
	facts              []deckFact
	byFact             map[int64]deckFact // by fact
}

// deckFact holds what the queue needs of a fact.
type deckFact struct {
	fact   int64
	facets facetSet
	lo, hi int64
}

// facetsOf returns the facets a fact is asked for; none if the fact is not in the deck.
func (s *deckFacts) facetsOf(fact int64) facetSet { return s.byFact[fact].facets }

// deckFactsCache caches deckFacts by deck ID. An entry is valid while the deck's version and
// change time are the same.
type deckFactsCache struct {
	sync.Mutex
	all map[int64]*deckFacts
}

// deckFacts returns the facts of decks as this transaction sees them; an empty one for a deck
// that does not exist.
func (db *DB) deckFacts(tx *gorm.DB, decks ...int64) (map[int64]*deckFacts, error) {
	var rows []struct{ ID, Version, Changed int64 }
	if err := tx.Raw("SELECT id, version, changed FROM decks WHERE id IN ?", decks).Scan(&rows).Error; err != nil {
		return nil, err
	}
	out := make(map[int64]*deckFacts, len(decks))
	for _, deck := range decks {
		out[deck] = &deckFacts{}
	}
	for _, r := range rows {
		db.deckFactsCache.Lock()
		s := db.deckFactsCache.all[r.ID]
		db.deckFactsCache.Unlock()
		if s == nil || s.version != r.Version || s.changedAt != r.Changed {
			var err error
			if s, err = db.readDeckFacts(tx, r.ID, r.Version, r.Changed); err != nil {
				return nil, err
			}
		}
		out[r.ID] = s
	}
	return out, nil
}

func (db *DB) readDeckFacts(tx *gorm.DB, deck, version, changed int64) (*deckFacts, error) {
	var rows []struct {
		ID, Lo, Hi int64
		Facets     uint8
	}
	if err := tx.Raw("SELECT id, facets, lo, hi FROM facts WHERE deck = ? AND NOT retired ORDER BY place, id", deck).Scan(&rows).Error; err != nil {
		return nil, err
	}
	s := &deckFacts{version: version, changedAt: changed, byFact: make(map[int64]deckFact, len(rows))}
	for _, r := range rows {
		one := deckFact{r.ID, facetSet(r.Facets), r.Lo, r.Hi}
		s.facts = append(s.facts, one)
		s.byFact[r.ID] = one
	}
	db.deckFactsCache.Lock()
	defer db.deckFactsCache.Unlock()
	if db.deckFactsCache.all == nil || len(db.deckFactsCache.all) >= maxCachedDecks*4 {
		db.deckFactsCache.all = map[int64]*deckFacts{}
	}
	db.deckFactsCache.all[deck] = s
	return s, nil
}
