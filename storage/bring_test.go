package storage_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

func bring(t *testing.T, account, guest *storagetest.Learner) {
	t.Helper()
	if err := account.DB.Bring(context.Background(), account.Who(), guest.Who()); err != nil {
		t.Fatal(err)
	}
}

// What a guest learned goes to the account: its own cards stay as they are,
// the others come with their reviews and are counted on their days.
func TestBring(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		account := learner(t, db)
		guest := seeded(storagetest.NewLearner(t, db, baku, account.Deck), 3)
		live(t, account, 15, true)
		guest.Now = account.Now
		guest.Set(baku, 30)
		live(t, guest, 40, true)
		own := map[quiz.CardID]quiz.Card{}
		for _, c := range account.Cards() {
			own[c.CardID] = c
		}
		theirs := guest.Cards()
		shared := 0
		for _, c := range theirs {
			if mine, ok := own[c.CardID]; !ok {
				own[c.CardID] = c
			} else if shared++; mine == c {
				t.Errorf("the guest's card %+v is no other than the account's", c)
			}
		}
		if shared == 0 || shared == len(theirs) {
			t.Fatalf("%d cards are shared of %d", shared, len(theirs))
		}
		bring(t, account, guest)
		for _, c := range account.Cards() {
			if c != own[c.CardID] {
				t.Errorf("is %+v, should be %+v", c, own[c.CardID])
			}
			delete(own, c.CardID)
		}
		if len(own) > 0 {
			t.Errorf("not brought: %+v", own)
		}
		rebuilt(t, account)
		if len(guest.Cards()) != 0 || count(t, db, "sittings") != 1 {
			t.Error("the guest still has cards or a place")
		}
		before := everything(t, db)
		bring(t, account, guest)
		if everything(t, db) != before {
			t.Error("something was brought twice")
		}
		account.Now = guest.Now
		live(t, account, 10, true)
		rebuilt(t, account)
	})
}

// A day on which the guest answered only what the account keeps its own of
// counts nothing, and so is none of the account's days.
func TestBringOfWhatIsKnown(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		account := learner(t, db)
		guest := storagetest.NewLearner(t, db, baku, account.Deck)
		account.Take(storagetest.Right(account.Begin()))
		guest.Now = guest.Now.Add(48 * time.Hour)
		guest.Take(storagetest.Wrong(guest.Begin()))
		before := memory(t, db, account.Who())
		bring(t, account, guest)
		if after := memory(t, db, account.Who()); after != before {
			t.Errorf("before\n%s\nafter\n%s", before, after)
		}
		rebuilt(t, account)
	})
}

// The guest's last answer can be given again and taken back after it was
// brought, as it could before.
func TestWhatWasBroughtCanBeTakenBack(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		account := learner(t, db)
		guest := storagetest.NewLearner(t, db, baku, account.Deck)
		live(t, guest, 8, false)
		a := storagetest.Right(guest.Begin())
		guest.Take(a)
		account.Now = guest.Now
		bring(t, account, guest)
		if r := account.Take(a); r.Token != a.Token {
			t.Errorf("%+v", r)
		}
		if s, err := account.Undo(a.Token); err != nil || !s.Waits() {
			t.Errorf("%+v %v", s, err)
		}
		rebuilt(t, account)
		live(t, account, 5, false)
		rebuilt(t, account)
	})
}

// Two windows sign in at once while a third one still answers.
func TestBringWhileAnswering(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		account := learner(t, db)
		for range 4 {
			guest := storagetest.NewLearner(t, db, baku, account.Deck)
			guest.Now = account.Now
			live(t, guest, 8, true)
			guest.Begin()
			account.Begin()
			waits := []*storagetest.Learner{guest, account}
			var all sync.WaitGroup
			for _, l := range waits {
				s := l.Sitting()
				all.Go(func() {
					if _, err := l.Try(storagetest.Right(s)); err != nil && !quiz.Is(err, quiz.Conflict) {
						t.Error(err)
					}
				})
			}
			for range 2 {
				all.Go(func() {
					if err := db.Bring(context.Background(), account.Who(), guest.Who()); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			bring(t, account, guest)
			account.Now = account.Now.Add(24 * time.Hour)
			rebuilt(t, account)
		}
	})
}
