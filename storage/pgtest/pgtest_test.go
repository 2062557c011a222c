//go:build unix

package pgtest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

func open(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func TestEachDatabaseIsFreshAndGoesAgain(t *testing.T) {
	var first string
	t.Run("use", func(t *testing.T) {
		first = Start(t)
		other := Start(t)
		for _, dsn := range []string{first, other} {
			if _, err := open(t, dsn).Exec(context.Background(), "CREATE TABLE facts (id int)"); err != nil {
				t.Error(err)
			}
		}
	})
	conn, err := pgx.Connect(context.Background(), first)
	if err == nil {
		conn.Close(context.Background())
		t.Error("the database outlived its test")
	}
}

func TestATemplateIsFilledOnceAndCopied(t *testing.T) {
	ctx := context.Background()
	fill := func(dsn string) error { return run(dsn, "CREATE TABLE facts (id int)") }
	server, err := ownServer()
	if err != nil {
		t.Fatal(err)
	}
	for name, where := range map[string]string{"own": "", "given": server} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(serverEnv, where)
			var template Template
			filled := 0
			for range 3 {
				conn := open(t, template.Start(t, func(dsn string) error { filled++; return fill(dsn) }))
				if _, err := conn.Exec(ctx, "INSERT INTO facts VALUES (1)"); err != nil {
					t.Fatal(err)
				}
				var n int
				if err := conn.QueryRow(ctx, "SELECT count(*) FROM facts").Scan(&n); err != nil || n != 1 {
					t.Error(n, err)
				}
			}
			if want := map[string]int{"own": 1, "given": 3}[name]; filled != want {
				t.Errorf("filled %d times", filled)
			}
		})
	}
}

func TestManyAtOnce(t *testing.T) {
	for range 6 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			var encoding string
			row := open(t, Start(t)).QueryRow(context.Background(), "SHOW server_encoding")
			if err := row.Scan(&encoding); err != nil || encoding != "UTF8" {
				t.Error(encoding, err)
			}
		})
	}
}

func TestAServerOfTheEnvironmentIsUsed(t *testing.T) {
	server, err := ownServer()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("CHRONICLE_TEST_POSTGRES", strings.Replace(server, "sslmode=disable", "sslmode=disable&application_name=given", 1))
	var name string
	if err := open(t, Start(t)).QueryRow(context.Background(), "SHOW application_name").Scan(&name); err != nil || name != "given" {
		t.Error(name, err)
	}
}

func TestOtherDatabaseInADSN(t *testing.T) {
	for dsn, want := range map[string]string{
		"postgres://a@b:1/postgres?sslmode=disable": "postgres://a@b:1/x?sslmode=disable",
		"host=b user=a dbname=postgres":             "host=b user=a dbname=postgres dbname=x",
	} {
		if got := at(dsn, "x"); got != want {
			t.Errorf("%s: %s, want %s", dsn, got, want)
		}
	}
}

func TestAServerThatCannotStartSaysWhy(t *testing.T) {
	bin, err := findBinaries()
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "chronicle-postgres-")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := start(bin, dir, 1); err == nil || !strings.Contains(err.Error(), "data\" does not exist") &&
		!strings.Contains(err.Error(), "data directory") {
		t.Error(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("the folder stayed:", err)
	}
}

// TestNothingStaysWhenAProcessDies runs the test binary again as a process that exits without
// cleaning up.
func TestNothingStaysWhenAProcessDies(t *testing.T) {
	if os.Getenv("PGTEST_DIE") != "" {
		var data string
		if err := open(t, Start(t)).QueryRow(context.Background(), "SHOW data_directory").Scan(&data); err != nil {
			t.Fatal(err)
		}
		os.Stdout.WriteString("<" + data + ">")
		os.Exit(3)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self, "-test.run", "^"+t.Name()+"$")
	child.Env = append(os.Environ(), "PGTEST_DIE=1", "CHRONICLE_TEST_POSTGRES=")
	said, err := child.Output()
	found := regexp.MustCompile("<(.+)>").FindSubmatch(said)
	if found == nil {
		t.Fatalf("%v: %s", err, said)
	}
	dir := filepath.Dir(string(found[1]))
	for range 200 {
		if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("the folder of the dead process stayed:", dir)
}
