package storage_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/teach"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// state is all that a person sees of a deck and its text: what undo must bring
// back.
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

// deed does something by chance, and tells what.
func (a *author) deed(rnd *rand.Rand) string {
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
		err = teach.Keep(ctx, a.db, a.who, text, it.Place, teach.Proposed(it, "en"), a.now)
	case 1:
		err = teach.Skip(ctx, a.db, a.who, text, it.Place, a.now)
	case 2:
		err = teach.Reopen(ctx, a.db, a.who, text, it.Place, a.now)
	case 3:
		err = teach.KeepSure(ctx, a.db, a.who, text, a.now)
	case 4:
		err = teach.Split(ctx, a.db, a.who, text, it.Place, a.now)
	case 5:
		_, err = teach.Merge(ctx, a.db, a.who, text, it.Place, a.now)
	case 9:
		_, err = teach.Select(ctx, a.db, a.who, text, quiz.Span{Start: it.Span.Start, End: it.Span.Start + 12 + rnd.IntN(20)}, a.now)
	case 6:
		err = teach.UndoText(ctx, a.db, a.who, text, a.now)
	case 10:
		if len(live) > 0 {
			f := live[rnd.IntN(len(live))]
			err = teach.Hold(ctx, a.db, a.who, a.deck.ID, f.Key, quiz.Kinds[rnd.IntN(len(quiz.Kinds))], rnd.IntN(3) > 0, a.now)
		}
	case 11:
		if len(live) > 0 {
			bar := quiz.Bar{Fact: live[rnd.IntN(len(live))].Key}
			err = teach.SetBar(ctx, a.db, a.who, a.deck.ID, live[rnd.IntN(len(live))].Key, bar, rnd.IntN(3) > 0, a.now)
		}
	case 12:
		if len(live) > 0 {
			_, err = teach.MoveTo(ctx, a.db, a.who, a.deck.ID, a.shelf.ID, []string{live[rnd.IntN(len(live))].Key, live[0].Key}, a.now)
		}
	default:
		if len(live) == 0 {
			return "nothing"
		}
		f := live[rnd.IntN(len(live))]
		if what == 7 {
			err = teach.Remove(ctx, a.db, a.who, a.deck.ID, f.Key, a.now)
			break
		}
		form := teach.FormOf(f, "en")
		form.Detail = fmt.Sprint("Detail ", rnd.Int())
		err = teach.Save(ctx, a.db, a.who, a.deck.ID, form, a.now)
	}
	var known *quiz.Error
	if err != nil && !(errors.As(err, &known) && (known.Fault == quiz.Invalid || known.Key == "error.item.decided")) {
		a.t.Fatalf("deed %d: %v", what, err)
	}
	return fmt.Sprint(what)
}

// Whatever is done, undo brings back exactly what was before, deed after deed.
func TestUndoOfEditsIsExact(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		for seed := range uint64(4) {
			a := newAuthor(t, db, fmt.Sprint("author-", seed))
			rnd := rand.New(rand.NewPCG(seed, 7))
			states := []any{a.state()}
			var done []string
			for range 12 {
				what := a.deed(rnd)
				if now := a.state(); !reflect.DeepEqual(now, states[len(states)-1]) {
					states, done = append(states, now), append(done, what)
				}
			}
			if len(done) < 4 {
				t.Errorf("seed %d: only %v changed anything", seed, done)
			}
			for i := len(done) - 1; i >= 0; i-- {
				if became, err := teach.Undo(context.Background(), db, a.who, a.deck.ID, 0, 0, a.now); err != nil || became != teach.TakenBack {
					t.Fatalf("seed %d, undo of %s of %v: %s %v", seed, done[i], done, became, err)
				}
				if got := a.state(); !reflect.DeepEqual(got, states[i]) {
					t.Fatalf("seed %d, undo of %s of %v:\n%v\nwant\n%v", seed, done[i], done, got, states[i])
				}
			}
			if became, err := teach.Undo(context.Background(), db, a.who, a.deck.ID, 0, 0, a.now); became != teach.Nothing || err != nil {
				t.Errorf("seed %d: one undo too many: %s %v", seed, became, err)
			}
		}
	})
}

