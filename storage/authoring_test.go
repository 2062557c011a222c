package storage_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/edtf"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// state returns everything a person sees of a deck and its text, which undo must restore.
func (a *author) state() any {
	d, _, items := a.read()
	facts := map[string]quiz.Fact{}
	for _, f := range d.Facts {
		if !f.Retired {
			f.Revision, f.ID = 0, 0
			facts[f.Key] = f
		}
	}
	return []any{facts, items}
}

// edit makes a random edit and returns its name.
func (a *author) edit(rnd *rand.Rand) string {
	ctx := context.Background()
	d, text, items := a.read()
	it := items[rnd.IntN(len(items))]
	var live []quiz.Fact
	for _, f := range d.Facts {
		if !f.Retired {
			live = append(live, f)
		}
	}
	var err error
	what := rnd.IntN(13)
	switch what {
	case 0:
		err = authoring.AcceptProposal(ctx, a.db, a.who, text, it.Position, authoring.NewProposalForm(it, "en"), a.now)
	case 1:
		err = authoring.SkipProposal(ctx, a.db, a.who, text, it.Position, a.now)
	case 2:
		err = authoring.ReopenProposal(ctx, a.db, a.who, text, it.Position, a.now)
	case 3:
		err = authoring.AcceptReadyProposals(ctx, a.db, a.who, text, a.now)
	case 4:
		err = authoring.SplitProposal(ctx, a.db, a.who, text, it.Position, a.now)
	case 5:
		_, err = authoring.MergeProposals(ctx, a.db, a.who, text, it.Position, a.now)
	case 9:
		_, err = authoring.ProposeSelection(ctx, a.db, a.who, text, quiz.Span{Start: it.Span.Start, End: it.Span.Start + 12 + rnd.IntN(20)}, a.now)
	case 6:
		err = authoring.UndoImport(ctx, a.db, a.who, text, a.now)
	case 10:
		if len(live) > 0 {
			f := live[rnd.IntN(len(live))]
			err = authoring.SetKindDisabled(ctx, a.db, a.who, a.deck.ID, f.Key, quiz.Kinds[rnd.IntN(len(quiz.Kinds))], rnd.IntN(3) > 0, a.now)
		}
	case 11:
		if len(live) > 0 {
			bar := quiz.ExcludedDistractor{Fact: live[rnd.IntN(len(live))].Key}
			err = authoring.SetDistractorExcluded(ctx, a.db, a.who, a.deck.ID, live[rnd.IntN(len(live))].Key, bar, rnd.IntN(3) > 0, a.now)
		}
	case 12:
		if len(live) > 0 {
			_, err = authoring.MoveFacts(ctx, a.db, a.who, a.deck.ID, a.myDecks.ID, []string{live[rnd.IntN(len(live))].Key, live[0].Key}, a.now)
		}
	default:
		if len(live) == 0 {
			return "nothing"
		}
		f := live[rnd.IntN(len(live))]
		if what == 7 {
			err = authoring.RemoveFact(ctx, a.db, a.who, a.deck.ID, f.Key, a.now)
			break
		}
		form := authoring.NewFactForm(f, "en")
		form.Detail = fmt.Sprint("Detail ", rnd.Int())
		err = authoring.UpdateFact(ctx, a.db, a.who, a.deck.ID, form, a.now)
	}
	var known *quiz.Error
	if err != nil && !(errors.As(err, &known) && (known.Kind == quiz.Invalid || known.Key == "error.item.decided")) {
		a.t.Fatalf("deed %d: %v", what, err)
	}
	return fmt.Sprint(what)
}

// TestUndoOfEditsIsExact checks that undoing edits one by one restores each earlier state
// exactly.
func TestUndoOfEditsIsExact(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		for seed := range uint64(4) {
			a := newAuthor(t, db, fmt.Sprint("author-", seed))
			rnd := rand.New(rand.NewPCG(seed, 7))
			states := []any{a.state()}
			var done []string
			for range 12 {
				what := a.edit(rnd)
				if now := a.state(); !reflect.DeepEqual(now, states[len(states)-1]) {
					states, done = append(states, now), append(done, what)
				}
			}
			if len(done) < 4 {
				t.Errorf("seed %d: only %v changed anything", seed, done)
			}
			for i := len(done) - 1; i >= 0; i-- {
				if became, err := authoring.UndoChange(context.Background(), db, a.who, a.deck.ID, 0, 0, a.now); err != nil || became != authoring.UndoDone {
					t.Fatalf("seed %d, undo of %s of %v: %s %v", seed, done[i], done, became, err)
				}
				if got := a.state(); !reflect.DeepEqual(got, states[i]) {
					t.Fatalf("seed %d, undo of %s of %v:\n%v\nwant\n%v", seed, done[i], done, got, states[i])
				}
			}
			if became, err := authoring.UndoChange(context.Background(), db, a.who, a.deck.ID, 0, 0, a.now); became != authoring.UndoNothing || err != nil {
				t.Errorf("seed %d: one undo too many: %s %v", seed, became, err)
			}
		}
	})
}

