package storage_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// content returns everything in an SQLite database that no server is using.
func content(t *testing.T, file string) string {
	t.Helper()
	db, err := storage.Open(context.Background(), file, storage.Verify())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	return everything(t, db)
}

// crashedDatabase copies an SQLite database as a power cut leaves it, with answers only in the
// log.
func crashedDatabase(t *testing.T) string {
	t.Helper()
	file := storagetest.File(t)
	db := storagetest.Open(t, file)
	live(t, learner(t, db), 3, true)
	to := storagetest.File(t)
	for _, suffix := range []string{"", "-wal", "-shm"} {
		copyFile(t, to+suffix, file+suffix)
	}
	return to
}

func copyFile(t *testing.T, to, from string) {
	t.Helper()
	bytes, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, bytes, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestRestore checks that the restored database equals the backup, whatever is left of an older
// database, and that the backup is unchanged.
func TestRestore(t *testing.T) {
	t.Parallel()
	for name, old := range map[string]func(t *testing.T) string{
		"new folder":  func(t *testing.T) string { return filepath.Join(t.TempDir(), "new", "chronicle.db") },
		"closed":      func(t *testing.T) string { return closedFile(t, "UPDATE persons SET zone = 'UTC'") },
		"crashed":     crashedDatabase,
		"empty":       func(t *testing.T) string { return written(t, "") },
		"no database": func(t *testing.T) string { return written(t, strings.Repeat("These are notes.", 1000)) },
		"damaged": func(t *testing.T) string {
			file := crashedDatabase(t)
			copyFile(t, file, corruptBackup(t))
			return file
		},
		"stale log alone": func(t *testing.T) string {
			file := crashedDatabase(t)
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
			return file
		},
		"stale log": func(t *testing.T) string {
			file := closedFile(t)
			copyFile(t, file+"-wal", crashedDatabase(t)+"-wal")
			return file
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, file := backUp(t, closedFile(t)), old(t)
			want := content(t, from)
			before, err := os.ReadFile(from)
			if err != nil {
				t.Fatal(err)
			}
			saved, err := storage.Restore(context.Background(), file, from, name != "new folder" && name != "stale log alone")
			if err != nil || saved.Schema != storage.SchemaVersion() || saved.Size != int64(len(before)) {
				t.Fatalf("%+v, %v", saved, err)
			}
			if got := names(t, filepath.Dir(file)); !slices.Equal(got, []string{"chronicle.db", "chronicle.db.lock"}) {
				t.Errorf("the folder has %q", got)
			}
			if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%v, %v", info, err)
			}
			if content(t, file) != want {
				t.Error("it is another database")
			}
			if after, err := os.ReadFile(from); err != nil || !bytes.Equal(before, after) {
				t.Error("the backup was changed: ", err)
			}
		})
	}
}

func written(t *testing.T, text string) string {
	t.Helper()
	file := storagetest.File(t)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// corruptBackup creates a file that begins like a database but is not one.
func corruptBackup(t *testing.T) string {
	t.Helper()
	return written(t, "SQLite format 3\x00"+strings.Repeat("These are notes.", 1000))
}

// failsToRestore checks that a restore fails with a one-line error and changes nothing in the
// database's folder.
func failsToRestore(t *testing.T, file, from string, replace bool, says ...string) {
	t.Helper()
	folder := filepath.Dir(file)
	before := names(t, folder)
	old, _ := os.ReadFile(file)
	_, err := storage.Restore(context.Background(), file, from, replace)
	if err == nil {
		t.Fatal("it was restored")
	}
	for _, s := range append(says, from) {
		if !strings.Contains(err.Error(), s) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q does not say %q in one line", err, s)
		}
	}
	after := slices.DeleteFunc(names(t, folder), func(n string) bool { return strings.HasSuffix(n, ".lock") })
	before = slices.DeleteFunc(before, func(n string) bool { return strings.HasSuffix(n, ".lock") })
	if now, _ := os.ReadFile(file); !bytes.Equal(old, now) || !slices.Equal(before, after) {
		t.Errorf("the folder had %q and has %q", before, after)
	}
}

func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	database := crashedDatabase(t)
	from := backUp(t, closedFile(t))
	failsToRestore(t, database, from, false, "exists already", "--yes")
	failsToRestore(t, database, database, true, "the database itself")
	failsToRestore(t, database, crashedDatabase(t), true, "-wal", "chronicle backup")
	failsToRestore(t, database, written(t, ""), true, "empty")
	failsToRestore(t, database, written(t, "These are notes."), true, "not a database")
	failsToRestore(t, database, corruptBackup(t), true, "damaged")
	failsToRestore(t, database, otherDatabase(t), true, "not a database of Chronicle")
	failsToRestore(t, database, closedFile(t, later), true, "a newer version of Chronicle")
	failsToRestore(t, database, closedFile(t, "PRAGMA foreign_keys = 0", "UPDATE cards SET person = 999"), true, "damaged", "persons")
	failsToRestore(t, database, filepath.Join(t.TempDir(), "missing.db"), true, "no such file")
	failsToRestore(t, database, t.TempDir(), true, "not a regular file")
	damaged := backUp(t, closedFile(t))
	corruptPage(t, damaged, 20)
	failsToRestore(t, database, damaged, true, "damaged")
}

// TestRestoreRefusesADatabaseInUse checks that a database is not replaced while a server holds
// the lock or a program without locks has it open.
func TestRestoreRefusesADatabaseInUse(t *testing.T) {
	t.Parallel()
	from := backUp(t, closedFile(t))
	served := storagetest.File(t)
	db := storagetest.Open(t, served)
	before := everything(t, db)
	failsToRestore(t, served, from, true, "another Chronicle uses this database")
	if everything(t, db) != before || db.CheckWritable(context.Background()) != nil {
		t.Error("the server lost its database")
	}
	file := closedFile(t)
	other, err := sql.Open("sqlite", "file:"+file+"?_journal_mode=WAL")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	other.SetMaxOpenConns(1)
	exec(t, other, "BEGIN IMMEDIATE")
	failsToRestore(t, file, from, true, "another program uses the database")
	exec(t, other, "COMMIT")
}

// TestRestoreCutShort checks that after an interruption either the old database is intact or
// the new one exists without the old log.
func TestRestoreCutShort(t *testing.T) {
	t.Parallel()
	file := crashedDatabase(t)
	copied := storagetest.File(t)
	for _, suffix := range []string{"", "-wal"} {
		copyFile(t, copied+suffix, file+suffix)
	}
	old := content(t, copied)
	reopen, err := storage.CloseDatabase(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the old database needs its log: %v", err)
	}
	second, err := sql.Open("sqlite", "file:"+file+"?_busy_timeout=1")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = second.Close() }()
	var n int
	if err := second.QueryRow("SELECT count(*) FROM reviews").Scan(&n); err == nil {
		t.Error("somebody else reads it")
	}
	whole := storagetest.File(t)
	copyFile(t, whole, file) // the state after a power cut at this point
	if content(t, whole) != old {
		t.Error("the old database lost something")
	}
	if err := reopen(); err != nil {
		t.Fatal(err)
	}
	if content(t, file) != old {
		t.Error("the old database cannot be used any more")
	}
}
