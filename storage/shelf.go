package storage

import (
	"sync"

	"gorm.io/gorm"
)

// shelf is what a desk has to know of a deck: its facts that are still asked, in their
// order.
type shelf struct {
	version, changed int64
	stubs            []stub
	at               map[int64]stub // by fact
}

// stub is what it has to know of a fact.
type stub struct {
	fact   int64
	facets facets
	lo, hi int64
}

// facets are the sides that a fact asks for; none of a fact that is not here any more.
func (s *shelf) facets(fact int64) facets { return s.at[fact].facets }

// shelves keeps them, by the number of the deck. One counts as long as it is of the
// deck's version.
type shelves struct {
	sync.Mutex
	all map[int64]*shelf
}

// shelved gives the shelves of decks as they stand in this transaction, an empty one for
// a deck that is not there.
func (db *DB) shelved(tx *gorm.DB, decks ...int64) (map[int64]*shelf, error) {
	var rows []struct{ ID, Version, Changed int64 }
	if err := tx.Raw("SELECT id, version, changed FROM decks WHERE id IN ?", decks).Scan(&rows).Error; err != nil {
		return nil, err
	}
	out := make(map[int64]*shelf, len(decks))
	for _, deck := range decks {
		out[deck] = &shelf{}
	}
	for _, r := range rows {
		db.shelves.Lock()
		s := db.shelves.all[r.ID]
		db.shelves.Unlock()
		if s == nil || s.version != r.Version || s.changed != r.Changed {
			var err error
			if s, err = db.readShelf(tx, r.ID, r.Version, r.Changed); err != nil {
				return nil, err
			}
		}
		out[r.ID] = s
	}
	return out, nil
}

func (db *DB) readShelf(tx *gorm.DB, deck, version, changed int64) (*shelf, error) {
	var rows []struct {
		ID, Lo, Hi int64
		Facets     uint8
	}
	if err := tx.Raw("SELECT id, facets, lo, hi FROM facts WHERE deck = ? AND NOT retired ORDER BY place, id", deck).Scan(&rows).Error; err != nil {
		return nil, err
	}
	s := &shelf{version: version, changed: changed, at: make(map[int64]stub, len(rows))}
	for _, r := range rows {
		one := stub{r.ID, facets(r.Facets), r.Lo, r.Hi}
		s.stubs = append(s.stubs, one)
		s.at[r.ID] = one
	}
	db.shelves.Lock()
	defer db.shelves.Unlock()
	if db.shelves.all == nil || len(db.shelves.all) >= cachedDecks*4 {
		db.shelves.all = map[int64]*shelf{}
	}
	db.shelves.all[deck] = s
	return s, nil
}
