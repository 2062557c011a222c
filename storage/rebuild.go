package storage

import (
	"context"

	"chronicle/quiz"

	"gorm.io/gorm"
)

// RebuildProgress counts what a rebuild of all cards has done so far.
type RebuildProgress struct {
	People, Answers, Changed int
	FromPerson               int64 // the person after whom it started; 0 if at the first
}

// RebuildOptions says how to rebuild all cards.
type RebuildOptions struct {
	FromStart    bool                 // start at the first person, even if an earlier rebuild was interrupted
	SiteTraining *quiz.TrainingResult // parameters for everyone without their own; nil leaves them unchanged
	OnProgress   func(RebuildProgress)
}

// RebuildCards rebuilds everyone's cards from the review log, each person in a transaction of
// their own, and reports progress after each. It continues an interrupted rebuild after its
// last person, with the same parameters. It returns ctx's error as soon as ctx ends; the cards
// rebuilt until then stay.
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

// rebuildPosition is the last person rebuilt and the parameters used.
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

// rebuildPerson rebuilds the cards of the person at that position.
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
