package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// OpenOption changes how [Open] opens a database.
type OpenOption func(*openOptions)

type openOptions struct {
	verify   bool
	shared   bool          // use a database that another Chronicle has locked
	lockWait time.Duration // how long to wait for another Chronicle to end
	patience time.Duration // how long to wait for a PostgreSQL server
	waiting  func(reason error)
}

// lockWait is long enough for a short command that has locked the database to end while a
// server starts.
const lockWait = 3 * time.Second

// Verify checks an SQLite file below 1 GB before it is used; Open fails if it is damaged.
func Verify() OpenOption { return func(o *openOptions) { o.verify = true } }

// WaitForServer tries for up to patience to reach a PostgreSQL server that refuses connections
// or is starting. It calls waiting with the reason before the first pause.
func WaitForServer(patience time.Duration, waiting func(reason error)) OpenOption {
	return func(o *openOptions) { o.patience, o.waiting = patience, waiting }
}

// Open opens the database at the address, a file or a postgres:// address, creates what is
// missing and migrates it. An SQLite file is locked until the DB is closed: a second Open of it
// fails. The error can be shown to the administrator; it never contains a password.
func Open(ctx context.Context, address string, with ...OpenOption) (*DB, error) {
	return openWith(ctx, address, append([]OpenOption{lockFor(lockWait)}, with...))
}

// OpenShared opens a database that a running server may be using. If none does, it is like
// Open. Otherwise it does not migrate, and fails if the schema is not the one that this program
// knows.
func OpenShared(ctx context.Context, address string) (*DB, error) {
	share := func(o *openOptions) { o.shared = true }
	return openWith(ctx, address, []OpenOption{lockFor(lockWait), share})
}

func lockFor(wait time.Duration) OpenOption { return func(o *openOptions) { o.lockWait = wait } }

func openWith(ctx context.Context, address string, with []OpenOption) (*DB, error) {
	var o openOptions
	for _, set := range with {
		set(&o)
	}
	open := openSQLite
	if IsPostgres(address) {
		open = openPostgres
	}
	db, err := open(ctx, address, o)
	if err != nil {
		return nil, cannotOpen(address, err)
	}
	db.deckIndexes = newDeckIndexCache()
	if err := db.indexWords(ctx); err != nil {
		_ = db.Close()
		return nil, cannotOpen(address, err)
	}
	return db, nil
}

// OpenReadOnly opens a database for reading only: it creates and migrates nothing. The schema
// must be the one that this program knows.
func OpenReadOnly(ctx context.Context, address string) (*DB, error) {
	g, err := openReader(ctx, address)
	if err != nil {
		return nil, cannotOpen(address, err)
	}
	if err := exactSchema(ctx, g); err != nil {
		_ = closeHandle(g)
		return nil, cannotOpen(address, err)
	}
	return &DB{reads: g, writes: g, deckIndexes: newDeckIndexCache()}, nil
}

// openReader opens a database of any schema for reading.
func openReader(ctx context.Context, address string) (*gorm.DB, error) {
	if IsPostgres(address) {
		g, _, err := connectPostgres(ctx, address, openOptions{})
		return g, err
	}
	return openHandle(address, "&_query_only=1", 1, false)
}

// cannotOpen returns the one-line error that says why a database was not opened.
func cannotOpen(address string, err error) error {
	if damaged(err) {
		err = fmt.Errorf("the file is damaged or not a database (%w): restore a backup with chronicle restore", err)
	}
	return fmt.Errorf("cannot open the database %s: %w", RedactAddress(address), err)
}

// damaged reports whether an error says that SQLite could not make sense of the file.
func damaged(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	code := e.Code() & 0xff
	return code == lib.SQLITE_CORRUPT || code == lib.SQLITE_NOTADB
}
