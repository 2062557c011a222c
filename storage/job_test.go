package storage_test

import (
	"context"
	"errors"
	"testing"

	"chronicle/storage"
	"chronicle/storage/pgtest"
	"chronicle/storage/storagetest"
)

// ran checks whether a job runs.
func ran(t *testing.T, db *storage.DB, name string, want bool) {
	t.Helper()
	did := false
	got, err := db.RunExclusively(context.Background(), name, func(context.Context) error {
		did = true
		return nil
	})
	if err != nil || got != want || did != want {
		t.Errorf("%s: reported %v, did %v, want %v, %v", name, got, did, want, err)
	}
}

// TestJobsRunOnOneServer checks that only one of two servers on a database runs a job at a
// time.
func TestJobsRunOnOneServer(t *testing.T) {
	t.Parallel()
	address := pgtest.Start(t)
	one, other := storagetest.Open(t, address), storagetest.Open(t, address)
	for range 2 {
		did, err := one.RunExclusively(context.Background(), "learn", func(context.Context) error {
			ran(t, other, "learn", false)
			ran(t, one, "learn", false)
			ran(t, other, "tidy", true)
			return nil
		})
		if !did || err != nil {
			t.Error(did, err)
		}
		ran(t, other, "learn", true)
	}
}

// TestFailedJobReleasesLock checks that the lock ends with the job, also after an error, a
// cancellation or a panic.
func TestFailedJobReleasesLock(t *testing.T) {
	t.Parallel()
	storagetest.ForEachAddress(t, func(t *testing.T, address string) {
		one, other := storagetest.Open(t, address), openShared(t, address)
		failed := errors.New("failed")
		if did, err := one.RunExclusively(context.Background(), "learn", func(context.Context) error { return failed }); !did || !errors.Is(err, failed) {
			t.Error(did, err)
		}
		ran(t, other, "learn", true)
		ctx, cancel := context.WithCancel(context.Background())
		_, err := one.RunExclusively(ctx, "learn", func(ctx context.Context) error {
			cancel()
			return ctx.Err()
		})
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		ran(t, other, "learn", true)
		func() {
			defer func() { _ = recover() }()
			_, _ = one.RunExclusively(context.Background(), "learn", func(context.Context) error { panic("a mistake") })
		}()
		ran(t, other, "learn", true)
		ran(t, one, "learn", true)
	})
}

// TestJobsOfALostServer checks that a server that loses its connection loses the lock too.
func TestJobsOfALostServer(t *testing.T) {
	t.Parallel()
	address := pgtest.Start(t)
	one, other := storagetest.Open(t, address), storagetest.Open(t, address)
	_, err := one.RunExclusively(context.Background(), "learn", func(context.Context) error {
		exec(t, other.Raw(), "SELECT pg_terminate_backend(pid, 60000) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
		ran(t, other, "learn", true)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	ran(t, one, "learn", true)
}
