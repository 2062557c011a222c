package storage_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/storage/storagetest"

	"gorm.io/gorm"
)

// lite opens an SQLite database with a table for test writes.
func lite(t *testing.T) *storage.DB {
	t.Helper()
	db := storagetest.SQLite(t)
	exec(t, db.Raw(), "CREATE TABLE deeds (name TEXT PRIMARY KEY)")
	return db
}

func put(name string) func(tx *gorm.DB) error {
	return func(tx *gorm.DB) error { return tx.Exec("INSERT INTO deeds VALUES (?)", name).Error }
}

// heldLock makes writes wait for one that holds the writer, so that they share a batch, and
// returns their errors in order.
func heldLock(t *testing.T, db *storage.DB, deeds ...func(ctx context.Context) error) []error {
	t.Helper()
	begun, free := make(chan struct{}), make(chan struct{})
	var first, all sync.WaitGroup
	first.Go(func() {
		err := db.Write(context.Background(), func(*gorm.DB) error {
			close(begun)
			<-free
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-begun
	errs := make([]error, len(deeds))
	for i, deed := range deeds {
		all.Go(func() { errs[i] = deed(context.Background()) })
		time.Sleep(10 * time.Millisecond) // so that they are enqueued in order
	}
	close(free)
	all.Wait()
	first.Wait()
	return errs
}

func TestFailedWriteDoesNotFailOthers(t *testing.T) {
	t.Parallel()
	db := lite(t)
	write := func(deed func(tx *gorm.DB) error) func(context.Context) error {
		return func(ctx context.Context) error { return db.Write(ctx, deed) }
	}
	refused := errors.New("refused")
	half := func(end func() error) func(tx *gorm.DB) error {
		return func(tx *gorm.DB) error {
			if err := put("half")(tx); err != nil {
				return err
			}
			return end()
		}
	}
	errs := heldLock(t, db,
		write(put("a")),
		write(half(func() error { return refused })),
		write(put("b")),
		write(half(func() error { panic("at the disco") })),
		write(put("a")), // twice
		write(func(tx *gorm.DB) error { return tx.Exec("INSERT INTO nowhere VALUES (1)").Error }),
		write(put("c")),
	)
	for i, ok := range []func(error) bool{
		isNil,
		func(err error) bool { return errors.Is(err, refused) },
		isNil,
		func(err error) bool {
			return strings.Contains(err.Error(), "at the disco") && !quiz.Is(err, quiz.Unavailable)
		},
		func(err error) bool { return quiz.Is(err, quiz.Conflict) },
		func(err error) bool {
			return strings.Contains(err.Error(), "nowhere") && !quiz.Is(err, quiz.Unavailable)
		},
		isNil,
	} {
		if !ok(errs[i]) {
			t.Errorf("deed %d ended with %v", i, errs[i])
		}
	}
	if left := dump(t, db, "SELECT name FROM deeds ORDER BY name"); left != "a\nb\nc\n" {
		t.Errorf("kept are\n%s", left)
	}
}

func isNil(err error) bool { return err == nil }

// TestCancelledWriters checks that a write canceled before its turn writes nothing, that one
// canceled while it runs is saved completely, and that others in the batch are not affected.
func TestCancelledWriters(t *testing.T) {
	t.Parallel()
	db := lite(t)
	before, goBefore := context.WithCancel(context.Background())
	amid, goAmid := context.WithCancel(context.Background())
	errs := heldLock(t, db,
		func(ctx context.Context) error { return db.Write(ctx, put("a")) },
		func(context.Context) error {
			time.AfterFunc(5*time.Millisecond, goBefore)
			return db.Write(before, put("before"))
		},
		func(context.Context) error {
			return db.Write(amid, func(tx *gorm.DB) error {
				if err := put("amid")(tx); err != nil {
					return err
				}
				// Interrupting a writing statement would roll back the whole transaction.
				time.AfterFunc(5*time.Millisecond, goAmid)
				err := tx.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 20000)
					INSERT INTO deeds SELECT 'n' || i FROM n`).Error
				<-amid.Done()
				return errors.Join(err, put("after")(tx))
			})
		},
		func(ctx context.Context) error { return db.Write(ctx, put("b")) },
	)
	isFault(t, errs[1], quiz.Unavailable)
	if errs[0] != nil || errs[2] != nil || errs[3] != nil || amid.Err() == nil {
		t.Error(errs, amid.Err())
	}
	if left := dump(t, db, "SELECT name FROM deeds WHERE name NOT GLOB 'n[0-9]*' ORDER BY name"); left != "a\nafter\namid\nb\n" {
		t.Errorf("kept are\n%s", left)
	}
}

func TestCloseFinishesAcceptedWrites(t *testing.T) {
	t.Parallel()
	file := storagetest.File(t)
	db := storagetest.Open(t, file)
	exec(t, db.Raw(), "CREATE TABLE deeds (name TEXT PRIMARY KEY)")
	var kept sync.Map
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for n := 0; ; n++ {
				name := fmt.Sprintf("%d-%d", i, n)
				if err := db.Write(context.Background(), put(name)); err != nil {
					isFault(t, err, quiz.Unavailable)
					return
				}
				kept.Store(name, true)
			}
		})
	}
	time.Sleep(100 * time.Millisecond)
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	all.Wait()
	isFault(t, db.Write(context.Background(), put("late")), quiz.Unavailable)
	_, err := db.MyDecks(context.Background(), quiz.Who{})
	isFault(t, err, quiz.Unavailable)
	again := storagetest.Open(t, file)
	n := 0
	kept.Range(func(name, _ any) bool {
		n++
		if count(t, again, fmt.Sprintf("deeds WHERE name = '%s'", name)) != 1 {
			t.Errorf("%s was acknowledged and is lost", name)
		}
		return true
	})
	if all := count(t, again, "deeds"); all != n || n < 8 {
		t.Errorf("%d deeds are kept, %d were acknowledged", all, n)
	}
}

// TestWaitingWritesShareCommit checks that waiting writes share commits, up to MaxBatch.
func TestWaitingWritesShareCommit(t *testing.T) {
	t.Parallel()
	db := lite(t)
	commits := make(chan struct{}, 1000)
	names := make([]func(context.Context) error, storage.MaxBatch/2)
	for i := range names {
		names[i] = func(ctx context.Context) error {
			return db.Write(ctx, func(tx *gorm.DB) error {
				// All writes of a batch share a transaction: each sees what the one before
				// wrote, although no caller was answered yet.
				var seen int64
				if err := tx.Raw("SELECT count(*) FROM deeds").Scan(&seen).Error; err != nil {
					return err
				}
				if other := count(t, db, "deeds"); other == 0 && seen > 0 {
					commits <- struct{}{}
				}
				return put(fmt.Sprint(i))(tx)
			})
		}
	}
	for _, err := range heldLock(t, db, names...) {
		if err != nil {
			t.Error(err)
		}
	}
	if len(commits) != len(names)-1 {
		t.Errorf("%d of %d deeds stood in a transaction with others", len(commits), len(names)-1)
	}
}
