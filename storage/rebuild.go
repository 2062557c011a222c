package storage

import (
	"context"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// RebuildProgress is how far a rebuilding of all cards has come.
type RebuildProgress struct {
	People, Answers, Changed int
	FromPerson               int64 // the person behind whom it began; 0 for the first
}

// RebuildOptions says how all cards are rebuilt.
type RebuildOptions struct {
	FromStart    bool                 // from the first person, even if an earlier one was stopped on its way
	SiteTraining *quiz.TrainingResult // weights for everybody who has none of their own; nil for those they have
	OnProgress   func(RebuildProgress)
}

// RebuildCards makes the cards of everybody from the log again, one person after
// another, each in a transaction of its own. It goes on behind the person at which
// an earlier one was stopped, with the weights of that one, and reports after each.
// It returns ctx's error as soon as ctx ends; what was done until then stays done.
func (db *DB) RebuildCards(ctx context.Context, _ quiz.Who, n RebuildOptions) (RebuildProgress, error) {
	at, err := db.startRebuild(ctx, n)
	r := RebuildProgress{FromPerson: at.Person}
	for err == nil {
		at.Person, err = scanOne[int64](db.read(ctx).Raw(`SELECT id FROM persons p WHERE id > ?
			AND EXISTS (SELECT 1 FROM reviews r WHERE r.person = p.id) ORDER BY id LIMIT 1`, at.Person))
		if quiz.Is(err, quiz.NotFound) {
			return r, db.write(ctx, func(tx *gorm.DB) error { return tx.Exec("DELETE FROM rebuilds").Error })
		}
		if err == nil {
			err = db.rebuildPerson(ctx, at, &r)
			n.OnProgress(r)
		}
	}
	return r, err
}

// rebuildPosition is where a rebuilding stands.
type rebuildPosition struct{ Person, Weights int64 }

func (db *DB) startRebuild(ctx context.Context, n RebuildOptions) (at rebuildPosition, err error) {
	err = db.write(ctx, func(tx *gorm.DB) error {
		at, err = scanOne[rebuildPosition](tx.Raw("SELECT person, weights FROM rebuilds WHERE id = 1"))
		if err == nil && !n.FromStart {
			return nil
		}
		if err != nil && !quiz.Is(err, quiz.NotFound) {
			return err
		}
		at = rebuildPosition{}
		if n.SiteTraining != nil {
			if at.Weights, err = insertParameters(tx, 0, *n.SiteTraining); err != nil {
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

func (at rebuildPosition) save(tx *gorm.DB) error {
	return tx.Exec(`INSERT INTO rebuilds (id, person, weights) VALUES (1, ?, ?)
		ON CONFLICT (id) DO UPDATE SET person = excluded.person, weights = excluded.weights`, at.Person, at.Weights).Error
}

// rebuildPerson rebuilds the cards of the person at that place.
func (db *DB) rebuildPerson(ctx context.Context, at rebuildPosition, r *RebuildProgress) error {
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
		answers, changed, err := rebuildAllCards(tx, who)
		if err != nil {
			return err
		}
		r.People, r.Answers, r.Changed = r.People+1, r.Answers+answers, r.Changed+changed
		return at.save(tx)
	})
}
