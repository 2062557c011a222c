package study

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/kinds"
)

// PickNext chooses the next question and returns the new session. It runs inside the
// transaction that saves an answer or another change, on the queue after it.
type PickNext func(Queue) quiz.StudySession

// SessionStore stores study sessions.
type SessionStore interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	DeckIndex(ctx context.Context, who quiz.Who, deck int64) (*kinds.DeckIndex, error)
	OpenStudySession(ctx context.Context, who quiz.Who, deck int64, at LearnerTime, pose PickNext) (quiz.StudySession, error)
}

// SessionOptions are the options of StartSession.
type SessionOptions struct {
	Deck           int64
	Flashcards     bool   // ask flashcards where possible
	KeepMode       bool   // keep the session's current flashcard mode
	RemakeQuestion bool   // continue a quiz too, with its question generated again if the deck was corrected
	Token          string // random token for a new question
}

// resumeQuiz continues a quiz at its current question, which it generates again if the
// deck was corrected.
func resumeQuiz(s quiz.StudySession, p *kinds.DeckIndex, token string, now time.Time) quiz.StudySession {
	if s.HasQuestion() && s.Question.DeckVersion == p.Deck.Version {
		return s
	}
	return pickNextQuizQuestion(s, p, s.QuizIndex, token, now)
}

// StartSession starts or continues studying a deck. A question of the deck that is
// already waiting stays, even if it was asked on another device, unless the deck has
// changed since. A waiting question of another deck is dropped.
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
