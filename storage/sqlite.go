package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
	"gorm.io/gorm"
	"gorm.io/gorm/callbacks"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/migrator"
	"gorm.io/gorm/schema"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// readers is how many connections read at once.
const readers = 4

// cacheSize is how many KiB of the file each connection that reads keeps: with the usual
// two thousand it asks the system for a year of a school's answers again and again. Of a
// large school that is 128 MB for all of them.
const cacheSize = "32000"

// openSQLite opens a file with two handles: one connection that writes, and a
// few that can only read. An answer that was acknowledged survives a power
// cut: synchronous is FULL, and the queue makes that cheap.
func openSQLite(ctx context.Context, file string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	if err := create(file); err != nil {
		return nil, err
	}
	writes, err := openHandle(file, "&_txlock=immediate", 1, false)
	if err != nil {
		return nil, err
	}
	// Of processes that start together, the later one finds a step done that it
	// was about to do, and looks again.
	for range 5 {
		if err = migrate(ctx, writes, goose.DialectSQLite3, "sqlite"); err == nil {
			break
		}
	}
	if err != nil {
		_ = closeHandle(writes)
		return nil, err
	}
	reads, err := openHandle(file, "&_query_only=1&_pragma=cache_size(-"+cacheSize+")", readers, true)
	if err != nil {
		_ = closeHandle(writes)
		return nil, err
	}
	return &DB{reads: reads, writes: writes, queue: newQueue(writes, stays(file))}, nil
}

// create makes the file when it is missing, readable by its owner only.
func create(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// stays tells whether the file is still the one that was opened. A deleted
// file can be written to without an error, and all of it would be lost.
func stays(file string) func() error {
	first, err := os.Stat(file)
	return func() error {
		if err != nil {
			return err
		}
		now, err := os.Stat(file)
		if err != nil {
			return fmt.Errorf("the database file is gone: %w", err)
		}
		if !os.SameFile(first, now) {
			return errors.New("the database file was replaced by another; start Chronicle again to use it")
		}
		return nil
	}
}

func openHandle(file, more string, connections int, prepare bool) (*gorm.DB, error) {
	dsn := "file:" + (&url.URL{Path: file}).EscapedPath() +
		"?mode=rw&_journal_mode=WAL&_synchronous=FULL&_busy_timeout=15000&_foreign_keys=1&_dqs=0" + more
	cfg := config()
	cfg.PrepareStmt = prepare
	cfg.PrepareStmtMaxSize = 1000
	cfg.PrepareStmtTTL = 1 << 62 // a statement is prepared once and for all
	g, err := gorm.Open(&dialect{dsn: dsn}, cfg)
	if err != nil {
		return nil, err
	}
	pool, err := g.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	return g, pool.Ping()
}

// dialect is SQLite without a C compiler for GORM. Tables come from numbered
// migrations alone, so it has nothing for GORM's own migrator.
type dialect struct{ dsn string }

func (d *dialect) Name() string { return "sqlite" }

func (d *dialect) Initialize(g *gorm.DB) error {
	callbacks.RegisterDefaultCallbacks(g, &callbacks.Config{
		CreateClauses: []string{"INSERT", "VALUES", "ON CONFLICT", "RETURNING"},
		UpdateClauses: []string{"UPDATE", "SET", "FROM", "WHERE", "RETURNING"},
		DeleteClauses: []string{"DELETE", "FROM", "WHERE", "RETURNING"},
	})
	pool, err := sql.Open("sqlite", d.dsn)
	g.ConnPool = pool
	return err
}

func (d *dialect) Migrator(g *gorm.DB) gorm.Migrator {
	return migrator.Migrator{Config: migrator.Config{DB: g, Dialector: d}}
}

func (d *dialect) DataTypeOf(f *schema.Field) string { return string(f.DataType) }

func (d *dialect) DefaultValueOf(*schema.Field) clause.Expression {
	return clause.Expr{SQL: "NULL"}
}

func (d *dialect) BindVarTo(w clause.Writer, _ *gorm.Statement, _ any) { _ = w.WriteByte('?') }

func (d *dialect) QuoteTo(w clause.Writer, name string) {
	_, _ = w.WriteString(`"` + name + `"`)
}

func (d *dialect) Explain(query string, _ ...any) string { return query }

// Translate gives the errors that the store tells apart.
func (d *dialect) Translate(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() {
	case lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY:
		return fmt.Errorf("%w: %w", gorm.ErrDuplicatedKey, err)
	case lib.SQLITE_CONSTRAINT_FOREIGNKEY:
		return fmt.Errorf("%w: %w", gorm.ErrForeignKeyViolated, err)
	}
	return err
}

// sizeOfFile asks how many bytes the database takes, without what was not yet moved
// from its journal.
const sizeOfFile = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
