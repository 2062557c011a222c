package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage"
)

// built returns the program, built once for all tests that stop it from outside.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "chronicle-kill")
	if err != nil {
		return "", err
	}
	builtIn = dir
	program := filepath.Join(dir, "chronicle")
	out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return program, nil
})

var builtIn string // a folder to delete at the end

func TestMain(m *testing.M) {
	status := m.Run()
	if builtIn != "" {
		_ = os.RemoveAll(builtIn)
	}
	os.Exit(status)
}

// process is the running program.
type process struct {
	*exec.Cmd
	host string
	log  bytes.Buffer
}

func start(t *testing.T, database string) *process {
	t.Helper()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{Cmd: exec.Command(program, "serve", "--listen", "127.0.0.1:0", "--database", database)}
	p.Stderr = &p.log
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = p.Wait()
		t.Fatalf("it does not start: %v: %s", err, p.log.String())
	}
	p.host = regexp.MustCompile(`127\.0\.0\.1:\d+`).FindString(line)
	return p
}

// load simulates many learners who answer as fast as they can, and records every acknowledged answer.
type load struct {
	host           string
	stop           chan struct{}
	ended          sync.WaitGroup
	mu             sync.Mutex
	acked          map[string][]string // tokens by session
	answers        int                 // their number
	unsavedAnswers int                 // answers that the program could not save
}

func (l *load) over() bool {
	select {
	case <-l.stop:
		return true
	default:
		return false
	}
}

func answerAll(host string, learners int) *load {
	l := &load{host: host, stop: make(chan struct{}), acked: map[string][]string{}}
	for range learners {
		l.ended.Go(l.learn)
	}
	return l
}

// end waits until all learners have stopped.
func (l *load) end() int {
	close(l.stop)
	l.ended.Wait()
	return l.answers
}

// until waits for a number of answers, which can take long on a busy machine.
func (l *load) until(t *testing.T, answers int) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		l.mu.Lock()
		n := l.answers
		l.mu.Unlock()
		if n >= answers {
			return
		}
	}
	t.Fatalf("no %d answers in a minute", answers)
}

var (
	tokenField = regexp.MustCompile(`<input type="hidden" name="token" value="([^"]+)"`)
	sessionOf  = regexp.MustCompile(`chronicle=([^;]+)`)
)

// learn practises as one guest after another until the program has stopped.
func (l *load) learn() {
	c := &http.Client{
		Transport:     &http.Transport{},
		Timeout:       10 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer c.CloseIdleConnections()
	for !l.over() {
		_, header, err := send(c, "POST", "http://"+l.host+"/study", "", "deck", "azerbaijan-russia")
		if err != nil {
			return
		}
		found := sessionOf.FindStringSubmatch(header.Get("Set-Cookie"))
		if found == nil {
			return
		}
		l.practise(c, found[1])
	}
}

func (l *load) practise(c *http.Client, session string) {
	for n := 0; !l.over(); n++ {
		page, _, err := send(c, "GET", "http://"+l.host+"/study", session)
		token := tokenField.FindStringSubmatch(page)
		if err != nil || token == nil {
			return // stopped, or no question left
		}
		_, header, err := send(c, "POST", "http://"+l.host+"/study/answers", session, "token", token[1], "chosen", fmt.Sprint(n%2))
		if err != nil {
			return
		}
		l.mu.Lock()
		if header.Get("Location") == "/study/answers/"+token[1] {
			l.acked[session] = append(l.acked[session], token[1])
			l.answers++
		} else {
			l.unsavedAnswers++
		}
		l.mu.Unlock()
	}
}

// send sends a request and returns the page and headers if the response was complete.
func send(c *http.Client, method, address, session string, pairs ...string) (string, http.Header, error) {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequest(method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return "", nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if session != "" {
		r.Header.Set("Cookie", "chronicle="+session)
	}
	res, err := c.Do(r)
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = res.Body.Close() }()
	page, err := io.ReadAll(res.Body)
	return string(page), res.Header, err
}

// savedAnswers fails unless every acknowledged answer is in the database exactly once and each person's totals
// match their answers.
func (l *load) savedAnswers(t *testing.T, db *storage.DB) {
	t.Helper()
	ctx := context.Background()
	for session, tokens := range l.acked {
		sum := sha256.Sum256([]byte(session))
		p, err := db.PersonBySession(ctx, quiz.Who{}, hex.EncodeToString(sum[:]), time.Now())
		if err != nil {
			t.Errorf("a session with %d answers is lost: %v", len(tokens), err)
			continue
		}
		reviews, err := db.Reviews(ctx, p.Who(), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		times := map[string]int{}
		for _, r := range reviews {
			times[r.Token]++
		}
		for _, token := range tokens {
			if times[token] != 1 {
				t.Errorf("the answer to %s is kept %d times", token, times[token])
			}
		}
		if extra := len(reviews) - len(tokens); extra < 0 || extra > 1 {
			t.Errorf("%d answers are kept, %d were acknowledged", len(reviews), len(tokens))
		}
		sums(t, db, p.Who(), reviews)
	}
}

func sums(t *testing.T, db *storage.DB, who quiz.Who, reviews []quiz.Review) {
	t.Helper()
	days, err := db.PracticeDays(context.Background(), who, 0)
	if err != nil {
		t.Fatal(err)
	}
	answers, correct, right := 0, 0, 0
	for _, d := range days {
		answers += d.Answers
		correct += d.Correct
	}
	for _, r := range reviews {
		if r.Verdict == quiz.VerdictRight {
			right++
		}
	}
	cards, err := db.Cards(context.Background(), who)
	if err != nil {
		t.Fatal(err)
	}
	versions := 0
	for _, c := range cards {
		versions += int(c.Version)
	}
	if answers != len(reviews) || correct != right || versions != len(reviews) {
		t.Errorf("%d answers, %d right; the days say %d and %d, the cards %d", len(reviews), right, answers, correct, versions)
	}
}

func openDatabase(t *testing.T, database string) *storage.DB {
	t.Helper()
	db, err := storage.Open(context.Background(), database)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// TestTermUnderLoad checks that the program finishes accepted requests on SIGTERM and exits cleanly.
func TestTermUnderLoad(t *testing.T) {
	database := filepath.Join(t.TempDir(), "chronicle.db")
	p := start(t, database)
	l := answerAll(p.host, 12)
	l.until(t, 100)
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := p.Wait(); err != nil {
		t.Errorf("it ended with %v: %s", err, p.log.String())
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %s to stop", took)
	}
	t.Logf("it stopped in %s", time.Since(began))
	l.end()
	if l.unsavedAnswers > 0 || strings.Contains(p.log.String(), "level=ERROR") {
		t.Errorf("%d answers were refused while it stopped: %s", l.unsavedAnswers, p.log.String())
	}
	db := openDatabase(t, database)
	l.savedAnswers(t, db)
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(database + "-wal"); err == nil {
		t.Error("the database was not closed")
	}
}

// TestKillUnderLoad checks that a killed program loses no acknowledged answer and saves none twice.
func TestKillUnderLoad(t *testing.T) {
	database := filepath.Join(t.TempDir(), "chronicle.db")
	var all []*load
	answers := 0
	for i := range 10 {
		p := start(t, database)
		l := answerAll(p.host, 8)
		l.until(t, 10+3*i)
		if err := p.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = p.Wait()
		answers += l.end()
		all = append(all, l)
	}
	db := openDatabase(t, database)
	for _, l := range all {
		l.savedAnswers(t, db)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	t.Logf("%d answers were acknowledged before the ten kills", answers)
}
