package web

import (
	"errors"
	"net"
	"sync"
	"time"
)

// listener accepts connections whose reads end soon after Close. While the server is at capacity, it turns new
// connections away, which costs far less than parsing their requests.
type listener struct {
	net.Listener
	full          func() bool
	busyResponse  func(request []byte) []byte // response for a connection that is turned away
	turnAwaySlots chan struct{}               // held by connections being turned away

	mu   sync.RWMutex
	open map[*conn]struct{}
	end  time.Time // latest deadline of any read; zero until Close
}

// Limits for turning connections away: how many at once, the time each has to send its request, and how long each
// is held per connection already held. The last one lets at most 4,000 a second come back, so that turning away
// does not starve running requests: a thousand connections that retry at once are held for .25 s.
const (
	maxTurnedAway   = 4000
	turnAwayTimeout = time.Second
	turnAwayHold    = 250 * time.Microsecond
)

func newListener(full func() bool, away func(request []byte) []byte) *listener {
	return &listener{full: full, busyResponse: away, turnAwaySlots: make(chan struct{}, maxTurnedAway), open: map[*conn]struct{}{}}
}

// Accept waits for the next connection that can be served.
func (l *listener) Accept() (net.Conn, error) {
	for {
		accepted, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if !l.full() {
			return l.track(accepted), nil
		}
		select {
		case l.turnAwaySlots <- struct{}{}:
			go func() {
				defer func() { <-l.turnAwaySlots }()
				l.turnAway(accepted)
			}()
		default: // without waiting for the request
			_ = accepted.SetDeadline(realTime().Add(turnAwayTimeout))
			_, _ = accepted.Write(l.busyResponse(nil))
			_ = accepted.Close()
		}
	}
}

// on wraps another listener.
func (l *listener) on(inner net.Listener) *listener {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Listener = inner
	return l
}

func (l *listener) track(accepted net.Conn) net.Conn {
	c := &conn{Conn: accepted, of: l}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open[c] = struct{}{}
	if !l.end.IsZero() {
		_ = accepted.SetReadDeadline(l.end)
	}
	return c
}

// turnAway answers a connection after reading only the start of its request.
func (l *listener) turnAway(c net.Conn) {
	defer func() { _ = c.Close() }()
	_ = c.SetReadDeadline(realTime().Add(turnAwayTimeout))
	var request [4 << 10]byte
	n, err := c.Read(request[:])
	if late := net.Error(nil); err != nil && (!errors.As(err, &late) || !late.Timeout()) {
		return
	}
	time.Sleep(time.Duration(len(l.turnAwaySlots)) * turnAwayHold)
	_ = c.SetWriteDeadline(realTime().Add(turnAwayTimeout))
	_, _ = c.Write(l.busyResponse(request[:n]))
	if n == len(request) { // there is more to read
		drain(c, turnAwayTimeout)
	}
}

// setReadEnd limits the read deadlines of all connections to the given time.
func (l *listener) setReadEnd(end time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.end = end
	for c := range l.open {
		_ = c.Conn.SetReadDeadline(end)
	}
}

// conn is a connection of a listener.
type conn struct {
	net.Conn
	of     *listener
	linger bool // the client is still sending a rejected body
}

// SetReadDeadline sets the read deadline, at most the listener's end.
func (c *conn) SetReadDeadline(t time.Time) error {
	c.of.mu.RLock()
	defer c.of.mu.RUnlock()
	if end := c.of.end; !end.IsZero() && (t.IsZero() || t.After(end)) {
		t = end
	}
	return c.Conn.SetReadDeadline(t)
}

// SetDeadline sets the read and write deadlines.
func (c *conn) SetDeadline(t time.Time) error {
	if err := c.SetReadDeadline(t); err != nil {
		return err
	}
	return c.SetWriteDeadline(t)
}

// lingerTimeout is how long a client may continue sending a rejected body.
const lingerTimeout = 2 * time.Second

func (c *conn) Close() error {
	if c.linger {
		drain(c.Conn, lingerTimeout)
	}
	c.of.mu.Lock()
	delete(c.of.open, c)
	c.of.mu.Unlock()
	return c.Conn.Close()
}

// drain closes the write side, then reads and discards input for a moment: otherwise a client that is still
// sending would see a connection reset instead of the response.
func drain(c net.Conn, most time.Duration) {
	if half, ok := c.(interface{ CloseWrite() error }); !ok || half.CloseWrite() != nil {
		return
	}
	_ = c.SetReadDeadline(realTime().Add(most))
	var room [4 << 10]byte
	for err := error(nil); err == nil; {
		_, err = c.Read(room[:])
	}
}
