package web

import (
	"bytes"

	"github.com/gofiber/fiber/v2"
)

// rejectAmbiguousRequest refuses requests that a proxy may read in another way than this server does:
// without a host or with two, and with a body whose length is told in two ways. It
// refuses compressed bodies too, which could unpack to any size.
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
				lengths++ // nobody knows where it ends
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

// isHeader tells whether a header has that name, in any case.
func isHeader(got []byte, name string) bool {
	return len(got) >= len(name) && bytes.EqualFold(bytes.TrimSpace(got), []byte(name))
}
