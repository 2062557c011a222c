package web

import (
	"context"
	"strings"
	"sync"
	"testing"

	"chronicle/quiz"

	"github.com/google/uuid"
)

// eight sends the same form eight times at once and counts the redirects by URL.
func eight(t *testing.T, send func() answer) map[string]int {
	t.Helper()
	to := map[string]int{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			a := send()
			mu.Lock()
			defer mu.Unlock()
			if a.StatusCode != 303 {
				t.Errorf("status %d: %.300s", a.StatusCode, textOf(a.doc))
			}
			to[strings.TrimSuffix(a.to(), "?done=copied")]++
		})
	}
	all.Wait()
	return to
}

// formOn returns the form key on a page.
func formOn(t *testing.T, page answer) string {
	t.Helper()
	for _, field := range named(page.doc, "form") {
		if key := attr(field, "value"); uuid.Validate(key) == nil {
			return key
		}
	}
	t.Fatal("the page has no form that is sent once")
	return ""
}

// TestDoubleSubmit checks that a form sent eight times creates one thing.
func TestDoubleSubmit(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	b.teacher("Leyla")
	own := func() int {
		t.Helper()
		decks, err := h.db.MyDecks(context.Background(), b.who().Who())
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, d := range decks {
			if d.OwnedBy(b.who().Who()) {
				n++
			}
		}
		return n
	}
	one := func(what string, made map[string]int) string {
		t.Helper()
		if len(made) != 1 {
			t.Errorf("%s: eight taps made %v", what, made)
		}
		for at := range made {
			return at
		}
		return ""
	}

	form := formOn(t, b.get("/new-deck"))
	deck := strings.TrimSuffix(one("new deck", eight(t, func() answer {
		return b.copy().post("/decks", "form", form, "title", "A deck", "language", "en", "precision", "day", "visible", "me")
	})), "/edit")
	if own() != 1 {
		t.Errorf("there are %d decks", own())
	}

	form = formOn(t, b.get("/decks/"+h.deck.Name))
	one("copy", eight(t, func() answer { return b.copy().post("/decks/"+h.deck.Name+"/copies", "form", form) }))
	if own() != 2 {
		t.Errorf("there are %d decks after a copy", own())
	}

	textForm := formOn(t, b.get(deck+"/new-text"))
	one("text", eight(t, func() answer {
		return b.copy().addSourceTextForm(deck, textForm, "A text", "In 1941 the town was taken by the army.", "", nil)
	}))
	d, err := h.db.DeckIndexByName(context.Background(), b.who().Who(), strings.TrimPrefix(deck, "/decks/"))
	if err != nil {
		t.Fatal(err)
	}
	if texts, err := h.db.SourceTexts(context.Background(), b.who().Who(), d.Deck.ID); err != nil || len(texts) != 1 {
		t.Errorf("there are %d texts, %v", len(texts), err)
	}

	form = formOn(t, b.get("/new-class"))
	one("class", eight(t, func() answer {
		return b.copy().post("/classes", "form", form, "title", "History 10B", "zone", "Asia/Baku", "boards", "no")
	}))
	if classes, err := h.db.Classes(context.Background(), b.who().Who()); err != nil || len(classes) != 1 {
		t.Errorf("there are %d classes, %v", len(classes), err)
	}
	// The same form with another text creates another.
	if other := b.addSourceTextForm(deck, textForm, "A text", "In 1942 the town was given back.", "", nil).to(); len(other) == 0 || strings.HasSuffix(other, "/texts/1") {
		t.Errorf("another text led to %q", other)
	}
	// Another form creates another.
	b.post("/decks", "form", formOn(t, b.get("/new-deck")), "title", "A deck", "language", "en", "precision", "day", "visible", "me").want(t, 303)
	if own() != 3 {
		t.Errorf("there are %d decks after another form", own())
	}
}

// TestDoubleSubmitOnSignUp checks that eight submissions of the sign-up form create one person and all sign in.
func TestDoubleSubmitOnSignUp(t *testing.T) {
	t.Parallel()
	h := open(t)
	guest := h.browser()
	guest.begin(false)
	for name, b := range map[string]*browser{"Stranger": h.browser(), "Guest": guest} {
		before := people(t, h)
		var mu sync.Mutex
		var browsers []*browser
		eight(t, func() answer {
			tap := b.copy()
			mu.Lock()
			browsers = append(browsers, tap)
			mu.Unlock()
			return tap.post("/sign-up", "alias", name, "password", secretWords)
		})
		want := before + 1
		if b == guest {
			want = before
		}
		if n := people(t, h); n != want {
			t.Errorf("%s: %d people became %d", name, before, n)
		}
		in := 0
		for _, tap := range browsers {
			if a := tap.get("/settings"); a.StatusCode == 200 && a.says(name) {
				in++
			}
		}
		if in == 0 || b != guest && in != 8 {
			t.Errorf("%s: %d of eight are in", name, in)
		}
	}
}

func people(t *testing.T, h *testServer) int {
	t.Helper()
	n, err := h.db.SiteStats(context.Background(), quiz.Who{Role: quiz.RoleSystem}, h.time())
	if err != nil {
		t.Fatal(err)
	}
	all := 0
	for _, some := range n.People {
		all += some
	}
	return all
}
