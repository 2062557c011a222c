package storage_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"chronicle/storage"
	"chronicle/storage/pgtest"
	"chronicle/storage/storagetest"
)

// corruptPage corrupts all pages of a closed SQLite file except the first spare pages.
func corruptPage(t *testing.T, file string, spare int) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := spare * 4096; i < len(content); i++ {
		content[i] ^= 0x55
	}
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// closedFile creates a closed SQLite file with a learner in it, after running the statements in
// more.
func closedFile(t *testing.T, more ...string) string {
	t.Helper()
	file := storagetest.File(t)
	db := storagetest.Open(t, file)
	l := learner(t, db)
	l.Answer(storagetest.Right(l.StartSession()))
	for _, statement := range more {
		exec(t, db.Raw(), statement)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestDamagedFileIsRefused checks that a damaged file is refused at start, left unchanged, and
// that Check names the problem.
func TestDamagedFileIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		says  string
		spoil func(t *testing.T) string
	}{
		"pages": {"", func(t *testing.T) string {
			file := closedFile(t)
			corruptPage(t, file, 20)
			return file
		}},
		"header": {"", func(t *testing.T) string {
			file := closedFile(t)
			f, err := os.OpenFile(file, os.O_WRONLY, 0)
			if err == nil {
				_, err = f.WriteAt(make([]byte, 4000), 16)
			}
			if err != nil || f.Close() != nil {
				t.Fatal(err)
			}
			return file
		}},
		"foreign key": {"refers to a row of persons that does not exist", func(t *testing.T) string {
			return closedFile(t, "PRAGMA foreign_keys = 0", "UPDATE cards SET person = 999")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := c.spoil(t)
			before, _ := os.ReadFile(file)
			db, err := storage.Open(context.Background(), file, storage.Verify())
			refused(t, db, err, "damaged", "chronicle restore", c.says)
			if after, _ := os.ReadFile(file); string(after) != string(before) {
				t.Error("the file was changed")
			}
			problems, err := storage.Check(context.Background(), file)
			if err != nil || len(problems) == 0 || !strings.Contains(problems[0], c.says) {
				t.Errorf("%q, %v", problems, err)
			}
		})
	}
}

// TestCheckFindsNothing checks that Check accepts a sound database, also while a server writes
// to it.
func TestCheckFindsNothing(t *testing.T) {
	t.Parallel()
	storagetest.ForEachAddress(t, func(t *testing.T, address string) {
		db := storagetest.Open(t, address)
		l := learner(t, db)
		l.Answer(storagetest.Right(l.StartSession()))
		if problems, err := storage.Check(context.Background(), address); err != nil || len(problems) > 0 {
			t.Errorf("%q, %v", problems, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		again, err := storage.Open(context.Background(), address, storage.Verify())
		if err != nil {
			t.Fatal(err)
		}
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestCheckOfPostgres(t *testing.T) {
	t.Parallel()
	address := pgtest.Start(t)
	db := storagetest.Open(t, address)
	exec(t, db.Raw(), "ALTER TABLE decks ADD CONSTRAINT sure CHECK (id > 0) NOT VALID")
	exec(t, db.Raw(), fmt.Sprintf("INSERT INTO goose_db_version (version_id, is_applied) VALUES (%d, true)", storage.SchemaVersion()+1))
	problems, err := storage.Check(context.Background(), address)
	said := strings.Join(problems, "\n")
	if err != nil || len(problems) != 2 || !strings.Contains(said, "the constraint sure of decks was never validated") || !strings.Contains(said, "knows schema") {
		t.Errorf("%q, %v", problems, err)
	}
}
