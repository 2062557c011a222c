package web

import (
	"context"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
)

// handleHealth says that the process is alive.
func (s *server) handleHealth(c *fiber.Ctx) error { return c.SendString("ok\n") }

// readiness remembers for a moment whether the database can be written to, so that
// asking costs next to nothing.
type readiness struct {
	mu        sync.Mutex
	checkedAt time.Time
	err       error
}

// How long an answer of /readyz is good for, and how long the database has to give it.
const (
	readyFor  = time.Second
	readyWait = 2 * time.Second
)

// handleReady says whether Chronicle can take answers: it writes to its database.
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
