package web

import (
	"context"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
)

// handleHealth responds that the process is alive.
func (s *server) handleHealth(c *fiber.Ctx) error { return c.SendString("ok\n") }

// readiness caches for a moment whether the database is writable, so that probes cost little.
type readiness struct {
	mu        sync.Mutex
	checkedAt time.Time
	err       error
}

// How long a result of /readyz is cached, and how long the database may take.
const (
	readyFor  = time.Second
	readyWait = 2 * time.Second
)

// handleReady reports whether Chronicle can save answers by writing to the database.
func (s *server) handleReady(c *fiber.Ctx) error {
	r := &s.readiness
	r.mu.Lock()
	defer r.mu.Unlock()
	if realSince(r.checkedAt) > readyFor {
		ctx, cancel := context.WithTimeout(s.base, readyWait)
		defer cancel()
		r.err, r.checkedAt = s.Store.CheckWritable(ctx), realTime()
		if r.err != nil {
			s.Log.Error("not ready", "error", r.err)
		}
	}
	if r.err != nil {
		c.Set(fiber.HeaderRetryAfter, "5")
		return c.Status(fiber.StatusServiceUnavailable).SendString("the database cannot be written to\n")
	}
	return c.SendString("ok\n")
}
