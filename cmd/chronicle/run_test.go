package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// said is the result of a command.
type said struct {
	status   int
	out, err string
}

// chronicle runs a command inside the test.
func chronicle(t *testing.T, args ...string) said {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
	defer stop()
	var out, errs bytes.Buffer
	status := run(ctx, args, &out, &errs)
	return said{status, out.String(), errs.String()}
}

// fails stops the test unless the command ended with that status and one line that says why.
func (s said) fails(t *testing.T, status int, why ...string) {
	t.Helper()
	if s.status != status || s.out != "" || strings.Count(s.err, "\n") != 1 || !strings.HasPrefix(s.err, "chronicle: ") {
		t.Errorf("status %d, said %q and %q; want status %d and one line", s.status, s.out, s.err, status)
	}
	for _, w := range why {
		if !strings.Contains(s.err, w) {
			t.Errorf("%q does not say %q", s.err, w)
		}
	}
}

func TestHelp(t *testing.T) {
	for _, c := range []struct {
		args []string
		want []string
	}{
		{nil, []string{"serve", "deck list", "deck export", "deck check", "backup", "restore", "check", "--version", "--help", "--database", "--listen", "CHRONICLE_LISTEN"}},
		{[]string{"--help"}, []string{"serve", "deck list", "deck export", "deck check"}},
		{[]string{"serve", "--help"}, []string{
			"--database", "--listen", "--zone", "--https", "CHRONICLE_DATABASE", "CHRONICLE_LISTEN", "CHRONICLE_ZONE",
			"CHRONICLE_HTTPS", "--wait", "CHRONICLE_WAIT", "30s", "127.0.0.1:8080", "chronicle.db", "Asia/Baku",
		}},
		{[]string{"deck", "--help"}, []string{"list", "export", "check"}},
		{[]string{"deck", "list", "-h"}, []string{"--database"}},
		{[]string{"deck", "export", "--help"}, []string{"--database", "<deck>"}},
		{[]string{"deck", "check", "--help"}, []string{"<file>"}},
		{[]string{"deck", "reports", "--help"}, []string{"<deck>", "--database"}},
		{[]string{"questions", "--help"}, []string{"<deck>", "--seed", "--count", "--kind", "--json"}},
		{[]string{"extract", "--help"}, []string{"<file>", "--dates", "--language"}},
		{[]string{"rebuild", "--help"}, []string{"--database", "--anew", "--weights"}},
		{[]string{"backup", "--help"}, []string{"<file>", "--database", "--yes"}},
		{[]string{"restore", "--help"}, []string{"<file>", "--database", "--yes"}},
		{[]string{"check", "--help"}, []string{"--database", "foreign keys", "pg_amcheck"}},
		{[]string{"fit", "--help"}, []string{"[<log>]", "--predict", "--weights", "card_id, review_th", "target"}},
	} {
		s := chronicle(t, c.args...)
		usages := 1
		if len(c.args) < 2 { // the whole help
			usages = 25
		}
		if s.status != 0 || s.err != "" || strings.Count(s.out, "Usage:") != usages {
			t.Errorf("%v: status %d, %q, %q", c.args, s.status, s.out, s.err)
		}
		for _, w := range c.want {
			if !strings.Contains(s.out, w) {
				t.Errorf("%v: the help does not say %s", c.args, w)
			}
		}
	}
}

func TestUnknownCommands(t *testing.T) {
	for _, args := range [][]string{
		{"fly"},
		{"--fly"},
		{"serve", "--fly"},
		{"serve", "now"},
		{"deck"},
		{"deck", "fly"},
		{"deck", "export"},
		{"deck", "check"},
		{"deck", "list", "x"},
		{"serve", "--listen"},
		{"serve", "--https=perhaps"},
		{""},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			chronicle(t, args...).fails(t, 2, "chronicle --help says all")
		})
	}
}

func TestDeckList(t *testing.T) {
	t.Chdir(t.TempDir())
	s := chronicle(t, "deck", "list")
	if s.status != 0 || !regexp.MustCompile(`^azerbaijan-russia\tAzerbaijan and Russia\t[1-9]\d+\n`).MatchString(s.out) {
		t.Errorf("status %d, %q, %q", s.status, s.out, s.err)
	}
	if files, err := os.ReadDir("."); err != nil || len(files) > 0 {
		t.Errorf("looking made %v, %v", files, err)
	}
}

