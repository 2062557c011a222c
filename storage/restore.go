package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"gorm.io/gorm"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Restore replaces the SQLite database at the address with a backup. No server may be using it.
// An existing database is replaced only if replace is true. After a power failure there is
// either the old database or the new one, never the new one with the old one's log.
func Restore(ctx context.Context, address, from string, replace bool) (BackupInfo, error) {
	if IsPostgres(address) {
		return BackupInfo{}, fmt.Errorf("%s is a PostgreSQL database; restore it with: pg_restore --clean --if-exists --no-owner --single-transaction --dbname=%s %s",
			RedactAddress(address), quoted(withoutPassword(address)), quoted(from))
	}
	if err := checkBackup(from, address); err != nil {
		return BackupInfo{}, fmt.Errorf("cannot restore %s: %w", from, err)
	}
	saved, err := restore(ctx, address, from, replace)
	if err != nil {
		return BackupInfo{}, fmt.Errorf("cannot restore %s to %s: %w", from, address, err)
	}
	return saved, nil
}

// checkBackup returns an error if a file cannot be restored, as far as that is visible without
// reading all of it.
func checkBackup(from, database string) error {
	info, err := os.Stat(from)
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return errors.New("it is not a regular file")
	case info.Size() == 0:
		return errors.New("it is empty")
	}
	if old, err := os.Stat(database); err == nil && os.SameFile(info, old) {
		return errors.New("it is the database itself")
	}
	if err := noLog(from); err != nil {
		return err
	}
	return checkHeader(from)
}

func restore(ctx context.Context, address, from string, replace bool) (BackupInfo, error) {
	if err := os.MkdirAll(filepath.Dir(address), 0o700); err != nil {
		return BackupInfo{}, err
	}
	file, err := realPath(address)
	if err != nil {
		return BackupInfo{}, err
	}
	lock := newFileLock(file)
	if err := lock.acquire(ctx, lockWait); err != nil {
		return BackupInfo{}, err
	}
	saved, err := restoreLocked(ctx, file, from, replace)
	return saved, errors.Join(err, lock.release())
}

func restoreLocked(ctx context.Context, file, from string, replace bool) (saved BackupInfo, err error) {
	like := file // the new file gets its owner
	switch info, err := os.Lstat(file); {
	case errors.Is(err, fs.ErrNotExist):
		like = filepath.Dir(file)
	case err != nil:
		return BackupInfo{}, err
	case !info.Mode().IsRegular():
		return BackupInfo{}, errors.New("the database is not a regular file")
	case !replace:
		return BackupInfo{}, errors.New("the database exists already; give --yes to replace it")
	}
	temp, err := writeBeside(file, func(temp string) error {
		if err := errors.Join(copyTo(ctx, temp, from), shareOwner(temp, like)); err != nil {
			return err
		}
		saved, err = inspectBackup(ctx, temp)
		return err
	})
	if err != nil {
		return BackupInfo{}, err
	}
	if err := replaceDatabase(ctx, file, temp); err != nil {
		return BackupInfo{}, errors.Join(err, os.Remove(temp))
	}
	return saved, nil
}

// copyTo copies a file into an existing one.
func copyTo(ctx context.Context, to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, contextReader{ctx, in})
	return errors.Join(err, out.Close())
}

// contextReader stops reading when its context ends.
type contextReader struct {
	ctx context.Context
	io.Reader
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// replaceDatabase replaces a database with the file temp. It first closes the old database, so
// that it needs no log, and then removes the log files, which SQLite would otherwise apply to
// the new file.
func replaceDatabase(ctx context.Context, file, temp string) error {
	reopen, err := closeDatabase(ctx, file)
	if err != nil {
		return err
	}
	return errors.Join(replaceFiles(file, temp), reopen())
}

func replaceFiles(file, temp string) error {
	for _, suffix := range []string{"-wal", "-shm", "-journal"} {
		if err := os.Remove(file + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	folder := filepath.Dir(file)
	if err := syncFolder(folder); err != nil { // removed logs must be on disk before the new file
		return err
	}
	if err := os.Rename(temp, file); err != nil {
		return err
	}
	return syncFolder(folder)
}

// closeDatabase moves everything into the old database's file and locks out other programs
// until reopen is called. It does nothing for a file that is missing or that SQLite cannot
// read.
func closeDatabase(ctx context.Context, file string) (reopen func() error, err error) {
	nothing := func() error { return nil }
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nothing, nil
	}
	if err := checkHeader(file); errors.Is(err, errNotSQLite) {
		return nothing, nil
	}
	g, err := openHandle(file, "&_txlock=exclusive", 1, false)
	if damaged(err) {
		return nothing, nil
	}
	if err != nil {
		return nil, err
	}
	tx, err := endLog(ctx, g)
	switch {
	case damaged(err):
		return nothing, closeHandle(g)
	case err != nil:
		return nil, errors.Join(busyFile(err), closeHandle(g))
	}
	return func() error { return errors.Join(tx.Rollback(), closeHandle(g)) }, nil
}

// endLog moves the log into the file, which needs exclusive access, and begins a transaction
// that locks out all others.
func endLog(ctx context.Context, g *gorm.DB) (*sql.Tx, error) {
	var mode string
	if err := g.Exec("PRAGMA busy_timeout = 3000").Error; err != nil {
		return nil, err
	}
	if err := g.Raw("PRAGMA journal_mode = DELETE").Scan(&mode).Error; err != nil {
		return nil, err
	}
	if mode != "delete" {
		return nil, fmt.Errorf("its journal mode stays %q", mode)
	}
	pool, err := g.DB()
	if err != nil {
		return nil, err
	}
	return pool.BeginTx(ctx, nil)
}

// busyFile replaces SQLITE_BUSY with a clear message.
func busyFile(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) && e.Code()&0xff == lib.SQLITE_BUSY {
		return errors.New("another program uses the database; end it first")
	}
	return err
}