// TestPositionsAreNeverReused checks that an undone split can be repeated, and that a merge
// works at the position of another proposal.
func TestPositionsAreNeverReused(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		a := newAuthor(t, db, "a")
		ctx := context.Background()
		_, text, items := a.read()
		for range 3 {
			if err := authoring.SplitProposal(ctx, db, a.who, text, items[0].Position, a.now); err != nil {
				t.Fatal(err)
			}
			if became, err := authoring.UndoChange(ctx, db, a.who, a.deck.ID, a.text, 0, a.now); became != authoring.UndoDone || err != nil {
				t.Fatal(became, err)
			}
		}
		if err := authoring.SkipProposal(ctx, db, a.who, text, items[1].Position, a.now); err != nil {
			t.Fatal(err)
		}
		if at, err := authoring.MergeProposals(ctx, db, a.who, text, items[2].Position, a.now); err != nil || at <= items[0].Position || at >= items[2].Position {
			t.Fatal(at, err)
		}
		if err := authoring.UndoImport(ctx, db, a.who, text, a.now); err != nil {
			t.Fatal(err)
		}
		if _, _, now := a.read(); len(now) != len(items) {
			t.Errorf("%d items after the import was taken back, %d at first", len(now), len(items))
		}
		place, err := authoring.ProposeSelection(ctx, db, a.who, text, quiz.Span{Start: 4, End: 18}, a.now)
		if err != nil {
			t.Fatal(err)
		}
		_, _, now := a.read()
		for _, it := range now {
			if it.Position == place && (it.IsReady() || it.Date.IsZero()) {
				t.Errorf("a date that was borrowed is taken for sure: %+v", it)
			}
		}
	})
}

// TestPrecisionIsFollowed checks that a change of a deck's precision changes the askable facets
// at once.
func TestPrecisionIsFollowed(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		a := newAuthor(t, db, "a")
		ctx := context.Background()
		rows := "1941-05-01\tThe first thing happens\n1941-06-01\tThe second thing comes\n1941-07-01\tA third event follows\n"
		if added, bad, err := authoring.AddFactRows(ctx, db, a.who, a.deck.ID, rows, a.now); added != 3 || err != nil {
			t.Fatal(added, bad, err)
		}
		facets := func() (sum int) {
			if err := db.Raw().QueryRow("SELECT coalesce(sum(facets), 0) FROM facts").Scan(&sum); err != nil {
				t.Fatal(err)
			}
			return sum
		}
		fine := facets()
		d := *a.deck
		d.Precision = edtf.Year
		if err := authoring.UpdateDescription(ctx, db, a.who, d, "", a.now); err != nil {
			t.Fatal(err)
		}
		if coarse := facets(); coarse == fine {
			t.Errorf("the facts are asked for the same by day and by year: %d", fine)
		}
		d.Precision = edtf.Day
		if err := authoring.UpdateDescription(ctx, db, a.who, d, "", a.now); err != nil {
			t.Fatal(err)
		}
		if again := facets(); again != fine {
			t.Errorf("%d, then %d", fine, again)
		}
	})
}

// TestOnlyOwnersEdit checks that only its owner can change a deck.
func TestOnlyOwnersEdit(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		a, other := newAuthor(t, db, "a"), newAuthor(t, db, "other")
		ctx := context.Background()
		_, text, items := a.read()
		before := fmt.Sprint(a.state())
		form := authoring.FactForm{Date: "1900", Event: "Somebody meddles with it"}
		deeds := map[string]func(who quiz.Who) error{
			"keep": func(w quiz.Who) error {
				return authoring.AcceptProposal(ctx, db, w, text, items[0].Position, authoring.NewProposalForm(items[0], "en"), a.now)
			},
			"sure":     func(w quiz.Who) error { return authoring.AcceptReadyProposals(ctx, db, w, text, a.now) },
			"skip":     func(w quiz.Who) error { return authoring.SkipProposal(ctx, db, w, text, items[0].Position, a.now) },
			"add":      func(w quiz.Who) error { _, err := authoring.AddFact(ctx, db, w, a.deck.ID, form, a.now); return err },
			"undo":     func(w quiz.Who) error { _, err := authoring.UndoChange(ctx, db, w, a.deck.ID, 0, 0, a.now); return err },
			"describe": func(w quiz.Who) error { return authoring.UpdateDescription(ctx, db, w, *a.deck, "", a.now) },
			"delete":   func(w quiz.Who) error { return authoring.DeleteDeck(ctx, db, w, a.deck.ID, a.now) },
			"bring": func(w quiz.Who) error {
				_, err := authoring.AddSourceText(ctx, db, w, a.deck, authoring.SourceTextForm{Source: quiz.Source{Title: "B"}, Text: story}, a.now)
				return err
			},
			"hold": func(w quiz.Who) error {
				return authoring.SetKindDisabled(ctx, db, w, a.deck.ID, "x", quiz.KindOrder, true, a.now)
			},
			"bar": func(w quiz.Who) error {
				return authoring.SetDistractorExcluded(ctx, db, w, a.deck.ID, "x", quiz.ExcludedDistractor{Fact: "y"}, true, a.now)
			},
			"move": func(w quiz.Who) error {
				_, err := authoring.MoveFacts(ctx, db, w, a.deck.ID, other.deck.ID, []string{"x"}, a.now)
				return err
			},
			"remove text": func(w quiz.Who) error { return authoring.RemoveSourceText(ctx, db, w, a.deck.ID, a.text, a.now) },
			"last":        func(w quiz.Who) error { _, err := db.LastChange(ctx, w, a.deck.ID); return err },

			"text":  func(w quiz.Who) error { _, _, err := db.SourceText(ctx, w, a.deck.ID, a.text); return err },
			"texts": func(w quiz.Who) error { _, err := db.SourceTexts(ctx, w, a.deck.ID); return err },
		}
		for name, deed := range deeds {
			for _, w := range []quiz.Who{{}, other.who, {Person: other.who.Person, Role: quiz.RoleLearner}} {
				if err := deed(w); !quiz.Is(err, quiz.Forbidden) {
					t.Errorf("%s by %v: %v", name, w, err)
				}
			}
		}
		d := *a.deck
		d.Visibility = quiz.VisibilityPrivate
		if err := authoring.UpdateDescription(ctx, db, a.who, d, "", a.now); err != nil {
			t.Fatal(err)
		}
		for name, deed := range deeds {
			if err := deed(other.who); !quiz.Is(err, quiz.NotFound) {
				t.Errorf("%s of a deck that is not seen: %v", name, err)
			}
		}
		if after := fmt.Sprint(a.state()); after != before {
			t.Error("the deck was changed")
		}
		// A text cannot be read through another deck.
		if _, _, err := db.SourceText(ctx, other.who, other.deck.ID, a.text); !quiz.Is(err, quiz.NotFound) {
			t.Error(err)
		}
	})
}

