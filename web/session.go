package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"chronicle/quiz"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type sessionStore interface {
	PersonBySession(ctx context.Context, who quiz.Who, hash string, now time.Time) (quiz.Person, error)
	CreateSession(ctx context.Context, who quiz.Who, hash string, now time.Time) error
	EndSession(ctx context.Context, who quiz.Who, hash string) error
	EndOtherSessions(ctx context.Context, who quiz.Who, hash string) error
	CreateGuest(ctx context.Context, who quiz.Who, zone string, now time.Time) (quiz.Person, error)
}

const (
	personKey = "person"
	tokenKey  = "token"
	cookieAge = 365 * 24 * time.Hour
	tokenSize = 32 // random bytes of a session token
)

// cookieName returns the name of the session cookie, with the __Host- prefix under TLS.
func (s *server) cookieName() string {
	if s.HTTPS {
		return "__Host-chronicle"
	}
	return "chronicle"
}

// identify finds the visitor by the session cookie. An unknown cookie counts as none.
func (s *server) identify(c *fiber.Ctx) error {
	token := c.Cookies(s.cookieName())
	if len(token) != base64.RawURLEncoding.EncodedLen(tokenSize) {
		return c.Next()
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), deadline)
	defer cancel()
	p, err := s.Store.PersonBySession(ctx, quiz.Who{}, hashToken(token), s.Now())
	switch {
	case err == nil:
		c.Locals(personKey, p)
	case !quiz.Is(err, quiz.NotFound):
		return err
	}
	return c.Next()
}

// visitor returns the current person, or the zero person when nobody is known.
func visitor(c *fiber.Ctx) quiz.Person {
	p, _ := c.Locals(personKey).(quiz.Person)
	return p
}

// hashToken returns the stored hash of a token: reading the database does not let anyone sign in.
func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// ensureGuest makes the visitor a guest if they are unknown.
func (s *server) ensureGuest(c *fiber.Ctx) (quiz.Person, error) {
	if p := visitor(c); !p.Who().IsNobody() {
		return p, nil
	}
	if err := s.limits.spend(s.limits.newGuests, network(c)); err != nil {
		return quiz.Person{}, err
	}
	p, err := s.Store.CreateGuest(c.UserContext(), quiz.Who{}, s.browserZone(c), s.Now())
	if err != nil {
		return p, err
	}
	return p, s.startSession(c, p)
}

// browserZone returns the time zone sent by the browser, or the site's default.
func (s *server) browserZone(c *fiber.Ctx) string {
	if zone := field(c, "zone"); quiz.IsKnownZone(zone) {
		return zone
	}
	return s.DefaultZone
}

// startSession starts a session with a new token and ends the previous one.
func (s *server) startSession(c *fiber.Ctx, p quiz.Person) error {
	token := make([]byte, tokenSize)
	if _, err := rand.Read(token); err != nil {
		return err
	}
	text := base64.RawURLEncoding.EncodeToString(token)
	if err := s.Store.CreateSession(c.UserContext(), p.Who(), hashToken(text), s.Now()); err != nil {
		return err
	}
	if old := visitor(c); !old.Who().IsNobody() {
		was, ok := c.Locals(tokenKey).(string) // started a moment ago by the same request
		if !ok {
			was = c.Cookies(s.cookieName())
		}
		if err := s.Store.EndSession(c.UserContext(), old.Who(), hashToken(was)); err != nil {
			return err
		}
	}
	s.setCookie(c, text, s.Now().Add(cookieAge))
	c.Locals(personKey, p)
	c.Locals(tokenKey, text)
	return nil
}

func (s *server) setCookie(c *fiber.Ctx, value string, until time.Time) {
	s.setNamedCookie(c, s.cookieName(), value, until)
}

// handleSignOut ends the session and clears the cookie. A guest loses their progress for good.
func (s *server) handleSignOut(c *fiber.Ctx) error {
	err := s.Store.EndSession(c.UserContext(), visitor(c).Who(), hashToken(c.Cookies(s.cookieName())))
	if err != nil {
		return err
	}
	s.setCookie(c, "", time.Unix(1, 0))
	if code := quiz.NormalizeJoinCode(field(c, "join")); code != "" { // another person uses this device
		return redirect(c, views.ToJoinClass(code))
	}
	if field(c, "card") != "" {
		return redirect(c, views.ToSignInCard)
	}
	return redirect(c, "/")
}

// endOtherSessions ends every other session of the person.
func (s *server) endOtherSessions(c *fiber.Ctx) error {
	err := s.Store.EndOtherSessions(c.UserContext(), visitor(c).Who(), hashToken(c.Cookies(s.cookieName())))
	if err != nil {
		return err
	}
	return redirect(c, "/settings?alone=yes")
}
