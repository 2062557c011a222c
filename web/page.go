package web

import (
	"bytes"
	"context"

	"chronicle/views"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
)

// showScreen renders and sends a screen.
func showScreen(c *fiber.Ctx, s views.Screen) error {
	// An error page is rendered even after the request's deadline.
	page, err := renderScreen(context.WithoutCancel(c.UserContext()), s)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(page)
}

// renderScreen renders the page of a screen.
func renderScreen(ctx context.Context, s views.Screen) ([]byte, error) {
	var page bytes.Buffer
	err := views.Page(s).Render(ctx, &page)
	return page.Bytes(), err
}

// showScreenAgain shows a form again with the submitted values and their problems.
func showScreenAgain(c *fiber.Ctx, s views.Screen) error {
	c.Status(fiber.StatusUnprocessableEntity)
	return showScreen(c, s)
}

// redirect redirects the browser after a POST.
func redirect(c *fiber.Ctx, to templ.SafeURL) error {
	return c.Redirect(string(to), fiber.StatusSeeOther)
}

// frame returns the parts that every page of this visitor shares.
func (s *server) frame(c *fiber.Ctx, section string) views.Frame {
	p := visitor(c)
	return views.Frame{
		Words: s.Catalogue.Match(c.Get(fiber.HeaderAcceptLanguage)), Assets: s.Assets.URL, Who: p.Who(), Alias: p.Alias, Section: section, FormKey: newToken(),
	}
}

// bareFrame returns the frame of a page without the menu.
func (s *server) bareFrame(c *fiber.Ctx) views.Frame {
	f := s.frame(c, "")
	f.Minimal = true
	return f
}

// showKeys lists the keyboard shortcuts for browsers without script.
func (s *server) showKeys(c *fiber.Ctx) error {
	return showScreen(c, views.KeysScreen{Frame: s.frame(c, "")})
}

// showHow explains how Chronicle works.
func (s *server) showHow(c *fiber.Ctx) error {
	return showScreen(c, views.HowScreen{Frame: s.frame(c, "")})
}
