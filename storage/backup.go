package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"gorm.io/gorm"
)

// errNotChronicle reports that an SQLite file belongs to another program.
var errNotChronicle = errors.New("it is not a database of Chronicle")

// BackupInfo describes a backup that was written or restored.
type BackupInfo struct {
	Size   int64 // in bytes
	Schema int64 // version
}

// Backup copies an SQLite database to a file, also while a server is using it. The file appears
// once it is complete, checked and synced to disk. An existing file is replaced only if replace
// is true.
func Backup(ctx context.Context, address, file string, replace bool) (BackupInfo, error) {
	if IsPostgres(address) {
		return BackupInfo{}, fmt.Errorf("%s is a PostgreSQL database; back it up with: pg_dump --format=custom --file=%s %s",
			RedactAddress(address), quoted(file), quoted(withoutPassword(address)))
	}
	if err := checkReplace(address, file, replace); err != nil {
		return BackupInfo{}, fmt.Errorf("cannot write the backup %s: %w", file, err)
	}
	saved, err := backUp(ctx, address, file, replace)
	if err != nil {
		return BackupInfo{}, fmt.Errorf("cannot back up %s to %s: %w", address, file, err)
	}
	return saved, nil
}

func backUp(ctx context.Context, address, file string, replace bool) (saved BackupInfo, err error) {
	temp, err := writeBeside(file, func(temp string) error {
		if err := vacuumInto(ctx, address, temp); err != nil {
			return err
		}
		saved, err = inspectBackup(ctx, temp)
		return err
	})
	if err != nil {
		return BackupInfo{}, err
	}
	if err := checkReplace(address, file, replace); err != nil {
		return BackupInfo{}, errors.Join(err, os.Remove(temp))
	}
	if err := os.Rename(temp, file); err != nil {
		return BackupInfo{}, errors.Join(err, os.Remove(temp))
	}
	return saved, syncFolder(filepath.Dir(file))
}

// vacuumInto copies the database in one read transaction. Unlike SQLite's backup API, which
// copies pages as they are, it leaves out free pages, and with them erased data, and writes a
// file without a log, which can be copied on its own.
func vacuumInto(ctx context.Context, database, file string) error {
	if err := checkHeader(database); err != nil {
		return err
	}
	g, err := openHandle(database, "", 1, false)
	if err != nil {
		return corruptionError("the database", err)
	}
	err = g.WithContext(ctx).Exec("VACUUM INTO ?", file).Error
	return errors.Join(corruptionError("the database", err), closeHandle(g))
}

// corruptionError adds the name of the file to an error that says SQLite could not read the
// file.
func corruptionError(file string, err error) error {
	if damaged(err) {
		return fmt.Errorf("%s is damaged: %w", file, err)
	}
	return err
}

// checkReplace returns an error if a backup of the database may not be written to the file.
func checkReplace(database, file string, replace bool) error {
	source, err := os.Stat(database)
	if err != nil {
		return err
	}
	there, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case os.SameFile(source, there):
		return errors.New("it is the database itself")
	case !there.Mode().IsRegular():
		return errors.New("it is not a regular file")
	case !replace:
		return errors.New("it exists already; give --yes to replace it")
	}
	return noLog(file)
}

// noLog returns an error if SQLite's log of the file is not empty. Such a file cannot be read
// alone, and if it were replaced, SQLite would apply the log to the new file.
func noLog(file string) error {
	for _, name := range []string{file + "-wal", file + "-journal"} {
		if log, err := os.Stat(name); err == nil && log.Size() > 0 {
			return fmt.Errorf("part of it is still in %s: copy a database with chronicle backup", name)
		}
	}
	return nil
}

// inspectBackup checks a complete copy of a Chronicle database that nobody is using.
func inspectBackup(ctx context.Context, file string) (BackupInfo, error) {
	info, err := os.Stat(file)
	if err != nil {
		return BackupInfo{}, err
	}
	g, err := openImmutable(file)
	if err != nil {
		return BackupInfo{}, corruptionError("the backup", err)
	}
	schema, err := verifyBackup(ctx, g)
	return BackupInfo{info.Size(), schema}, errors.Join(corruptionError("the backup", err), closeHandle(g))
}

// verifyBackup checks that a copy is intact and returns its schema version.
func verifyBackup(ctx context.Context, g *gorm.DB) (int64, error) {
	problems, err := corruption(ctx, g)
	if err != nil {
		return 0, err
	}
	if len(problems) > 0 {
		return 0, fmt.Errorf("the backup is damaged: %s", problems[0])
	}
	var tables int
	if err := g.Raw("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('persons', 'decks', 'reviews')").Scan(&tables).Error; err != nil {
		return 0, err
	}
	schema, err := schemaVersion(ctx, g)
	switch {
	case err != nil:
		return 0, err
	case schema == 0 || tables != 3:
		return 0, errNotChronicle
	case schema > latestMigration:
		return 0, laterSchema(schema)
	}
	return schema, nil
}

// writeBeside creates a temporary file in the folder of file, readable only by its owner, fills
// it and syncs it to disk. After an error the temporary file is removed.
func writeBeside(file string, fill func(temp string) error) (temp string, err error) {
	f, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+"-*.tmp")
	if err != nil {
		return "", err
	}
	temp = f.Name()
	if err = f.Close(); err == nil {
		err = fill(temp)
	}
	if err == nil {
		err = syncFile(temp)
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(temp))
	}
	return temp, nil
}

func syncFile(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncFolder syncs a folder's list of files to disk.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// withoutPassword returns the address without passwords, for use in a command line.
func withoutPassword(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil && strings.Contains(address, "@") {
		return "postgres://…"
	}
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	query := u.Query()
	query.Del("password")
	query.Del("sslpassword")
	u.RawQuery = query.Encode()
	return u.String()
}

// quoted quotes a word for a POSIX shell.
func quoted(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }
