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

// maxConnections limits the open connections to PostgreSQL.
const maxConnections = 16

// openPostgres opens a PostgreSQL database. It needs no writer, since the server groups commits
// itself.
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

// preparePostgres migrates the database. A shared database is migrated only if it has no
// tables, since we cannot tell which servers are using it.
func preparePostgres(ctx context.Context, g *gorm.DB, shared bool) error {
	if shared {
		if has, err := schemaVersion(ctx, g); err != nil || has > 0 {
			return errors.Join(err, exactSchema(ctx, g))
		}
	}
	// If several processes start together, one migrates and the others wait.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return err
	}
	return migrate(ctx, g, goose.DialectPostgres, "postgres", goose.WithSessionLocker(locker))
}

// connectTimeout is how long to wait for a server's first answer.
const connectTimeout = 15 * time.Second

// connectPostgres connects to the server. Its errors do not contain the address.
func connectPostgres(ctx context.Context, address string, o openOptions) (*gorm.DB, *sql.DB, error) {
	cfg := config()
	cfg.DisableAutomaticPing = true // the ping would ignore ctx
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

// redactError removes the address, with its password, from an error of the driver and joins its
// lines, one for each attempted connection, into one.
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

// RedactAddress returns the address without passwords, for messages.
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

// retryTransaction retries a transaction that PostgreSQL aborted because of a concurrent one.
// That is safe because each answer has a token that can be saved only once.
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

// databaseSize returns a query for the size of the database in bytes.
func databaseSize(g *gorm.DB) string {
	if g.Name() == "postgres" {
		return "SELECT pg_database_size(current_database())"
	}
	return selectFileSize
}

// estimateReviews returns a query for the number of reviews. On PostgreSQL it uses the table
// statistics if counting would take seconds, on SQLite the largest ID.
func estimateReviews(g *gorm.DB) string {
	if g.Name() == "postgres" {
		return "SELECT CASE WHEN c.reltuples < 100000 THEN (SELECT count(*) FROM reviews) ELSE CAST(c.reltuples AS BIGINT) END FROM pg_class c WHERE c.oid = 'reviews'::regclass"
	}
	return "SELECT coalesce(max(id), 0) FROM reviews"
}

// joinedValues returns an aggregate that joins the values of a column with commas.
func joinedValues(g *gorm.DB, column string) string {
	if g.Name() == "postgres" {
		return "string_agg(" + column + ", ', ')"
	}
	return "group_concat(" + column + ", ', ')"
}
