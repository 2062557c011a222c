package storage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/edtf"
	"chronicle/quiz/search"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// TestSearchFacts checks that search finds facts the person can see, by words in any script and
// case and by date, and nothing else.
func TestSearchFacts(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		ctx := context.Background()
		a, other := withDeckTable(t, db), newAuthor(t, db, "other")
		if _, err := authoring.AddFact(ctx, db, a.who, a.deck.ID, authoring.FactForm{Date: "1804", Event: "ГЯНДЖА is taken", Terms: ""}, a.now); err != nil {
			t.Fatal(err)
		}
		if _, err := authoring.AddFact(ctx, db, a.who, a.deck.ID, authoring.FactForm{Date: "1918/1921", Event: "Half of Lənkəran is rebuilt"}, a.now); err != nil {
			t.Fatal(err)
		}
		for typed, want := range map[string]string{
			"what happened 1920":      "engineers drill wells|Half of Lən", // dates within the query first, then dates that contain it
			"drill":                   "Engineers drill",
			"DRILLS 1920":             "Engineers drill",
			"drill 1905":              "",
			"гянджа":                  "ГЯНДЖА is",
			"lənk":                    "Half of",
			"railway stat":            "Lankaran gets",
			"%":                       "",
			"_":                       "",
			"early 20th century tea":  "Customs",
			"nothing of this is told": "",
		} {
			found, err := db.SearchFacts(ctx, other.who, search.ParseQuery(typed), 20)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range found {
				got = append(got, f.Event)
			}
			parts := strings.Split(want, "|")
			if want == "" {
				parts = nil
			}
			ok := len(got) == len(parts)
			for i := range parts {
				ok = ok && strings.HasPrefix(strings.ToLower(got[i]), strings.ToLower(parts[i]))
			}
			if !ok {
				t.Errorf("%q finds %q, want %q", typed, got, want)
			}
		}
		if decks, err := db.SearchDecks(ctx, other.who, search.ParseQuery("lünə tarix"), 9); err != nil || len(decks) != 2 {
			t.Errorf("%+v %v", decks, err)
		}
		d := *a.deck
		d.Visibility = quiz.VisibilityLink
		if err := authoring.UpdateDescription(ctx, db, a.who, d, "", a.now); err != nil {
			t.Fatal(err)
		}
		if found, _ := db.SearchFacts(ctx, other.who, search.ParseQuery("drill"), 20); len(found) != 0 {
			t.Errorf("a fact of a deck by link is found: %+v", found)
		}
		if decks, _ := db.SearchDecks(ctx, other.who, search.ParseQuery("lünə tarix"), 9); len(decks) != 1 {
			t.Errorf("%+v", decks)
		}
		if err := db.FollowDeck(ctx, other.who, a.deck.ID, a.now); err != nil {
			t.Fatal(err)
		}
		if found, _ := db.SearchFacts(ctx, other.who, search.ParseQuery("drill"), 20); len(found) != 1 {
			t.Errorf("a fact of a deck that is followed is not found: %+v", found)
		}
	})
}

// TestSearchWordsAreIndexed checks that rows saved without search words are found after the
// next start.
func TestSearchWordsAreIndexed(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		a := withDeckTable(t, db)
		for _, table := range []string{"facts", "decks"} {
			if _, err := db.Raw().Exec("UPDATE " + table + " SET words = ''"); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.IndexWords(context.Background()); err != nil {
			t.Fatal(err)
		}
		found, err := db.SearchFacts(context.Background(), a.who, search.ParseQuery("derbent"), 9)
		decks, failed := db.SearchDecks(context.Background(), a.who, search.ParseQuery("tarixçə"), 9)
		if err != nil || failed != nil || len(found) != 1 || len(decks) != 1 {
			t.Errorf("%+v %v %+v %v", found, err, decks, failed)
		}
	})
}

// TestPublicDecksByPages checks that pages list each public deck once, and none of the person's
// own decks.
func TestPublicDecksByPages(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		ctx := context.Background()
		a, other := newAuthor(t, db, "a"), newAuthor(t, db, "other")
		for i := range 25 {
			_, err := authoring.CreateDeck(ctx, db, a.who, quiz.Deck{Title: fmt.Sprint("Deck ", i%7), Language: "en", Precision: edtf.Year, Visibility: quiz.VisibilityPublic},
				rand.New(rand.NewPCG(9, uint64(i))), a.now)
			if err != nil {
				t.Fatal(err)
			}
		}
		seen, after := map[string]bool{}, int64(0)
		for range 10 {
			page, err := db.PublicDecks(ctx, other.who, after, 4)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range page {
				if seen[d.Name] {
					t.Errorf("%s is listed twice", d.Name)
				}
				seen[d.Name], after = true, d.ID
			}
		}
		if len(seen) != 26 { // and the one that each author has
			t.Errorf("%d decks are listed", len(seen))
		}
		if mine, err := db.PublicDecks(ctx, a.who, 0, 50); err != nil || len(mine) != 1 {
			t.Errorf("the author sees %d others, %v", len(mine), err)
		}
	})
}

