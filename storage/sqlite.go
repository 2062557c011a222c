package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
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

// maxReaders is the number of read connections.
const maxReaders = 4

// cacheSize is the page cache of each read connection in KiB. With SQLite's default of 2000 it
// rereads a year of a school's answers from the system again and again. For a large school all
// caches together use 128 MB.
const cacheSize = "32000"

// openSQLite opens a file with two handles: one connection that writes, and a few that only
// read. An acknowledged answer survives a power cut: synchronous is FULL, and joining writes
// into one commit makes that cheap.
func openSQLite(ctx context.Context, file string, o openOptions) (*DB, error) {
	file, err := prepareFile(file)
	if err != nil {
		return nil, err
	}
	lock, err := lockSQLite(ctx, file, o)
	if err != nil {
		return nil, err
	}
	db, err := openLocked(ctx, file, lock != nil, o)
	if err != nil {
		return nil, errors.Join(err, lock.release())
	}
	db.lock = lock
	return db, nil
}

// prepareFile creates the folder of a database and returns the file's real path. An existing
// file must be an SQLite database or empty.
func prepareFile(file string) (string, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return "", err
	}
	file, err := realPath(file)
	if err != nil {
		return "", err
	}
	return file, checkHeader(file)
}

var errNotSQLite = errors.New("the file is not a database")

// checkHeader returns an error if a file does not begin like an SQLite file. An empty or
// missing file is accepted.
func checkHeader(file string) error {
	const magic = "SQLite format 3\x00"
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, len(magic))
	n, err := io.ReadFull(f, head)
	switch {
	case errors.Is(err, io.EOF), err == nil && string(head) == magic:
		return nil
	case err == nil, n > 0:
		return errNotSQLite
	}
	return err
}

// lockSQLite locks the file. The returned lock is nil if another Chronicle holds it and the
// file can be shared.
func lockSQLite(ctx context.Context, file string, o openOptions) (*fileLock, error) {
	lock := newFileLock(file)
	if !o.shared {
		if err := lock.acquire(ctx, o.lockWait); err != nil {
			return nil, err
		}
		return lock, nil
	}
	owned, older := false, error(nil)
	err := lock.acquireWithin(ctx, o.lockWait, func() (bool, error) {
		var err error
		if owned, err = lock.tryAcquire(); owned || err != nil {
			return owned, err
		}
		older = nil
		if err = canShare(ctx, file); errors.Is(err, errOlderSchema) {
			older, err = err, nil // the other Chronicle may be migrating it right now
		}
		return older == nil, err
	})
	switch {
	case errors.Is(err, errInUse):
		return nil, fmt.Errorf("%w: %w", errInUse, older)
	case err != nil || !owned:
		return nil, err
	}
	return lock, nil
}

// canShare returns an error if a file cannot be used without migrating it.
func canShare(ctx context.Context, file string) error {
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return errOlderSchema
	}
	g, err := openReader(ctx, file)
	if err != nil {
		return err
	}
	return errors.Join(exactSchema(ctx, g), closeHandle(g))
}

// openLocked opens the file; owned means that nobody else uses it.
func openLocked(ctx context.Context, file string, owned bool, o openOptions) (*DB, error) {
	if err := createFile(file); err != nil {
		return nil, err
	}
	writes, err := openHandle(file, "&_journal_mode=WAL&_txlock=immediate", 1, false)
	if err != nil {
		return nil, err
	}
	if owned {
		err = migrateIfNeeded(ctx, file, writes, o)
	} else {
		err = exactSchema(ctx, writes)
	}
	if err != nil {
		return nil, errors.Join(err, closeHandle(writes))
	}
	reads, err := openHandle(file, "&_journal_mode=WAL&_query_only=1&_pragma=cache_size(-"+cacheSize+")", maxReaders, true)
	if err != nil {
		return nil, errors.Join(err, closeHandle(writes))
	}
	return &DB{reads: reads, writes: writes, writer: newWriter(writes, checkFileUnmoved(file))}, nil
}

// migrateIfNeeded checks the file if the options say so, and migrates it.
func migrateIfNeeded(ctx context.Context, file string, g *gorm.DB, o openOptions) error {
	if o.verify {
		if err := verifySmall(ctx, file, g); err != nil {
			return err
		}
	}
	return migrate(ctx, g, goose.DialectSQLite3, "sqlite")
}

