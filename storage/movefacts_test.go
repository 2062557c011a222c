package storage_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/search"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// TestMovedFactsKeepCards checks that cards move with their facts to another deck and back.
func TestMovedFactsKeepCards(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		ctx := context.Background()
		a := withDeckTable(t, db)
		d, text, _ := a.read()
		_ = d
		if err := authoring.AcceptReadyProposals(ctx, db, a.who, text, a.now); err != nil {
			t.Fatal(err)
		}
		l := seeded(storagetest.NewLearner(t, db, baku, a.deck.ID), 1)
		live(t, l, 80, true)
		before, keys := a.state(), a.keys()
		cards := fmt.Sprint(l.Cards())
		moved, err := authoring.MoveFacts(ctx, db, a.who, a.deck.ID, a.myDecks.ID, append(keys[:6:6], keys[0], "no-such-fact"), a.now)
		if err != nil || moved != 6 {
			t.Fatal(moved, err)
		}
		there, err := db.DeckIndex(ctx, a.who, a.myDecks.ID)
		if err != nil || len(there.Facts()) != 6 {
			t.Fatal(err)
		}
		for _, f := range there.Facts() {
			if _, ok := there.Deck.SourceOf(f); f.Source != "" && !ok {
				t.Errorf("%s has no source there", f.Key)
			}
			if len(there.AskableFacets(f.ID)) == 0 {
				t.Errorf("%s is not asked there", f.Key)
			}
		}
		for _, c := range l.Cards() {
			if _, ok := there.Deck.Fact(c.Fact); ok != (c.Deck == a.myDecks.ID) {
				t.Errorf("a card of fact %d is in deck %d", c.Fact, c.Deck)
			}
		}
		later := l.Time()
		later.DayEnd, later.Day = later.DayEnd.Add(90*24*time.Hour), later.Day+90
		if w, err := db.QueueCounts(ctx, l.Who(), a.myDecks.ID, 20, later); err != nil || w.Due == 0 {
			t.Errorf("nothing of what was moved is ever due: %+v %v", w, err)
		}
		l.Deck = a.myDecks.ID // practice continues there
		live(t, l, 30, true)
		if back, err := authoring.MoveFacts(ctx, db, a.who, a.deck.ID, a.myDecks.ID, keys[:6], a.now); err != nil || back != 0 {
			t.Errorf("moved again: %d %v", back, err)
		}
		a.undo()
		if now := a.state(); !reflect.DeepEqual(now, before) {
			t.Errorf("%v\nwant\n%v", now, before)
		}
		for _, c := range l.Cards() {
			if c.Deck != a.deck.ID {
				t.Errorf("a card of fact %d is in deck %d", c.Fact, c.Deck)
			}
		}
		if len(cards) == 0 {
			t.Error("nothing was learned")
		}
		if _, err := authoring.MoveFacts(ctx, db, a.who, a.deck.ID, a.deck.ID, keys, a.now); !quiz.Is(err, quiz.Invalid) {
			t.Error(err)
		}
	})
}

// TestUndoSkipsConflictingChanges checks that a change that can no longer be undone does not
// block earlier ones, and that the key of a moved fact is not reused.
func TestUndoSkipsConflictingChanges(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		ctx := context.Background()
		a := withDeckTable(t, db)
		key := a.keys()[0]
		d, _, _ := a.read()
		if _, err := authoring.MoveFacts(ctx, db, a.who, a.deck.ID, a.myDecks.ID, []string{key}, a.now); err != nil {
			t.Fatal(err)
		}
		made, err := authoring.AddFact(ctx, db, a.who, a.deck.ID, authoring.FactForm{Date: "1903", Event: "Another thing", Label: d.Facts[0].Label}, a.now)
		if err != nil || made == key {
			t.Fatal(made, err)
		}
		if err := authoring.SetKindDisabled(ctx, db, a.who, a.myDecks.ID, key, quiz.KindOrder, true, a.now); err != nil {
			t.Fatal(err)
		}
		a.undo() // undoes adding the fact
		a.undo() // undoes the move
		if now := a.keys(); !slices.Contains(now, key) {
			t.Errorf("%s is not back: %v", key, now)
		}
		for _, want := range []authoring.UndoOutcome{authoring.UndoSkipped, authoring.UndoNothing} {
			if became, err := authoring.UndoChange(ctx, db, a.who, a.myDecks.ID, 0, 0, a.now); became != want || err != nil {
				t.Errorf("the other deck: %s %v, want %s", became, err, want)
			}
		}
		if became, err := authoring.UndoChange(ctx, db, a.who, a.deck.ID, 0, 1<<40, a.now); became != authoring.UndoStale || err != nil {
			t.Errorf("a change that is not the last: %s %v", became, err)
		}
	})
}

