package web

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/kinds"
)

func length(s string) string { return strconv.Itoa(len(s)) }

// internals lists words that no page may contain.
var internals = []string{"sql", "SQL", "database is closed", "goroutine", "panic", ".go:", "context deadline", "secret cause", "chronicle/"}

func shows(t *testing.T, a answer) {
	t.Helper()
	for _, word := range internals {
		if strings.Contains(a.body, word) {
			t.Errorf("%s %s shows %q", a.Request.Method, a.Request.URL.Path, word)
		}
	}
}

func TestClosedDatabase(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	s := b.begin(false)
	b.get("/healthz").want(t, 200)
	if err := h.db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, again string }{
		{"/", "/"}, {"/decks", "/decks"}, {"/study", "/study"}, {"/decks/" + h.deck.Name, "/decks/" + h.deck.Name}, {"/settings", "/settings"},
	} {
		page := b.get(c.path).want(t, 503)
		busy(t, h, page, c.again)
	}
	busy(t, h, b.post("/study/answers", "token", s.Token, "chosen", "0").want(t, 503), "/study")
	busy(t, h, b.post("/study/undo", "token", s.Token).want(t, 503), "/study")
	stranger := h.browser()
	busy(t, h, stranger.post("/study", "deck", h.deck.Name).want(t, 503), "/")
	busy(t, h, stranger.post("/sign-in", "name", "Leyla", "password", secretWords).want(t, 503), "/")
	busy(t, h, stranger.post("/sign-up", "alias", "Leyla", "password", secretWords).want(t, 503), "/")
	b.get("/healthz").want(t, 200) // the process is alive
	ready := b.get("/readyz").want(t, 503)
	if strings.Contains(ready.body, "sql") || ready.Header.Get("Retry-After") == "" {
		t.Errorf("readyz says %q", ready.body)
	}
	if text := h.log.String(); !strings.Contains(text, "closed") || strings.Contains(text, secretWords) {
		t.Error("the log does not say why, or says too much")
	}
}

var reference = regexp.MustCompile(`Reference: ([0-9a-f]{12})`)

// busy fails unless the page offers to try again at that URL and has the ID of a log line.
func busy(t *testing.T, h *testServer, a answer, again string) {
	t.Helper()
	shows(t, a)
	if a.Header.Get("Retry-After") == "" {
		t.Errorf("%s: no Retry-After", a.Request.URL.Path)
	}
	links := of(a.doc, "primary")
	if len(links) != 1 || attr(links[0], "href") != again {
		t.Errorf("%s %s: no link to %s", a.Request.Method, a.Request.URL.Path, again)
	}
	logged(t, h, a)
}

// logged fails unless the page's ID is in the log.
func logged(t *testing.T, h *testServer, a answer) {
	t.Helper()
	id := reference.FindStringSubmatch(a.body)
	if id == nil || !strings.Contains(h.log.String(), "id="+id[1]) {
		t.Errorf("%s: the page's id %v is not in the log", a.Request.URL.Path, id)
	}
}

// broken is a store with one failing method.
type broken struct {
	Store
	decks func(context.Context) error
}

func (b broken) MyDecks(ctx context.Context, who quiz.Who) ([]quiz.Deck, error) {
	if err := b.decks(ctx); err != nil {
		return nil, err
	}
	return b.Store.MyDecks(ctx, who)
}

func (b broken) DeckIndexByName(ctx context.Context, who quiz.Who, name string) (*kinds.DeckIndex, error) {
	if err := b.decks(ctx); err != nil {
		return nil, err
	}
	return b.Store.DeckIndexByName(ctx, who, name)
}

func (b broken) CheckWritable(ctx context.Context) error { return b.decks(ctx) }

func breaking(decks func(context.Context) error) func(*Config) {
	return func(c *Config) { c.Store = broken{c.Store, decks} }
}

