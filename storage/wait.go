package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// awaitServer waits up to o.patience until the server answers.
func awaitServer(ctx context.Context, pool *sql.DB, o openOptions) error {
	over, cancel := context.WithTimeout(ctx, o.patience)
	defer cancel()
	for pause := 100 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		err := answersInTime(ctx, pool)
		if err == nil || !isStarting(err) || over.Err() != nil {
			return err
		}
		if o.waiting != nil {
			o.waiting(redactError(err))
			o.waiting = nil
		}
		select {
		case <-over.Done(): // one last attempt follows
		case <-time.After(pause):
		}
		if ctx.Err() != nil {
			return fmt.Errorf("stopped while waiting for the server: %w", ctx.Err())
		}
	}
}

// answersInTime pings the server once.
func answersInTime(ctx context.Context, pool *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	return pool.PingContext(ctx)
}

// isStarting reports whether a connection error may pass because the server is still starting:
// nothing is listening yet, or it says that it is starting. Others, such as a wrong password or
// an unknown database, do not pass.
func isStarting(err error) bool {
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return slices.Contains([]string{"57P03", "53300"}, refused.Code) // starting or stopping, too many clients
	}
	for _, passing := range []error{syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.EHOSTUNREACH, syscall.ENETUNREACH} {
		if errors.Is(err, passing) {
			return true
		}
	}
	return false
}
