package storage_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/study"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

func mergeGuest(t *testing.T, account, guest *storagetest.Learner) {
	t.Helper()
	if err := study.MergeGuest(context.Background(), account.DB, account.Who(), guest.Who(), account.Now); err != nil {
		t.Fatal(err)
	}
}

// TestMergeGuest checks that a guest's cards move to the account: new ones unchanged, shared
// ones updated by the guest's answers. Every answer counts on its day, and the log rebuilds all
// cards.
func TestMergeGuest(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		account := learner(t, db)
		guest := seeded(storagetest.NewLearner(t, db, baku, account.Deck), 3)
		live(t, account, 15, true)
		guest.Now = account.Now
		guest.SaveSettings(baku, 30)
		live(t, guest, 40, true)
		own, theirs := map[quiz.CardID]quiz.Card{}, map[quiz.CardID]quiz.Card{}
		for _, c := range account.Cards() {
			own[c.CardID] = c
		}
		for _, c := range guest.Cards() {
			theirs[c.CardID] = c
		}
		mergeGuest(t, account, guest)
		shared := 0
		for _, c := range account.Cards() {
			mine, had := own[c.CardID]
			guests, came := theirs[c.CardID]
			switch {
			case had && came:
				shared++
				if c.Version != mine.Version+guests.Version {
					t.Errorf("%+v has %d answers, not %d and %d", c.CardID, c.Version, mine.Version, guests.Version)
				}
			case had && c != mine, came && c != guests:
				t.Errorf("is %+v, should be %+v or %+v", c, mine, guests)
			}
			delete(theirs, c.CardID)
		}
		if shared == 0 || len(theirs) > 0 {
			t.Errorf("%d cards were shared; not brought: %+v", shared, theirs)
		}
		rebuilt(t, account)
		if len(guest.Cards()) != 0 || count(t, db, "sittings") != 1 {
			t.Error("the guest still has cards or a place")
		}
		before := everything(t, db)
		mergeGuest(t, account, guest)
		if everything(t, db) != before {
			t.Error("something was brought twice")
		}
		account.Now = guest.Now
		live(t, account, 10, true)
		rebuilt(t, account)
	})
}

// TestUndoAfterMergeGuest checks that after a merge the guest's last answer can still be
// repeated and undone.
func TestUndoAfterMergeGuest(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		account := learner(t, db)
		guest := storagetest.NewLearner(t, db, baku, account.Deck)
		live(t, guest, 8, false)
		a := storagetest.Right(guest.StartSession())
		guest.Answer(a)
		account.Now = guest.Now
		mergeGuest(t, account, guest)
		if r := account.Answer(a); r.Token != a.Token {
			t.Errorf("%+v", r)
		}
		if s, err := account.UndoAnswer(a.Token); err != nil || !s.HasQuestion() {
			t.Errorf("%+v %v", s, err)
		}
		rebuilt(t, account)
		live(t, account, 5, false)
		rebuilt(t, account)
	})
}

// TestMergeGuestWhileAnswering merges a guest from two windows at once while answers are
// submitted.
func TestMergeGuestWhileAnswering(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		account := learner(t, db)
		for range 4 {
			guest := storagetest.NewLearner(t, db, baku, account.Deck)
			guest.Now = account.Now
			live(t, guest, 8, true)
			guest.StartSession()
			account.StartSession()
			waits := []*storagetest.Learner{guest, account}
			var all sync.WaitGroup
			for _, l := range waits {
				s := l.Session()
				all.Go(func() {
					if _, err := l.TryAnswer(storagetest.Right(s)); err != nil && !quiz.Is(err, quiz.Conflict) {
						t.Error(err)
					}
				})
			}
			for range 2 {
				all.Go(func() {
					err := study.MergeGuest(context.Background(), db, account.Who(), guest.Who(), account.Now)
					if err != nil && !quiz.Is(err, quiz.Conflict) {
						t.Error(err)
					}
				})
			}
			all.Wait()
			mergeGuest(t, account, guest)
			account.Now = account.Now.Add(24 * time.Hour)
			for _, r := range guest.Reviews() {
				if _, err := db.ReviewByToken(context.Background(), account.Who(), r.Token); err != nil && !r.Undone {
					t.Errorf("the guest's answer %s was acknowledged and did not come along: %v", r.Token, err)
				}
			}
			rebuilt(t, account)
		}
	})
}
