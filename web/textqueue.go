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

// textQueue is who reads a text or a table. Each person sends and reads one at a time. Long
// ones are read one after another, so that a processor is left for everything else, and short
// ones do not wait for them.
type textQueue struct {
	mu     sync.Mutex
	people map[int64]*textReader
	long   chan struct{}
	short  chan struct{}
}

// textReader is a person who reads, with all that wait for their own turn.
type textReader struct {
	turn    chan struct{}
	waiting int
}

// longTextBytes is from how many bytes on a text is long. A longer one takes more than
// .3 s.
const longTextBytes = 100_000

// longTextGC is how much garbage may gather while a long text is read, in percent of
// what is in use. Reading makes much of both.
const longTextGC = 30

// maxReadingTime is how long reading may take once its turn has come. The longest texts
// take 2 s where nothing else is done.
const maxReadingTime = 30 * time.Second

func newTextQueue() *textQueue {
	return &textQueue{people: map[int64]*textReader{}, long: make(chan struct{}, 1), short: make(chan struct{}, 2)}
}

// ofPerson waits until the person reads nothing else, and gives what ends their turn.
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

// inLane waits for the turn of a text among those of everybody, and gives what ends it.
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

// joinQueue gives the turn of a person, who has one more text until done.
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

// waitForReader waits until the visitor reads no other text or table, before anything
// of the next one is taken in.
func (s *server) waitForReader(c *fiber.Ctx) (leave func(), err error) {
	err = s.requests.waitOutside(c, func() error {
		ctx, cancel := context.WithTimeout(c.UserContext(), longDeadline)
		defer cancel()
		leave, err = s.reading.ofPerson(ctx, visitor(c).ID)
		return err
	})
	if err != nil && leave != nil { // the turn came, and then there was no room
		leave()
	}
	if err != nil {
		return nil, quiz.WrapError(quiz.Unavailable, "error.reading", err)
	}
	return leave, nil
}

// readInTurn runs what reads a text or table of that many bytes, and ends it when it
// takes too long.
func (s *server) readInTurn(c *fiber.Ctx, size int, read func(ctx context.Context) error) error {
	return s.requests.waitOutside(c, func() error {
		leave, err := s.reading.inLane(c.UserContext(), size)
		if err != nil {
			return quiz.WrapError(quiz.Unavailable, "error.reading", err)
		}
		defer leave()
		if size >= longTextBytes { // one at a time, so that nobody else sets it
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
