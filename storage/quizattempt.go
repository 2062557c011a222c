package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"chronicle/quiz"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

// quizRow is the JSON form of a quiz. Its names must not change with the code.
type quizRow struct {
	Seed          uint64        `json:"seed"`
	Length        int           `json:"length"`
	Kinds         []string      `json:"kinds,omitempty"`
	Timed         bool          `json:"clock,omitempty"`
	RepeatsMissed bool          `json:"missed,omitempty"`
	FromYear      int           `json:"from,omitempty"`
	ToYear        int           `json:"to,omitempty"`
	FactKeys      []string      `json:"facts,omitempty"`
	Items         []quizItemRow `json:"asks"`
}

type quizItemRow struct {
	Fact         int64  `json:"fact"`
	Facet        uint8  `json:"facet"`
	Kind         string `json:"kind"`
	ContrastFact int64  `json:"contrast,omitempty"`
}

type quizAttemptRow struct {
	ID      string
	Deck    int64
	Quiz    string
	Started int64
}

func quizJSON(q quiz.Quiz) string {
	r := quizRow{Seed: q.Seed, Length: q.Length, Timed: q.Timed, RepeatsMissed: q.RepeatsMissed, FromYear: q.FromYear, ToYear: q.ToYear, FactKeys: q.FactKeys}
	for _, k := range q.Kinds {
		r.Kinds = append(r.Kinds, string(k))
	}
	for _, a := range q.Items {
		r.Items = append(r.Items, quizItemRow{a.Fact, uint8(a.Facet), string(a.Kind), a.ContrastFact})
	}
	return jsonText(r)
}

func (r quizAttemptRow) quizAttempt() (quiz.QuizAttempt, error) {
	var q quizRow
	if err := json.Unmarshal([]byte(r.Quiz), &q); err != nil {
		return quiz.QuizAttempt{}, fmt.Errorf("a kept quiz: %w", err)
	}
	run := quiz.QuizAttempt{ID: r.ID, StartedAt: fromMillis(r.Started)}
	run.Quiz = quiz.Quiz{Deck: r.Deck, Seed: q.Seed, Length: q.Length, Timed: q.Timed, RepeatsMissed: q.RepeatsMissed, FromYear: q.FromYear, ToYear: q.ToYear, FactKeys: q.FactKeys}
	for _, k := range q.Kinds {
		run.Quiz.Kinds = append(run.Quiz.Kinds, quiz.Kind(k))
	}
	for _, a := range q.Items {
		id := quiz.CardID{Fact: a.Fact, Facet: quiz.Facet(a.Facet)}
		run.Quiz.Items = append(run.Quiz.Items, quiz.QuizItem{CardID: id, Kind: quiz.Kind(a.Kind), ContrastFact: a.ContrastFact})
	}
	return run, nil
}

// QuizAttempt returns a quiz attempt of the current person.
func (db *DB) QuizAttempt(ctx context.Context, who quiz.Who, id string) (quiz.QuizAttempt, error) {
	return quizAttempt(db.read(ctx), who, id)
}

// LastQuizAttempt returns the person's latest quiz attempt on a deck, or NotFound.
func (db *DB) LastQuizAttempt(ctx context.Context, who quiz.Who, deck int64) (quiz.QuizAttempt, error) {
	r, err := scanOne[quizAttemptRow](db.read(ctx).Raw(
		"SELECT id, deck, quiz, started FROM runs WHERE person = ? AND deck = ? ORDER BY started DESC, id DESC LIMIT 1", who.Person, deck))
	if err != nil {
		return quiz.QuizAttempt{}, err
	}
	return r.quizAttempt()
}

func quizAttempt(g *gorm.DB, who quiz.Who, id string) (quiz.QuizAttempt, error) {
	r, err := scanOne[quizAttemptRow](g.Raw("SELECT id, deck, quiz, started FROM runs WHERE person = ? AND id = ?", who.Person, id))
	if err != nil {
		return quiz.QuizAttempt{}, err
	}
	return r.quizAttempt()
}

// OpenQuizSession opens a study session for a quiz attempt and saves the attempt if it is new.
func (db *DB) OpenQuizSession(ctx context.Context, who quiz.Who, run quiz.QuizAttempt, at study.LearnerTime, pose study.PickNext) (quiz.StudySession, error) {
	var s quiz.StudySession
	err := db.write(ctx, func(tx *gorm.DB) error {
		err := tx.Exec("INSERT INTO runs (person, id, deck, quiz, started) VALUES (?, ?, ?, ?, ?) ON CONFLICT (person, id) DO NOTHING",
			who.Person, run.ID, run.Quiz.Deck, quizJSON(run.Quiz), toMillis(run.StartedAt)).Error
		if err != nil {
			return err
		}
		s, err = db.openStudySession(tx, who, run.Quiz.Deck, at, pose)
		return err
	})
	return s, err
}