// What was taken back can be done again, and what was merged over another's
// place too.
func TestPlacesAreNeverTakenTwice(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		a := newAuthor(t, db, "a")
		ctx := context.Background()
		_, text, items := a.read()
		for range 3 {
			if err := teach.Split(ctx, db, a.who, text, items[0].Place, a.now); err != nil {
				t.Fatal(err)
			}
			if became, err := teach.Undo(ctx, db, a.who, a.deck.ID, a.text, 0, a.now); became != teach.TakenBack || err != nil {
				t.Fatal(became, err)
			}
		}
		if err := teach.Skip(ctx, db, a.who, text, items[1].Place, a.now); err != nil {
			t.Fatal(err)
		}
		if at, err := teach.Merge(ctx, db, a.who, text, items[2].Place, a.now); err != nil || at <= items[0].Place || at >= items[2].Place {
			t.Fatal(at, err)
		}
		if err := teach.UndoText(ctx, db, a.who, text, a.now); err != nil {
			t.Fatal(err)
		}
		if _, _, now := a.read(); len(now) != len(items) {
			t.Errorf("%d items after the import was taken back, %d at first", len(now), len(items))
		}
		place, err := teach.Select(ctx, db, a.who, text, quiz.Span{Start: 4, End: 18}, a.now)
		if err != nil {
			t.Fatal(err)
		}
		_, _, now := a.read()
		for _, it := range now {
			if it.Place == place && (it.Sure() || it.Date.IsZero()) {
				t.Errorf("a date that was borrowed is taken for sure: %+v", it)
			}
		}
	})
}

// A finer or coarser deck asks its facts for other things at once.
func TestPrecisionIsFollowed(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		a := newAuthor(t, db, "a")
		ctx := context.Background()
		rows := "1941-05-01\tThe first thing happens\n1941-06-01\tThe second thing comes\n1941-07-01\tA third event follows\n"
		if added, bad, err := teach.AddRows(ctx, db, a.who, a.deck.ID, rows, a.now); added != 3 || err != nil {
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
		if err := teach.Describe(ctx, db, a.who, d, "", a.now); err != nil {
			t.Fatal(err)
		}
		if coarse := facets(); coarse == fine {
			t.Errorf("the facts are asked for the same by day and by year: %d", fine)
		}
		d.Precision = edtf.Day
		if err := teach.Describe(ctx, db, a.who, d, "", a.now); err != nil {
			t.Fatal(err)
		}
		if again := facets(); again != fine {
			t.Errorf("%d, then %d", fine, again)
		}
	})
}

