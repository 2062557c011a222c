package storage_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// TestSettingsOfSQLite checks the settings without which acknowledged answers would not survive
// a power cut.
func TestSettingsOfSQLite(t *testing.T) {
	t.Parallel()
	db := storagetest.SQLite(t)
	for name, pool := range map[string]*sql.DB{"writes": db.Raw(), "reads": db.Reads()} {
		only := "0"
		if name == "reads" {
			only = "1"
		}
		for pragma, want := range map[string]string{
			"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "15000", "query_only": only,
		} {
			var got string
			if err := pool.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s: %s is %s, %v", name, pragma, got, err)
			}
		}
	}
	if _, err := db.Reads().Exec("DELETE FROM days"); err == nil {
		t.Error("a reader wrote")
	}
	if n := db.Raw().Stats().MaxOpenConnections; n != 1 {
		t.Errorf("%d connections write", n)
	}
}

func TestFilePermissions(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "new", "folder", "with space & ?#%41", "chronicle.db")
	db := storagetest.Open(t, file)
	learner(t, db)
	for _, name := range []string{file, file + "-wal"} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 || info.Size() == 0 {
			t.Errorf("%s: %v %v", name, info, err)
		}
	}
	if info, err := os.Stat(filepath.Dir(file)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v %v", info, err)
	}
}

// TestFileRemovedWhileOpen checks that no answers are accepted after the file was deleted or
// replaced, since they would be lost.
func TestFileRemovedWhileOpen(t *testing.T) {
	t.Parallel()
	for name, remove := range map[string]func(file string) error{
		"deleted": os.Remove,
		"moved":   func(file string) error { return os.Rename(file, file+".old") },
		"replaced": func(file string) error {
			if err := os.Rename(file, file+".old"); err != nil {
				return err
			}
			return os.WriteFile(file, nil, 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := storagetest.File(t)
			l := learner(t, storagetest.Open(t, file))
			s := l.StartSession()
			if err := remove(file); err != nil {
				t.Fatal(err)
			}
			_, err := l.TryAnswer(storagetest.Right(s))
			isFault(t, err, quiz.Unavailable)
			_, err = l.UndoAnswer(s.Token)
			isFault(t, err, quiz.Conflict) // nothing was saved that could be undone
			if name != "moved" {
				return
			}
			if err := os.Rename(file+".old", file); err != nil {
				t.Fatal(err)
			}
			if r := l.Answer(storagetest.Right(s)); r.ID != 0 {
				t.Errorf("the refused answer was kept: %+v", r)
			}
			rebuilt(t, l)
		})
	}
}

// holdLock locks the file from another connection until the test frees it.
func holdLock(t *testing.T, file string) (free func()) {
	t.Helper()
	other, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Close() })
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := tx.Rollback(); err != nil {
			t.Error(err)
		}
	}
}

func TestAFileThatIsLockedIsBusy(t *testing.T) {
	t.Parallel()
	file := storagetest.File(t)
	db := storagetest.Open(t, file)
	l := learner(t, db)
	s := l.StartSession()
	exec(t, db.Raw(), "PRAGMA busy_timeout = 200")
	free := holdLock(t, file)
	_, err := l.TryAnswer(storagetest.Right(s))
	isFault(t, err, quiz.Unavailable)
	if l.Session().Token != s.Token || db.Ping(context.Background()) != nil {
		t.Error("reading does not go on")
	}
	free()
	if r := l.Answer(storagetest.Right(s)); r.ID != 0 {
		t.Errorf("the refused answer was kept: %+v", r)
	}
}

func TestAFileThatCannotBeWrittenIsBusy(t *testing.T) {
	t.Parallel()
	db := storagetest.SQLite(t)
	l := learner(t, db)
	s := l.StartSession()
	before := everything(t, db)
	exec(t, db.Raw(), "PRAGMA query_only = 1") // root can write to a file whatever its mode
	_, err := l.TryAnswer(storagetest.Right(s))
	isFault(t, err, quiz.Unavailable)
	if everything(t, db) != before {
		t.Error("something was kept")
	}
	exec(t, db.Raw(), "PRAGMA query_only = 0")
	l.Answer(storagetest.Right(s))
}

