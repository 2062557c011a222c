package storage

import (
	"database/sql"
	"errors"

	"chronicle/quiz"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"modernc.org/sqlite"
)

// fault turns what a database says into the closed set of faults. A store that
// cannot answer is Busy: it may be able to in a moment.
func fault(err error) error {
	var known *quiz.Error
	var lite *sqlite.Error
	var refused *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known), errors.Is(err, errPanic):
		return err
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return quiz.Failed(quiz.Conflict, "error.conflict", err)
	case errors.As(err, &refused) && refused.Code == "23505", errors.As(err, &lite) && (lite.Code() == 2067 || lite.Code() == 1555):
		return quiz.Failed(quiz.Conflict, "error.conflict", gorm.ErrDuplicatedKey) // rows that are read are not translated
	case errors.Is(err, gorm.ErrRecordNotFound), errors.Is(err, sql.ErrNoRows):
		return quiz.Failed(quiz.Missing, "error.missing", err)
	case errors.As(err, &refused) && !passing(refused.Code):
		return err
	case errors.As(err, &lite) && !passingLite(lite.Code()):
		return err
	}
	return quiz.Failed(quiz.Busy, "error.busy", err)
}

// passing tells of an SQLSTATE whether it may be gone in a moment: connection,
// resources, operator intervention, system, serialization, read-only.
func passing(state string) bool {
	switch state[:min(2, len(state))] {
	case "08", "53", "57", "58", "40":
		return true
	}
	return state == "25006"
}

// passingLite tells the same of SQLite's primary codes: perm, busy, locked,
// nomem, readonly, interrupt, ioerr, corrupt, full, cantopen, protocol, notadb.
func passingLite(code int) bool {
	switch code & 0xff {
	case 3, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26:
		return true
	}
	return false
}
