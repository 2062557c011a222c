package study

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/fsrs"
)

// Undoer takes answers back.
type Undoer interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	Pool(ctx context.Context, who quiz.Who, deck int64) (*ask.Pool, error)
	Sitting(ctx context.Context, who quiz.Who) (quiz.Sitting, error)
	ReviewOf(ctx context.Context, who quiz.Who, token string) (quiz.Review, error)
	LastReview(ctx context.Context, who quiz.Who) (quiz.Review, error)
	Together(ctx context.Context, who quiz.Who, token string) ([]quiz.Review, error)
	TakeBack(ctx context.Context, who quiz.Who, all []quiz.Review, at Moment, pose Poser) (quiz.Sitting, error)
}

// Undo takes back the answer that was given to the token: the card is as it
// was and the same question waits again, under the token next. Only the last
// answer that stands can be taken back; an earlier one is a Conflict. One that
// was taken back already changes nothing: a second tap is no fault.
func Undo(ctx context.Context, db Undoer, who quiz.Who, token, next string, now time.Time) (quiz.Sitting, error) {
	person, err := db.Person(ctx, who)
	if err != nil {
		return quiz.Sitting{}, err
	}
	r, err := db.LastReview(ctx, who)
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return quiz.Sitting{}, err
	}
	if err != nil || r.Token != token {
		return undone(ctx, db, who, token)
	}
	pool, err := db.Pool(ctx, who, r.Deck)
	if err != nil {
		return quiz.Sitting{}, err
	}
	all, err := db.Together(ctx, who, token)
	if err != nil {
		return quiz.Sitting{}, err
	}
	at := At(person, now)
	s, err := db.TakeBack(ctx, who, all, at, func(d Desk) quiz.Sitting {
		s := d.Sitting
		if s.Deck != r.Deck || s.Run != r.Run || s.Day != at.Day && s.Run == "" {
			s = quiz.Sitting{Deck: r.Deck, Started: now, Day: at.Day, Flips: s.Flips && s.Deck == r.Deck}
		}
		s.Done = max(0, s.Done-1)
		if s.Run != "" {
			return poseQuiz(s, pool, max(0, s.Quiz.Place(cardOf(r))), next, now)
		}
		q := r.Question
		if q.Version != pool.Deck.Version { // the deck was corrected since
			var ok bool
			if q, ok = d.question(pool, r.Before, s.Flips, person, seed(next)); !ok {
				return pose(s, d, pool, person, next, now)
			}
		}
		q.Terms = nil
		s.Token, s.Question, s.Posed = next, q, now
		s.Fading = r.Before.Memory.Phase == fsrs.PhaseReview
		s.Left = max(1, d.Left(person.NewPerDay))
		return s
	})
	if quiz.Is(err, quiz.Conflict) {
		return undone(ctx, db, who, token)
	}
	return s, err
}

// undone gives where the person stands if that answer was taken back already.
func undone(ctx context.Context, db Undoer, who quiz.Who, token string) (quiz.Sitting, error) {
	r, err := db.ReviewOf(ctx, who, token)
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return quiz.Sitting{}, err
	}
	if err != nil || !r.Undone {
		return quiz.Sitting{}, quiz.Fail(quiz.Conflict, "error.undo.other")
	}
	return db.Sitting(ctx, who)
}
