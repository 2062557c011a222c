//go:build unix

// Package pgtest gives each test an empty PostgreSQL database of its own.
//
// The first Start of a process creates a cluster in a temporary folder and runs a server on
// 127.0.0.1. A shell watches the test process: when it ends, for whatever reason, the shell
// stops the server and removes the folder. So no test needs a TestMain.
package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// patience limits the start of a server and each statement; a busy machine needs 4 s to start.
const patience = 60 * time.Second

// Start creates an empty database, drops it when the test ends and returns its DSN. The server
// is the one in CHRONICLE_TEST_POSTGRES (a DSN whose user may create databases), or one that
// the process starts itself. Without PostgreSQL the test fails; it is never skipped.
func Start(tb testing.TB) (dsn string) {
	tb.Helper()
	return create(tb, server(tb), "")
}

// Template is a database that is filled once and then copied for each test. The zero value is
// ready to use.
type Template struct {
	once sync.Once
	name string
	err  error
}

// Start is like [Start], with a database filled by fill. On the server in
// CHRONICLE_TEST_POSTGRES, where no template may be left behind, each database is filled
// separately.
func (t *Template) Start(tb testing.TB, fill func(dsn string) error) (dsn string) {
	tb.Helper()
	on := server(tb)
	if os.Getenv(serverEnv) != "" {
		dsn := create(tb, on, "")
		if err := fill(dsn); err != nil {
			tb.Fatal("pgtest: ", err)
		}
		return dsn
	}
	t.once.Do(func() {
		t.name = unusedName()
		if t.err = run(on, "CREATE DATABASE "+t.name); t.err == nil {
			t.err = fill(at(on, t.name))
		}
	})
	if t.err != nil {
		tb.Fatal("pgtest: ", t.err)
	}
	return create(tb, on, " TEMPLATE "+t.name)
}

// serverEnv is the variable that names an existing server.
const serverEnv = "CHRONICLE_TEST_POSTGRES"

func server(tb testing.TB) (dsn string) {
	tb.Helper()
	dsn = os.Getenv(serverEnv)
	if dsn == "" {
		var err error
		if dsn, err = ownServer(); err != nil {
			tb.Fatal("pgtest: ", err)
		}
	}
	return dsn
}

func unusedName() string { return "chronicle_" + strings.ToLower(rand.Text()) }

func create(tb testing.TB, server, how string) (dsn string) {
	tb.Helper()
	name := unusedName()
	if err := run(server, "CREATE DATABASE "+name+how); err != nil {
		tb.Fatal("pgtest: ", err)
	}
	tb.Cleanup(func() {
		if err := run(server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			tb.Error("pgtest: ", err)
		}
	})
	return at(server, name)
}

// ownServer returns the DSN of this process's server and starts it on first use.
var ownServer = sync.OnceValues(func() (dsn string, err error) {
	for range 3 { // another process may take the free port first
		if dsn, err = serve(); err == nil || errors.Is(err, errMissing) {
			break
		}
	}
	return dsn, err
})

func run(dsn, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

// at returns the DSN, a URL or keyword/value pairs, with another database.
func at(dsn, name string) string {
	if u, err := url.Parse(dsn); err == nil && u.Scheme != "" {
		u.Path = "/" + name
		return u.String()
	}
	return dsn + " dbname=" + name
}
