package storage

import (
	"context"
	"database/sql"

	"chronicle/quiz"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

// Raw is the connection that writes, for tests that look at rows.
func (db *DB) Raw() *sql.DB { return must(db.writes.DB()) }

// Reads is the connection that reads.
func (db *DB) Reads() *sql.DB { return must(db.reads.DB()) }

// Write runs a deed as the store's methods do.
func (db *DB) Write(ctx context.Context, deed func(tx *gorm.DB) error) error {
	return db.write(ctx, deed)
}

// MaxBatch is how many deeds share a commit.
const MaxBatch = maxBatch

// LockFor sets how long Open waits for another Chronicle to end.
var LockFor = lockFor

// Migrations are the numbered files.
var Migrations = migrations

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Queue reads what lies ready, as every answer does.
func (db *DB) Queue(ctx context.Context, who quiz.Who, deck int64, at study.LearnerTime) (study.Queue, error) {
	return db.queue(db.read(ctx), who, deck, at)
}

// IndexWords is what Open does after migrating.
func (db *DB) IndexWords(ctx context.Context) error { return db.indexWords(ctx) }

// CloseDatabase is what Restore does before it replaces a database.
var CloseDatabase = closeDatabase
