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

// errInUse is why a second Chronicle does not open a locked SQLite file.
var errInUse = errors.New("another Chronicle uses this database")

// fileLock is the lock on an SQLite file: an advisory lock of the operating
// system on a file beside it, which ends with the process however that ends.
// The file beside it stays, since removing it would race with the next lock.
type fileLock struct {
	flock *flock.Flock
	file  string // the database
}

func newFileLock(file string) *fileLock {
	beside := flock.New(file+".lock", flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
	return &fileLock{beside, file}
}

// tryAcquire takes the lock if nobody has it.
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

// acquire waits for the lock, but not longer than wait.
func (l *fileLock) acquire(ctx context.Context, wait time.Duration) error {
	return l.acquireWithin(ctx, wait, l.tryAcquire)
}

// acquireWithin repeats try until it succeeds or fails, but not longer than wait.
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

// release gives the lock back; a nil lock has nothing to give back.
func (l *fileLock) release() error {
	if l == nil {
		return nil
	}
	return l.flock.Unlock()
}

// realPath is the path of a file without symbolic links, as SQLite uses it for
// the files beside the database. The file need not exist, but its folder must.
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
