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

// Together is how many deeds share a commit.
const Together = together

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

// Desk reads what lies ready, as every answer does.
func (db *DB) Desk(ctx context.Context, who quiz.Who, deck int64, at study.Moment) (study.Desk, error) {
	return db.desk(db.read(ctx), who, deck, at)
}

// FillWords is what Open does after migrating.
func (db *DB) FillWords(ctx context.Context) error { return db.fillWords(ctx) }

// CloseUp is what Restore does before it replaces a database.
var CloseUp = closeUp
