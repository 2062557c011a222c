//go:build unix

package storage

import (
	"os"
	"syscall"
)

// shareOwner gives a file created by root the owner of another file, so that a server with
// fewer rights can use it afterwards.
func shareOwner(file, like string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	info, err := os.Stat(like)
	if err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	return os.Chown(file, int(owner.Uid), int(owner.Gid))
}