// TestMovedFactsShowNoDeck checks that moving a fact to a private deck or a deck shared by link
// does not show that deck to anyone.
func TestMovedFactsShowNoDeck(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		ctx := context.Background()
		for _, visible := range []quiz.Visibility{quiz.VisibilityLink, quiz.VisibilityPrivate} {
			a := newAuthor(t, db, "author-"+string(visible))
			if _, _, err := authoring.AddFactRows(ctx, db, a.who, a.deck.ID, table, a.now); err != nil {
				t.Fatal(err)
			}
			shelf := *a.myDecks
			shelf.Visibility = visible
			if err := authoring.UpdateDescription(ctx, db, a.who, shelf, "", a.now); err != nil {
				t.Fatal(err)
			}
			if _, err := authoring.AddFact(ctx, db, a.who, shelf.ID, authoring.FactForm{Date: "1990", Event: "The examination paper is printed"}, a.now); err != nil {
				t.Fatal(err)
			}
			l := seeded(storagetest.NewLearner(t, db, baku, a.deck.ID), 3)
			live(t, l, 60, false)
			key := a.keys()[0]
			if _, err := authoring.MoveFacts(ctx, db, a.who, a.deck.ID, shelf.ID, []string{key}, a.now); err != nil {
				t.Fatal(err)
			}
			if found, err := db.SearchFacts(ctx, l.Who(), search.ParseQuery("examination"), 9); err != nil || len(found) != 0 {
				t.Errorf("%s: found %+v %v", visible, found, err)
			}
			decks, err := db.MyDecks(ctx, l.Who())
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range decks {
				if d.ID == shelf.ID {
					t.Errorf("%s: the deck is on the shelf", visible)
				}
			}
			there, err := db.DeckIndex(ctx, a.who, shelf.ID)
			if err != nil {
				t.Fatal(err)
			}
			form := authoring.NewFactForm(there.Deck.Facts[0], "en")
			form.Date, form.PastAnswers = "1899", authoring.KeepGrades
			if err := authoring.UpdateFact(ctx, db, a.who, shelf.ID, form, a.now); err != nil {
				t.Fatal(err)
			}
			told, err := db.Notices(ctx, l.Who(), 0)
			if err != nil || visible == quiz.VisibilityPrivate && len(told) != 0 {
				t.Errorf("%s: told %+v %v", visible, told, err)
			}
		}
	})
}

// TestTwoTabsLoseNothing checks that changes to different fields from two tabs are both saved,
// and that changes to the same field conflict.
func TestTwoTabsLoseNothing(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		ctx := context.Background()
		a := withDeckTable(t, db)
		d, _, _ := a.read()
		one, two, three := authoring.NewFactForm(d.Facts[0], "en"), authoring.NewFactForm(d.Facts[0], "en"), authoring.NewFactForm(d.Facts[0], "en")
		one.Detail, two.Label, two.Tags, three.Detail = "A word more.", "Strike", "work, towns", "Another word."
		for _, form := range []authoring.FactForm{one, two, one} {
			if err := authoring.UpdateFact(ctx, db, a.who, a.deck.ID, form, a.now); err != nil {
				t.Fatal(err)
			}
		}
		three.Tags = "sea"
		var clash *authoring.EditConflict
		if err := authoring.UpdateFact(ctx, db, a.who, a.deck.ID, three, a.now); !errors.As(err, &clash) || !quiz.Is(err, quiz.Conflict) {
			t.Errorf("the same field to something else: %v", err)
		}
		if f := clash.Form; len(clash.Problems) != 2 || f.Detail != "Another word." || f.Tags != "sea" || f.Label != "Strike" || f.Revision == three.Revision {
			t.Errorf("%+v", clash) // conflicting fields are as typed, others as saved
		}
		three.Detail, three.Tags, three.Event, three.Terms = "", "", "Miners strike in Ganja", "better wages" // the term is no longer in the event
		if err := authoring.UpdateFact(ctx, db, a.who, a.deck.ID, three, a.now); !quiz.Is(err, quiz.Invalid) {
			t.Errorf("a term that is not there: %v", err)
		}
		d, _, _ = a.read()
		f := d.Facts[0]
		if f.Detail != "A word more." || f.Label != "Strike" || len(f.Tags) != 2 || f.Date.String() != "1902" {
			t.Errorf("%+v", f)
		}
		one.Revision = 77
		one.Detail = "From nowhere."
		if err := authoring.UpdateFact(ctx, db, a.who, a.deck.ID, one, a.now); !quiz.Is(err, quiz.Conflict) {
			t.Errorf("a form of nobody knows when: %v", err)
		}
	})
}
