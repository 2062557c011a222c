package storage

import (
	"context"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// Rebuilt is how far a rebuilding of all cards has come.
type Rebuilt struct {
	People, Answers, Changed int
	From                     int64 // the person behind whom it began; 0 for the first
}

// Renewal says how all cards are rebuilt.
type Renewal struct {
	Anew   bool        // from the first person, even if an earlier one was stopped on its way
	Trial  *quiz.Trial // weights for everybody who has none of their own; nil for those they have
	Report func(Rebuilt)
}

// Rebuild makes the cards of everybody from the log again, one person after
// another, each in a transaction of its own. It goes on behind the person at which
// an earlier one was stopped, with the weights of that one, and reports after each.
// It returns ctx's error as soon as ctx ends; what was done until then stays done.
func (db *DB) Rebuild(ctx context.Context, _ quiz.Who, n Renewal) (Rebuilt, error) {
	at, err := db.beginRebuild(ctx, n)
	r := Rebuilt{From: at.Person}
	for err == nil {
		at.Person, err = scanOne[int64](db.read(ctx).Raw(`SELECT id FROM persons p WHERE id > ?
			AND EXISTS (SELECT 1 FROM reviews r WHERE r.person = p.id) ORDER BY id LIMIT 1`, at.Person))
		if quiz.Is(err, quiz.Missing) {
			return r, db.write(ctx, func(tx *gorm.DB) error { return tx.Exec("DELETE FROM rebuilds").Error })
		}
		if err == nil {
			err = db.rebuildOne(ctx, at, &r)
			n.Report(r)
		}
	}
	return r, err
}

// place is where a rebuilding stands.
type place struct{ Person, Weights int64 }

func (db *DB) beginRebuild(ctx context.Context, n Renewal) (at place, err error) {
	err = db.write(ctx, func(tx *gorm.DB) error {
		at, err = scanOne[place](tx.Raw("SELECT person, weights FROM rebuilds WHERE id = 1"))
		if err == nil && !n.Anew {
			return nil
		}
		if err != nil && !quiz.Is(err, quiz.Missing) {
			return err
		}
		at = place{}
		if n.Trial != nil {
			if at.Weights, err = insertWeights(tx, 0, *n.Trial); err != nil {
				return err
			}
			if err := tx.Exec(`UPDATE persons SET weights = ? WHERE NOT EXISTS (SELECT 1 FROM reviews r WHERE r.person = persons.id)`, at.Weights).Error; err != nil {
				return err
			}
		}
		return at.save(tx)
	})
	return at, err
}

func (at place) save(tx *gorm.DB) error {
	return tx.Exec(`INSERT INTO rebuilds (id, person, weights) VALUES (1, ?, ?)
		ON CONFLICT (id) DO UPDATE SET person = excluded.person, weights = excluded.weights`, at.Person, at.Weights).Error
}

// rebuildOne rebuilds the cards of the person at that place.
func (db *DB) rebuildOne(ctx context.Context, at place, r *Rebuilt) error {
	who := quiz.Who{Person: at.Person}
	return db.write(ctx, func(tx *gorm.DB) error {
		if err := lockPerson(tx, who); err != nil {
			return err
		}
		if at.Weights != 0 {
			if err := tx.Exec(`UPDATE persons SET weights = ? WHERE id = ?
				AND weights NOT IN (SELECT id FROM weights WHERE person = ?)`, at.Weights, at.Person, at.Person).Error; err != nil {
				return err
			}
		}
		answers, changed, err := rebuild(tx, who)
		if err != nil {
			return err
		}
		r.People, r.Answers, r.Changed = r.People+1, r.Answers+answers, r.Changed+changed
		return at.save(tx)
	})
}
