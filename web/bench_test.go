package web

import (
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chronicle/assets"
	"chronicle/storage/storagetest"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

// students is the number of concurrent students in the benchmarks, each with their own connection.
const students = 16

// BenchmarkPages compares the study page with what Fiber alone can send: 10 kB without a database, session or
// template.
func BenchmarkPages(b *testing.B) {
	b.Run("bare-fiber-10kB", func(b *testing.B) {
		app := fiber.New(fiber.Config{DisableStartupMessage: true})
		page := strings.Repeat("0123456789", 1000)
		app.Get("/study", func(c *fiber.Ctx) error { return c.SendString(page) })
		load(b, serve(b, app.Listener, app.Shutdown), func(s *student) { s.get("/study") })
	})
	b.Run("study", func(b *testing.B) {
		load(b, serveChronicle(b), func(s *student) { s.get("/study") })
	})
	b.Run("today", func(b *testing.B) {
		load(b, serveChronicle(b), func(s *student) { s.get("/") })
	})
	b.Run("deck", func(b *testing.B) {
		load(b, serveChronicle(b), func(s *student) { s.get("/decks/azerbaijan-russia") })
	})
}

// BenchmarkAnswers measures an answer from the browser's side: from sending the form, through saving the answer on
// disk, to the redirect to the feedback.
func BenchmarkAnswers(b *testing.B) {
	load(b, serveChronicle(b), func(s *student) { s.answer() })
}

// BenchmarkAnswersAtFiftyPerSecond sends answers at a fixed rate, whether or not earlier ones have returned, and
// reports their latency.
func BenchmarkAnswersAtFiftyPerSecond(b *testing.B) {
	const rate = 50
	address := serveChronicle(b)
	people := make([]*student, rate)
	for i := range people {
		people[i] = newStudent(b, address)
		people[i].begin()
	}
	var took []time.Duration
	var mu sync.Mutex
	for b.Loop() {
		var wait sync.WaitGroup
		for _, s := range people {
			wait.Go(func() {
				d := s.answer()
				mu.Lock()
				took = append(took, d)
				mu.Unlock()
			})
			time.Sleep(time.Second / rate)
		}
		wait.Wait()
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/p50")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms/p99")
}

func benchApp(b *testing.B) *Server {
	b.Helper()
	db := storagetest.SQLite(b)
	storagetest.Deck(b, db)
	set, err := assets.Load()
	if err != nil {
		b.Fatal(err)
	}
	words, err := views.LoadCatalogue(assets.Texts())
	if err != nil {
		b.Fatal(err)
	}
	return New(Config{Store: db, Assets: set, Catalogue: words, Now: time.Now, Log: slog.New(slog.DiscardHandler), DefaultZone: "Asia/Baku"})
}

func serveChronicle(b *testing.B) string {
	s := benchApp(b)
	return serve(b, s.Serve, s.Shutdown)
}

func serve(b *testing.B, listen func(net.Listener) error, stop func() error) string {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go func() { _ = listen(l) }()
	b.Cleanup(func() { _ = stop() })
	return "http://" + l.Addr().String()
}

// load runs an operation for several students at once and reports operations per second.
func load(b *testing.B, address string, deed func(*student)) {
	people := make(chan *student, students)
	for range students {
		s := newStudent(b, address)
		s.begin()
		people <- s
	}
	b.SetParallelism(students / 2)
	b.ReportAllocs()
	start := time.Now()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		s := <-people
		defer func() { people <- s }()
		for pb.Next() {
			deed(s)
		}
	})
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "per-second")
}

// student is a browser that practises.
type student struct {
	b       testing.TB
	address string
	cookie  string
	client  *http.Client
}

func newStudent(b testing.TB, address string) *student {
	return &student{b: b, address: address, client: &http.Client{
		Transport:     &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 1},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

func (s *student) do(method, path string, form url.Values) (string, *http.Response) {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequest(method, s.address+path, body)
	if err != nil {
		s.b.Error(err)
		return "", nil
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Cookie", s.cookie)
	answer, err := s.client.Do(r)
	if err != nil {
		s.b.Error(err)
		return "", nil
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= 400 && answer.StatusCode != 404 && answer.StatusCode != 405 {
		s.b.Errorf("%s %s: %d %v", method, path, answer.StatusCode, err)
	}
	return string(text), answer
}

func (s *student) get(path string) string {
	text, _ := s.do(http.MethodGet, path, nil)
	return text
}

func (s *student) begin() {
	_, answer := s.do(http.MethodPost, "/study", url.Values{"deck": {"azerbaijan-russia"}})
	if answer != nil && len(answer.Cookies()) > 0 {
		s.cookie = "chronicle=" + answer.Cookies()[0].Value
	}
}

var tokenField = regexp.MustCompile(`name="token" value="([^"]+)"> <input type="hidden" name="took"`)

// answer answers the current question, wrongly or rightly, and returns the latency of the answer alone. When a
// study session ends, a new student takes over.
func (s *student) answer() time.Duration {
	found := tokenField.FindStringSubmatch(s.get("/study"))
	for found == nil {
		s.cookie = ""
		s.begin()
		found = tokenField.FindStringSubmatch(s.get("/study"))
	}
	start := time.Now()
	s.do(http.MethodPost, "/study/answers", url.Values{"token": {found[1]}, "chosen": {"0"}})
	return time.Since(start)
}
