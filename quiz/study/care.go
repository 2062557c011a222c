package study

import (
	"context"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/fsrs"
)

// Carer keeps what is done to cards by hand.
type Carer interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	Pool(ctx context.Context, who quiz.Who, deck int64) (*ask.Pool, error)
	Sitting(ctx context.Context, who quiz.Who) (quiz.Sitting, error)
	Tend(ctx context.Context, who quiz.Who, c quiz.Care, at Moment, pose Poser) error
	Untend(ctx context.Context, who quiz.Who, c quiz.Care, at Moment, pose Poser) error
	CareOf(ctx context.Context, who quiz.Who, id int64) (quiz.Care, error)
	LastCare(ctx context.Context, who quiz.Who) (quiz.Care, error)
}

// Tend does a deed to a card of a deck. A question of that card that waits makes
// way for the next one, under the token next. Day counts for [quiz.SetDue] alone.
// It is Missing when the deck has no such card, or it was never answered and the
// deed needs that.
func Tend(ctx context.Context, db Carer, who quiz.Who, deck int64, c quiz.Care, next string, now time.Time) error {
	person, err := db.Person(ctx, who)
	if err != nil {
		return err
	}
	pool, err := db.Pool(ctx, who, deck)
	if err != nil {
		return err
	}
	at := At(person, now)
	if !slices.Contains(pool.Facets(c.Fact), c.Facet) {
		return quiz.Fail(quiz.Missing, "error.missing")
	}
	if err := c.Check(at.Day).Err(); err != nil {
		return err
	}
	switch c.Deed {
	case quiz.Bury:
		c.Day = at.Day + 1
	case quiz.Suspend:
		c.Day = quiz.Never
	case quiz.Resume, quiz.Forget:
		c.Day = 0
	}
	seat, err := reseat(ctx, db, who, func(s quiz.Sitting, d Desk, p *ask.Pool) quiz.Sitting {
		if q := s.Question; q.Fact != c.Fact || q.Facet != c.Facet {
			return s
		}
		return pose(s, d, p, person, next, now)
	})
	if err != nil {
		return err
	}
	return db.Tend(ctx, who, c, at, seat)
}

// Untend takes the last deed on a card back, as long as no answer came after it: a
// card that was put aside on the way is asked again. Another one is a Conflict.
func Untend(ctx context.Context, db Carer, who quiz.Who, id int64, next string, now time.Time) error {
	person, err := db.Person(ctx, who)
	if err != nil {
		return err
	}
	c, err := db.LastCare(ctx, who)
	if quiz.Is(err, quiz.Missing) || err == nil && c.ID != id {
		if was, err := db.CareOf(ctx, who, id); err != nil || !was.Undone {
			return quiz.Fail(quiz.Conflict, "error.undo.other")
		}
		return nil // a second tap
	}
	if err != nil {
		return err
	}
	at := At(person, now)
	seat, err := reseat(ctx, db, who, func(s quiz.Sitting, d Desk, p *ask.Pool) quiz.Sitting {
		card, ready := d.ready(c.CardID)
		if q, ok := d.question(p, card, s.Flips, person, seed(next)); ok && ready && c.Deed.Aside() && !c.At.Before(s.Started) {
			s.Token, s.Question, s.Posed = next, q, now
			s.Fading, s.Left = card.Memory.Phase == fsrs.PhaseReview, max(1, d.Left(person.NewPerDay))
			return s
		}
		if !s.Waits() {
			return pose(s, d, p, person, next, now)
		}
		return s
	})
	if err != nil {
		return err
	}
	return db.Untend(ctx, who, c, at, seat)
}

// ready finds a card among those that lie ready.
func (d Desk) ready(id quiz.CardID) (quiz.Card, bool) {
	for _, c := range slices.Concat(d.Steps, d.Reviews, d.Later) {
		if c.CardID == id {
			return c, true
		}
	}
	return quiz.Card{CardID: id}, slices.Contains(d.Fresh, id)
}

// reseat makes a Poser for whoever studies. Who sits nowhere stays so, and a quiz,
// whose places are laid, goes on as it is.
func reseat(ctx context.Context, db Carer, who quiz.Who, seat func(quiz.Sitting, Desk, *ask.Pool) quiz.Sitting) (Poser, error) {
	stay := func(d Desk) quiz.Sitting { return d.Sitting }
	s, err := db.Sitting(ctx, who)
	if quiz.Is(err, quiz.Missing) || err == nil && s.Run != "" {
		return stay, nil
	}
	if err != nil {
		return nil, err
	}
	pool, err := db.Pool(ctx, who, s.Deck)
	if quiz.Is(err, quiz.Missing) {
		return stay, nil
	}
	return func(d Desk) quiz.Sitting {
		if d.Sitting.Deck != s.Deck || d.Sitting.Run != "" { // it was left meanwhile
			return d.Sitting
		}
		return seat(d.Sitting, d, pool)
	}, err
}
