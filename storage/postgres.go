package storage

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// connections is how many are open to PostgreSQL at most.
const connections = 16

// openPostgres opens a PostgreSQL database; its own commits are grouped by the
// server.
func openPostgres(ctx context.Context, address string, o options) (*DB, error) {
	g, pool, err := reachPostgres(ctx, address, o)
	if err != nil {
		return nil, err
	}
	if err := preparePostgres(ctx, g, o.shared); err != nil {
		_ = pool.Close()
		return nil, err
	}
	return &DB{reads: g, writes: g}, nil
}

// preparePostgres migrates the database. Nobody can tell which servers use it,
// so what shares it migrates it only while it has no tables.
func preparePostgres(ctx context.Context, g *gorm.DB, shared bool) error {
	if shared {
		if has, err := schemaVersion(ctx, g); err != nil || has > 0 {
			return errors.Join(err, exactSchema(ctx, g))
		}
	}
	// Of processes that start together, one migrates and the others wait.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return err
	}
	return migrate(ctx, g, goose.DialectPostgres, "postgres", goose.WithSessionLocker(locker))
}

// silence is how long a server may take to say anything at the start.
const silence = 15 * time.Second

// reachPostgres connects, or says what is wrong with the address.
func reachPostgres(ctx context.Context, address string, o options) (*gorm.DB, *sql.DB, error) {
	cfg := config()
	cfg.DisableAutomaticPing = true // it would not end with ctx
	g, err := gorm.Open(postgres.Open(address), cfg)
	if err != nil {
		return nil, nil, scrub(err)
	}
	pool, err := g.DB()
	if err != nil {
		return nil, nil, err
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := awaitServer(ctx, pool, o); err != nil {
		_ = pool.Close()
		return nil, nil, scrub(err)
	}
	return g, pool, nil
}

// scrub takes the address, with its password, out of an error of the driver,
// and makes one line of it: the driver says one for each way it tried.
func scrub(err error) error {
	var parse *pgconn.ParseConfigError
	if errors.As(err, &parse) {
		return errors.New("the address is not one of PostgreSQL")
	}
	var connect *pgconn.ConnectError
	if !errors.As(err, &connect) {
		return err
	}
	var said []string
	for line := range strings.Lines(connect.Unwrap().Error()) {
		if line = strings.TrimSpace(line); !slices.Contains(said, line) {
			said = append(said, line)
		}
	}
	return errors.New(strings.Join(said, "; "))
}

// Shown is an address for messages: without its password, wherever it stands.
func Shown(address string) string {
	if !IsPostgres(address) {
		return address
	}
	u, err := url.Parse(address)
	if err != nil || u.User == nil && strings.Contains(address, "@") {
		return "postgres://…"
	}
	u.RawQuery, u.Fragment = "", ""
	return u.Redacted()
}

// retry repeats a transaction that PostgreSQL gave up for others' sake. It is
// safe because every answer carries a token that is kept once.
func retry(ctx context.Context, deed func() error) error {
	for try := 0; ; try++ {
		err := deed()
		var e *pgconn.PgError
		if try == 5 || !errors.As(err, &e) || e.Code != "40001" && e.Code != "40P01" {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(10<<try) * time.Millisecond):
		}
	}
}

// sizeOf asks how many bytes the database takes.
func sizeOf(g *gorm.DB) string {
	if g.Name() == "postgres" {
		return "SELECT pg_database_size(current_database())"
	}
	return sizeOfFile
}

// reviewsAbout asks how many answers are kept: from what the server knows of the table
// where counting them would take seconds, and from the last number in SQLite.
func reviewsAbout(g *gorm.DB) string {
	if g.Name() == "postgres" {
		return "SELECT CASE WHEN c.reltuples < 100000 THEN (SELECT count(*) FROM reviews) ELSE CAST(c.reltuples AS BIGINT) END FROM pg_class c WHERE c.oid = 'reviews'::regclass"
	}
	return "SELECT coalesce(max(id), 0) FROM reviews"
}

// listOf joins what rows of a group say, with commas.
func listOf(g *gorm.DB, column string) string {
	if g.Name() == "postgres" {
		return "string_agg(" + column + ", ', ')"
	}
	return "group_concat(" + column + ", ', ')"
}
