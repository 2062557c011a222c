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

// statuses maps error kinds to HTTP statuses.
var statuses = map[quiz.ErrorKind]int{
	quiz.NotFound:        fiber.StatusNotFound,
	quiz.Forbidden:       fiber.StatusForbidden,
	quiz.Invalid:         fiber.StatusUnprocessableEntity,
	quiz.Conflict:        fiber.StatusConflict,
	quiz.Unauthenticated: fiber.StatusUnauthorized,
	quiz.RateLimited:     fiber.StatusTooManyRequests,
	quiz.Unavailable:     fiber.StatusServiceUnavailable,
}

// handleError turns an error into a status, a page and a log line. The error's text is only logged; the browser
// gets the ID of the log line.
func (s *server) handleError(c *fiber.Ctx, err error) error {
	status, head, text := s.describeError(err)
	t := views.ErrorScreen{Frame: s.frame(c, ""), Head: head, Text: text, NextURL: views.ToToday, NextLabel: "error.go.today"}
	switch status {
	case fiber.StatusConflict:
		t.NextURL, t.NextLabel = views.ToStudy, "error.go.study"
	case fiber.StatusServiceUnavailable:
		c.Set(fiber.HeaderRetryAfter, "5")
		t.NextLabel = "error.go.again"
		if c.Method() == fiber.MethodGet {
			t.NextURL = views.Here(currentPath(c))
		} else if strings.HasPrefix(c.Path(), "/study/") {
			t.NextURL = views.ToStudy
		}
	case fiber.StatusTooManyRequests:
		c.Set(fiber.HeaderRetryAfter, "60")
	}
	if status >= fiber.StatusInternalServerError {
		t.ID = s.logError(c, status, err)
	}
	c.Status(status)
	s.setHeaders(c) // set again: an unparsable request reaches no handler
	return showScreen(c, t)
}

// currentPath returns the requested path, cleaned so that a browser cannot read it as another host ("//name" or
// "/\name").
func currentPath(c *fiber.Ctx) string { return path.Clean(strings.ReplaceAll(c.Path(), `\`, "/")) }

// describeError returns the status of an error and the message keys of its page.
func (s *server) describeError(err error) (status int, head, text string) {
	var known *quiz.Error
	if errors.As(err, &known) {
		text = known.Key
		if text == "" {
			text = "error." + string(known.Kind)
		}
		return statuses[known.Kind], "error.title." + string(known.Kind), text
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

// logError logs the error and returns the ID of the log line.
func (s *server) logError(c *fiber.Ctx, status int, err error) string {
	id := newID()
	s.Log.Error("request failed", "id", id, "status", status, "method", c.Method(), "path", c.Path(), "error", err)
	return id
}

func newID() string {
	b := make([]byte, 6)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

// logBackgroundPanic logs a panic of a background job.
func (s *server) logBackgroundPanic(p any) {
	s.Log.Error("panic in the background", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
}

// logPanic logs a panic of a handler with its stack; the resulting error page shows no details.
func (s *server) logPanic(c *fiber.Ctx, p any) {
	s.Log.Error("panic", "method", c.Method(), "path", c.Path(), "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
}
