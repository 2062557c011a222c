package study

import (
	"context"
	"time"

	"chronicle/quiz"
)

// Bringer moves what a guest learned.
type Bringer interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	AllCards(ctx context.Context, who quiz.Who) ([]quiz.Card, error)
	Reviews(ctx context.Context, who quiz.Who, since time.Time) ([]quiz.Review, error)
	Move(ctx context.Context, who, guest quiz.Who, log []quiz.Review, now time.Time) error
}

// Bring takes what a guest answered into the account that they sign in to, as
// if it had been answered there, one after another. Afterwards the guest has
// nothing left, so that nothing is brought twice. It is a Conflict only if
// somebody goes on answering all the while.
func Bring(ctx context.Context, db Bringer, who, guest quiz.Who, now time.Time) error {
	var err error
	for range 3 {
		if err = bring(ctx, db, who, guest, now); !quiz.Is(err, quiz.Conflict) {
			break
		}
	}
	if quiz.Is(err, quiz.Missing) { // a second tap: it was brought already
		return nil
	}
	return err
}

func bring(ctx context.Context, db Bringer, who, guest quiz.Who, now time.Time) error {
	log, err := db.Reviews(ctx, guest, time.Time{})
	if err != nil {
		return err
	}
	have, err := db.AllCards(ctx, who)
	if err != nil {
		return err
	}
	person, err := db.Person(ctx, who)
	if err != nil {
		return err
	}
	cards := map[quiz.CardID]quiz.Card{}
	for _, c := range have {
		cards[c.CardID] = c
	}
	var brought []quiz.Review
	for _, r := range log {
		if !r.Counts() {
			continue
		}
		c := cards[cardOf(r)]
		c.CardID, c.Deck = cardOf(r), r.Deck
		r.Day = max(r.Day, c.Memory.LastDay) // days of a card never go back
		r.Model = Made{person.Tuning.ID, madeBy(r.Model).Wanted}.String()
		r.Before, r.After = c, remember(c, r, person.Tuning)
		cards[c.CardID] = r.After
		brought = append(brought, r)
	}
	return db.Move(ctx, who, guest, brought, now)
}
