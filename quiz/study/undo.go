package study

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/kinds"
)

// UndoStore undoes answers.
type UndoStore interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	DeckIndex(ctx context.Context, who quiz.Who, deck int64) (*kinds.DeckIndex, error)
	StudySession(ctx context.Context, who quiz.Who) (quiz.StudySession, error)
	ReviewByToken(ctx context.Context, who quiz.Who, token string) (quiz.Review, error)
	LastReview(ctx context.Context, who quiz.Who) (quiz.Review, error)
	AnswerReviews(ctx context.Context, who quiz.Who, token string) ([]quiz.Review, error)
	UndoAnswer(ctx context.Context, who quiz.Who, all []quiz.Review, at LearnerTime, pose PickNext) (quiz.StudySession, error)
}

// UndoAnswer undoes the answer with the given token: the card is restored and the same
// question waits again, under the token next. Only the last answer that was not undone
// can be undone; an earlier one is a Conflict. Undoing the same answer twice is no
// error and changes nothing.
func UndoAnswer(ctx context.Context, db UndoStore, who quiz.Who, token, next string, now time.Time) (quiz.StudySession, error) {
	person, err := db.Person(ctx, who)
	if err != nil {
		return quiz.StudySession{}, err
	}
	r, err := db.LastReview(ctx, who)
	if err != nil && !quiz.Is(err, quiz.NotFound) {
		return quiz.StudySession{}, err
	}
	if err != nil || r.Token != token {
		return alreadyUndone(ctx, db, who, token)
	}
	pool, err := db.DeckIndex(ctx, who, r.Deck)
	if err != nil {
		return quiz.StudySession{}, err
	}
	all, err := db.AnswerReviews(ctx, who, token)
	if err != nil {
		return quiz.StudySession{}, err
	}
	at := NewLearnerTime(person, now)
	s, err := db.UndoAnswer(ctx, who, all, at, func(d Queue) quiz.StudySession {
		s := d.Session
		if s.Deck != r.Deck || s.QuizAttempt != r.QuizAttempt || s.Day != at.Day && s.QuizAttempt == "" {
			s = quiz.StudySession{Deck: r.Deck, StartedAt: now, Day: at.Day, Flashcards: s.Flashcards && s.Deck == r.Deck}
		}
		s.AnswerCount = max(0, s.AnswerCount-1)
		if s.QuizAttempt != "" {
			return pickNextQuizQuestion(s, pool, max(0, s.Quiz.IndexOf(cardIDOf(r))), next, now)
		}
		q := r.Question
		if q.DeckVersion != pool.Deck.Version { // the deck was corrected since
			var ok bool
			if q, ok = d.makeQuestion(pool, r.CardBefore, s.Flashcards, person, seedFromToken(next)); !ok {
				return pickNextQuestion(s, d, pool, person, next, now)
			}
		}
		q.ConfusableTerms = nil
		s.Token, s.Question, s.AskedAt = next, q, now
		s.IsDueReview = r.CardBefore.State.Phase == fsrs.PhaseReview
		s.Remaining = max(1, d.Remaining(person.NewPerDay))
		return s
	})
	if quiz.Is(err, quiz.Conflict) {
		return alreadyUndone(ctx, db, who, token)
	}
	return s, err
}

// alreadyUndone returns the current session if the answer was already undone, and a
// Conflict otherwise.
func alreadyUndone(ctx context.Context, db UndoStore, who quiz.Who, token string) (quiz.StudySession, error) {
	r, err := db.ReviewByToken(ctx, who, token)
	if err != nil && !quiz.Is(err, quiz.NotFound) {
		return quiz.StudySession{}, err
	}
	if err != nil || !r.Undone {
		return quiz.StudySession{}, quiz.NewError(quiz.Conflict, "error.undo.other")
	}
	return db.StudySession(ctx, who)
}
