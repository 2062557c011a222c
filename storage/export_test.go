package storage

import (
	"context"
	"database/sql"

	"chronicle/quiz"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

// Raw returns the write connection, for tests that look at rows.
func (db *DB) Raw() *sql.DB { return must(db.writes.DB()) }

// Reads returns the read connections.
func (db *DB) Reads() *sql.DB { return must(db.reads.DB()) }

// Write runs deed like the methods of DB do.
func (db *DB) Write(ctx context.Context, deed func(tx *gorm.DB) error) error {
	return db.write(ctx, deed)
}

// MaxBatch is how many writes share a commit.
const MaxBatch = maxBatch

// LockFor sets how long Open waits for another Chronicle to end.
var LockFor = lockFor

// Migrations holds the migration files.
var Migrations = migrations

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Queue builds the queue, as every answer does.
func (db *DB) Queue(ctx context.Context, who quiz.Who, deck int64, at study.LearnerTime) (study.Queue, error) {
	return db.queue(db.read(ctx), who, deck, at)
}

// IndexWords runs what Open does after migrating.
func (db *DB) IndexWords(ctx context.Context) error { return db.indexWords(ctx) }

// CloseDatabase runs what Restore does before it replaces a database.
var CloseDatabase = closeDatabase
