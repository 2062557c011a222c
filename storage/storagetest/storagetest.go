// Package storagetest opens SQLite and PostgreSQL databases for tests, with the shipped deck
// and with learners whose time the test sets.
package storagetest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/quiz/deckfile"
	"chronicle/storage"
	"chronicle/storage/pgtest"
)

// System is the system itself, which alone may save shipped decks.
var System = quiz.Who{Role: quiz.RoleSystem}

// ForEach runs a test on an empty SQLite and on an empty PostgreSQL database.
func ForEach(t *testing.T, run func(t *testing.T, db *storage.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { run(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { run(t, Postgres(t)) })
}

// ForEachAddress does the same for tests that open the database themselves. It has no tables
// yet.
func ForEachAddress(t *testing.T, run func(t *testing.T, address string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { run(t, File(t)) })
	t.Run("postgres", func(t *testing.T) { run(t, pgtest.Start(t)) })
}

// File returns the address of an SQLite database that does not exist yet.
func File(tb testing.TB) string {
	tb.Helper()
	return filepath.Join(tb.TempDir(), "chronicle.db")
}

// SQLite opens an empty SQLite database in a temporary folder.
func SQLite(tb testing.TB) *storage.DB {
	tb.Helper()
	content, err := migrated()
	if err != nil {
		tb.Fatal(err)
	}
	file := File(tb)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		tb.Fatal(err)
	}
	return Open(tb, file)
}

// migrated returns the content of a database with empty tables. Creating the tables for each of
// a hundred tests would take longer than many of the tests.
var migrated = sync.OnceValues(func() ([]byte, error) {
	return SQLiteContent(func(*storage.DB) error { return nil })
})

// SQLiteContent returns the content of an SQLite file filled by fill, so that many tests can
// copy it.
func SQLiteContent(fill func(db *storage.DB) error) ([]byte, error) {
	dir, err := os.MkdirTemp("", "chronicle-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file := filepath.Join(dir, "chronicle.db")
	db, err := storage.Open(context.Background(), file)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(fill(db), db.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
}

var template pgtest.Template

func migrate(address string) error {
	db, err := storage.Open(context.Background(), address)
	if err != nil {
		return err
	}
	return db.Close()
}

// Postgres opens an empty PostgreSQL database.
func Postgres(tb testing.TB) *storage.DB {
	tb.Helper()
	return Open(tb, template.Start(tb, migrate))
}

// Open opens a database until the test ends; a test may close it sooner.
func Open(tb testing.TB, address string) *storage.DB {
	tb.Helper()
	db, err := storage.Open(context.Background(), address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}

// Shipped returns the shipped deck as in its file; each call returns its own copy.
func Shipped(tb testing.TB) *quiz.Deck {
	tb.Helper()
	d := *shipped(tb)
	d.Facts = slices.Clone(d.Facts)
	return &d
}

var (
	shippedOnce sync.Once
	cachedDeck  *quiz.Deck
)

// shipped reads the deck once, since a hundred tests use it.
func shipped(tb testing.TB) *quiz.Deck {
	tb.Helper()
	shippedOnce.Do(func() { cachedDeck = readDeck(tb) })
	if cachedDeck == nil {
		tb.Fatal("the deck that ships was not read")
	}
	return cachedDeck
}

func readDeck(tb testing.TB) *quiz.Deck {
	tb.Helper()
	files, err := fs.Glob(assets.Decks(), "*.deck")
	if err != nil || len(files) == 0 {
		tb.Fatal("no deck ships: ", err)
	}
	text, err := fs.ReadFile(assets.Decks(), files[0])
	if err != nil {
		tb.Fatal(err)
	}
	d, notes := deckfile.ReadDeck(text)
	if d == nil {
		tb.Fatalf("%s: %v", files[0], notes)
	}
	return d
}

// Deck saves the shipped deck and returns it as loaded from the database.
func Deck(tb testing.TB, db *storage.DB) *quiz.Deck {
	tb.Helper()
	return PutDeck(tb, db, Shipped(tb), "shipped")
}

// PutDeck saves a deck and returns it as loaded from the database.
func PutDeck(tb testing.TB, db *storage.DB, d *quiz.Deck, digest string) *quiz.Deck {
	tb.Helper()
	if err := db.SaveShippedDeck(context.Background(), System, d, digest); err != nil {
		tb.Fatal(err)
	}
	pool, err := db.DeckIndexByName(context.Background(), System, d.Name)
	if err != nil {
		tb.Fatal(err)
	}
	return pool.Deck
}
