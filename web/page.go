package web

import (
	"bytes"
	"context"

	"chronicle/views"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
)

// showScreen sends a screen as a page.
func showScreen(c *fiber.Ctx, s views.Screen) error {
	// An error page is rendered after the time of its request has run out.
	page, err := renderScreen(context.WithoutCancel(c.UserContext()), s)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(page)
}

// renderScreen makes the page of a screen.
func renderScreen(ctx context.Context, s views.Screen) ([]byte, error) {
	var page bytes.Buffer
	err := views.Page(s).Render(ctx, &page)
	return page.Bytes(), err
}

// showScreenAgain shows a form once more, with what was typed and what is wrong.
func showScreenAgain(c *fiber.Ctx, s views.Screen) error {
	c.Status(fiber.StatusUnprocessableEntity)
	return showScreen(c, s)
}

// redirect sends the browser on after a deed.
func redirect(c *fiber.Ctx, to templ.SafeURL) error {
	return c.Redirect(string(to), fiber.StatusSeeOther)
}

// frame is what every page of this visitor shows around its own part.
func (s *server) frame(c *fiber.Ctx, section string) views.Frame {
	p := visitor(c)
	return views.Frame{
		Words: s.Catalogue.Match(c.Get(fiber.HeaderAcceptLanguage)), Assets: s.Assets.URL, Who: p.Who(), Alias: p.Alias, Section: section, FormKey: newToken(),
	}
}

// bareFrame is the frame of one question and nothing else.
func (s *server) bareFrame(c *fiber.Ctx) views.Frame {
	f := s.frame(c, "")
	f.Minimal = true
	return f
}

// showKeys lists the keys for those without script.
func (s *server) showKeys(c *fiber.Ctx) error {
	return showScreen(c, views.KeysScreen{Frame: s.frame(c, "")})
}

// showHow explains how Chronicle decides.
func (s *server) showHow(c *fiber.Ctx) error {
	return showScreen(c, views.HowScreen{Frame: s.frame(c, "")})
}
