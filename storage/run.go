package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"chronicle/quiz"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

// quizRow is a quiz as JSON, with names that outlive the code's.
type quizRow struct {
	Seed   uint64     `json:"seed"`
	Length int        `json:"length"`
	Kinds  []string   `json:"kinds,omitempty"`
	Clock  bool       `json:"clock,omitempty"`
	Missed bool       `json:"missed,omitempty"`
	From   int        `json:"from,omitempty"`
	To     int        `json:"to,omitempty"`
	Facts  []string   `json:"facts,omitempty"`
	Asks   []askedRow `json:"asks"`
}

type askedRow struct {
	Fact  int64  `json:"fact"`
	Facet uint8  `json:"facet"`
	Kind  string `json:"kind"`
	Other int64  `json:"contrast,omitempty"`
}

type runRow struct {
	ID      string
	Deck    int64
	Quiz    string
	Started int64
}

func quizText(q quiz.Quiz) string {
	r := quizRow{Seed: q.Seed, Length: q.Length, Clock: q.Clock, Missed: q.Missed, From: q.From, To: q.To, Facts: q.Facts}
	for _, k := range q.Kinds {
		r.Kinds = append(r.Kinds, string(k))
	}
	for _, a := range q.Asks {
		r.Asks = append(r.Asks, askedRow{a.Fact, uint8(a.Facet), string(a.Kind), a.Contrast})
	}
	return jsonText(r)
}

func (r runRow) run() (quiz.Run, error) {
	var q quizRow
	if err := json.Unmarshal([]byte(r.Quiz), &q); err != nil {
		return quiz.Run{}, fmt.Errorf("a kept quiz: %w", err)
	}
	run := quiz.Run{ID: r.ID, Started: instant(r.Started)}
	run.Quiz = quiz.Quiz{Deck: r.Deck, Seed: q.Seed, Length: q.Length, Clock: q.Clock, Missed: q.Missed, From: q.From, To: q.To, Facts: q.Facts}
	for _, k := range q.Kinds {
		run.Quiz.Kinds = append(run.Quiz.Kinds, quiz.Kind(k))
	}
	for _, a := range q.Asks {
		id := quiz.CardID{Fact: a.Fact, Facet: quiz.Facet(a.Facet)}
		run.Quiz.Asks = append(run.Quiz.Asks, quiz.Asked{CardID: id, Kind: quiz.Kind(a.Kind), Contrast: a.Other})
	}
	return run, nil
}

// Run gives a quiz that whoever asks takes or took.
func (db *DB) Run(ctx context.Context, who quiz.Who, id string) (quiz.Run, error) {
	return runOf(db.read(ctx), who, id)
}

// LastRun gives the quiz of a deck that whoever asks began last; Missing without
// one.
func (db *DB) LastRun(ctx context.Context, who quiz.Who, deck int64) (quiz.Run, error) {
	r, err := scanOne[runRow](db.read(ctx).Raw(
		"SELECT id, deck, quiz, started FROM runs WHERE person = ? AND deck = ? ORDER BY started DESC, id DESC LIMIT 1", who.Person, deck))
	if err != nil {
		return quiz.Run{}, err
	}
	return r.run()
}

func runOf(g *gorm.DB, who quiz.Who, id string) (quiz.Run, error) {
	r, err := scanOne[runRow](g.Raw("SELECT id, deck, quiz, started FROM runs WHERE person = ? AND id = ?", who.Person, id))
	if err != nil {
		return quiz.Run{}, err
	}
	return r.run()
}

// SitRun sits a person down to a quiz, which is kept if it is new.
func (db *DB) SitRun(ctx context.Context, who quiz.Who, run quiz.Run, at study.Moment, pose study.Poser) (quiz.Sitting, error) {
	var s quiz.Sitting
	err := db.write(ctx, func(tx *gorm.DB) error {
		err := tx.Exec("INSERT INTO runs (person, id, deck, quiz, started) VALUES (?, ?, ?, ?, ?) ON CONFLICT (person, id) DO NOTHING",
			who.Person, run.ID, run.Quiz.Deck, quizText(run.Quiz), ms(run.Started)).Error
		if err != nil {
			return err
		}
		s, err = db.sit(tx, who, run.Quiz.Deck, at, pose)
		return err
	})
	return s, err
}
