package web

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/storage/storagetest"
	"chronicle/views"

	"golang.org/x/net/html"
)

// testServer is a server with a real database and a clock set by the test.
type testServer struct {
	t    testing.TB
	db   *storage.DB
	deck *quiz.Deck
	log  *record
	url  string
	host string
	now  atomic.Int64 // ms
}

func (h *testServer) time() time.Time      { return time.UnixMilli(h.now.Load()).UTC() }
func (h *testServer) wait(d time.Duration) { h.now.Add(d.Milliseconds()) }

// record is a log that tests can read.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (r *record) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(b)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

// filled returns a database file with the shipped deck, created once.
var filled = sync.OnceValues(func() ([]byte, error) {
	return storagetest.SQLiteContent(func(db *storage.DB) error {
		return db.SaveShippedDeck(context.Background(), storagetest.System, storagetest.Shipped(quiet{}), "shipped")
	})
})

// quiet is a testing.TB for fixtures shared by all tests.
type quiet struct{ testing.TB }

func (quiet) Helper() {}

// config returns the test configuration with a fresh database.
func (h *testServer) config() Config {
	h.t.Helper()
	set, err := assets.Load()
	if err != nil {
		h.t.Fatal(err)
	}
	words, err := views.LoadCatalogue(assets.Texts())
	if err != nil {
		h.t.Fatal(err)
	}
	return Config{
		Store: h.db, Assets: set, Catalogue: words, Now: h.time, DefaultZone: "Asia/Baku",
		Log: slog.New(slog.NewTextHandler(h.log, nil)),
	}
}

// open starts a server; change modifies its configuration.
func open(t testing.TB, change ...func(*Config)) *testServer {
	t.Helper()
	content, err := filled()
	if err != nil {
		t.Fatal(err)
	}
	file := storagetest.File(t)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	h := &testServer{t: t, db: storagetest.Open(t, file), log: &record{}}
	h.now.Store(storagetest.Noon.UnixMilli())
	cfg := h.config()
	decks, err := h.db.MyDecks(context.Background(), quiz.Who{})
	if err != nil || len(decks) == 0 {
		t.Fatal("no deck: ", err)
	}
	pool, err := h.db.DeckIndex(context.Background(), quiz.Who{}, decks[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	h.deck = pool.Deck
	for _, do := range change {
		do(&cfg)
	}
	server := New(cfg)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.host = listener.Addr().String()
	h.url = "http://" + h.host
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		_ = server.Shutdown()
	})
	return h
}

// browser stores cookies and does not follow redirects.
type browser struct {
	h       *testServer
	cookies map[string]string
	headers map[string]string
}

func (h *testServer) browser() *browser {
	return &browser{h: h, cookies: map[string]string{}, headers: map[string]string{}}
}

// copy returns another tab of the browser, for concurrent requests.
func (b *browser) copy() *browser {
	return &browser{h: b.h, cookies: maps.Clone(b.cookies), headers: maps.Clone(b.headers)}
}

// answer is a response.
type answer struct {
	*http.Response
	body string
	doc  *html.Node
}

var client = &http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	Timeout:       30 * time.Second,
}

// ask sends one request.
func (b *browser) ask(method, path string, body io.Reader, kind string) answer {
	b.h.t.Helper()
	r, err := http.NewRequest(method, b.h.url+path, body)
	if err != nil {
		b.h.t.Fatal(err)
	}
	for name, value := range b.headers {
		r.Header.Set(name, value)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for name, value := range b.cookies {
		r.Header.Add("Cookie", name+"="+value)
	}
	res, err := client.Do(r)
	if err != nil {
		b.h.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.h.t.Fatalf("%s %s: %v", method, path, err)
	}
	for _, c := range res.Cookies() {
		if c.Value == "" {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	a := answer{Response: res, body: string(text)}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") && a.body != "" {
		if a.doc, err = html.Parse(strings.NewReader(a.body)); err != nil {
			b.h.t.Fatal(err)
		}
	}
	return a
}

func (b *browser) get(path string) answer {
	b.h.t.Helper()
	return b.ask(http.MethodGet, path, nil, "")
}

// post sends a form; pairs are names and values.
func (b *browser) post(path string, pairs ...string) answer {
	b.h.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return b.ask(http.MethodPost, path, strings.NewReader(form.Encode()), "application/x-www-form-urlencoded")
}

// to returns the redirect URL of the response.
func (a answer) to() string { return a.Header.Get("Location") }

// want stops the test unless the response has that status.
func (a answer) want(t testing.TB, status int) answer {
	t.Helper()
	if a.StatusCode != status {
		t.Fatalf("%s %s: status %d, want %d; to %q\n%.3000s", a.Request.Method, a.Request.URL.Path, a.StatusCode, status, a.to(), a.body)
	}
	return a
}

// sends stops the test unless the response redirects to that URL after a POST.
func (a answer) sends(t testing.TB, to string) answer {
	t.Helper()
	a.want(t, http.StatusSeeOther)
	if a.to() != to {
		t.Fatalf("%s %s: sent to %q, want %q", a.Request.Method, a.Request.URL.Path, a.to(), to)
	}
	return a
}

// cookieOf returns the session token; empty if there is none.
func (b *browser) cookieOf() string { return b.cookies["chronicle"] }

// who returns the person of the browser's session.
func (b *browser) who() quiz.Person {
	b.h.t.Helper()
	p, err := b.h.db.PersonBySession(context.Background(), quiz.Who{}, hashToken(b.cookieOf()), b.h.time())
	if err != nil {
		b.h.t.Fatal("the browser's session: ", err)
	}
	return p
}

// studySession returns the current study session.
func (b *browser) studySession() quiz.StudySession {
	b.h.t.Helper()
	s, err := b.h.db.StudySession(context.Background(), b.who().Who())
	if err != nil {
		b.h.t.Fatal(err)
	}
	return s
}

// reviews returns all reviews of the browser's person.
func (b *browser) reviews() []quiz.Review {
	b.h.t.Helper()
	all, err := b.h.db.Reviews(context.Background(), b.who().Who(), time.Time{})
	if err != nil {
		b.h.t.Fatal(err)
	}
	return all
}

// begin starts a study session, with flashcards or not, and returns its question.
func (b *browser) begin(flips bool) quiz.StudySession {
	b.h.t.Helper()
	pairs := []string{"deck", b.h.deck.Name}
	if flips {
		pairs = append(pairs, "flips", "yes")
	}
	b.post("/study", pairs...).sends(b.h.t, "/study")
	return b.studySession()
}
