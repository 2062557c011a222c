package study

import (
	"context"
	"time"

	"chronicle/quiz"
)

// GuestMergeStore moves a guest's progress to an account.
type GuestMergeStore interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	AllCards(ctx context.Context, who quiz.Who) ([]quiz.Card, error)
	Reviews(ctx context.Context, who quiz.Who, since time.Time) ([]quiz.Review, error)
	MergeGuest(ctx context.Context, who, guest quiz.Who, log []quiz.Review, now time.Time) error
}

// MergeGuest moves a guest's answers to the account that they sign in to, as if they
// had been given there, one after another. The guest has no answers afterwards, so
// nothing is merged twice. It is a Conflict only if new answers keep arriving during
// all three attempts.
func MergeGuest(ctx context.Context, db GuestMergeStore, who, guest quiz.Who, now time.Time) error {
	var err error
	for range 3 {
		if err = mergeGuest(ctx, db, who, guest, now); !quiz.Is(err, quiz.Conflict) {
			break
		}
	}
	if quiz.Is(err, quiz.NotFound) { // a repeated request: already merged
		return nil
	}
	return err
}

func mergeGuest(ctx context.Context, db GuestMergeStore, who, guest quiz.Who, now time.Time) error {
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
		if !r.CountsForMemory() {
			continue
		}
		c := cards[cardIDOf(r)]
		c.CardID, c.Deck = cardIDOf(r), r.Deck
		r.Day = max(r.Day, c.State.LastDay) // a card's days never decrease
		r.Model = SchedulerVersion{person.Parameters.ID, parseSchedulerVersion(r.Model).DesiredRetention}.String()
		r.CardBefore, r.CardAfter = c, applyReview(c, r, person.Parameters)
		cards[c.CardID] = r.CardAfter
		brought = append(brought, r)
	}
	return db.MergeGuest(ctx, who, guest, brought, now)
}
