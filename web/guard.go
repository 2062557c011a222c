package web

import (
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"chronicle/quiz"

	"github.com/gofiber/fiber/v2"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// policy lets a page load and send nothing but to Chronicle itself, and run no
// script that is not a file of its own.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types 'none'"

// headers go with every answer; assets set their own caching.
func (s *server) headers(c *fiber.Ctx) error {
	s.setHeaders(c)
	return c.Next()
}

func (s *server) setHeaders(c *fiber.Ctx) {
	h := &c.Response().Header
	h.Set(fiber.HeaderContentSecurityPolicy, policy)
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

// sameSite refuses deeds that another website sent. It needs no tokens in
// pages: browsers say where a request comes from.
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

// limits slow down guessing: by account and by the network that asks.
type limits struct {
	now      func() time.Time
	accounts *buckets // sign-ins by name
	networks *buckets // sign-ins by address
	guests   *buckets // new guests by address
	reports  *buckets // reports by address
	exports  *buckets // of all that is kept, by person
	mails    *buckets // codes that are sent, by address
	guesses  *buckets // codes and cards that are none, by address
}

func newLimits(now func() time.Time) limits {
	return limits{
		now:      now,
		accounts: newBuckets(rate.Every(time.Minute), 10),
		// A school stands behind one address: its pupils all begin at once.
		networks: newBuckets(rate.Every(time.Second), 300),
		guests:   newBuckets(rate.Every(time.Second), 400),
		reports:  newBuckets(rate.Every(10*time.Second), 100),
		exports:  newBuckets(rate.Every(2*time.Minute), 5),
		mails:    newBuckets(rate.Every(10*time.Minute), 3),
		// Only what is wrong counts: a class of thirty joins at once.
		guesses: newBuckets(rate.Every(10*time.Second), 60),
	}
}

// spend takes one try from a key's bucket; TooMany when it is empty.
func (l limits) spend(b *buckets, key string) error {
	if !b.get(key).AllowN(l.now(), 1) {
		return quiz.Fail(quiz.TooMany, "error.too-many")
	}
	return nil
}

// guess runs what looks a secret up, and counts it if there is none; TooMany once too
// many were none.
func (l limits) guess(key string, look func() error) error {
	b := l.guesses.get(key)
	if b.TokensAt(l.now()) < 1 {
		return quiz.Fail(quiz.TooMany, "error.too-many")
	}
	err := look()
	if quiz.Is(err, quiz.Missing) {
		b.AllowN(l.now(), 1)
	}
	return err
}

type buckets struct {
	every rate.Limit
	burst int
	cache *lru.Cache[string, *rate.Limiter]
}

func newBuckets(every rate.Limit, burst int) *buckets {
	cache, err := lru.New[string, *rate.Limiter](20_000)
	if err != nil {
		panic(err) // only for a size below 1
	}
	return &buckets{every: every, burst: burst, cache: cache}
}

func (b *buckets) get(key string) *rate.Limiter {
	fresh := rate.NewLimiter(b.every, b.burst)
	if old, ok, _ := b.cache.PeekOrAdd(key, fresh); ok {
		b.cache.Get(key)
		return old
	}
	return fresh
}

// network is the part of an address that one household or school shares.
func network(c *fiber.Ctx) string {
	addr, err := netip.ParseAddr(c.IP())
	if err != nil {
		return c.IP()
	}
	bits := 32
	if addr.Is6() && !addr.Is4In6() {
		bits = 64
	}
	p, err := addr.Unmap().Prefix(bits)
	if err != nil {
		return c.IP()
	}
	return p.String()
}