func TestDeckRoundTrip(t *testing.T) {
	t.Chdir(t.TempDir())
	first := chronicle(t, "deck", "export", "azerbaijan-russia")
	if first.status != 0 || !strings.HasPrefix(first.out, "deck: azerbaijan-russia\n") {
		t.Fatalf("status %d, %.80q, %q", first.status, first.out, first.err)
	}
	if err := os.WriteFile("own.deck", []byte(first.out), 0o600); err != nil {
		t.Fatal(err)
	}
	if s := chronicle(t, "deck", "check", "own.deck"); s.status != 0 || !strings.HasSuffix(s.out, " facts, no errors\n") || strings.Contains(s.out, "error:") {
		t.Errorf("status %d, %q, %q", s.status, s.out, s.err)
	}
	if again := chronicle(t, "deck", "export", "own.deck"); again.out != first.out {
		t.Error("exported twice it is another deck")
	}
	served(t, "chronicle.db")
	if kept := chronicle(t, "deck", "export", "azerbaijan-russia"); records(kept.out) != records(first.out) {
		t.Error("kept in a database it is another deck")
	}
	if s := chronicle(t, "deck", "list"); strings.Count(s.out, "azerbaijan-russia\t") != 1 {
		t.Errorf("the list is %q", s.out)
	}
}

// records returns the records of a deck file in a fixed order.
func records(text string) string {
	all := strings.Split(strings.TrimSpace(text), "\n\n")
	slices.Sort(all)
	return strings.Join(all, "\n\n")
}

// served creates a database by running the server briefly.
func served(t *testing.T, database string) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	var errs bytes.Buffer
	out := until("serves at", stop)
	if status := run(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--database", database}, out, &errs); status != 0 {
		t.Fatalf("status %d: %s", status, errs.String())
	}
}

// watch is a writer that calls a function once certain words were written.
type watch struct {
	words string
	do    func()
	text  bytes.Buffer
}

func until(words string, do func()) *watch { return &watch{words: words, do: do} }

func (w *watch) Write(b []byte) (int, error) {
	w.text.Write(b)
	if strings.Contains(w.text.String(), w.words) {
		w.do()
	}
	return len(b), nil
}

