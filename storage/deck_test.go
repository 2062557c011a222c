package storage_test

import (
	"context"
	"fmt"
	"testing"

	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

func TestSavedDeckRoundTrips(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		want, got := storagetest.Shipped(t), storagetest.Deck(t, db)
		if got.Version != 1 || got.ID == 0 || len(got.Facts) != len(want.Facts) || len(got.Facts) == 0 {
			t.Fatalf("version %d, number %d, %d facts", got.Version, got.ID, len(got.Facts))
		}
		byKey := map[string]quiz.Fact{}
		for _, f := range got.Facts {
			if f.Deck != got.ID || f.ID == 0 {
				t.Errorf("%+v", f)
			}
			f.ID, f.Deck = 0, 0
			byKey[f.Key] = f
		}
		for _, f := range want.Facts {
			f.ID, f.Deck = 0, 0
			if f.Tags == nil {
				f.Tags = []string{}
			}
			if a, b := fmt.Sprintf("%+v", byKey[f.Key]), fmt.Sprintf("%+v", f); a != b {
				t.Errorf("kept\n%s\nwas\n%s", a, b)
			}
		}
		copied := *got
		copied.ID, copied.Version, copied.Facts = want.ID, want.Version, want.Facts
		if a, b := fmt.Sprintf("%+v", copied), fmt.Sprintf("%+v", *want); a != b {
			t.Errorf("kept\n%s\nwas\n%s", a, b)
		}
		decks, err := db.MyDecks(context.Background(), quiz.Who{})
		if err != nil || len(decks) != 1 || decks[0].ID != got.ID || decks[0].Title != want.Title || len(decks[0].Facts) != 0 {
			t.Errorf("%+v %v", decks, err)
		}
		for _, missing := range []func() error{
			func() error { _, err := db.DeckIndex(context.Background(), quiz.Who{}, got.ID+1); return err },
			func() error { _, err := db.DeckIndexByName(context.Background(), quiz.Who{}, "none"); return err },
		} {
			isFault(t, missing(), quiz.NotFound)
		}
	})
}

func TestSavingSameDeckWritesNothing(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		storagetest.Deck(t, db)
		before := everything(t, db)
		other := storagetest.Shipped(t)
		other.Title = "The digest decides"
		storagetest.PutDeck(t, db, other, "shipped")
		if everything(t, db) != before {
			t.Error("the same digest was written")
		}
		for _, role := range []quiz.Role{quiz.RoleNobody, quiz.RoleGuest, quiz.RoleLearner, quiz.RoleTeacher} {
			err := db.SaveShippedDeck(context.Background(), quiz.Who{Person: 1, Role: role}, other, "another")
			isFault(t, err, quiz.Forbidden)
		}
		if everything(t, db) != before {
			t.Error("somebody else put a deck")
		}
		if d := storagetest.PutDeck(t, db, other, "another"); d.Title != other.Title || d.Version != 2 {
			t.Errorf("%s, version %d", d.Title, d.Version)
		}
	})
}

// TestChangedDeckKeepsCards checks that facts are matched by key: cards survive new wording,
// removed facts are not asked, and a restored fact is the same fact.
func TestChangedDeckKeepsCards(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := learner(t, db)
		s := l.StartSession()
		l.Answer(storagetest.Right(s))
		fact, _ := storagetest.Deck(t, db).Fact(s.Question.Fact)
		changed := storagetest.Shipped(t)
		for i := range changed.Facts {
			changed.Facts[i].Label += " (new)"
		}
		d := storagetest.PutDeck(t, db, changed, "changed")
		if now, ok := d.Fact(fact.ID); !ok || now.Key != fact.Key || now.Label != fact.Label+" (new)" || d.Version != 2 {
			t.Errorf("was %+v, is %+v", fact, now)
		}
		if len(l.Cards()) != 1 {
			t.Error("the card went with the old words")
		}
		without := storagetest.Shipped(t)
		for i, f := range without.Facts {
			if f.Key == fact.Key {
				without.Facts = append(without.Facts[:i:i], without.Facts[i+1:]...)
				break
			}
		}
		d = storagetest.PutDeck(t, db, without, "without")
		if now, ok := d.Fact(fact.ID); !ok || !now.Retired || len(d.Facts) != len(changed.Facts) {
			t.Errorf("what was taken out is %+v", now)
		}
		if len(l.Cards()) != 0 || len(l.Reviews()) != 1 {
			t.Error("a retired fact is still asked, or its review is gone")
		}
		for l.StartSession(); l.Session().HasQuestion(); {
			if s := l.Session(); s.Question.Fact == fact.ID {
				t.Fatal("a retired fact was asked")
			} else {
				l.Answer(storagetest.Right(s))
			}
		}
		d = storagetest.PutDeck(t, db, storagetest.Shipped(t), "shipped again")
		if now, ok := d.Fact(fact.ID); !ok || now.Retired || now.Label != fact.Label || d.Version != 4 {
			t.Errorf("came back as %+v", now)
		}
		if s := l.StartSession(); s.Question.Fact != fact.ID {
			t.Errorf("the step of the fact that came back is not asked: %+v", s.Question)
		}
	})
}

// TestUnaskableCardsAreNotDue checks that a facet that can no longer be asked does not block
// others.
func TestUnaskableCardsAreNotDue(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := learner(t, db)
		l.SaveSettings(baku, 8)
		for l.StartSession(); l.Session().HasQuestion(); {
			l.Answer(storagetest.Right(l.Session()))
		}
		exec(t, db.Raw(), "UPDATE facts SET facets = 2")
		exec(t, db.Raw(), "UPDATE decks SET version = version + 1") // as every change to a fact does
		l.SaveSettings(baku, 0)
		l.Now = l.Now.AddDate(0, 1, 0)
		at := l.Time()
		w, err := db.QueueCounts(context.Background(), l.Who(), l.Deck, 0, at)
		if err != nil || w.Due != 0 || l.StartSession().HasQuestion() {
			t.Errorf("%+v %v", w, err)
		}
	})
}