// TestWhoSeesWhichDecks checks that MyDecks lists decks of others that the person follows or
// practises and may see, but no deleted or private ones.
func TestWhoSeesWhichDecks(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		a, other := newAuthor(t, db, "a"), newAuthor(t, db, "other")
		ctx := context.Background()
		sees := func(who quiz.Who) (listed, opened bool) {
			decks, err := db.MyDecks(ctx, who)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range decks {
				listed = listed || d.ID == a.deck.ID
			}
			_, err = db.DeckIndexByName(ctx, who, a.deck.Name)
			return listed, err == nil
		}
		if listed, _ := sees(other.who); listed {
			t.Error("a deck that is not followed is on the shelf")
		}
		if err := db.FollowDeck(ctx, other.who, a.deck.ID, a.now); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			visible        quiz.Visibility
			deleted        bool
			listed, opened bool
		}{
			{quiz.VisibilityPublic, false, true, true},
			{quiz.VisibilityLink, false, true, true},
			{quiz.VisibilityPrivate, false, false, false},
			{quiz.VisibilityPublic, true, false, false},
		} {
			d := *a.deck
			d.Visibility = c.visible
			if err := db.UpdateDeck(ctx, a.who, &d, "", a.now); err != nil {
				t.Fatal(err)
			}
			if c.deleted {
				if err := authoring.DeleteDeck(ctx, db, a.who, d.ID, a.now); err != nil {
					t.Fatal(err)
				}
				if err := db.UpdateDeck(ctx, a.who, &d, "", a.now); err != nil { // saving an old form does not restore the deck
					t.Fatal(err)
				}
			}
			if listed, opened := sees(other.who); listed != c.listed || opened != c.opened {
				t.Errorf("%+v: listed %t, opened %t", c, listed, opened)
			}
			if listed, opened := sees(a.who); !listed || !opened {
				t.Errorf("%+v: the owner does not see it", c)
			}
		}
	})
}

// TestEditsKeepCards checks that cards stay with a fact when it is edited, removed and
// restored.
func TestEditsKeepCards(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		a := newAuthor(t, db, "a")
		ctx := context.Background()
		_, text, _ := a.read()
		if err := authoring.AcceptReadyProposals(ctx, db, a.who, text, a.now); err != nil {
			t.Fatal(err)
		}
		l := storagetest.NewLearner(t, db, "UTC", a.deck.ID)
		s := l.StartSession()
		l.Answer(storagetest.Right(s))
		cards := func() string {
			all, err := db.Cards(ctx, l.Who())
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprint(all)
		}
		before := cards()
		d, _, _ := a.read()
		f, _ := d.Fact(s.Question.Fact)
		form := authoring.NewFactForm(f, "en")
		form.Event += " at last"
		if err := authoring.UpdateFact(ctx, db, a.who, a.deck.ID, form, a.now); err != nil {
			t.Fatal(err)
		}
		if err := authoring.RemoveFact(ctx, db, a.who, a.deck.ID, f.Key, a.now); err != nil {
			t.Fatal(err)
		}
		a.undo()
		if after := cards(); after != before {
			t.Errorf("cards before\n%s\nafter\n%s", before, after)
		}
		d, _, _ = a.read()
		if now, ok := d.Fact(f.ID); !ok || now.Key != f.Key || now.Retired || now.Event != form.Event {
			t.Errorf("%+v", now)
		}
	})
}
