package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/quiz/classroom"
	"chronicle/storage"
	"chronicle/views"
	"chronicle/web"
)

// visitor is a signed-in browser.
type visitor struct {
	client *http.Client
	at     string
	cookie string
	deck   string
}

// ask sends a request and returns the status and the page.
func (v *visitor) ask(method, path string, form url.Values) (int, string, error) {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequest(method, v.at+path, body)
	if err != nil {
		return 0, "", err
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Cookie", "chronicle="+v.cookie)
	res, err := v.client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	return res.StatusCode, string(text), err
}

var waiting = regexp.MustCompile(`name="token" value="([^"]+)"`)

// answer answers the current question, or starts a study session if there is none, and opens the feedback as
// browsers do.
func (v *visitor) answer() error {
	_, page, err := v.ask("GET", "/study", nil)
	if err != nil {
		return err
	}
	token := waiting.FindStringSubmatch(page)
	if token == nil {
		_, _, err := v.ask("POST", "/study", url.Values{"deck": {v.deck}})
		return err
	}
	form := url.Values{"token": {token[1]}, "chosen": {"0"}}
	if strings.Contains(page, `name="given"`) {
		form = url.Values{"token": {token[1]}, "given": {"1500"}}
	}
	status, _, err := v.ask("POST", "/study/answers", form)
	if err != nil || status != 303 {
		return cmp.Or(err, fmt.Errorf("an answer got %d", status))
	}
	_, _, err = v.ask("GET", "/study/answers/"+token[1], nil)
	return err
}

// openSchool opens the school at the address in CHRONICLE_SCHOOL, or creates a small one.
func openSchool(b *testing.B) *storage.DB {
	b.Helper()
	ctx := context.Background()
	address := os.Getenv("CHRONICLE_SCHOOL")
	if address == "" {
		address = filepath.Join(b.TempDir(), "school.db")
		if s := run(ctx, []string{"demo", "--school", "--students=60", "--answers=400", "--database=" + address}, io.Discard, io.Discard); s != 0 {
			b.Fatal("no school was made")
		}
	}
	db, err := storage.Open(ctx, address)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	return db
}

// atWork is a running server with the people of a school.
type atWork struct {
	db    *storage.DB
	at    string
	chose *rand.Rand
}

// visit signs a person in.
func (w *atWork) visit(b *testing.B, who quiz.Who) *visitor {
	b.Helper()
	token := fmt.Sprintf("%043d", w.chose.Uint64())
	sum := sha256.Sum256([]byte(token))
	if err := w.db.CreateSession(context.Background(), who, hex.EncodeToString(sum[:]), time.Now()); err != nil {
		b.Fatal(err)
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &visitor{client: &http.Client{CheckRedirect: stay, Timeout: 30 * time.Second}, at: w.at, cookie: token}
}

// rows returns the students of a class.
func rows(b *testing.B, db *storage.DB, class string, who quiz.Who) []quiz.Student {
	b.Helper()
	c, err := db.TaughtClass(context.Background(), who, class)
	if err != nil {
		b.Fatal(err)
	}
	all, err := db.Students(context.Background(), who, c.ID)
	if err != nil {
		b.Fatal(err)
	}
	return all
}

// BenchmarkSchool opens every page about classes, leaderboards, people and personal data in sequence as different
// people, while students answer 50 questions a second. CHRONICLE_SCHOOL can name a database filled by `chronicle
// demo --school`. It reports the 99th percentile of each page, and of an answer with the pages around it.
func BenchmarkSchool(b *testing.B) {
	ctx := context.Background()
	db := openSchool(b)
	set, err := assets.Load()
	if err != nil {
		b.Fatal(err)
	}
	words, err := views.LoadCatalogue(assets.Texts())
	if err != nil {
		b.Fatal(err)
	}
	db.SetBoardZone("Asia/Baku")
	server := web.New(web.Config{Store: db, Assets: set, Catalogue: words, Now: time.Now, DefaultZone: "Asia/Baku", Log: slog.New(slog.DiscardHandler)})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	b.Cleanup(func() { _ = server.Shutdown() })
	w := &atWork{db, "http://" + listener.Addr().String(), rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))}

	teachers, err := db.Accounts(ctx, system, "teacher", quiz.RoleTeacher, 0)
	if err != nil || len(teachers) == 0 {
		b.Fatal("there is no teacher: ", err)
	}
	if len(teachers) > 50 {
		teachers = teachers[:50]
	}
	if err := db.SetRole(ctx, system, teachers[0].ID, quiz.RoleAdmin, "", time.Now()); err != nil {
		b.Fatal(err)
	}
	admin := w.visit(b, quiz.Who{Person: teachers[0].ID, Role: quiz.RoleAdmin})

	var pupils []*visitor
	taught := make([][]classroom.ClassSummary, len(teachers)) // by teacher
	for i, t := range teachers[1:] {
		who := t.Who()
		all, err := db.Classes(ctx, who)
		if err != nil || len(all) == 0 {
			b.Fatal("no class: ", err)
		}
		name := all[i%len(all)].Name
		taught[i+1] = all
		for _, s := range rows(b, db, name, who)[:6] {
			p := w.visit(b, quiz.Who{Person: s.Person, Role: quiz.RoleGuest})
			p.deck = "school-deck-" + strings.TrimPrefix(name, "school-")
			pupils = append(pupils, p)
		}
	}

	for n := range len(teachers) * schoolClasses * 2 { // fills the caches after a start
		if _, _, err := pupils[0].ask("GET", fmt.Sprint("/decks/school-deck-", n), nil); err != nil {
			b.Fatal(err)
		}
	}

	var answered, refused atomic.Int64
	var mu sync.Mutex
	var took []time.Duration
	awhile, stop := context.WithCancel(ctx)
	var busy sync.WaitGroup
	busy.Go(func() {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for i := 0; ; i++ {
			select {
			case <-awhile.Done():
				return
			case <-tick.C:
			}
			p := pupils[i%len(pupils)]
			busy.Go(func() {
				began := time.Now()
				if err := p.answer(); err != nil {
					refused.Add(1)
					return
				}
				answered.Add(1)
				mu.Lock()
				took = append(took, time.Since(began))
				mu.Unlock()
			})
		}
	})
	times := map[string][]time.Duration{}
	look := func(v *visitor, name, path string) string {
		began := time.Now()
		status, page, err := v.ask("GET", path, nil)
		if err != nil || status != 200 {
			b.Fatalf("%s: %d, %v", path, status, err)
		}
		times[name] = append(times[name], time.Since(began))
		return page
	}
	time.Sleep(2 * time.Second) // until the first students are answering
	began := time.Now()
	for n := 0; b.Loop(); n++ {
		at, turn := 1+n%(len(teachers)-1), n/(len(teachers)-1)
		t, mine := teachers[at], taught[at]
		teacher, pupil := w.visit(b, t.Who()), pupils[w.chose.IntN(len(pupils))]
		class := "/classes/" + mine[turn%len(mine)].Name
		look(teacher, "classes", "/classes")
		page := look(teacher, "class", class)
		one := regexp.MustCompile(`/students/(\d+)`).FindStringSubmatch(page)
		assignment := regexp.MustCompile(`/assignments/(\d+)`).FindStringSubmatch(page)[0]
		fact := regexp.MustCompile(`/facts/[a-z0-9-]+`).FindString(page)
		look(teacher, "class-numbers", class+"?numbers=yes&sort=known")
		look(teacher, "class-students", class+"/students")
		look(teacher, "class-student", class+one[0])
		look(teacher, "class-fact", class+assignment+fact)
		look(teacher, "class-about", class+"/about")
		look(teacher, "class-code", class+"/join-code")
		look(teacher, "class-assign", class+"/assign")
		look(teacher, "class-assignment", class+assignment)
		look(teacher, "class-board", class+"/leaderboard")
		look(pupil, "own-today", "/")
		look(pupil, "own-classes", "/classes")
		look(pupil, "own-board", "/leaderboard")
		look(pupil, "own-deck-board", "/decks/"+pupil.deck+"/leaderboard")
		look(pupil, "own-kept", "/your-data")
		look(admin, "site", "/site")
		look(admin, "people", "/people")
		look(admin, "people-find", "/people?find=teacher+7&role=teacher")
		look(admin, "person", fmt.Sprint("/people/", t.ID))
		look(admin, "site-classes", "/site/classes?find=a")
		look(teacher, "class-csv", class+assignment+"/table.csv")
	}
	seconds := time.Since(began).Seconds()
	stop()
	busy.Wait()
	b.ReportMetric(float64(answered.Load())/(seconds+2), "answers/s")
	b.ReportMetric(float64(refused.Load()), "refused")
	times["answer"] = took
	names := make([]string, 0, len(times))
	for name := range times {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		all := times[name]
		slices.Sort(all)
		b.Logf("%-17s n %4d  p50 %6.1f ms  p99 %6.1f ms", name, len(all), ms(all[len(all)/2]), ms(all[len(all)*99/100]))
		b.ReportMetric(ms(all[len(all)*99/100]), name+"-p99-ms")
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
