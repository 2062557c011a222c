package storage_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// openShared opens a database that a server may be using, until the test ends.
func openShared(t *testing.T, address string) *storage.DB {
	t.Helper()
	db, err := storage.OpenShared(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// refused checks that opening failed with one line that contains all of says.
func refused(t *testing.T, db *storage.DB, err error, says ...string) {
	t.Helper()
	if err == nil {
		_ = db.Close()
		t.Fatal("it was opened")
	}
	for _, s := range append(says, "cannot open the database ") {
		if !strings.Contains(err.Error(), s) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q does not say %q in one line", err, s)
		}
	}
}

// TestSecondOpenIsRefused checks that a second open fails, whatever path it uses, until Close
// releases the lock.
func TestSecondOpenIsRefused(t *testing.T) {
	t.Parallel()
	file := storagetest.File(t)
	db := storagetest.Open(t, file)
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	before := everything(t, db)
	for _, address := range []string{file, link} {
		second, err := storage.Open(context.Background(), address, storage.LockFor(0))
		refused(t, second, err, "another Chronicle uses this database", address)
	}
	if everything(t, db) != before {
		t.Error("something was changed")
	}
	if info, err := os.Stat(file + ".lock"); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if _, err := os.Stat(link + ".lock"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a lock beside the link: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	storagetest.Open(t, link)
}

// TestNoLockBesideOtherFiles checks that a file that is not a database is refused without
// creating a lock file.
func TestNoLockBesideOtherFiles(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(file, []byte("These are notes."), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(context.Background(), file)
	refused(t, db, err, "not a database")
	if files, err := os.ReadDir(filepath.Dir(file)); err != nil || len(files) != 1 {
		t.Errorf("%v, %v", files, err)
	}
}

// TestOpenWaitsForTheLock checks that a server waits for a short command that has the lock.
func TestOpenWaitsForTheLock(t *testing.T) {
	t.Parallel()
	file := storagetest.File(t)
	short := openShared(t, file)
	opened := make(chan error, 1)
	go func() {
		db, err := storage.Open(context.Background(), file, storage.LockFor(time.Minute))
		if err == nil {
			err = db.Close()
		}
		opened <- err
	}()
	if err := short.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-opened; err != nil {
		t.Error(err)
	}
}

// TestOpenSharedBesideAServer checks that a command can read and write while a server runs, if
// the schema is the same.
func TestOpenSharedBesideAServer(t *testing.T) {
	t.Parallel()
	storagetest.ForEachAddress(t, func(t *testing.T, address string) {
		db := storagetest.Open(t, address)
		beside := openShared(t, address)
		if err := beside.SetSignUpPolicy(context.Background(), storagetest.System, quiz.SignUpClosed, storagetest.Noon); err != nil {
			t.Fatal(err)
		}
		l := learner(t, db)
		l.Answer(storagetest.Right(l.StartSession()))
		for _, d := range []*storage.DB{db, beside} {
			policy, err := d.SignUpPolicy(context.Background(), storagetest.System)
			if err != nil || policy != quiz.SignUpClosed || count(t, d, "reviews") != 1 {
				t.Errorf("%v, %v", policy, err)
			}
		}
	})
}
