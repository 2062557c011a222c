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

// maxConnections is how many are open to PostgreSQL at most.
const maxConnections = 16

// openPostgres opens a PostgreSQL database; its own commits are grouped by the
// server.
func openPostgres(ctx context.Context, address string, o openOptions) (*DB, error) {
	g, pool, err := connectPostgres(ctx, address, o)
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

// connectTimeout is how long a server may take to say anything at the start.
const connectTimeout = 15 * time.Second

// connectPostgres connects, or says what is wrong with the address.
func connectPostgres(ctx context.Context, address string, o openOptions) (*gorm.DB, *sql.DB, error) {
	cfg := config()
	cfg.DisableAutomaticPing = true // it would not end with ctx
	g, err := gorm.Open(postgres.Open(address), cfg)
	if err != nil {
		return nil, nil, redactError(err)
	}
	pool, err := g.DB()
	if err != nil {
		return nil, nil, err
	}
	pool.SetMaxOpenConns(maxConnections)
	pool.SetMaxIdleConns(maxConnections)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := awaitServer(ctx, pool, o); err != nil {
		_ = pool.Close()
		return nil, nil, redactError(err)
	}
	return g, pool, nil
}

// redactError takes the address, with its password, out of an error of the driver,
// and makes one line of it: the driver says one for each way it tried.
func redactError(err error) error {
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

// RedactAddress is an address for messages: without its password, wherever it stands.
func RedactAddress(address string) string {
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

// retryTransaction repeats a transaction that PostgreSQL gave up for others' sake. It is
// safe because every answer carries a token that is kept once.
func retryTransaction(ctx context.Context, deed func() error) error {
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

// databaseSize asks how many bytes the database takes.
func databaseSize(g *gorm.DB) string {
	if g.Name() == "postgres" {
		return "SELECT pg_database_size(current_database())"
	}
	return selectFileSize
}

// estimateReviews asks how many answers are kept: from what the server knows of the table
// where counting them would take seconds, and from the last number in SQLite.
func estimateReviews(g *gorm.DB) string {
	if g.Name() == "postgres" {
		return "SELECT CASE WHEN c.reltuples < 100000 THEN (SELECT count(*) FROM reviews) ELSE CAST(c.reltuples AS BIGINT) END FROM pg_class c WHERE c.oid = 'reviews'::regclass"
	}
	return "SELECT coalesce(max(id), 0) FROM reviews"
}

// joinedValues joins what rows of a group say, with commas.
func joinedValues(g *gorm.DB, column string) string {
	if g.Name() == "postgres" {
		return "string_agg(" + column + ", ', ')"
	}
	return "group_concat(" + column + ", ', ')"
}
