package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// field reads a form's field as text that every database can keep and compare.
func field(c *fiber.Ctx, name string) string { return validText(rawField(c, name)) }

// rawField reads a form's field as it was sent. What stands in the address is no
// part of a form: a password there would end in the logs of proxies.
func rawField(c *fiber.Ctx, name string) string { return string(c.Request().PostArgs().Peek(name)) }

// param reads a part of the address in the same way.
func param(c *fiber.Ctx, name string) string { return validText(c.Params(name)) }

// validText puts the sign for what cannot be read in the place of broken UTF-8 and
// of NUL, both of which PostgreSQL refuses.
func validText(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}
