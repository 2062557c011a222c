package storage

import (
	"context"

	"chronicle/quiz"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

type sittingRow struct {
	Deck     int64
	Flips    bool
	Started  int64
	Day      int64
	Done     int
	Still    int
	Token    string
	Posed    int64
	Question string
	Fading   bool
	Run      string
	Place    int
}

func (r sittingRow) sitting() (quiz.Sitting, error) {
	q, err := questionOf(r.Question)
	return quiz.Sitting{
		Deck: r.Deck, Flips: r.Flips, Started: instant(r.Started), Day: r.Day, Done: r.Done, Left: r.Still,
		Token: r.Token, Posed: instant(r.Posed), Question: q, Fading: r.Fading, Run: r.Run, Place: r.Place,
	}, err
}

// Sitting gives where whoever asks stands; Missing when they never sat down.
func (db *DB) Sitting(ctx context.Context, who quiz.Who) (quiz.Sitting, error) {
	return sitting(db.read(ctx), who)
}

func sitting(g *gorm.DB, who quiz.Who) (quiz.Sitting, error) {
	r, err := scanOne[sittingRow](g.Raw("SELECT * FROM sittings WHERE person = ?", who.Person))
	if err != nil {
		return quiz.Sitting{}, err
	}
	s, err := r.sitting()
	if err == nil && s.Run != "" {
		run, failed := runOf(g, who, s.Run)
		s.Quiz, err = run.Quiz, failed
	}
	return s, err
}

// Sit sits a person down, with the question that pose gives.
func (db *DB) Sit(ctx context.Context, who quiz.Who, deck int64, at study.Moment, pose study.Poser) (quiz.Sitting, error) {
	var s quiz.Sitting
	err := db.write(ctx, func(tx *gorm.DB) (err error) {
		s, err = db.sit(tx, who, deck, at, pose)
		return err
	})
	return s, err
}

func (db *DB) sit(tx *gorm.DB, who quiz.Who, deck int64, at study.Moment, pose study.Poser) (quiz.Sitting, error) {
	if err := lockPerson(tx, who); err != nil {
		return quiz.Sitting{}, err
	}
	d, err := db.desk(tx, who, deck, at)
	if err != nil {
		return quiz.Sitting{}, err
	}
	s := pose(d)
	return s, saveSitting(tx, who, s)
}

// lockPerson makes deeds of one person follow one another on PostgreSQL; on
// SQLite they do anyway. The second lock is the one that answers wait for; it
// comes after the first in every deed, so that no two wait for each other.
func lockPerson(tx *gorm.DB, who quiz.Who) error {
	if tx.Name() != "postgres" {
		return nil
	}
	_, err := scanOne[int64](tx.Raw("SELECT id FROM persons WHERE id = ? FOR NO KEY UPDATE", who.Person))
	if err != nil {
		return err
	}
	return tx.Exec("SELECT person FROM sittings WHERE person = ? FOR UPDATE", who.Person).Error
}

func saveSitting(tx *gorm.DB, who quiz.Who, s quiz.Sitting) error {
	return tx.Exec(`INSERT INTO sittings (person, deck, flips, started, day, done, still, token, posed, question, fading, run, place)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (person) DO UPDATE SET deck = excluded.deck, flips = excluded.flips, started = excluded.started,
		day = excluded.day, done = excluded.done, still = excluded.still, token = excluded.token,
		posed = excluded.posed, question = excluded.question, fading = excluded.fading,
		run = excluded.run, place = excluded.place`,
		who.Person, s.Deck, s.Flips, ms(s.Started), s.Day, s.Done, s.Left, s.Token, ms(s.Posed),
		questionText(s.Question), s.Fading, s.Run, s.Place).Error
}
