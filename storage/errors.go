package storage

import (
	"database/sql"
	"errors"

	"chronicle/quiz"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"modernc.org/sqlite"
)

// dbError converts a database error to one of quiz's errors. A failure that may be temporary
// becomes Unavailable.
func dbError(err error) error {
	var known *quiz.Error
	var lite *sqlite.Error
	var refused *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known), errors.Is(err, errWritePanic):
		return err
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return quiz.WrapError(quiz.Conflict, "error.conflict", err)
	case errors.As(err, &refused) && refused.Code == "23505", errors.As(err, &lite) && (lite.Code() == 2067 || lite.Code() == 1555):
		return quiz.WrapError(quiz.Conflict, "error.conflict", gorm.ErrDuplicatedKey) // GORM does not translate errors from reading rows
	case errors.Is(err, gorm.ErrRecordNotFound), errors.Is(err, sql.ErrNoRows):
		return quiz.WrapError(quiz.NotFound, "error.missing", err)
	case errors.As(err, &refused) && !isTransientPostgres(refused.Code):
		return err
	case errors.As(err, &lite) && !isTransientSQLite(lite.Code()):
		return err
	}
	return quiz.WrapError(quiz.Unavailable, "error.busy", err)
}

// isTransientPostgres reports whether an SQLSTATE may be temporary: connection, resources,
// operator intervention, system, serialization, read-only.
func isTransientPostgres(state string) bool {
	switch state[:min(2, len(state))] {
	case "08", "53", "57", "58", "40":
		return true
	}
	return state == "25006"
}

// isTransientSQLite reports the same for SQLite's primary codes: perm, busy, locked, nomem,
// readonly, interrupt, ioerr, corrupt, full, cantopen, protocol, notadb.
func isTransientSQLite(code int) bool {
	switch code & 0xff {
	case 3, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26:
		return true
	}
	return false
}
