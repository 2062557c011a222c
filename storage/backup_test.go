package storage_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// names returns the names of the files in a folder.
func names(t *testing.T, folder string) []string {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range files {
		all = append(all, f.Name())
	}
	return all
}

// backUp writes a backup into a new folder.
func backUp(t *testing.T, database string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "backup.db")
	if _, err := storage.Backup(context.Background(), database, file, false); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestBackupBesideAServer checks that a backup made while a server runs holds everything
// accepted, in one file that only its owner can read, and that the server continues.
func TestBackupBesideAServer(t *testing.T) {
	t.Parallel()
	file := storagetest.File(t)
	db := storagetest.Open(t, file)
	l := learner(t, db)
	live(t, l, 5, true)
	before := everything(t, db)
	to := backUp(t, file)
	if got := names(t, filepath.Dir(to)); !slices.Equal(got, []string{"backup.db"}) {
		t.Errorf("%q", got)
	}
	if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	l.Answer(storagetest.Right(l.StartSession()))
	if after := everything(t, storagetest.Open(t, to)); after != before {
		t.Errorf("the backup has\n%s\ninstead of\n%s", after, before)
	}
}

// TestBackupLeavesOutWhatWasErased checks that erased data is not in a backup's free pages.
func TestBackupLeavesOutWhatWasErased(t *testing.T) {
	t.Parallel()
	file := storagetest.File(t)
	db := storagetest.Open(t, file)
	exec(t, db.Raw(), "CREATE TABLE secrets (text TEXT)")
	exec(t, db.Raw(), "INSERT INTO secrets VALUES ('the turtle is in the well')")
	exec(t, db.Raw(), "DROP TABLE secrets")
	exec(t, db.Raw(), "PRAGMA wal_checkpoint(TRUNCATE)")
	secret := []byte("the turtle is in the well")
	if content, err := os.ReadFile(file); err != nil || !bytes.Contains(content, secret) {
		t.Fatal("the test shows nothing: ", err)
	}
	if content, err := os.ReadFile(backUp(t, file)); err != nil || bytes.Contains(content, secret) {
		t.Error("it is in the backup: ", err)
	}
}

// failsToBackUp checks that a backup fails with a one-line error and leaves the folder
// unchanged.
func failsToBackUp(ctx context.Context, t *testing.T, database, file string, replace bool, says ...string) {
	t.Helper()
	before := names(t, filepath.Dir(file))
	content, _ := os.ReadFile(file)
	_, err := storage.Backup(ctx, database, file, replace)
	if err == nil {
		t.Fatal("there is a backup")
	}
	for _, s := range append(says, file) {
		if !strings.Contains(err.Error(), s) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q does not say %q in one line", err, s)
		}
	}
	if after, _ := os.ReadFile(file); !bytes.Equal(after, content) || !slices.Equal(names(t, filepath.Dir(file)), before) {
		t.Errorf("there is %q now", names(t, filepath.Dir(file)))
	}
}

func TestBackupReplacesNothingUnasked(t *testing.T) {
	t.Parallel()
	database := closedFile(t)
	to := backUp(t, database)
	if err := os.WriteFile(to, []byte("another file"), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	failsToBackUp(ctx, t, database, to, false, "exists already", "--yes")
	saved, err := storage.Backup(ctx, database, to, true)
	info, _ := os.Stat(to)
	if err != nil || saved.Schema != storage.SchemaVersion() || saved.Size != info.Size() || info.Mode().Perm() != 0o600 {
		t.Errorf("%+v, %v, %v", saved, info, err)
	}
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(database, link); err != nil {
		t.Fatal(err)
	}
	failsToBackUp(ctx, t, database, database, true, "the database itself")
	failsToBackUp(ctx, t, database, link, true, "the database itself")
	failsToBackUp(ctx, t, database, filepath.Dir(to), true, "not a regular file")
}

// TestBackupThatFailsLeavesNothing checks that no unusable backup is written.
func TestBackupThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	to := filepath.Join(t.TempDir(), "backup.db")
	stopped, stop := context.WithCancel(context.Background())
	stop()
	ctx := context.Background()
	failsToBackUp(stopped, t, closedFile(t), to, false)
	failsToBackUp(ctx, t, closedFile(t, "PRAGMA foreign_keys = 0", "UPDATE cards SET person = 999"), to, false, "damaged", "persons")
	failsToBackUp(ctx, t, closedFile(t, later), to, false, "a newer version of Chronicle")
	damaged := closedFile(t)
	corruptPage(t, damaged, 20)
	failsToBackUp(ctx, t, damaged, to, false)
	failsToBackUp(ctx, t, otherDatabase(t), to, false, "not a database of Chronicle")
	failsToBackUp(ctx, t, filepath.Join(t.TempDir(), "missing.db"), to, false, "no such file")
}

// later is a statement that gives a database a newer schema version.
var later = fmt.Sprintf("INSERT INTO goose_db_version (version_id, is_applied) VALUES (%d, true)", storage.SchemaVersion()+1)

// otherDatabase creates an SQLite file of another program.
func otherDatabase(t *testing.T) string {
	t.Helper()
	file := storagetest.File(t)
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	exec(t, db, "CREATE TABLE other (id INTEGER)")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestBackupOfPostgresNamesTheCommand(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"postgres://ann:secret@db.example.org:5432/x":           "pg_dump --format=custom --file='it'\\''s.dump' 'postgres://ann@db.example.org:5432/x'",
		"postgres://ann@db/x?sslmode=require&password=secret":   "'postgres://ann@db/x?sslmode=require'",
		"postgres://ann:1/secret@127.0.0.1:1/x":                 "'postgres://…'",
		"postgresql://ann@db/x?sslmode=disable;password=secret": "'postgresql://ann@db/x'",
	} {
		_, err := storage.Backup(context.Background(), address, "it's.dump", false)
		if err == nil || !strings.HasSuffix(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%v; want %s", err, want)
		}
		_, err = storage.Restore(context.Background(), address, "x.dump", false)
		if err == nil || !strings.Contains(err.Error(), "pg_restore ") || strings.Contains(err.Error(), "secret") {
			t.Error(err)
		}
	}
}
