package web

import (
	"bytes"

	"github.com/gofiber/fiber/v2"
)

// rejectAmbiguousRequest rejects requests that a proxy may parse differently: those with no host or several, or
// with two ways to determine the body length. It also rejects compressed bodies, which could expand to any size.
func rejectAmbiguousRequest(c *fiber.Ctx) error {
	h := &c.Request().Header
	hosts, lengths := 0, 0
	for line := range bytes.Lines(h.RawHeaders()) {
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch {
		case isHeader(name, fiber.HeaderHost):
			hosts++
		case isHeader(name, fiber.HeaderContentLength):
			lengths++
		case isHeader(name, fiber.HeaderTransferEncoding):
			lengths++
			if !bytes.EqualFold(bytes.TrimSpace(value), []byte("chunked")) {
				lengths++ // the end of the body is unknown
			}
		}
	}
	if hosts > 1 || lengths > 1 || len(h.Host()) == 0 && h.IsHTTP11() {
		c.Response().SetConnectionClose()
		return fiber.ErrBadRequest
	}
	if len(h.Peek(fiber.HeaderContentEncoding)) > 0 {
		return fiber.ErrUnsupportedMediaType
	}
	return c.Next()
}

// isHeader reports whether got is the header name, ignoring case.
func isHeader(got []byte, name string) bool {
	return len(got) >= len(name) && bytes.EqualFold(bytes.TrimSpace(got), []byte(name))
}
