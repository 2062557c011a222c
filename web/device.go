package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"

	"github.com/gofiber/fiber/v2"
)

// A device remembers by a cookie who signed in on it, so that guesses from elsewhere
// keep nobody out of their own device. The cookie has marks, one for each of the last
// people: a random number and its HMAC by a key made of the person and what is stored
// of their password. It does not tell who they are, does not sign in, and ends with
// the password.
const (
	deviceMarks = 4
	markSize    = 16 // random bytes of a mark
)

func (s *server) deviceCookie() string { return s.cookieName() + "-device" }

// deviceOf is the mark by which this device knows the person; empty if it does not.
func (s *server) deviceOf(c *fiber.Ctx, p quiz.Person) string {
	if p.Password == "" {
		return ""
	}
	for _, mark := range s.marks(c) {
		number, _, _ := strings.Cut(mark, ".")
		if hmac.Equal([]byte(mark), []byte(deviceMark(p, number))) {
			return number
		}
	}
	return ""
}

func (s *server) marks(c *fiber.Ctx) []string {
	all := strings.Split(c.Cookies(s.deviceCookie()), "~")
	return all[:min(len(all), deviceMarks)]
}

func deviceMark(p quiz.Person, number string) string {
	sum := hmac.New(sha256.New, []byte(p.Password))
	sum.Write([]byte("device " + strconv.FormatInt(p.ID, 10) + " " + number))
	return number + "." + base64.RawURLEncoding.EncodeToString(sum.Sum(nil))
}

// remember lets the device know the person, who has just proved who they are.
func (s *server) remember(c *fiber.Ctx, p quiz.Person) {
	if s.deviceOf(c, p) != "" {
		return
	}
	number := make([]byte, markSize)
	_, _ = rand.Read(number) // never fails
	all := append([]string{deviceMark(p, base64.RawURLEncoding.EncodeToString(number))}, s.marks(c)...)
	s.setNamedCookie(c, s.deviceCookie(), strings.Trim(strings.Join(all[:min(len(all), deviceMarks)], "~"), "~"), s.Now().Add(cookieAge))
}

func (s *server) setNamedCookie(c *fiber.Ctx, name, value string, until time.Time) {
	c.Cookie(&fiber.Cookie{
		Name: name, Value: value, Path: "/", Expires: until,
		HTTPOnly: true, Secure: s.HTTPS, SameSite: fiber.CookieSameSiteLaxMode,
	})
}