// TestAFullDiskIsBusy checks that a full disk refuses answers but not reads, and that writes
// work again once there is room.
func TestAFullDiskIsBusy(t *testing.T) {
	t.Parallel()
	db := storagetest.SQLite(t)
	l := learner(t, db)
	l.SaveSettings(baku, 50)
	l.StartSession()
	var pages int
	if err := db.Raw().QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	exec(t, db.Raw(), "PRAGMA max_page_count = 1") // SQLite raises this to the current number of pages
	kept, refused := 0, 0
	for range 40 {
		s := l.Session()
		if _, err := l.TryAnswer(storagetest.Right(s)); err == nil {
			kept++
		} else {
			refused++
			isFault(t, err, quiz.Unavailable)
			break
		}
		l.Now = l.Now.Add(10 * time.Minute)
	}
	if refused == 0 {
		t.Fatalf("%d answers found room on %d pages", kept, pages)
	}
	if n := len(l.Reviews()); n != kept {
		t.Errorf("%d reviews are kept, %d answers were acknowledged", n, kept)
	}
	exec(t, db.Raw(), "PRAGMA max_page_count = 100000")
	l.Answer(storagetest.Right(l.Session()))
	rebuilt(t, l)
}

// TestALongReader checks that a long read transaction blocks nobody and sees one state.
func TestALongReader(t *testing.T) {
	t.Parallel()
	db := storagetest.SQLite(t)
	l := learner(t, db)
	l.Answer(storagetest.Right(l.StartSession()))
	tx, err := db.Reads().Begin()
	if err != nil {
		t.Fatal(err)
	}
	seen := func() (n int) {
		if err := tx.QueryRow("SELECT count(*) FROM reviews").Scan(&n); err != nil {
			t.Error(err)
		}
		return n
	}
	if n := seen(); n != 1 {
		t.Fatalf("%d reviews", n)
	}
	live(t, l, 20, true)
	if n := seen(); n != 1 {
		t.Errorf("the reader's state moved to %d reviews", n)
	}
	if err := tx.Rollback(); err != nil {
		t.Error(err)
	}
	rebuilt(t, l)
}

func TestWhatCannotBeOpened(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("No database, but long enough to be one. ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	for address, says := range map[string]string{
		dir:                                   "is a directory",
		text:                                  "not a database",
		filepath.Join(text, "x", "db"):        "not a directory",
		"":                                    "no such file",
		"postgres://ann:secret@127.0.0.1:1/x": "connection refused",
		"postgres://ann:secret@127.0.0.1:1,127.0.0.1:2/x":                "connection refused",
		"postgres://ann@127.0.0.1:1/x?password=secret":                   "connection refused",
		"postgresql://ann@127.0.0.1:1/x?sslmode=disable;password=secret": "",
		"postgres://ann:secret@127.0.0.1:port/x":                         "not one of PostgreSQL",
		"postgres://ann:se%cret@127.0.0.1/x":                             "not one of PostgreSQL",
		"postgres://ann:1/secret@127.0.0.1:1/x":                          "",
		"postgres://ann:secret@127.0.0.1:1/x?sslmode=wild":               "not one of PostgreSQL",
	} {
		db, err := storage.Open(context.Background(), address)
		if err == nil {
			t.Errorf("%s was opened", address)
			if err := db.Close(); err != nil {
				t.Error(err)
			}
			continue
		}
		said := err.Error()
		if !strings.HasPrefix(said, "cannot open the database ") || !strings.Contains(said, says) || strings.Contains(said, "\n") {
			t.Errorf("%q: %q", address, said)
		}
		for _, secret := range []string{"secret", "se%cret"} {
			if strings.Contains(said, secret) {
				t.Errorf("the password is in %q", said)
			}
		}
	}
}
