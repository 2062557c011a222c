package study

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/kinds"
)

// PickNext decides, within the transaction that saves a deed and on what lies
// ready after it, where the person stands then.
type PickNext func(Queue) quiz.StudySession

// SessionStore keeps where people stand.
type SessionStore interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	DeckIndex(ctx context.Context, who quiz.Who, deck int64) (*kinds.DeckIndex, error)
	OpenStudySession(ctx context.Context, who quiz.Who, deck int64, at LearnerTime, pose PickNext) (quiz.StudySession, error)
}

// SessionOptions says what to begin with.
type SessionOptions struct {
	Deck           int64
	Flashcards     bool   // as flashcards, where there is one
	KeepMode       bool   // go on as before, with flashcards or without
	RemakeQuestion bool   // a quiz goes on too, with its question made anew if the deck was corrected
	Token          string // for the question that is posed; random
}

// resumeQuiz goes on with a quiz where it stands, with the question made anew if
// the deck was corrected.
func resumeQuiz(s quiz.StudySession, p *kinds.DeckIndex, token string, now time.Time) quiz.StudySession {
	if s.HasQuestion() && s.Question.DeckVersion == p.Deck.Version {
		return s
	}
	return pickNextQuizQuestion(s, p, s.QuizIndex, token, now)
}

// StartSession sits a person down to a deck. A question that waits there already
// stays, on whatever device it was posed, unless the deck was changed since; of
// another deck it is dropped.
func StartSession(ctx context.Context, db SessionStore, who quiz.Who, b SessionOptions, now time.Time) (quiz.StudySession, error) {
	person, err := db.Person(ctx, who)
	if err != nil {
		return quiz.StudySession{}, err
	}
	pool, err := db.DeckIndex(ctx, who, b.Deck)
	if err != nil {
		return quiz.StudySession{}, err
	}
	at := NewLearnerTime(person, now)
	return db.OpenStudySession(ctx, who, b.Deck, at, func(d Queue) quiz.StudySession {
		s := d.Session
		if b.KeepMode {
			b.Flashcards = s.Flashcards
		}
		if b.RemakeQuestion && s.QuizAttempt != "" {
			return resumeQuiz(s, pool, b.Token, now)
		}
		goesOn := s.Deck == b.Deck && s.Flashcards == b.Flashcards && s.QuizAttempt == "" && s.HasQuestion()
		if !goesOn || s.Day != at.Day {
			waiting := s
			s = quiz.StudySession{Deck: b.Deck, Flashcards: b.Flashcards, StartedAt: now, Day: at.Day}
			if goesOn {
				s.Token, s.Question, s.AskedAt, s.IsDueReview = waiting.Token, waiting.Question, now, waiting.IsDueReview
			}
		}
		if !goesOn || s.Question.DeckVersion != pool.Deck.Version {
			return pickNextQuestion(s, d, pool, person, b.Token, now)
		}
		s.Remaining = max(1, d.Remaining(person.NewPerDay))
		return s
	})
}
