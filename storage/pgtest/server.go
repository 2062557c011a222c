//go:build unix

package pgtest

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

var errMissing = errors.New("PostgreSQL is not installed: run `make tools`")

// watchScript runs the server until the shell's input ends, which is when the test process
// does. The server's output goes to file 3; its end tells us that the server stopped.
const watchScript = `cd /
"$1/postgres" -D "$2/data" -p "$3" -h 127.0.0.1 -k "" \
	-c fsync=off -c synchronous_commit=off -c full_page_writes=off \
	-c max_connections=300 -c shared_buffers=64MB -c timezone=Asia/Baku 2>&3 3>&- &
exec 3>&-
cat >/dev/null
kill -QUIT $!
wait
rm -rf "$2"`

// serve creates a cluster, starts its server and waits until it answers.
func serve() (dsn string, err error) {
	bin, err := findBinaries()
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "chronicle-postgres-")
	if err != nil {
		return "", err
	}
	port, err := cluster(bin, dir)
	if err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return start(bin, dir, port)
}

// cluster creates an empty cluster in dir/data and finds a port for it.
func cluster(bin, dir string) (port int, err error) {
	as, err := unprivilegedUser(dir)
	if err != nil {
		return 0, err
	}
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"),
		"-U", "chronicle", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = dir, as
	if said, err := initdb.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("initdb: %w\n%s", err, said)
	}
	return freePort()
}

func start(bin, dir string, port int) (dsn string, err error) {
	as, err := unprivilegedUser(dir)
	if err != nil {
		return "", err
	}
	read, write, err := os.Pipe()
	if err != nil {
		return "", err
	}
	shell := exec.Command("/bin/sh", "-c", watchScript, "sh", bin, dir, strconv.Itoa(port))
	shell.Dir, shell.SysProcAttr, shell.ExtraFiles = dir, as, []*os.File{write}
	life, err := shell.StdinPipe() // stays open as long as this process lives
	if err != nil {
		return "", err
	}
	err = shell.Start()
	if err = errors.Join(err, write.Close()); err != nil {
		return "", err
	}
	said, ended := collectOutput(read)
	dsn = fmt.Sprintf("postgres://chronicle@127.0.0.1:%d/postgres?sslmode=disable", port)
	if !waitForServer(dsn, ended) {
		err := errors.Join(life.Close(), shell.Wait())
		<-ended
		return "", errors.Join(fmt.Errorf("the server does not start: %s", said), err)
	}
	go shell.Wait() // keeps a reference to the pipe, which would be closed if garbage collected
	return dsn, nil
}

// collectOutput collects the output until it ends.
func collectOutput(read io.ReadCloser) (said *bytes.Buffer, ended <-chan struct{}) {
	said, end := new(bytes.Buffer), make(chan struct{})
	go func() {
		defer close(end)
		io.Copy(said, read)
		read.Close()
	}()
	return said, end
}

// waitForServer waits until the server answers, and reports false if it ended or took too long.
func waitForServer(dsn string, ended <-chan struct{}) bool {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, dsn)
		if err == nil {
			return conn.Close(ctx) == nil
		}
		select {
		case <-ended:
			return false
		case <-ctx.Done():
			return false
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// findBinaries finds the folder with initdb and postgres: that of initdb in PATH, or the newest
// version in /usr/lib/postgresql.
func findBinaries() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return "", err
		}
		return filepath.Dir(path), nil
	}
	if len(found) == 0 {
		return "", errMissing
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path)))) // 0 for a name that is not a number
		return n
	}
	return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return cmp.Compare(version(a), version(b)) })), nil
}

// unprivilegedUser returns the user to run the server as, since PostgreSQL refuses root, and
// gives that user the folder. The separate process group protects the server from a keyboard
// interrupt.
func unprivilegedUser(dir string) (*syscall.SysProcAttr, error) {
	as := &syscall.SysProcAttr{Setpgid: true}
	if os.Getuid() != 0 {
		return as, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		if who, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, err := strconv.ParseUint(who.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(who.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return as, os.Chown(dir, int(uid), int(gid))
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}
