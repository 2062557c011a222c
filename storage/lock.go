package storage

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/gofrs/flock"
)

// errInUse reports that another Chronicle has locked the SQLite file.
var errInUse = errors.New("another Chronicle uses this database")

// fileLock locks an SQLite file with an advisory lock of the operating system on a separate
// .lock file. The lock ends with the process, however that ends. The .lock file is not removed,
// since removing it would race with the next lock.
type fileLock struct {
	flock *flock.Flock
	file  string // the database
}

func newFileLock(file string) *fileLock {
	beside := flock.New(file+".lock", flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
	return &fileLock{beside, file}
}

// tryAcquire takes the lock if it is free, and reports whether it did.
func (l *fileLock) tryAcquire() (bool, error) {
	locked, err := l.flock.TryLock()
	if !locked || err != nil {
		return locked, err
	}
	if err := shareOwner(l.flock.Path(), l.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, errors.Join(err, l.release())
	}
	return true, nil
}

// acquire waits up to wait for the lock.
func (l *fileLock) acquire(ctx context.Context, wait time.Duration) error {
	return l.acquireWithin(ctx, wait, l.tryAcquire)
}

// acquireWithin repeats try until it succeeds or fails, for up to wait.
func (l *fileLock) acquireWithin(ctx context.Context, wait time.Duration, try func() (bool, error)) error {
	over, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	for {
		if done, err := try(); done || err != nil {
			return err
		}
		select {
		case <-over.Done():
			return errInUse
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// release releases the lock; on a nil lock it does nothing.
func (l *fileLock) release() error {
	if l == nil {
		return nil
	}
	return l.flock.Unlock()
}

// realPath returns the path of a file without symbolic links, which SQLite uses for the files
// next to the database. The file need not exist, but its folder must.
func realPath(file string) (string, error) {
	if file == "" {
		return "", &fs.PathError{Op: "open", Path: file, Err: syscall.ENOENT}
	}
	real, err := filepath.EvalSymlinks(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return real, err
	}
	if target, err := os.Readlink(file); err == nil {
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(file), target)
		}
		return realPath(target)
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(file))
	return filepath.Join(dir, filepath.Base(file)), err
}