// A deck is changed by its owner alone, whoever asks and however.
func TestOnlyOwnersEdit(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		a, other := newAuthor(t, db, "a"), newAuthor(t, db, "other")
		ctx := context.Background()
		_, text, items := a.read()
		before := fmt.Sprint(a.state())
		form := teach.FactForm{When: "1900", Event: "Somebody meddles with it"}
		deeds := map[string]func(who quiz.Who) error{
			"keep": func(w quiz.Who) error {
				return teach.Keep(ctx, db, w, text, items[0].Place, teach.Proposed(items[0], "en"), a.now)
			},
			"sure":     func(w quiz.Who) error { return teach.KeepSure(ctx, db, w, text, a.now) },
			"skip":     func(w quiz.Who) error { return teach.Skip(ctx, db, w, text, items[0].Place, a.now) },
			"add":      func(w quiz.Who) error { _, err := teach.Add(ctx, db, w, a.deck.ID, form, a.now); return err },
			"undo":     func(w quiz.Who) error { _, err := teach.Undo(ctx, db, w, a.deck.ID, 0, 0, a.now); return err },
			"describe": func(w quiz.Who) error { return teach.Describe(ctx, db, w, *a.deck, "", a.now) },
			"delete":   func(w quiz.Who) error { return teach.Delete(ctx, db, w, a.deck.ID, a.now) },
			"bring": func(w quiz.Who) error {
				_, err := teach.Bring(ctx, db, w, a.deck, teach.Bringing{Source: quiz.Source{Title: "B"}, Text: story}, a.now)
				return err
			},
			"hold": func(w quiz.Who) error { return teach.Hold(ctx, db, w, a.deck.ID, "x", quiz.Order, true, a.now) },
			"bar": func(w quiz.Who) error {
				return teach.SetBar(ctx, db, w, a.deck.ID, "x", quiz.Bar{Fact: "y"}, true, a.now)
			},
			"move": func(w quiz.Who) error {
				_, err := teach.MoveTo(ctx, db, w, a.deck.ID, other.deck.ID, []string{"x"}, a.now)
				return err
			},
			"remove text": func(w quiz.Who) error { return teach.RemoveText(ctx, db, w, a.deck.ID, a.text, a.now) },
			"last":        func(w quiz.Who) error { _, err := db.LastChange(ctx, w, a.deck.ID); return err },

			"text":  func(w quiz.Who) error { _, _, err := db.TextOf(ctx, w, a.deck.ID, a.text); return err },
			"texts": func(w quiz.Who) error { _, err := db.Texts(ctx, w, a.deck.ID); return err },
		}
		for name, deed := range deeds {
			for _, w := range []quiz.Who{{}, other.who, {Person: other.who.Person, Role: quiz.Learner}} {
				if err := deed(w); !quiz.Is(err, quiz.Forbidden) {
					t.Errorf("%s by %v: %v", name, w, err)
				}
			}
		}
		d := *a.deck
		d.Visible = quiz.ToMe
		if err := teach.Describe(ctx, db, a.who, d, "", a.now); err != nil {
			t.Fatal(err)
		}
		for name, deed := range deeds {
			if err := deed(other.who); !quiz.Is(err, quiz.Missing) {
				t.Errorf("%s of a deck that is not seen: %v", name, err)
			}
		}
		if after := fmt.Sprint(a.state()); after != before {
			t.Error("the deck was changed")
		}
		// A text of one deck is none of another.
		if _, _, err := db.TextOf(ctx, other.who, other.deck.ID, a.text); !quiz.Is(err, quiz.Missing) {
			t.Error(err)
		}
	})
}

// Decks of others are on one's shelf when they are followed or practised and may be
// seen; deleted and private ones are not.
func TestWhoSeesWhichDecks(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		a, other := newAuthor(t, db, "a"), newAuthor(t, db, "other")
		ctx := context.Background()
		sees := func(who quiz.Who) (listed, opened bool) {
			decks, err := db.Decks(ctx, who)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range decks {
				listed = listed || d.ID == a.deck.ID
			}
			_, err = db.PoolNamed(ctx, who, a.deck.Name)
			return listed, err == nil
		}
		if listed, _ := sees(other.who); listed {
			t.Error("a deck that is not followed is on the shelf")
		}
		if err := db.Follow(ctx, other.who, a.deck.ID, a.now); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			visible        quiz.Visibility
			deleted        bool
			listed, opened bool
		}{
			{quiz.ToEverybody, false, true, true},
			{quiz.ByLink, false, true, true},
			{quiz.ToMe, false, false, false},
			{quiz.ToEverybody, true, false, false},
		} {
			d := *a.deck
			d.Visible = c.visible
			if err := db.SetDeck(ctx, a.who, &d, "", a.now); err != nil {
				t.Fatal(err)
			}
			if c.deleted {
				if err := teach.Delete(ctx, db, a.who, d.ID, a.now); err != nil {
					t.Fatal(err)
				}
				if err := db.SetDeck(ctx, a.who, &d, "", a.now); err != nil { // a form of before does not bring it back
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

// Memory stays with a fact through edits, and through its removal and return.
func TestEditsKeepMemory(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		a := newAuthor(t, db, "a")
		ctx := context.Background()
		_, text, _ := a.read()
		if err := teach.KeepSure(ctx, db, a.who, text, a.now); err != nil {
			t.Fatal(err)
		}
		l := storagetest.NewLearner(t, db, "UTC", a.deck.ID)
		s := l.Begin()
		l.Take(storagetest.Right(s))
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
		form := teach.FormOf(f, "en")
		form.Event += " at last"
		if err := teach.Save(ctx, db, a.who, a.deck.ID, form, a.now); err != nil {
			t.Fatal(err)
		}
		if err := teach.Remove(ctx, db, a.who, a.deck.ID, f.Key, a.now); err != nil {
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
