package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"hash/fnv"
)

// RunExclusively runs a background job unless another process is running the job of that name
// on the same database, and reports whether it ran. On PostgreSQL it holds an advisory lock on
// a connection of its own; an SQLite file has one server, so the job always runs.
func (db *DB) RunExclusively(ctx context.Context, name string, do func(ctx context.Context) error) (ran bool, err error) {
	if db.writer != nil {
		return true, do(ctx)
	}
	pool, err := db.writes.DB()
	if err != nil {
		return false, err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return false, dbError(err)
	}
	defer func() { _ = conn.Close() }()
	key := lockKey(name)
	if err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", key).Scan(&ran); err != nil || !ran {
		return false, dbError(err)
	}
	defer func() { unlock(ctx, conn, key) }()
	return true, do(ctx)
}

// unlock releases the lock, even if ctx is done. If that fails it closes the connection, which
// releases the lock too.
func unlock(ctx context.Context, conn *sql.Conn, key int64) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), connectTimeout)
	defer cancel()
	var done bool
	err := conn.QueryRowContext(ctx, "SELECT pg_advisory_unlock($1)", key).Scan(&done)
	if err != nil || !done {
		_ = conn.Raw(func(any) error { return errors.Join(err, driver.ErrBadConn) })
	}
}

// lockKey returns the number of a job's advisory lock. The prefix separates it from locks of
// other programs in the same database.
func lockKey(name string) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte("chronicle job " + name))
	return int64(h.Sum64())
}
