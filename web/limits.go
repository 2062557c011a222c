package web

import (
	"net/netip"
	"sync"
	"time"

	"chronicle/quiz"

	"github.com/gofiber/fiber/v2"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// limits rate-limits guessing and flooding. A school shares one address, and its 2,000 pupils may all start within
// the same ten minutes.
type limits struct {
	now         func() time.Time
	accounts    *rateBuckets          // wrong passwords, by name, from devices that have not signed in before
	devices     *rateBuckets          // wrong passwords, by device and name
	networks    *rateBuckets          // wrong passwords, by network
	newAccounts *rateBuckets          // new accounts, by network
	newGuests   *rateBuckets          // new guests, by network
	reports     *rateBuckets          // question reports, by network
	exports     *rateBuckets          // personal data exports, by person
	mails       *rateBuckets          // codes sent, by e-mail address
	wrongCodes  *rateBuckets          // wrong codes and cards, by network
	codeTries   perKey[*rate.Limiter] // for networks with too many wrong codes
}

// How fast a network with too many wrong codes may try further ones, and how long a request waits for its turn. At
// 50 a second it takes 12 years, on average, to find one given class among the 39 billion join codes, and six
// weeks to find any one of a hundred classes.
const (
	codeTriesPerSecond = 50
	maxCodeWait        = 5 * time.Second
)

func newLimits(now func() time.Time) limits {
	return limits{
		now:         now,
		accounts:    newRateBuckets(time.Minute, 10),
		devices:     newRateBuckets(time.Minute, 10),
		networks:    newRateBuckets(time.Second, 300),
		newAccounts: newRateBuckets(time.Second/4, 2500),
		newGuests:   newRateBuckets(time.Second/4, 2500),
		reports:     newRateBuckets(10*time.Second, 100),
		exports:     newRateBuckets(2*time.Minute, 5),
		mails:       newRateBuckets(10*time.Minute, 3),
		wrongCodes:  newRateBuckets(time.Second, 300),
		codeTries:   newPerKey[*rate.Limiter](),
	}
}

// pace returns the limiter for code attempts of one network.
func (l limits) pace() *rate.Limiter { return rate.NewLimiter(codeTriesPerSecond, codeTriesPerSecond) }

// spend takes one try from a key's bucket; it fails with RateLimited when the bucket is empty.
func (l limits) spend(b *rateBuckets, key string) error {
	_, err := l.reserve(b, key)
	return err
}

// reserve takes one try from a key's bucket and returns a function that puts it back; it fails with RateLimited when the
// bucket is empty. The try is taken before its result is known, so that concurrent tries all count.
func (l limits) reserve(b *rateBuckets, key string) (back func(), err error) {
	one := b.get(key)
	if !one.take(l.now()) {
		return nil, quiz.NewError(quiz.RateLimited, "error.too-many")
	}
	return one.putBack, nil
}

// lookUpSecret runs a lookup of a secret and counts it if nothing is found. A network with too many wrong tries is
// not refused, since another class may share its address; its tries are throttled instead. lookUpSecret fails
// with RateLimited if the wait would be too long. A wrong try is counted after the lookup, so concurrent ones are limited
// only by the request queue.
func (s *server) lookUpSecret(c *fiber.Ctx, look func() error) error {
	wrong := s.limits.wrongCodes.get(network(c))
	if wrong.empty(s.limits.now()) {
		if err := s.waitForCodeTurn(c); err != nil {
			return err
		}
	}
	err := look()
	if quiz.Is(err, quiz.NotFound) {
		wrong.take(s.limits.now())
	}
	return err
}

// waitForCodeTurn waits until the network may try another code.
func (s *server) waitForCodeTurn(c *fiber.Ctx) error {
	turn := s.limits.codeTries.get(network(c), s.limits.pace).Reserve()
	wait := turn.Delay()
	if wait > maxCodeWait {
		turn.Cancel()
		s.Log.Warn("too many wrong codes", "network", network(c))
		return quiz.NewError(quiz.RateLimited, "error.too-many")
	}
	if wait == 0 {
		return nil
	}
	return s.requests.waitOutside(c, func() error {
		select {
		case <-time.After(wait):
			return nil
		case <-c.UserContext().Done():
			return c.UserContext().Err()
		}
	})
}

// perKey caches a value for each of the most recently used keys.
type perKey[T any] struct{ cache *lru.Cache[string, T] }

func newPerKey[T any]() perKey[T] {
	cache, err := lru.New[string, T](20_000)
	if err != nil {
		panic(err) // only for a size below 1
	}
	return perKey[T]{cache}
}

// get returns the cached value of a key or stores a fresh one.
func (p perKey[T]) get(key string, fresh func() T) T {
	one := fresh()
	if old, ok, _ := p.cache.PeekOrAdd(key, one); ok {
		p.cache.Get(key)
		return old
	}
	return one
}

// rateBuckets holds a bucket of tries for each key: burst at first, then one more per interval.
type rateBuckets struct {
	every time.Duration
	burst float64
	keys  perKey[*bucket]
}

func newRateBuckets(every time.Duration, burst int) *rateBuckets {
	return &rateBuckets{every, float64(burst), newPerKey[*bucket]()}
}

func (b *rateBuckets) get(key string) *bucket {
	return b.keys.get(key, func() *bucket { return &bucket{of: b, tries: b.burst} })
}

// bucket holds tries. Unlike with x/time/rate, a try can be put back at any later time.
type bucket struct {
	of    *rateBuckets
	mu    sync.Mutex
	tries float64
	last  time.Time
}

// fill adds the tries earned since the last call; b.mu is held.
func (b *bucket) fill(now time.Time) {
	if !b.last.IsZero() && now.After(b.last) {
		b.tries = min(b.of.burst, b.tries+float64(now.Sub(b.last))/float64(b.of.every))
	}
	b.last = now
}

func (b *bucket) take(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fill(now)
	if b.tries < 1 {
		return false
	}
	b.tries--
	return true
}

func (b *bucket) putBack() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tries = min(b.of.burst, b.tries+1)
}

func (b *bucket) empty(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fill(now)
	return b.tries < 1
}

// network returns the part of an IP address that one household or school shares.
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
