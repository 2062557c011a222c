package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/storage/pgtest"
	"chronicle/storage/storagetest"
)

// TestBackupFromTheCommandLine checks backup, restore and check from the command line.
func TestBackupFromTheCommandLine(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	database, backup, other := filepath.Join(folder, "chronicle.db"), filepath.Join(folder, "backup.db"), filepath.Join(folder, "other.db")
	for _, command := range [][]string{{"backup", backup}, {"check"}} {
		chronicle(t, append(command, "--database", database)...).fails(t, 1, "there is no database", database)
	}
	served(t, database)
	chronicle(t, "check", "--database", database).says(t, "ok\n")
	size := regexp.MustCompile(fmt.Sprintf(`backup\.db: \d\.\d MB, schema %d, checked\n$`, storage.SchemaVersion()))
	if s := chronicle(t, "backup", backup, "--database", database).says(t); !size.MatchString(s.out) {
		t.Errorf("%q", s.out)
	}
	chronicle(t, "backup", backup, "--database", database).fails(t, 1, "exists already", "--yes")
	chronicle(t, "backup", backup, "--database", database, "--yes").says(t)
	chronicle(t, "restore", backup, "--database", other).says(t, other+": restored from "+backup)
	chronicle(t, "restore", backup, "--database", other).fails(t, 1, "exists already", "--yes")
	chronicle(t, "restore", backup, "--database", other, "--yes").says(t)
	chronicle(t, "restore", filepath.Join(folder, "none"), "--database", other).fails(t, 1, "no such file")
	chronicle(t, "site", "show", "--database", other).says(t, "decks")
	corruptFile(t, other)
	if s := chronicle(t, "check", "--database", other); s.status != 1 || s.err != "" || s.out == "" || s.out == "ok\n" {
		t.Errorf("%+v", s)
	}
	chronicle(t, "serve", "--listen", "127.0.0.1:0", "--database", other).fails(t, 1, other, "damaged", "chronicle restore")
	chronicle(t, "backup", backup, "--database", other, "--yes").fails(t, 1, "damaged")
	chronicle(t, "restore", backup, "--database", other, "--yes").says(t)
	chronicle(t, "check", "--database", other).says(t, "ok\n")
}

// corruptFile overwrites the second half of a file.
func corruptFile(t *testing.T, file string) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(content) / 2; i < len(content); i++ {
		content[i] ^= 0x55
	}
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestPostgresFromTheCommandLine(t *testing.T) {
	t.Parallel()
	address := pgtest.Start(t)
	chronicle(t, "check", "--database", address).fails1(t, "it has no tables of Chronicle\n")
	storagetest.Open(t, address)
	chronicle(t, "check", "--database", address).says(t, "ok\n")
	file := filepath.Join(t.TempDir(), "chronicle.dump")
	chronicle(t, "backup", file, "--database", address).fails(t, 1, "pg_dump --format=custom --file='"+file+"'")
	chronicle(t, "restore", file, "--database", address).fails(t, 1, "pg_restore ", "'"+file+"'")
	chronicle(t, "person", "list", "--database", address).says(t, "ALIAS")
}

// fails1 fails unless the command ended with status 1 and printed that output.
func (s said) fails1(t *testing.T, out string) {
	t.Helper()
	if s.status != 1 || s.out != out || s.err != "" {
		t.Errorf("%+v; want %q", s, out)
	}
}

// TestCommandsBesideAServer checks that commands which can share the database work while a server runs; those that
// need it exclusively are refused and change nothing.
func TestCommandsBesideAServer(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	database := filepath.Join(folder, "chronicle.db")
	p := start(t, database)
	backup := filepath.Join(folder, "backup.db")
	for _, command := range []string{
		"person add Leyla --role=admin --email=leyla@example.org", "person list", "site show", "site sign-up closed", "site tidy",
		"deck list", "deck export azerbaijan-russia", "deck reports azerbaijan-russia", "check", "backup " + backup,
	} {
		args := append(strings.Fields(command), "--database", database)
		if s := chronicle(t, args[:len(args):len(args)]...); s.status != 0 || s.err != "" {
			t.Errorf("%s: %+v", command, s)
		}
	}
	for _, command := range []string{"serve --listen 127.0.0.1:0", "rebuild", "demo", "restore --yes " + backup} {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			chronicle(t, append(strings.Fields(command), "--database", database)...).fails(t, 1, "another Chronicle uses this database", database)
		})
	}
	t.Cleanup(func() { exitsCleanly(t, p) })
}

