package study

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/mark"
)

// Undoer takes answers back.
type Undoer interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	LastReview(ctx context.Context, who quiz.Who) (quiz.Review, error)
	TakeBack(ctx context.Context, who quiz.Who, r quiz.Review, at Moment, pose Poser) (quiz.Sitting, error)
}

// Undo takes back the answer that was given to the token: the card is as it
// was and the same question waits again, under the token next. Only the last
// answer that stands can be taken back; another one, or one that was taken
// back already, is a Conflict.
func Undo(ctx context.Context, db Undoer, who quiz.Who, token, next string, now time.Time) (quiz.Sitting, error) {
	person, err := db.Person(ctx, who)
	if err != nil {
		return quiz.Sitting{}, err
	}
	r, err := db.LastReview(ctx, who)
	if quiz.Is(err, quiz.Missing) {
		return quiz.Sitting{}, quiz.Fail(quiz.Conflict, "error.undo.none")
	}
	if err != nil {
		return quiz.Sitting{}, err
	}
	if r.Token != token {
		return quiz.Sitting{}, quiz.Fail(quiz.Conflict, "error.undo.other")
	}
	at := At(person, now)
	return db.TakeBack(ctx, who, r, at, func(d Desk) quiz.Sitting {
		s := d.Sitting
		if s.Deck != r.Deck || s.Day != at.Day {
			s = quiz.Sitting{Deck: r.Deck, Started: now, Day: at.Day, Flips: s.Flips && s.Deck == r.Deck}
		}
		s.Done = max(0, s.Done-1)
		s.Token, s.Question, s.Posed = next, r.Question, now
		s.Fading = r.Before.Memory.Phase == fsrs.PhaseReview
		s.Left = max(1, d.Left(person.NewPerDay))
		return s
	})
}

// Replay rebuilds cards from the log: reviews of one person in the order in
// which they were given, those taken back left out by their mark.
func Replay(cal quiz.Calendar, log []quiz.Review) map[quiz.CardID]quiz.Card {
	cards := map[quiz.CardID]quiz.Card{}
	for _, r := range log {
		if r.Undone {
			continue
		}
		id := quiz.CardID{Fact: r.Question.Fact, Facet: r.Question.Facet}
		c := cards[id]
		c.CardID, c.Deck = id, r.Deck
		at := Moment{Now: r.At, Day: r.Day, Cal: cal}
		cards[id] = move(c, mark.Mark{Rating: r.Rating, Form: r.Form}, at)
	}
	return cards
}
