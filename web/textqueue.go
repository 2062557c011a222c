package web

import (
	"context"
	"errors"
	"runtime/debug"
	"sync"
	"time"

	"chronicle/quiz"

	"github.com/gofiber/fiber/v2"
)

// textQueue schedules the reading of texts and tables. Each person sends and reads one at a time. Long texts are
// read one after another, which leaves a processor for everything else; short ones do not wait for them.
type textQueue struct {
	mu     sync.Mutex
	people map[int64]*textReader
	long   chan struct{}
	short  chan struct{}
}

// textReader is a person with a text being read and others waiting.
type textReader struct {
	turn    chan struct{}
	waiting int
}

// longTextBytes is the size from which a text is long. Reading a longer one takes more than .3 s.
const longTextBytes = 100_000

// longTextGC is the GC percentage while a long text is read, which allocates a lot.
const longTextGC = 30

// maxReadingTime limits the reading of a text once its turn has come. The longest texts take 2 s on an idle
// machine.
const maxReadingTime = 30 * time.Second

func newTextQueue() *textQueue {
	return &textQueue{people: map[int64]*textReader{}, long: make(chan struct{}, 1), short: make(chan struct{}, 2)}
}

// ofPerson waits until the person has no other text being read, and returns a function that ends their turn.
func (r *textQueue) ofPerson(ctx context.Context, person int64) (leave func(), err error) {
	turn, done := r.joinQueue(person)
	select {
	case turn <- struct{}{}:
		return func() { <-turn; done() }, nil
	case <-ctx.Done():
		done()
		return nil, ctx.Err()
	}
}

// inLane waits for a text's turn among those of all people, and returns a function that ends it.
func (r *textQueue) inLane(ctx context.Context, size int) (leave func(), err error) {
	lane := r.short
	if size >= longTextBytes {
		lane = r.long
	}
	select {
	case lane <- struct{}{}:
		return func() { <-lane }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// joinQueue returns the turn of a person and counts one more text until done is called.
func (r *textQueue) joinQueue(person int64) (turn chan struct{}, done func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := r.people[person]
	if p == nil {
		p = &textReader{turn: make(chan struct{}, 1)}
		r.people[person] = p
	}
	p.waiting++
	return p.turn, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		if p.waiting--; p.waiting == 0 {
			delete(r.people, person)
		}
	}
}

// waitForReader waits until the visitor has no other text or table being read, before the body of the next one is
// read.
func (s *server) waitForReader(c *fiber.Ctx) (leave func(), err error) {
	err = s.requests.waitOutside(c, func() error {
		ctx, cancel := context.WithTimeout(c.UserContext(), deadline)
		defer cancel()
		leave, err = s.reading.ofPerson(ctx, visitor(c).ID)
		return err
	})
	if err != nil && leave != nil { // the turn came, but there was no room
		leave()
	}
	if err != nil {
		return nil, quiz.WrapError(quiz.Unavailable, "error.reading", err)
	}
	return leave, nil
}

// readInTurn runs a function that reads a text or table of that many bytes, and cancels it when it takes too long.
func (s *server) readInTurn(c *fiber.Ctx, size int, read func(ctx context.Context) error) error {
	return s.requests.waitOutside(c, func() error {
		leave, err := s.reading.inLane(c.UserContext(), size)
		if err != nil {
			return quiz.WrapError(quiz.Unavailable, "error.reading", err)
		}
		defer leave()
		if size >= longTextBytes { // only one at a time, so nothing else sets it
			defer debug.SetGCPercent(debug.SetGCPercent(longTextGC))
		}
		ctx, cancel := context.WithTimeout(c.UserContext(), maxReadingTime)
		defer cancel()
		if err = read(ctx); errors.Is(err, context.DeadlineExceeded) {
			return quiz.WrapError(quiz.Unavailable, "error.reading.long", err)
		}
		return err
	})
}
