// Package storage saves and loads everything in SQLite or PostgreSQL. It is the only package
// that uses GORM. Instants are stored as milliseconds since 1970, days as the learner's day
// numbers.
package storage

import (
	"context"
	"embed"
	"errors"
	"strings"
	"time"

	"chronicle/quiz"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

//go:embed migrations
var migrations embed.FS

// DB is an open database. It is safe for concurrent use.
type DB struct {
	reads       *gorm.DB
	writes      *gorm.DB
	writer      *writer   // joins waiting writes into one commit; nil on PostgreSQL
	lock        *fileLock // of an SQLite file that only this DB may migrate
	deckIndexes *deckIndexCache
	deckFactsCache
	siteCalendar quiz.Calendar // for the periods of the site's boards
}

// IsPostgres reports whether an address is one of PostgreSQL; any other address is a file.
func IsPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// Ping checks that the database answers.
func (db *DB) Ping(ctx context.Context) error {
	var one int
	return dbError(db.reads.WithContext(ctx).Raw("SELECT 1").Scan(&one).Error)
}

// Close finishes the accepted writes and closes the database.
func (db *DB) Close() error {
	if db.writer != nil {
		db.writer.close()
	}
	err := closeHandle(db.writes)
	if db.reads != db.writes {
		err = errors.Join(err, closeHandle(db.reads))
	}
	return errors.Join(err, db.lock.release())
}

func closeHandle(g *gorm.DB) error {
	pool, err := g.DB()
	if err != nil {
		return err
	}
	return pool.Close()
}

// config returns the GORM configuration of every handle. Logging is off, since callers log
// errors once.
func config() *gorm.Config {
	return &gorm.Config{
		Logger:                 logger.Discard,
		TranslateError:         true,
		SkipDefaultTransaction: true,
	}
}

// read returns the handle for reading.
func (db *DB) read(ctx context.Context) *gorm.DB { return db.reads.WithContext(ctx) }

// write runs deed in one transaction, which is committed if write returns nil.
func (db *DB) write(ctx context.Context, deed func(tx *gorm.DB) error) error {
	if db.writer != nil {
		return dbError(db.writer.do(ctx, deed))
	}
	return dbError(retryTransaction(ctx, func() error { return db.writes.WithContext(ctx).Transaction(deed) }))
}

// toMillis converts an instant to milliseconds for the database; the zero time is 0.
func toMillis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// fromMillis converts milliseconds back to an instant in UTC.
func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// scanOne reads the first row of a query, or returns NotFound.
func scanOne[T any](g *gorm.DB) (T, error) {
	var rows []T
	if err := dbError(g.Scan(&rows).Error); err != nil {
		var none T
		return none, err
	}
	if len(rows) == 0 {
		var none T
		return none, quiz.NewError(quiz.NotFound, "error.missing")
	}
	return rows[0], nil
}
