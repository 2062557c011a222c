package study

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/kinds"
)

// QuizStore stores quiz attempts.
type QuizStore interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	DeckIndex(ctx context.Context, who quiz.Who, deck int64) (*kinds.DeckIndex, error)
	QuizAttempt(ctx context.Context, who quiz.Who, id string) (quiz.QuizAttempt, error)
	QuizAttemptReviews(ctx context.Context, who quiz.Who, id string) ([]quiz.Review, error)
	OpenQuizSession(ctx context.Context, who quiz.Who, run quiz.QuizAttempt, at LearnerTime, pose PickNext) (quiz.StudySession, error)
}

// StartQuiz starts a quiz attempt with the given ID and gives its first question the
// token. It returns an Invalid error if the settings are invalid or the deck has no
// provable question of its kinds.
func StartQuiz(ctx context.Context, db QuizStore, who quiz.Who, q quiz.Quiz, id, token string, now time.Time) (quiz.StudySession, error) {
	if err := q.Validate().Err(); err != nil {
		return quiz.StudySession{}, err
	}
	pool, err := db.DeckIndex(ctx, who, q.Deck)
	if err != nil {
		return quiz.StudySession{}, err
	}
	if q.Items = pool.BuildQuiz(q); len(q.Items) == 0 {
		var p quiz.Problems
		p.Add("kinds", "problem.quiz.none")
		return quiz.StudySession{}, p.Err()
	}
	return openQuizSession(ctx, db, who, quiz.QuizAttempt{ID: id, Quiz: q, StartedAt: now}, pool, 0, 0, token, now)
}

// StartMissedQuiz starts a quiz with the questions missed in a quiz attempt. It
// returns a NotFound error if none was missed.
func StartMissedQuiz(ctx context.Context, db QuizStore, who quiz.Who, run, id, token string, now time.Time) (quiz.StudySession, error) {
	of, err := db.QuizAttempt(ctx, who, run)
	if err != nil {
		return quiz.StudySession{}, err
	}
	answers, err := db.QuizAttemptReviews(ctx, who, run)
	if err != nil {
		return quiz.StudySession{}, err
	}
	q := quiz.Quiz{Deck: of.Quiz.Deck, Seed: (of.Quiz.Seed + 1) % quiz.MaxQuizSeed, Kinds: of.Quiz.Kinds, Timed: of.Quiz.Timed, RepeatsMissed: true}
	for _, r := range answers {
		if r.Verdict != quiz.VerdictRight && r.Verdict != quiz.VerdictVoid {
			q.Items = append(q.Items, quiz.QuizItem{CardID: cardIDOf(r), Kind: r.Question.Kind, ContrastFact: r.Question.ContrastFact})
		}
	}
	if q.Length = len(q.Items); q.Length == 0 {
		return quiz.StudySession{}, quiz.NewError(quiz.NotFound, "error.missing")
	}
	pool, err := db.DeckIndex(ctx, who, q.Deck)
	if err != nil {
		return quiz.StudySession{}, err
	}
	return openQuizSession(ctx, db, who, quiz.QuizAttempt{ID: id, Quiz: q, StartedAt: now}, pool, 0, 0, token, now)
}

// StartContrastQuiz starts a quiz that contrasts two facts of a deck. It returns a
// NotFound error if the deck has no provable question about exactly these two.
func StartContrastQuiz(ctx context.Context, db QuizStore, who quiz.Who, deck, a, b int64, seed uint64, id, token string, now time.Time) (quiz.StudySession, error) {
	pool, err := db.DeckIndex(ctx, who, deck)
	if err != nil {
		return quiz.StudySession{}, err
	}
	q := quiz.Quiz{Deck: deck, Seed: seed, RepeatsMissed: true, Items: pool.ContrastItems(a, b, seed)}
	if q.Length = len(q.Items); q.Length == 0 {
		return quiz.StudySession{}, quiz.NewError(quiz.NotFound, "error.missing")
	}
	return openQuizSession(ctx, db, who, quiz.QuizAttempt{ID: id, Quiz: q, StartedAt: now}, pool, 0, 0, token, now)
}

// nextUnanswered returns the position after the last answered question. Earlier
// questions that were skipped because the deck was corrected are not asked again.
func nextUnanswered(q quiz.Quiz, answers []quiz.Review) int {
	place := 0
	for _, r := range answers {
		place = max(place, q.IndexOf(cardIDOf(r))+1)
	}
	return place
}

// CountOpenQuestions returns how many questions of a quiz attempt are still to be
// answered with the deck as it is now.
func CountOpenQuestions(p *kinds.DeckIndex, q quiz.Quiz, answers []quiz.Review) int {
	n := 0
	for _, a := range q.Items[min(nextUnanswered(q, answers), len(q.Items)):] {
		if _, ok := p.QuizQuestion(q, a); ok {
			n++
		}
	}
	return n
}

// ResumeQuiz continues a quiz attempt after the last answered question.
func ResumeQuiz(ctx context.Context, db QuizStore, who quiz.Who, id, token string, now time.Time) (quiz.StudySession, error) {
	run, err := db.QuizAttempt(ctx, who, id)
	if err != nil {
		return quiz.StudySession{}, err
	}
	answers, err := db.QuizAttemptReviews(ctx, who, id)
	if err != nil {
		return quiz.StudySession{}, err
	}
	pool, err := db.DeckIndex(ctx, who, run.Quiz.Deck)
	if err != nil {
		return quiz.StudySession{}, err
	}
	return openQuizSession(ctx, db, who, run, pool, nextUnanswered(run.Quiz, answers), len(answers), token, now)
}

// openQuizSession opens a study session at a position of a quiz attempt.
func openQuizSession(ctx context.Context, db QuizStore, who quiz.Who, run quiz.QuizAttempt, pool *kinds.DeckIndex, place, done int, token string, now time.Time) (quiz.StudySession, error) {
	person, err := db.Person(ctx, who)
	if err != nil {
		return quiz.StudySession{}, err
	}
	at := NewLearnerTime(person, now)
	return db.OpenQuizSession(ctx, who, run, at, func(d Queue) quiz.StudySession {
		if d.Session.QuizAttempt == run.ID && d.Session.HasQuestion() && d.Session.Question.DeckVersion == pool.Deck.Version {
			return d.Session // a repeated request
		}
		s := quiz.StudySession{Deck: run.Quiz.Deck, QuizAttempt: run.ID, Quiz: run.Quiz, StartedAt: now, Day: at.Day, AnswerCount: done}
		return pickNextQuizQuestion(s, pool, place, token, now)
	})
}