func TestPanics(t *testing.T) {
	t.Parallel()
	h := open(t, breaking(func(context.Context) error { panic("secret cause") }))
	b := h.browser()
	for _, path := range []string{"/", "/decks", "/decks/x", "/readyz"} {
		a := b.get(path).want(t, 500)
		shows(t, a)
		logged(t, h, a)
		if a.head() != "Something went wrong" {
			t.Errorf("the page says %q", a.head())
		}
	}
	b.post("/study", "deck", "x").want(t, 500)
	if text := h.log.String(); !strings.Contains(text, "secret cause") || !strings.Contains(text, "errors_test.go") {
		t.Error("the log lacks the cause or the place")
	}
	b.get("/keys").want(t, 200)
}

func TestErrorsKeepTheirTextInTheLog(t *testing.T) {
	t.Parallel()
	cause := errors.New("secret cause: SELECT password")
	for _, c := range []struct {
		err    error
		status int
		head   string
	}{
		{cause, 500, "Something went wrong"},
		{quiz.WrapError(quiz.Unavailable, "error.busy", cause), 503, "Chronicle cannot save right now"},
		{quiz.WrapError(quiz.NotFound, "error.missing", cause), 404, "Page not found"},
		{quiz.WrapError(quiz.NotFound, "", cause), 404, "Page not found"},
		{quiz.WrapError(quiz.Forbidden, "error.forbidden", cause), 403, "You can’t open this"},
		{quiz.WrapError(quiz.Conflict, "", cause), 409, "This has changed"},
		{quiz.WrapError(quiz.Invalid, "", cause), 422, "That did not work"},
		{quiz.WrapError(quiz.Unauthenticated, "", cause), 401, "You’re signed out"},
		{quiz.WrapError(quiz.RateLimited, "", cause), 429, "Too many tries"},
		{context.Canceled, 503, "Chronicle cannot save right now"},
	} {
		h := open(t, breaking(func(context.Context) error { return c.err }))
		a := h.browser().get("/decks").want(t, c.status)
		shows(t, a)
		if a.head() != c.head || strings.Contains(textOf(a.doc), "error.") {
			t.Errorf("%v: the page says %q: %s", c.err, a.head(), textOf(a.doc))
		}
		if later := c.status == 429 || c.status == 503; later != (a.Header.Get("Retry-After") != "") {
			t.Errorf("%v: Retry-After is %q", c.err, a.Header.Get("Retry-After"))
		}
		if c.status >= 500 {
			logged(t, h, a)
		} else if reference.MatchString(a.body) {
			t.Errorf("%v: an id without a line", c.err)
		}
	}
}

func TestEveryFaultHasItsStatus(t *testing.T) {
	for _, f := range []quiz.ErrorKind{
		quiz.NotFound, quiz.Forbidden, quiz.Invalid, quiz.Conflict, quiz.Unauthenticated, quiz.RateLimited, quiz.Unavailable,
	} {
		if status, ok := statuses[f]; !ok || status < 400 {
			t.Errorf("fault %s has status %d", f, status)
		}
	}
}

func TestHangingStore(t *testing.T) {
	t.Parallel()
	h := open(t, breaking(func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}))
	began := time.Now()
	ready := make(chan answer, 1)
	go func() { ready <- h.browser().get("/readyz") }()
	page := h.browser().get("/decks").want(t, 503)
	if took := time.Since(began); took < deadline-time.Second || took > deadline+15*time.Second {
		t.Errorf("it took %s", took)
	}
	busy(t, h, page, "/decks")
	if a := <-ready; a.StatusCode != 503 {
		t.Errorf("readyz: %d", a.StatusCode)
	}
}

// TestTryAgainStaysHere checks that a path "//name", which a browser reads as another host, is not linked.
func TestTryAgainStaysHere(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	b.begin(false)
	cookie := "Cookie: chronicle=" + b.cookieOf() + "\r\n"
	if err := h.db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"//evil.example/", "///evil.example", "////evil.example/x", "http://evil.example/x", "/\\evil.example"} {
		got := raw(t, h, "GET "+path+" HTTP/1.1\r\nHost: "+h.host+"\r\n"+cookie+"Connection: close\r\n\r\n")
		if !strings.HasPrefix(got, "HTTP/1.1 503") || strings.Contains(got, `href="//`) || strings.Contains(got, `href="/\`) || strings.Contains(got, `href="http`) {
			t.Errorf("%s: %.100q… leads away", path, got)
		}
	}
}
