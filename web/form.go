package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// field returns a form field as text that every database can store and compare.
func field(c *fiber.Ctx, name string) string { return validText(rawField(c, name)) }

// rawField returns a form field as sent. Query parameters are ignored: a password in the URL would end up in proxy
// logs.
func rawField(c *fiber.Ctx, name string) string { return string(c.Request().PostArgs().Peek(name)) }

// param returns a URL parameter as valid text.
func param(c *fiber.Ctx, name string) string { return validText(c.Params(name)) }

// validText replaces invalid UTF-8 and NUL, which PostgreSQL rejects, with U+FFFD.
func validText(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}
