package storage_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chronicle/storage"
	"chronicle/storage/pgtest"

	"github.com/jackc/pgx/v5/pgproto3"
)

// gate is a proxy for a PostgreSQL server that refuses all connections with an SQLSTATE until
// it is open.
type gate struct {
	state string
	open  atomic.Bool
	to    string // the server's host and port
}

// listen returns the address of a database behind the gate.
func (g *gate) listen(t *testing.T, address, at string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	g.to, u.Host = u.Host, listener.Addr().String()
	go func() {
		for c, err := listener.Accept(); err == nil; c, err = listener.Accept() {
			go g.serve(c)
		}
	}()
	return u.String()
}

func (g *gate) serve(c net.Conn) {
	defer func() { _ = c.Close() }()
	if !g.open.Load() {
		b := pgproto3.NewBackend(c, c)
		if _, err := b.ReceiveStartupMessage(); err == nil {
			b.Send(&pgproto3.ErrorResponse{Severity: "FATAL", Code: g.state, Message: "not now"})
			_ = b.Flush()
		}
		return
	}
	server, err := net.Dial("tcp", g.to)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	go func() { _, _ = io.Copy(server, c) }()
	_, _ = io.Copy(c, server)
}

// TestStartingServerIsWaitedFor checks that Open waits for a starting server and calls waiting
// once.
func TestStartingServerIsWaitedFor(t *testing.T) {
	t.Parallel()
	g := &gate{state: "57P03"}
	address := g.listen(t, pgtest.Start(t), "127.0.0.1:0")
	said := 0
	db, err := storage.Open(context.Background(), address, storage.WaitForServer(time.Hour, func(reason error) {
		said++
		if !strings.Contains(reason.Error(), "57P03") {
			t.Error(reason)
		}
		g.open.Store(true)
	}))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil || said != 1 {
		t.Error(said, err)
	}
}

// TestMissingServerIsWaitedFor checks that Open waits for a server that is not running yet.
func TestMissingServerIsWaitedFor(t *testing.T) {
	t.Parallel()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	real := pgtest.Start(t)
	u, _ := url.Parse(real)
	u.Host = at
	g := &gate{}
	g.open.Store(true)
	db, err := storage.Open(context.Background(), u.String(), storage.WaitForServer(time.Hour, func(reason error) {
		if !strings.Contains(reason.Error(), "refused") {
			t.Error(reason)
		}
		g.listen(t, real, at)
	}))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

// TestWaitFailsFast checks that errors that waiting cannot fix fail at once.
func TestWaitFailsFast(t *testing.T) {
	t.Parallel()
	real := pgtest.Start(t)
	u, _ := url.Parse(real)
	u.Path = "/unknown"
	password := &gate{state: "28P01"}
	for address, says := range map[string]string{
		u.String():                              "3D000",
		password.listen(t, real, "127.0.0.1:0"): "28P01",
		"postgres://ann@127.0.0.1:port/x":       "not one of PostgreSQL",
	} {
		db, err := storage.Open(context.Background(), address, storage.WaitForServer(time.Hour, func(reason error) {
			t.Error("waiting because of ", reason)
		}))
		refused(t, db, err, says)
	}
}

// TestWaitingEnds checks that waiting ends with its context or after its time limit.
func TestWaitingEnds(t *testing.T) {
	t.Parallel()
	const nobody = "postgres://ann@127.0.0.1:1/x"
	ctx, cancel := context.WithCancel(context.Background())
	db, err := storage.Open(ctx, nobody, storage.WaitForServer(time.Hour, func(error) { cancel() }))
	refused(t, db, err, "stopped while waiting")
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	db, err = storage.Open(context.Background(), nobody, storage.WaitForServer(time.Millisecond, nil))
	refused(t, db, err, "connection refused")
	db, err = storage.Open(context.Background(), nobody)
	refused(t, db, err, "connection refused")
}