// createFile creates a missing file, readable and writable only by its owner.
func createFile(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// checkFileUnmoved returns a function that checks that the files of an open database are still
// the ones that were opened. Writing to a deleted file gives no error, but the data would be
// lost. SQLite itself deletes the log and its index only when the last connection closes.
func checkFileUnmoved(file string) func() error {
	first := map[string]os.FileInfo{}
	var missing error
	for _, name := range []string{file, file + "-wal", file + "-shm"} {
		info, err := os.Stat(name)
		switch {
		case err == nil:
			first[name] = info
		case name == file:
			missing = err
		}
	}
	return func() error {
		for name, info := range first {
			if err := isSameFile(name, info); err != nil {
				return err
			}
		}
		return missing
	}
}

// isSameFile returns an error if a file is no longer the one in first.
func isSameFile(name string, first os.FileInfo) error {
	now, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s was removed while Chronicle was using it; stop Chronicle, which saves what it accepted, and start it again", name)
	case err != nil:
		return err
	case !os.SameFile(first, now):
		return fmt.Errorf("%s was replaced by another file while Chronicle was using it; stop Chronicle and start it again", name)
	}
	return nil
}

func openHandle(file, more string, connections int, prepare bool) (*gorm.DB, error) {
	return openDSN(file, "mode=rw&_synchronous=FULL&_busy_timeout=15000&_foreign_keys=1&_dqs=0"+more, connections, prepare)
}

// openImmutable opens a file that nobody changes, without creating files next to it.
func openImmutable(file string) (*gorm.DB, error) {
	return openDSN(file, "mode=ro&immutable=1", 1, false)
}

func openDSN(file, query string, connections int, prepare bool) (*gorm.DB, error) {
	cfg := config()
	cfg.PrepareStmt = prepare
	cfg.PrepareStmtMaxSize = 1000
	cfg.PrepareStmtTTL = 1 << 62 // never expire prepared statements
	g, err := gorm.Open(&sqliteDialect{dsn: "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + query}, cfg)
	if err != nil {
		return nil, err
	}
	pool, err := g.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	if err := pool.Ping(); err != nil {
		_ = pool.Close()
		return nil, err
	}
	return g, nil
}

// sqliteDialect is a GORM dialect for SQLite without cgo. It does not support GORM's migrator,
// since tables come only from numbered migrations.
type sqliteDialect struct{ dsn string }

func (d *sqliteDialect) Name() string { return "sqlite" }

func (d *sqliteDialect) Initialize(g *gorm.DB) error {
	callbacks.RegisterDefaultCallbacks(g, &callbacks.Config{
		CreateClauses: []string{"INSERT", "VALUES", "ON CONFLICT", "RETURNING"},
		UpdateClauses: []string{"UPDATE", "SET", "FROM", "WHERE", "RETURNING"},
		DeleteClauses: []string{"DELETE", "FROM", "WHERE", "RETURNING"},
	})
	pool, err := sql.Open("sqlite", d.dsn)
	g.ConnPool = pool
	return err
}

func (d *sqliteDialect) Migrator(g *gorm.DB) gorm.Migrator {
	return migrator.Migrator{Config: migrator.Config{DB: g, Dialector: d}}
}

func (d *sqliteDialect) DataTypeOf(f *schema.Field) string { return string(f.DataType) }

func (d *sqliteDialect) DefaultValueOf(*schema.Field) clause.Expression {
	return clause.Expr{SQL: "NULL"}
}

func (d *sqliteDialect) BindVarTo(w clause.Writer, _ *gorm.Statement, _ any) { _ = w.WriteByte('?') }

func (d *sqliteDialect) QuoteTo(w clause.Writer, name string) {
	_, _ = w.WriteString(`"` + name + `"`)
}

func (d *sqliteDialect) Explain(query string, _ ...any) string { return query }

// Translate converts SQLite's constraint errors to GORM's.
func (d *sqliteDialect) Translate(err error) error {
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

// selectFileSize returns the size of the database in bytes, without the part still in its log.
const selectFileSize = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
