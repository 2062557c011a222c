package web

import (
	"net/netip"
	"time"

	"chronicle/quiz"

	"github.com/gofiber/fiber/v2"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// limits slow down guessing and flooding. A school stands behind one address, and its
// 2,000 pupils may all begin in the same ten minutes.
type limits struct {
	now      func() time.Time
	accounts *buckets // wrong passwords, by name, from devices that have not signed in before
	devices  *buckets // wrong passwords, by device and name
	networks *buckets // wrong passwords, by network
	people   *buckets // new accounts, by network
	guests   *buckets // new guests, by network
	reports  *buckets // reports of a question, by network
	exports  *buckets // of personal data, by person
	mails    *buckets // codes that are sent, by e-mail
	guesses  *buckets // wrong codes and cards, by network
	looks    *buckets // codes and cards tried by a network that has tried too many wrong ones
}

// How fast codes are tried by a network that has tried too many wrong ones, and how
// long one may wait for its turn. At 20 a second it takes 30 years, on average, to find
// one given class among the 39 billion join codes, and four months to find any one of
// a hundred classes.
const (
	looksPerSecond = 20
	longestLook    = 5 * time.Second
)

func newLimits(now func() time.Time) limits {
	return limits{
		now:      now,
		accounts: newBuckets(rate.Every(time.Minute), 10),
		devices:  newBuckets(rate.Every(time.Minute), 10),
		networks: newBuckets(rate.Every(time.Second), 300),
		people:   newBuckets(4, 2500),
		guests:   newBuckets(4, 2500),
		reports:  newBuckets(rate.Every(10*time.Second), 100),
		exports:  newBuckets(rate.Every(2*time.Minute), 5),
		mails:    newBuckets(rate.Every(10*time.Minute), 3),
		guesses:  newBuckets(rate.Every(time.Second), 300),
		looks:    newBuckets(looksPerSecond, looksPerSecond),
	}
}

// spend takes one try from a key's bucket; TooMany when it is empty.
func (l limits) spend(b *buckets, key string) error {
	_, err := l.reserve(b, key)
	return err
}

// reserve takes one try from a key's bucket, and gives what puts it back; TooMany when
// the bucket is empty. A try is taken before it is known how it ends, so that a
// thousand at once are as many.
func (l limits) reserve(b *buckets, key string) (back func(), err error) {
	now := l.now()
	r := b.get(key).ReserveN(now, 1)
	if r.DelayFrom(now) > 0 {
		r.CancelAt(now)
		return nil, quiz.Fail(quiz.TooMany, "error.too-many")
	}
	return func() { r.CancelAt(now) }, nil
}

// guess runs what looks a secret up, and counts it if there is none. A network that has
// tried too many wrong ones is not refused, since the class next door may be behind
// the same address: its tries take turns. TooMany if the turn does not come soon.
func (s *server) guess(c *fiber.Ctx, look func() error) error {
	wrong := s.limits.guesses.get(network(c))
	if wrong.TokensAt(s.limits.now()) < 1 {
		if err := s.takeTurns(c); err != nil {
			return err
		}
	}
	err := look()
	if quiz.Is(err, quiz.Missing) {
		wrong.AllowN(s.limits.now(), 1)
	}
	return err
}

// takeTurns waits for a network's turn to try a code.
func (s *server) takeTurns(c *fiber.Ctx) error {
	turn := s.limits.looks.get(network(c)).Reserve()
	wait := turn.Delay()
	if wait > longestLook {
		turn.Cancel()
		s.Log.Warn("too many wrong codes", "network", network(c))
		return quiz.Fail(quiz.TooMany, "error.too-many")
	}
	if wait == 0 {
		return nil
	}
	return s.load.outside(c, func() error {
		select {
		case <-time.After(wait):
			return nil
		case <-c.UserContext().Done():
			return c.UserContext().Err()
		}
	})
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
