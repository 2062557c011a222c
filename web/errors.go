package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"runtime/debug"
	"strings"

	"chronicle/quiz"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

// statuses of the faults.
var statuses = map[quiz.Fault]int{
	quiz.Missing:   fiber.StatusNotFound,
	quiz.Forbidden: fiber.StatusForbidden,
	quiz.Invalid:   fiber.StatusUnprocessableEntity,
	quiz.Conflict:  fiber.StatusConflict,
	quiz.Unknown:   fiber.StatusUnauthorized,
	quiz.TooMany:   fiber.StatusTooManyRequests,
	quiz.Busy:      fiber.StatusServiceUnavailable,
}

// failed turns an error into a status, a page and a line of the log. The
// error's own text stays here; the browser gets the line's id.
func (s *server) failed(c *fiber.Ctx, err error) error {
	status, head, text := s.kind(err)
	t := views.Trouble{Frame: s.frame(c, ""), Head: head, Text: text, Go: views.ToToday, Verb: "error.go.today"}
	switch status {
	case fiber.StatusConflict:
		t.Go, t.Verb = views.ToStudy, "error.go.study"
	case fiber.StatusServiceUnavailable:
		c.Set(fiber.HeaderRetryAfter, "5")
		t.Verb = "error.go.again"
		if c.Method() == fiber.MethodGet {
			t.Go = views.Here(here(c))
		} else if strings.HasPrefix(c.Path(), "/study/") {
			t.Go = views.ToStudy
		}
	case fiber.StatusTooManyRequests:
		c.Set(fiber.HeaderRetryAfter, "60")
	}
	if status >= fiber.StatusInternalServerError {
		t.ID = s.logged(c, status, err)
	}
	c.Status(status)
	s.setHeaders(c) // again: what could not be read as a request met no handler
	return show(c, t)
}

// here is the path that was asked for, never one that browsers take for
// another host, as "//name" or "/\name".
func here(c *fiber.Ctx) string { return path.Clean(strings.ReplaceAll(c.Path(), `\`, "/")) }

// kind gives the status of an error, and the keys of what people read.
func (s *server) kind(err error) (status int, head, text string) {
	var known *quiz.Error
	if errors.As(err, &known) {
		text = known.Key
		if text == "" {
			text = "error." + string(known.Fault)
		}
		return statuses[known.Fault], "error.title." + string(known.Fault), text
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return fiber.StatusServiceUnavailable, "error.title.busy", "error.busy"
	}
	var fromFiber *fiber.Error
	if errors.As(err, &fromFiber) {
		switch fromFiber.Code {
		case fiber.StatusNotFound, fiber.StatusMethodNotAllowed:
			return fromFiber.Code, "error.title.missing", "error.missing"
		case fiber.StatusRequestEntityTooLarge, fiber.StatusRequestHeaderFieldsTooLarge:
			return fromFiber.Code, "error.title.invalid", "error.large"
		case fiber.StatusUnsupportedMediaType:
			return fromFiber.Code, "error.title.invalid", "error.encoded"
		case fiber.StatusRequestTimeout:
			return fromFiber.Code, "error.title.slow", "error.slow"
		case fiber.StatusForbidden:
			return fromFiber.Code, "error.title.forbidden", "error.cross-site"
		case fiber.StatusBadRequest:
			return fromFiber.Code, "error.title.invalid", "error.invalid"
		}
	}
	return fiber.StatusInternalServerError, "error.title.internal", "error.internal"
}

// logged writes the error down and gives the id of the line.
func (s *server) logged(c *fiber.Ctx, status int, err error) string {
	id := newID()
	s.Log.Error("request failed", "id", id, "status", status, "method", c.Method(), "path", c.Path(), "error", err)
	return id
}

func newID() string {
	b := make([]byte, 6)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

// broke logs what broke where no request waits for it.
func (s *server) broke(p any) {
	s.Log.Error("panic in the background", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
}

// panicked logs where a handler broke; the error it becomes shows nothing.
func (s *server) panicked(c *fiber.Ctx, p any) {
	s.Log.Error("panic", "method", c.Method(), "path", c.Path(), "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
}
