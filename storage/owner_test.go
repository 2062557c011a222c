package storage_test

import (
	"context"
	"os"
	"syscall"
	"testing"

	"chronicle/storage"
)

// TestFilesBelongToTheOwnerOfTheDatabase checks that files created by root for a database
// belong to the database's owner, so that the server can use them.
func TestFilesBelongToTheOwnerOfTheDatabase(t *testing.T) {
	t.Parallel()
	file, from := closedFile(t), backUp(t, closedFile(t))
	if err := os.Remove(file + ".lock"); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 { // other users own all their files anyway
		if err := os.Chown(file, 12345, 12345); err != nil {
			t.Fatal(err)
		}
	}
	want := ownerOf(t, file)
	if err := openShared(t, file).Close(); err != nil {
		t.Fatal(err)
	}
	if got := ownerOf(t, file+".lock"); got != want {
		t.Errorf("the lock belongs to %d, the database to %d", got, want)
	}
	if _, err := storage.Restore(context.Background(), file, from, true); err != nil {
		t.Fatal(err)
	}
	if got := ownerOf(t, file); got != want {
		t.Errorf("the restored database belongs to %d, the old one to %d", got, want)
	}
}

func ownerOf(t *testing.T, file string) uint32 {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	return info.Sys().(*syscall.Stat_t).Uid
}