// exitsCleanly stops the program, which must have logged no error.
func exitsCleanly(t *testing.T, p *process) {
	t.Helper()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if err := p.Wait(); err != nil || strings.Contains(p.log.String(), "level=ERROR") {
		t.Errorf("%v: %s", err, p.log.String())
	}
	first, _, _ := strings.Cut(p.log.String(), "\n")
	for _, want := range []string{"level=INFO", "version=", fmt.Sprintf("schema=%d", storage.SchemaVersion()), "database=SQLite"} {
		if !strings.Contains(first, want) {
			t.Errorf("its first line %q does not say %s", first, want)
		}
	}
}

// TestBackupUnderLoad checks that a backup made under load contains all answers acknowledged before it began, and
// that it can be restored elsewhere and next to the stale log of another database.
func TestBackupUnderLoad(t *testing.T) {
	t.Parallel()
	database, backup := storagetest.File(t), filepath.Join(t.TempDir(), "backup.db")
	p := start(t, database)
	l := answerAll(p.host, 8)
	l.until(t, 60)
	before, answers := l.savedSoFar()
	chronicle(t, "backup", backup, "--database", database).says(t)
	l.until(t, answers+20) // the server continues
	l.end()
	exitsCleanly(t, p)
	elsewhere := storagetest.File(t)
	stale := staleLog(t, elsewhere)
	chronicle(t, "restore", backup, "--database", elsewhere, "--yes").says(t)
	db := openDatabase(t, elsewhere)
	defer func() { _ = db.Close() }()
	for session, tokens := range before {
		restored(t, db, session, tokens)
	}
	for session := range stale {
		if _, err := db.PersonBySession(context.Background(), quiz.Who{}, hashed(session), time.Now()); !quiz.Is(err, quiz.NotFound) && !quiz.Is(err, quiz.Unauthenticated) {
			t.Errorf("a session of the other database is there: %v", err)
		}
	}
}

// savedSoFar returns the answers acknowledged so far.
func (l *load) savedSoFar() (acked map[string][]string, answers int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	acked = map[string][]string{}
	for session, tokens := range l.acked {
		acked[session] = slices.Clone(tokens)
	}
	return acked, l.answers
}

func hashed(session string) string {
	sum := sha256.Sum256([]byte(session))
	return hex.EncodeToString(sum[:])
}

// restored fails unless the answers of a session are there exactly once and the totals match them.
func restored(t *testing.T, db *storage.DB, session string, tokens []string) {
	t.Helper()
	p, err := db.PersonBySession(context.Background(), quiz.Who{}, hashed(session), time.Now())
	if err != nil {
		t.Errorf("a session with %d answers is lost: %v", len(tokens), err)
		return
	}
	reviews, err := db.Reviews(context.Background(), p.Who(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range tokens {
		same := func(r quiz.Review) bool { return r.Token == token }
		if i := slices.IndexFunc(reviews, same); i < 0 || slices.ContainsFunc(reviews[i+1:], same) {
			t.Errorf("the answer to %s is there more or less than once", token)
		}
	}
	sums(t, db, p.Who(), reviews)
}

// staleLog leaves a database as a killed server does, with answers in its write-ahead log, and returns the answers
// by session.
func staleLog(t *testing.T, database string) map[string][]string {
	t.Helper()
	p := start(t, database)
	l := answerAll(p.host, 2)
	l.until(t, 5)
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.Wait()
	l.end()
	if info, err := os.Stat(database + "-wal"); err != nil || info.Size() == 0 {
		t.Fatalf("there is no stale log: %v, %v", info, err)
	}
	return l.acked
}
