package e2e

import (
	"bufio"
	"bytes"
	"database/sql"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

// server is the running program with its own database.
type server struct {
	t        *testing.T
	database string
	address  string // host and port
	cmd      *exec.Cmd
	log      *journal
	first    chan string // the printed code of the first administrator
}

// journal records the program's log output.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// serve starts the program on a fresh database and stops it when the test ends.
func serve(t *testing.T) *server {
	t.Helper()
	s := &server{t: t, database: filepath.Join(t.TempDir(), "chronicle.db"), address: "127.0.0.1:0", log: &journal{}}
	s.start()
	t.Cleanup(func() {
		s.stop()
		for line := range strings.Lines(s.log.String()) {
			if strings.Contains(line, "level=ERROR") || strings.Contains(line, "panic") || strings.Contains(line, "DATA RACE") {
				t.Errorf("the program's log: %s", s.log)
				break
			}
		}
	})
	return s
}

var announced = regexp.MustCompile(`^Chronicle serves at http://(\S+) \(database: .*\)$`)

func (s *server) start() {
	s.t.Helper()
	s.cmd = exec.Command(programPath, "serve", "--listen", s.address, "--database", s.database, "--zone", noon(1))
	s.cmd.Stderr = s.log
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	line, _ := lines.ReadString('\n')
	s.first = make(chan string, 1)
	go func() {
		more, _ := lines.ReadString('\n')
		s.first <- secret.FindString(more)
	}()
	found := announced.FindStringSubmatch(strings.TrimSpace(line))
	if found == nil {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
		s.t.Fatalf("the program did not say where it serves but %q; its log: %s", line, s.log)
	}
	s.address = found[1]
}

// stop stops the program as an administrator does.
func (s *server) stop() {
	s.t.Helper()
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	ended := make(chan error, 1)
	go func() { ended <- s.cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			s.t.Errorf("the program ended badly: %v; its log: %s", err, s.log)
		}
	case <-time.After(30 * time.Second):
		_ = s.cmd.Process.Kill()
		s.t.Errorf("the program did not stop in 30 s; its log: %s", s.log)
	}
	s.cmd = nil
}

// open opens the program's database.
func (s *server) open() *sql.DB {
	s.t.Helper()
	db, err := sql.Open("sqlite", "file:"+s.database+"?_busy_timeout=5000")
	if err != nil {
		s.t.Fatal(err)
	}
	return db
}

// age simulates the passing of days: it stops the program, moves the learners' past back in time and restarts it.
// Reviews are append-only and stay.
func (s *server) age(days int) {
	s.t.Helper()
	s.stop()
	db := s.open()
	for _, q := range []string{
		fmt.Sprintf("UPDATE cards SET due = due - %d, due_day = due_day - %d, last_day = last_day - %d, first_day = first_day - %d", days*24*60*60*1000, days, days, days),
		fmt.Sprintf("UPDATE sittings SET day = day - %d, started = started - %d, posed = posed - %d", days, days*24*60*60*1000, days*24*60*60*1000),
		fmt.Sprintf("UPDATE days SET day = day - %d", days),
	} {
		if _, err := db.Exec(q); err != nil {
			s.t.Fatalf("%s: %v", q, err)
		}
	}
	if err := db.Close(); err != nil {
		s.t.Fatal(err)
	}
	s.start()
}

// reports returns the number of reported questions.
func (s *server) reports() int {
	s.t.Helper()
	db := s.open()
	defer func() { _ = db.Close() }()
	var n int
	if err := db.QueryRow("SELECT count(*) FROM reports").Scan(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

// counted returns the number of answers according to the review log and to the daily count.
func (s *server) counted() int {
	s.t.Helper()
	db := s.open()
	defer func() { _ = db.Close() }()
	var reviews, days int
	err := db.QueryRow("SELECT count(*) FROM reviews WHERE lead = '' AND id NOT IN (SELECT review FROM undos)").Scan(&reviews)
	if err == nil {
		err = db.QueryRow("SELECT coalesce(sum(answers), 0) FROM days").Scan(&days)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	if reviews != days {
		s.t.Errorf("%d answers stand in the log, but the days count %d", reviews, days)
	}
	return reviews
}

// noon returns a time zone without daylight saving where it is about noon plus the given hours, so that no test
// crosses midnight.
func noon(later int) string {
	switch east := 12 + later - time.Now().UTC().Hour(); {
	case east > 0:
		return fmt.Sprintf("Etc/GMT-%d", east)
	case east < 0:
		return fmt.Sprintf("Etc/GMT+%d", -east)
	}
	return "UTC"
}
