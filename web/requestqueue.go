package web

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"time"

	"chronicle/quiz"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

// Limits of concurrent work. More concurrency only slows every request down, so further requests wait for a moment
// or are turned away.
const (
	maxConcurrentRequests = 12
	maxQueueWait          = 100 * time.Millisecond // longest expected wait of a request
)

// requestQueue counts running and waiting requests. A request with an expected wait above maxQueueWait is turned
// away at once.
type requestQueue struct {
	mu              sync.Mutex
	active          int
	waiting         []chan struct{} // first come, first served
	averageDuration time.Duration   // of a request, as a moving average
}

// enter waits for a turn and reports whether it got one.
func (q *requestQueue) enter(ctx context.Context) bool {
	q.mu.Lock()
	if q.active < maxConcurrentRequests {
		q.active++
		q.mu.Unlock()
		return true
	}
	if q.wouldWaitTooLong() {
		q.mu.Unlock()
		return false
	}
	return q.wait(ctx)
}

// wouldWaitTooLong reports whether the next request would wait too long; q.mu is held.
func (q *requestQueue) wouldWaitTooLong() bool {
	return q.active >= maxConcurrentRequests && time.Duration(len(q.waiting)+1)*q.averageDuration/maxConcurrentRequests > maxQueueWait
}

// isFull reports whether the next request would be turned away.
func (q *requestQueue) isFull() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.wouldWaitTooLong()
}

// wait waits for a turn; it must be called with q.mu held and releases it.
func (q *requestQueue) wait(ctx context.Context) bool {
	turn := make(chan struct{})
	q.waiting = append(q.waiting, turn)
	q.mu.Unlock()
	late := time.NewTimer(2 * maxQueueWait)
	defer late.Stop()
	select {
	case <-turn:
		return true
	case <-late.C:
	case <-ctx.Done():
	}
	return q.giveUp(turn)
}

// giveUp leaves the queue and reports whether the turn came at the same moment.
func (q *requestQueue) giveUp(turn chan struct{}) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, one := range q.waiting {
		if one == turn {
			q.waiting = append(q.waiting[:i], q.waiting[i+1:]...)
			return false
		}
	}
	return true
}

// leave ends a request's turn, which took the given time in total.
func (q *requestQueue) leave(took time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.averageDuration += (took - q.averageDuration) / 32
	q.passTurn()
}

// passTurn gives the turn to the next waiting request; q.mu is held.
func (q *requestQueue) passTurn() {
	if len(q.waiting) == 0 || q.active > maxConcurrentRequests {
		q.active--
		return
	}
	close(q.waiting[0])
	q.waiting = q.waiting[1:]
}

// requestTurn is the turn of one running request.
type requestTurn struct {
	since time.Time
	spent time.Duration // before it waited for something external
}

const turnKey = "turn"

// admitRequest admits a request or turns it away when the queue is full.
func (s *server) admitRequest(c *fiber.Ctx) error {
	if !s.requests.enter(c.UserContext()) {
		return s.turnAway(c)
	}
	t := &requestTurn{since: realTime()}
	c.Locals(turnKey, t)
	defer func() { s.requests.leave(t.spent + realSince(t.since)) }()
	return c.Next()
}

// waitOutside waits for something that needs no processing, such as input from the client, and lets other requests
// run for that time.
func (q *requestQueue) waitOutside(c *fiber.Ctx, wait func() error) error {
	t, ok := c.Locals(turnKey).(*requestTurn)
	if !ok {
		return wait()
	}
	t.spent += realSince(t.since)
	q.mu.Lock()
	q.passTurn()
	q.mu.Unlock()
	again := false
	err := func() error {
		defer func() { again = q.resume(c.UserContext()) }()
		return wait()
	}()
	t.since = realTime()
	if err == nil && !again {
		return quiz.NewError(quiz.Unavailable, "error.busy")
	}
	return err
}

// resume takes a turn again and reports whether it got one in time. The request continues without a turn
// otherwise, since it only has to report the error.
func (q *requestQueue) resume(ctx context.Context) bool {
	q.mu.Lock()
	if q.active < maxConcurrentRequests {
		q.active++
		q.mu.Unlock()
		return true
	}
	if q.wait(ctx) {
		return true
	}
	q.mu.Lock()
	q.active++
	q.mu.Unlock()
	return false
}

// busyPages holds the prerendered responses for requests that are turned away: the page for GET and POST, and the
// complete response of each.
type busyPages struct{ getPage, postPage, getResponse, postResponse []byte }

// makeBusyPages renders them in the default language.
func (s *server) makeBusyPages() (b busyPages, err error) {
	frame := views.Frame{Words: s.Catalogue.Match(""), Assets: s.Assets.URL, Minimal: true}
	if b.getPage, err = renderScreen(context.Background(), views.ErrorScreen{Frame: frame, Head: "error.title.overload", Text: "error.overload", NextLabel: "error.go.again"}); err != nil {
		return b, err
	}
	if b.postPage, err = renderScreen(context.Background(), views.ErrorScreen{Frame: frame, Head: "error.title.overload", Text: "error.overload.sent", NextURL: views.ToToday, NextLabel: "error.go.today"}); err != nil {
		return b, err
	}
	b.getResponse, b.postResponse = rawResponse(b.getPage), rawResponse(b.postPage)
	return b, nil
}

func rawResponse(page []byte) []byte {
	return fmt.Appendf(nil, "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n"+
		"Retry-After: %s\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nContent-Security-Policy: %s\r\n\r\n%s",
		len(page), retryAfter, contentSecurityPolicy, page)
}

// turnAway turns a request away. The connection is closed, so that a client that retries has to queue with the
// others.
func (s *server) turnAway(c *fiber.Ctx) error {
	page := s.busyPages.postPage
	if c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead {
		page = s.busyPages.getPage
	}
	c.Response().SetConnectionClose()
	c.Set(fiber.HeaderRetryAfter, retryAfter)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Status(fiber.StatusServiceUnavailable).Send(page)
}

// retryAfter is the Retry-After value in seconds.
const retryAfter = "2"

// Response to a liveness probe while the server is at capacity.
var stillAlive = []byte("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 3\r\nConnection: close\r\nCache-Control: no-store\r\n\r\nok\n")

// response returns the response for a request of which only the start was read.
func (b busyPages) response(request []byte) []byte {
	method, rest, _ := bytes.Cut(request, []byte(" "))
	if path, _, _ := bytes.Cut(rest, []byte(" ")); string(method) == fiber.MethodGet && string(path) == "/healthz" {
		return stillAlive
	}
	switch string(method) {
	case fiber.MethodHead:
		return b.getResponse[:len(b.getResponse)-len(b.getPage)]
	case fiber.MethodGet, "":
		return b.getResponse
	}
	return b.postResponse
}
