package study

import (
	"context"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/kinds"
)

// CardActionStore stores card actions.
type CardActionStore interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	DeckIndex(ctx context.Context, who quiz.Who, deck int64) (*kinds.DeckIndex, error)
	StudySession(ctx context.Context, who quiz.Who) (quiz.StudySession, error)
	SaveCardAction(ctx context.Context, who quiz.Who, c quiz.CardAction, at LearnerTime, pose PickNext) error
	UndoCardAction(ctx context.Context, who quiz.Who, c quiz.CardAction, at LearnerTime, pose PickNext) error
	CardAction(ctx context.Context, who quiz.Who, id int64) (quiz.CardAction, error)
	LastCardAction(ctx context.Context, who quiz.Who) (quiz.CardAction, error)
}

// ApplyCardAction applies a card action to a card of a deck. If the card's question is
// waiting, the next question replaces it, under the token next. The action's Day is
// used for [quiz.ActionReschedule] only. It returns a NotFound error if the deck has
// no such card, or if the action needs a card that was answered before.
func ApplyCardAction(ctx context.Context, db CardActionStore, who quiz.Who, deck int64, c quiz.CardAction, next string, now time.Time) error {
	person, err := db.Person(ctx, who)
	if err != nil {
		return err
	}
	pool, err := db.DeckIndex(ctx, who, deck)
	if err != nil {
		return err
	}
	at := NewLearnerTime(person, now)
	if !slices.Contains(pool.AskableFacets(c.Fact), c.Facet) {
		return quiz.NewError(quiz.NotFound, "error.missing")
	}
	if err := c.Validate(at.Day).Err(); err != nil {
		return err
	}
	switch c.Kind {
	case quiz.ActionBury:
		c.Day = at.Day + 1
	case quiz.ActionSuspend:
		c.Day = quiz.NeverDay
	case quiz.ActionResume, quiz.ActionReset:
		c.Day = 0
	}
	seat, err := repickQuestion(ctx, db, who, func(s quiz.StudySession, d Queue, p *kinds.DeckIndex) quiz.StudySession {
		if q := s.Question; q.Fact != c.Fact || q.Facet != c.Facet {
			return s
		}
		return pickNextQuestion(s, d, p, person, next, now)
	})
	if err != nil {
		return err
	}
	return db.SaveCardAction(ctx, who, c, at, seat)
}

// UndoCardAction undoes the last card action if no answer came after it. A card
// suspended or buried during the current session is asked again. Undoing any other
// action is a Conflict.
func UndoCardAction(ctx context.Context, db CardActionStore, who quiz.Who, id int64, next string, now time.Time) error {
	person, err := db.Person(ctx, who)
	if err != nil {
		return err
	}
	c, err := db.LastCardAction(ctx, who)
	if quiz.Is(err, quiz.NotFound) || err == nil && c.ID != id {
		if was, err := db.CardAction(ctx, who, id); err != nil || !was.Undone {
			return quiz.NewError(quiz.Conflict, "error.undo.other")
		}
		return nil // a repeated request
	}
	if err != nil {
		return err
	}
	at := NewLearnerTime(person, now)
	seat, err := repickQuestion(ctx, db, who, func(s quiz.StudySession, d Queue, p *kinds.DeckIndex) quiz.StudySession {
		card, ready := d.findCard(c.CardID)
		if q, ok := d.makeQuestion(p, card, s.Flashcards, person, seedFromToken(next)); ok && ready && c.Kind.Suspends() && !c.At.Before(s.StartedAt) {
			s.Token, s.Question, s.AskedAt = next, q, now
			s.IsDueReview, s.Remaining = card.State.Phase == fsrs.PhaseReview, max(1, d.Remaining(person.NewPerDay))
			return s
		}
		if !s.HasQuestion() {
			return pickNextQuestion(s, d, p, person, next, now)
		}
		return s
	})
	if err != nil {
		return err
	}
	return db.UndoCardAction(ctx, who, c, at, seat)
}

// findCard returns a card of the queue and whether the queue has it.
func (d Queue) findCard(id quiz.CardID) (quiz.Card, bool) {
	for _, c := range slices.Concat(d.Learning, d.Reviews, d.LearnAhead) {
		if c.CardID == id {
			return c, true
		}
	}
	return quiz.Card{CardID: id}, slices.Contains(d.New, id)
}

// repickQuestion returns a PickNext that applies seat to the person's session. Without
// a session, or during a quiz, whose questions are fixed, the session stays as it is.
func repickQuestion(ctx context.Context, db CardActionStore, who quiz.Who, seat func(quiz.StudySession, Queue, *kinds.DeckIndex) quiz.StudySession) (PickNext, error) {
	stay := func(d Queue) quiz.StudySession { return d.Session }
	s, err := db.StudySession(ctx, who)
	if quiz.Is(err, quiz.NotFound) || err == nil && s.QuizAttempt != "" {
		return stay, nil
	}
	if err != nil {
		return nil, err
	}
	pool, err := db.DeckIndex(ctx, who, s.Deck)
	if quiz.Is(err, quiz.NotFound) {
		return stay, nil
	}
	return func(d Queue) quiz.StudySession {
		if d.Session.Deck != s.Deck || d.Session.QuizAttempt != "" { // the session has changed
			return d.Session
		}
		return seat(d.Session, d, pool)
	}, err
}
