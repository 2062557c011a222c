package storage_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"chronicle/quiz"
	"chronicle/storage/storagetest"
)

// TestLogGoesAway checks that no answers are accepted after the log was removed or replaced
// under the server: other programs would not see them and could overwrite them. Reads continue,
// and Close saves what was accepted before.
func TestLogGoesAway(t *testing.T) {
	t.Parallel()
	replace := func(name string) error {
		if err := os.Rename(name, name+".old"); err != nil {
			return err
		}
		return os.WriteFile(name, []byte("another file"), 0o600)
	}
	for _, c := range []struct {
		name, suffix, says string
		change             func(name string) error
	}{
		{"log removed", "-wal", "was removed", os.Remove},
		{"log replaced", "-wal", "was replaced", replace},
		{"index removed", "-shm", "was removed", os.Remove},
		{"index replaced", "-shm", "was replaced", replace},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file := storagetest.File(t)
			db := storagetest.Open(t, file)
			l := learner(t, db)
			l.Answer(storagetest.Right(l.StartSession())) // accepted, and still in the log
			before := everything(t, db)
			s := l.Session()
			if err := c.change(file + c.suffix); err != nil {
				t.Fatal(err)
			}
			_, err := l.TryAnswer(storagetest.Right(s))
			isFault(t, err, quiz.Unavailable)
			isFault(t, db.CheckWritable(context.Background()), quiz.Unavailable)
			if !strings.Contains(err.Error(), file+c.suffix+" "+c.says) {
				t.Errorf("it says %q", err)
			}
			if everything(t, db) != before || db.Ping(context.Background()) != nil {
				t.Error("reading does not go on")
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			again := storagetest.Open(t, file)
			if everything(t, again) != before {
				t.Error("what was accepted is not what is there")
			}
			l.DB = again
			l.Answer(storagetest.Right(s))
			rebuilt(t, l)
		})
	}
}

// TestFirstWriteAfterOpening checks that the first write after opening finds the log and
// watches it, for a new and for an existing database.
func TestFirstWriteAfterOpening(t *testing.T) {
	t.Parallel()
	file := storagetest.File(t)
	for range 2 {
		db := storagetest.Open(t, file)
		if err := db.CheckWritable(context.Background()); err != nil {
			t.Error(err)
		}
		if err := os.Remove(file + "-wal"); err != nil {
			t.Error("the log is not watched: ", err)
		}
		isFault(t, db.CheckWritable(context.Background()), quiz.Unavailable)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
