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

// A device remembers in a cookie who has signed in on it, so that password guesses from elsewhere do not lock
// people out of their own devices. The cookie holds one token for each of the last people: a random number and its
// HMAC, keyed by the person and their stored password hash. It does not reveal who they are, does not sign anyone
// in, and expires when the password changes.
const (
	maxDeviceTokens = 4
	deviceTokenSize = 16 // random bytes of a device token
)

func (s *server) deviceCookie() string { return s.cookieName() + "-device" }

// deviceTokenOf returns this device's token for the person; empty if the device does not know them.
func (s *server) deviceTokenOf(c *fiber.Ctx, p quiz.Person) string {
	if p.PasswordHash == "" {
		return ""
	}
	for _, mark := range s.deviceTokens(c) {
		number, _, _ := strings.Cut(mark, ".")
		if hmac.Equal([]byte(mark), []byte(deviceToken(p, number))) {
			return number
		}
	}
	return ""
}

func (s *server) deviceTokens(c *fiber.Ctx) []string {
	all := strings.Split(c.Cookies(s.deviceCookie()), "~")
	return all[:min(len(all), maxDeviceTokens)]
}

func deviceToken(p quiz.Person, number string) string {
	sum := hmac.New(sha256.New, []byte(p.PasswordHash))
	sum.Write([]byte("device " + strconv.FormatInt(p.ID, 10) + " " + number))
	return number + "." + base64.RawURLEncoding.EncodeToString(sum.Sum(nil))
}

// rememberDevice adds a token for the person, who has just authenticated, to the device's cookie.
func (s *server) rememberDevice(c *fiber.Ctx, p quiz.Person) {
	if s.deviceTokenOf(c, p) != "" {
		return
	}
	number := make([]byte, deviceTokenSize)
	_, _ = rand.Read(number) // never fails
	all := append([]string{deviceToken(p, base64.RawURLEncoding.EncodeToString(number))}, s.deviceTokens(c)...)
	s.setNamedCookie(c, s.deviceCookie(), strings.Trim(strings.Join(all[:min(len(all), maxDeviceTokens)], "~"), "~"), s.Now().Add(cookieAge))
}

func (s *server) setNamedCookie(c *fiber.Ctx, name, value string, until time.Time) {
	c.Cookie(&fiber.Cookie{
		Name: name, Value: value, Path: "/", Expires: until,
		HTTPOnly: true, Secure: s.HTTPS, SameSite: fiber.CookieSameSiteLaxMode,
	})
}
