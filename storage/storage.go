// Package storage keeps everything, on SQLite or PostgreSQL, and alone knows
// GORM. Instants are kept as milliseconds, days as the learner's day numbers.
package storage

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"time"

	"chronicle/quiz"

	"github.com/pressly/goose/v3"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

//go:embed migrations
var migrations embed.FS

// DB is an open database. It may be used by many goroutines.
type DB struct {
	reads  *gorm.DB
	writes *gorm.DB
	queue  *queue // joins waiting writes into one commit; nil on PostgreSQL
	decks  *deckCache
	shelves
	cal quiz.Calendar // in which the weeks of the site's boards are counted
}

// Open opens the database at the address, a file or a postgres:// address,
// creates what is missing and migrates it. The error is fit to be shown to
// whoever starts Chronicle; it never contains a password.
func Open(ctx context.Context, address string) (*DB, error) {
	open := openSQLite
	if IsPostgres(address) {
		open = openPostgres
	}
	db, err := open(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("cannot open the database %s: %w", Shown(address), err)
	}
	db.decks = newDeckCache()
	if err := db.fillWords(ctx); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("cannot open the database %s: %w", Shown(address), err)
	}
	return db, nil
}

// Look opens a database only to read it: nothing is made and nothing migrated.
func Look(ctx context.Context, address string) (*DB, error) {
	var g *gorm.DB
	var err error
	if IsPostgres(address) {
		g, _, err = reachPostgres(ctx, address)
	} else {
		g, err = openHandle(address, "&_query_only=1", 1, false)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot open the database %s: %w", Shown(address), err)
	}
	return &DB{reads: g, writes: g, decks: newDeckCache()}, nil
}

// IsPostgres tells whether an address is of PostgreSQL; any other is a file.
func IsPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// Ping tells whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	var one int
	return fault(db.reads.WithContext(ctx).Raw("SELECT 1").Scan(&one).Error)
}

// Close finishes the writes that were accepted and closes the database.
func (db *DB) Close() error {
	if db.queue != nil {
		db.queue.close()
	}
	err := closeHandle(db.writes)
	if db.reads != db.writes {
		if other := closeHandle(db.reads); err == nil {
			err = other
		}
	}
	return err
}

func closeHandle(g *gorm.DB) error {
	pool, err := g.DB()
	if err != nil {
		return err
	}
	return pool.Close()
}

// config is GORM's for every handle: silent, since whoever handles the error
// logs it once.
func config() *gorm.Config {
	return &gorm.Config{
		Logger:                 logger.Discard,
		TranslateError:         true,
		SkipDefaultTransaction: true,
	}
}

// migrate brings the schema up to date.
func migrate(ctx context.Context, g *gorm.DB, dialect goose.Dialect, folder string, more ...goose.ProviderOption) error {
	pool, err := g.DB()
	if err != nil {
		return err
	}
	files, err := fs.Sub(migrations, "migrations/"+folder)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(dialect, pool, files, append(more, goose.WithSlog(slog.New(slog.DiscardHandler)))...)
	if err != nil {
		return err
	}
	if _, err = p.Up(ctx); err != nil {
		return fmt.Errorf("migrating: %w", err)
	}
	return nil
}

// read gives the handle for reading.
func (db *DB) read(ctx context.Context) *gorm.DB { return db.reads.WithContext(ctx) }

// write runs a deed in one transaction; it is kept when write returns nil.
func (db *DB) write(ctx context.Context, deed func(tx *gorm.DB) error) error {
	if db.queue != nil {
		return fault(db.queue.do(ctx, deed))
	}
	return fault(retry(ctx, func() error { return db.writes.WithContext(ctx).Transaction(deed) }))
}

// ms is an instant as it is kept; the zero time is 0.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// instant is ms back, in UTC.
func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// scanOne reads the first row of a query; no row is Missing.
func scanOne[T any](g *gorm.DB) (T, error) {
	var rows []T
	if err := fault(g.Scan(&rows).Error); err != nil {
		var none T
		return none, err
	}
	if len(rows) == 0 {
		var none T
		return none, quiz.Fail(quiz.Missing, "error.missing")
	}
	return rows[0], nil
}