func TestDeckCheckNamesLines(t *testing.T) {
	t.Chdir(t.TempDir())
	text := "deck: own\ntitle: Own\nlanguage: en\nprecision: year\n\n" +
		"fact: one\ndate: 19x4\nevent: Something happens\nlabel: Something\n\n" +
		"fact: two\ndate: 1905\nevent: Peace in 1905\nlabel: Peace\ncolour: red\n"
	if err := os.WriteFile("bad.deck", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s := chronicle(t, "deck", "check", "bad.deck")
	if s.status != 1 || s.err != "" {
		t.Errorf("status %d, %q", s.status, s.err)
	}
	lines := regexp.MustCompile(`(?m)^bad\.deck:(\d+): (error|warning): .+$`).FindAllStringSubmatch(s.out, -1)
	found := map[string]bool{}
	for _, l := range lines {
		found[l[1]] = true
	}
	if len(lines) != strings.Count(s.out, "\n") || !found["7"] || !found["15"] || strings.Contains(s.out, "problem.") || strings.Contains(s.out, "file.") {
		t.Errorf("it said %q", s.out)
	}
	for name, content := range map[string]string{"empty": "", "not text": "\xff\xfe", "not a deck": "hello\n", "a database": "SQLite format 3\x00"} {
		if err := os.WriteFile("none.deck", []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if s := chronicle(t, "deck", "check", "none.deck"); s.status != 1 || !strings.HasPrefix(s.out, "none.deck:1: error: ") {
			t.Errorf("%s: status %d, %q, %q", name, s.status, s.out, s.err)
		}
	}
	chronicle(t, "deck", "check", "missing.deck").fails(t, 1, "missing.deck", "no such file")
	chronicle(t, "deck", "check", ".").fails(t, 1, "is a directory")
}

func TestUnknownDecks(t *testing.T) {
	t.Chdir(t.TempDir())
	chronicle(t, "deck", "export", "none").fails(t, 1, `"none"`, "chronicle deck list")
	chronicle(t, "deck", "export", "none.deck").fails(t, 1, "none.deck", "no such file")
	if err := os.WriteFile("broken.deck", []byte("hello\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s := chronicle(t, "deck", "export", "broken.deck"); s.status != 1 || s.out != "" || !strings.Contains(s.err, "broken.deck:1: error: ") {
		t.Errorf("status %d, %q, %q", s.status, s.out, s.err)
	}
}

func TestMissingDatabases(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("notes.txt", []byte("This is a text and no database, and it is long enough to be looked at.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir("folder", 0o700); err != nil {
		t.Fatal(err)
	}
	for _, database := range []string{"notes.txt", "folder", "notes.txt/deep/chronicle.db", "/proc/none/chronicle.db"} {
		t.Run(database, func(t *testing.T) {
			chronicle(t, "serve", "--listen", "127.0.0.1:0", "--database", database).fails(t, 1, database)
		})
	}
	chronicle(t, "deck", "list", "--database", "notes.txt").fails(t, 1, "notes.txt")
	chronicle(t, "serve", "--listen", "127.0.0.1:0", "--wait", "0s", "--database", "postgres://me:hush@127.0.0.1:1/none").fails(t, 1, "127.0.0.1:1")
	if s := chronicle(t, "deck", "list", "--database", "postgres://me:hush@127.0.0.1:1/none"); strings.Contains(s.err, "hush") {
		t.Errorf("the password is shown: %q", s.err)
	}
	if text, err := os.ReadFile("notes.txt"); err != nil || !strings.HasPrefix(string(text), "This is a text") {
		t.Error("the text was written to")
	}
}

func TestServeRefuses(t *testing.T) {
	t.Chdir(t.TempDir())
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	chronicle(t, "serve", "--listen", taken.Addr().String()).fails(t, 1, taken.Addr().String(), "in use")
	chronicle(t, "serve", "--listen", "nowhere").fails(t, 1, "nowhere")
	chronicle(t, "serve", "--listen", "127.0.0.1:99999").fails(t, 1, "99999")
	chronicle(t, "serve", "--zone", "Mars/Olympus").fails(t, 1, "Mars/Olympus")
	if files, err := os.ReadDir("."); err != nil || len(files) > 0 {
		t.Errorf("refusing made %v, %v", files, err)
	}
}

// TestServeFinishesWhatWasAccepted checks that an accepted request is finished before the program ends.
func TestServeFinishesWhatWasAccepted(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	r, w := io.Pipe()
	ended := make(chan int, 1)
	var errs bytes.Buffer
	go func() {
		ended <- run(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--database", filepath.Join(t.TempDir(), "chronicle.db")}, w, &errs)
	}()
	line := make([]byte, 200)
	n, err := r.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	host := regexp.MustCompile(`127\.0\.0\.1:\d+`).FindString(string(line[:n]))
	go func() { _, _ = io.Copy(io.Discard, r) }() // discards further output
	for path, want := range map[string]int{"/healthz": 200, "/": 200, "/none": 404} {
		res, err := http.Get("http://" + host + path)
		if err != nil || res.StatusCode != want {
			t.Fatalf("%s: %v, %v", path, res, err)
		}
		_ = res.Body.Close()
	}
	c, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	form := "deck=azerbaijan-russia"
	head := "POST /study HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 22\r\n\r\n"
	if _, err := io.WriteString(c, head+form[:10]); err != nil {
		t.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond)
	stop()
	time.Sleep(300 * time.Millisecond)
	select {
	case status := <-ended:
		t.Fatalf("it ended with %d while a request was coming in", status)
	default:
	}
	if _, err := io.WriteString(c, form[10:]); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(c)
	if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 303") {
		t.Errorf("the accepted request got %q, %v", answer, err)
	}
	if status := <-ended; status != 0 {
		t.Errorf("status %d: %s", status, errs.String())
	}
}
