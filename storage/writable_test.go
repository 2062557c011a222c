package storage_test

import (
	"context"
	"net/url"
	"os"
	osexec "os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/storage/pgtest"
	"chronicle/storage/storagetest"
)

func TestWritable(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		before := dump(t, db, "SELECT * FROM site")
		if err := db.CheckWritable(context.Background()); err != nil {
			t.Error(err)
		}
		if dump(t, db, "SELECT * FROM site") != before {
			t.Error("it changed something")
		}
		if _, err := db.Raw().Exec("DELETE FROM site"); err != nil {
			t.Fatal(err)
		}
		if err := db.CheckWritable(context.Background()); err == nil {
			t.Error("nothing was written")
		}
	})
}

func TestReplacedFileIsNotWritable(t *testing.T) {
	t.Parallel()
	file := storagetest.File(t)
	db := storagetest.Open(t, file)
	if err := os.Rename(file, file+".old"); err != nil {
		t.Fatal(err)
	}
	isFault(t, db.CheckWritable(context.Background()), quiz.Unavailable)
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	isFault(t, db.CheckWritable(context.Background()), quiz.Unavailable)
}

func TestReadOnlyServerIsNotWritable(t *testing.T) {
	t.Parallel()
	address := pgtest.Start(t)
	db := storagetest.Open(t, address)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	u, _ := url.Parse(address)
	query := u.Query()
	query.Set("options", "-c default_transaction_read_only=on")
	u.RawQuery = strings.ReplaceAll(query.Encode(), "+", "%20")
	db, err := storage.OpenReadOnly(context.Background(), u.String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.Ping(context.Background()); err != nil {
		t.Error(err)
	}
	isFault(t, db.CheckWritable(context.Background()), quiz.Unavailable)
}

const fullDisk = "CHRONICLE_TEST_NO_ROOM"

// TestFullDiskIsNotWritable checks that CheckWritable notices a full disk. It runs in its own
// process, whose files may not grow: that looks the same to SQLite and needs no special rights.
func TestFullDiskIsNotWritable(t *testing.T) {
	t.Parallel()
	if os.Getenv(fullDisk) != "" {
		withoutRoom(t)
		return
	}
	again := osexec.Command(os.Args[0], "-test.run=^TestFullDiskIsNotWritable$", "-test.v")
	again.Env = append(os.Environ(), fullDisk+"=1")
	if said, err := again.CombinedOutput(); err != nil || !strings.Contains(string(said), "--- PASS") {
		t.Errorf("%v: %s", err, said)
	}
}

func withoutRoom(t *testing.T) {
	db := storagetest.SQLite(t)
	exec(t, db.Raw(), "PRAGMA wal_checkpoint(TRUNCATE)") // the next write makes the log longer
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	room := limit.Cur
	for _, limit.Cur = range []uint64{0, room} {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			t.Fatal(err)
		}
		err := db.CheckWritable(context.Background())
		if full := limit.Cur != room; full != quiz.Is(err, quiz.Unavailable) || !full && err != nil {
			t.Errorf("with files of at most %d bytes: %v", limit.Cur, err)
		}
	}
}
