package study

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
)

// Poser decides, within the transaction that saves a deed and on what lies
// ready after it, where the person stands then.
type Poser func(Desk) quiz.Sitting

// Sitter keeps where people stand.
type Sitter interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	Pool(ctx context.Context, who quiz.Who, deck int64) (*ask.Pool, error)
	Sit(ctx context.Context, who quiz.Who, deck int64, at Moment, pose Poser) (quiz.Sitting, error)
}

// Start says what to begin with.
type Start struct {
	Deck   int64
	Flips  bool   // as flashcards, where there is one
	Resume bool   // go on as before, with flashcards or without
	Anew   bool   // a quiz goes on too, with its question made anew if the deck was corrected
	Token  string // for the question that is posed; random
}

// resumeQuiz goes on with a quiz where it stands, with the question made anew if
// the deck was corrected.
func resumeQuiz(s quiz.Sitting, p *ask.Pool, token string, now time.Time) quiz.Sitting {
	if s.Waits() && s.Question.Version == p.Deck.Version {
		return s
	}
	return poseQuiz(s, p, s.Place, token, now)
}

// Begin sits a person down to a deck. A question that waits there already
// stays, on whatever device it was posed, unless the deck was changed since; of
// another deck it is dropped.
func Begin(ctx context.Context, db Sitter, who quiz.Who, b Start, now time.Time) (quiz.Sitting, error) {
	person, err := db.Person(ctx, who)
	if err != nil {
		return quiz.Sitting{}, err
	}
	pool, err := db.Pool(ctx, who, b.Deck)
	if err != nil {
		return quiz.Sitting{}, err
	}
	at := At(person, now)
	return db.Sit(ctx, who, b.Deck, at, func(d Desk) quiz.Sitting {
		s := d.Sitting
		if b.Resume {
			b.Flips = s.Flips
		}
		if b.Anew && s.Run != "" {
			return resumeQuiz(s, pool, b.Token, now)
		}
		goesOn := s.Deck == b.Deck && s.Flips == b.Flips && s.Run == "" && s.Waits()
		if !goesOn || s.Day != at.Day {
			waiting := s
			s = quiz.Sitting{Deck: b.Deck, Flips: b.Flips, Started: now, Day: at.Day}
			if goesOn {
				s.Token, s.Question, s.Posed, s.Fading = waiting.Token, waiting.Question, now, waiting.Fading
			}
		}
		if !goesOn || s.Question.Version != pool.Deck.Version {
			return pose(s, d, pool, person, b.Token, now)
		}
		s.Left = max(1, d.Left(person.NewPerDay))
		return s
	})
}
