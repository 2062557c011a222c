package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// field reads a form's field as text that every database can keep and compare.
func field(c *fiber.Ctx, name string) string { return text(c.FormValue(name)) }

// param reads a part of the address in the same way.
func param(c *fiber.Ctx, name string) string { return text(c.Params(name)) }

// text puts the sign for what cannot be read in the place of broken UTF-8 and
// of NUL, both of which PostgreSQL refuses.
func text(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}
