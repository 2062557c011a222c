package study

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
)

// Quizzer keeps quizzes as people take them.
type Quizzer interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	Pool(ctx context.Context, who quiz.Who, deck int64) (*ask.Pool, error)
	Run(ctx context.Context, who quiz.Who, id string) (quiz.Run, error)
	RunReviews(ctx context.Context, who quiz.Who, id string) ([]quiz.Review, error)
	SitRun(ctx context.Context, who quiz.Who, run quiz.Run, at Moment, pose Poser) (quiz.Sitting, error)
}

// StartQuiz sits a person down to a quiz, whose run gets that id and whose
// first question the token. It is Invalid when the quiz makes no sense, or the
// deck proves no question of its kinds.
func StartQuiz(ctx context.Context, db Quizzer, who quiz.Who, q quiz.Quiz, id, token string, now time.Time) (quiz.Sitting, error) {
	if err := q.Check().Err(); err != nil {
		return quiz.Sitting{}, err
	}
	pool, err := db.Pool(ctx, who, q.Deck)
	if err != nil {
		return quiz.Sitting{}, err
	}
	if q.Asks = pool.Lay(q); len(q.Asks) == 0 {
		var p quiz.Problems
		p.Add("kinds", "problem.quiz.none")
		return quiz.Sitting{}, p.Err()
	}
	return sitRun(ctx, db, who, quiz.Run{ID: id, Quiz: q, Started: now}, pool, 0, 0, token, now)
}

// StartMissed asks again what was missed in a run; Missing when nothing was.
func StartMissed(ctx context.Context, db Quizzer, who quiz.Who, run, id, token string, now time.Time) (quiz.Sitting, error) {
	of, err := db.Run(ctx, who, run)
	if err != nil {
		return quiz.Sitting{}, err
	}
	answers, err := db.RunReviews(ctx, who, run)
	if err != nil {
		return quiz.Sitting{}, err
	}
	q := quiz.Quiz{Deck: of.Quiz.Deck, Seed: (of.Quiz.Seed + 1) % quiz.QuizSeeds, Kinds: of.Quiz.Kinds, Clock: of.Quiz.Clock, Missed: true}
	for _, r := range answers {
		if r.Verdict != quiz.Right && r.Verdict != quiz.Void {
			q.Asks = append(q.Asks, quiz.Asked{CardID: cardOf(r), Kind: r.Question.Kind, Contrast: r.Question.Contrast})
		}
	}
	if q.Length = len(q.Asks); q.Length == 0 {
		return quiz.Sitting{}, quiz.Fail(quiz.Missing, "error.missing")
	}
	pool, err := db.Pool(ctx, who, q.Deck)
	if err != nil {
		return quiz.Sitting{}, err
	}
	return sitRun(ctx, db, who, quiz.Run{ID: id, Quiz: q, Started: now}, pool, 0, 0, token, now)
}

// StartContrast sits a person down to tell two facts of a deck apart; Missing when
// the deck proves no question of exactly those.
func StartContrast(ctx context.Context, db Quizzer, who quiz.Who, deck, a, b int64, seed uint64, id, token string, now time.Time) (quiz.Sitting, error) {
	pool, err := db.Pool(ctx, who, deck)
	if err != nil {
		return quiz.Sitting{}, err
	}
	q := quiz.Quiz{Deck: deck, Seed: seed, Missed: true, Asks: pool.Contrasts(a, b, seed)}
	if q.Length = len(q.Asks); q.Length == 0 {
		return quiz.Sitting{}, quiz.Fail(quiz.Missing, "error.missing")
	}
	return sitRun(ctx, db, who, quiz.Run{ID: id, Quiz: q, Started: now}, pool, 0, 0, token, now)
}

// after is the place behind the last one that was answered. What was left out
// before it, since the deck was corrected, is not asked any more.
func after(q quiz.Quiz, answers []quiz.Review) int {
	place := 0
	for _, r := range answers {
		place = max(place, q.Place(cardOf(r))+1)
	}
	return place
}

// Open is how many questions of a run are still to be answered, as the deck is
// now.
func Open(p *ask.Pool, q quiz.Quiz, answers []quiz.Review) int {
	n := 0
	for _, a := range q.Asks[min(after(q, answers), len(q.Asks)):] {
		if _, ok := p.Question(q, a); ok {
			n++
		}
	}
	return n
}

// ResumeQuiz goes on with a run behind the last question that was answered.
func ResumeQuiz(ctx context.Context, db Quizzer, who quiz.Who, id, token string, now time.Time) (quiz.Sitting, error) {
	run, err := db.Run(ctx, who, id)
	if err != nil {
		return quiz.Sitting{}, err
	}
	answers, err := db.RunReviews(ctx, who, id)
	if err != nil {
		return quiz.Sitting{}, err
	}
	pool, err := db.Pool(ctx, who, run.Quiz.Deck)
	if err != nil {
		return quiz.Sitting{}, err
	}
	return sitRun(ctx, db, who, run, pool, after(run.Quiz, answers), len(answers), token, now)
}

// sitRun sits a person down to a place of a run.
func sitRun(ctx context.Context, db Quizzer, who quiz.Who, run quiz.Run, pool *ask.Pool, place, done int, token string, now time.Time) (quiz.Sitting, error) {
	person, err := db.Person(ctx, who)
	if err != nil {
		return quiz.Sitting{}, err
	}
	at := At(person, now)
	return db.SitRun(ctx, who, run, at, func(d Desk) quiz.Sitting {
		if d.Sitting.Run == run.ID && d.Sitting.Waits() && d.Sitting.Question.Version == pool.Deck.Version {
			return d.Sitting // a second click
		}
		s := quiz.Sitting{Deck: run.Quiz.Deck, Run: run.ID, Quiz: run.Quiz, Started: now, Day: at.Day, Done: done}
		return poseQuiz(s, pool, place, token, now)
	})
}
