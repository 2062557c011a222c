package web

import (
	"strings"

	"chronicle/quiz"

	"github.com/gofiber/fiber/v2"
)

// serveAsset sends an embedded file. Its name contains its hash, so browsers may cache it forever.
func (s *server) serveAsset(c *fiber.Ctx) error {
	f, ok := s.Assets.File(c.Params("name"))
	if !ok {
		return quiz.NewError(quiz.NotFound, "error.missing")
	}
	c.Set(fiber.HeaderContentType, f.Type)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Set(fiber.HeaderETag, `W/"`+f.Hash+`"`) // weak because all encodings share it
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if c.Fresh() {
		c.Status(fiber.StatusNotModified)
		return nil
	}
	accepted := c.Get(fiber.HeaderAcceptEncoding)
	switch {
	case f.Brotli != nil && strings.Contains(accepted, "br"):
		c.Set(fiber.HeaderContentEncoding, "br")
		return c.Send(f.Brotli)
	case f.Gzip != nil && strings.Contains(accepted, "gzip"):
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(f.Gzip)
	}
	return c.Send(f.Plain)
}