// TestFollowDeck checks the count of facts added to a followed deck; practising resets it.
func TestFollowDeck(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		ctx := context.Background()
		a := withDeckTable(t, db)
		l := storagetest.NewLearner(t, db, "UTC", a.deck.ID)
		fresh := func() int {
			all, err := db.FollowedDecks(ctx, l.Who())
			if err != nil {
				t.Fatal(err)
			}
			n, ok := all[a.deck.ID]
			if !ok {
				return -1
			}
			return n
		}
		if n := fresh(); n != -1 {
			t.Error(n)
		}
		for range 2 {
			if err := db.FollowDeck(ctx, l.Who(), a.deck.ID, a.now.Add(time.Minute)); err != nil {
				t.Fatal(err)
			}
		}
		if n := fresh(); n != 0 {
			t.Errorf("%d are new at once", n)
		}
		a.now = a.now.Add(time.Hour)
		for _, event := range []string{"A lighthouse shines", "A market burns"} {
			if _, err := authoring.AddFact(ctx, db, a.who, a.deck.ID, authoring.FactForm{Date: "1931", Event: event}, a.now); err != nil {
				t.Fatal(err)
			}
		}
		if n := fresh(); n != 2 {
			t.Errorf("%d are new", n)
		}
		l.Now = a.now.Add(time.Hour)
		l.Answer(storagetest.Right(l.StartSession()))
		if n := fresh(); n != 0 {
			t.Errorf("%d are new after practice", n)
		}
		if err := db.UnfollowDeck(ctx, l.Who(), a.deck.ID); err != nil {
			t.Fatal(err)
		}
		if n := fresh(); n != -1 {
			t.Error(n)
		}
		d := *a.deck
		d.Visibility = quiz.VisibilityPrivate
		if err := authoring.UpdateDescription(ctx, db, a.who, d, "", a.now); err != nil {
			t.Fatal(err)
		}
		if err := db.FollowDeck(ctx, l.Who(), a.deck.ID, a.now); !quiz.Is(err, quiz.NotFound) {
			t.Errorf("a private deck is followed: %v", err)
		}
		if err := db.FollowDeck(ctx, quiz.Who{}, a.deck.ID, a.now); !quiz.Is(err, quiz.NotFound) {
			t.Errorf("nobody follows: %v", err)
		}
	})
}

// BenchmarkSearch searches a hundred thousand facts by a rare word, by a year, and by both.
func BenchmarkSearch(b *testing.B) {
	both(b, func(b *testing.B, db *storage.DB) {
		ctx := context.Background()
		from := storagetest.Deck(b, db)
		if _, err := db.Raw().Exec(`INSERT INTO decks (name, title, about, language, date_precision, licence, credit, digest, version, owner, visible, words)
			WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1250)
			SELECT 'd-' || i, 'Deck ' || i, '', 'en', 'day', '', '', '', 1, 7, 'everybody', ' deck ' || i FROM n`); err != nil {
			b.Fatal(err)
		}
		if _, err := db.Raw().Exec(fmt.Sprintf(`INSERT INTO facts (deck, key, place, facets, edtf, lo, hi, also, event, label, terms, detail, source, section,
			span_start, span_end, tags, claim, disputed, retired, revision, text, held, bars, words, added)
			SELECT d.id, f.key, f.place, f.facets, f.edtf, f.lo, f.hi, f.also, f.event, f.label, f.terms, f.detail, f.source, f.section,
			f.span_start, f.span_end, f.tags, f.claim, f.disputed, f.retired, f.revision, f.text, f.held, f.bars, f.words, f.added
			FROM facts f CROSS JOIN decks d WHERE f.deck = %d AND d.id <> f.deck`, from.ID)); err != nil {
			b.Fatal(err)
		}
		l := storagetest.NewLearner(b, db, baku, from.ID)
		for _, typed := range []string{"gulistan", "what happened 1920", "baku 1918", "nothing of this"} {
			q := search.ParseQuery(typed)
			b.Run(typed, func(b *testing.B) {
				for b.Loop() {
					if _, err := db.SearchFacts(ctx, l.Who(), q, 101); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		b.Run("open", func(b *testing.B) {
			for b.Loop() {
				if _, err := db.PublicDecks(ctx, l.Who(), 0, 31); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
}
