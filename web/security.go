package web

import (
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"
)

// contentSecurityPolicy allows pages to load from and send to Chronicle only, and to run only its own script
// files.
const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types 'none'"

// addHeaders sets the security headers of every response; assets set their own caching.
func (s *server) addHeaders(c *fiber.Ctx) error {
	s.setHeaders(c)
	c.SetUserContext(s.base)
	err := c.Next()
	closeAfterUnreadBody(c)
	return err
}

func (s *server) setHeaders(c *fiber.Ctx) {
	h := &c.Response().Header
	h.Set(fiber.HeaderContentSecurityPolicy, contentSecurityPolicy)
	h.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	h.Set(fiber.HeaderReferrerPolicy, "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set(fiber.HeaderCacheControl, "no-store")
	if s.HTTPS {
		h.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
	}
}

// sameSite refuses POST requests sent by another site. It needs no tokens in forms: browsers send the origin of a
// request.
func (s *server) sameSite(c *fiber.Ctx) error {
	var check http.CrossOriginProtection
	r := &http.Request{
		Method: c.Method(), Host: string(c.Request().Host()), URL: &url.URL{Path: c.Path()}, Header: http.Header{},
	}
	for _, name := range []string{"Sec-Fetch-Site", fiber.HeaderOrigin} {
		if v := c.Get(name); v != "" {
			r.Header.Set(name, v)
		}
	}
	if err := check.Check(r); err != nil {
		s.Log.Warn("refused a request from another site", "path", c.Path(), "origin", c.Get(fiber.HeaderOrigin))
		return fiber.ErrForbidden
	}
	return c.Next()
}
