package web

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chronicle/quiz"

	"pgregory.net/rapid"
)

// TestRequestQueue checks that, however requests arrive, wait, give up and leave, no more than the limit run at
// once, each turn is used by one, and none is left in the end.
func TestRequestQueue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &requestQueue{averageDuration: time.Duration(rapid.IntRange(0, 10).Draw(t, "typical")) * time.Millisecond}
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		var working, most atomic.Int64
		work := func() {
			for now := working.Add(1); ; {
				if seen := most.Load(); now <= seen || most.CompareAndSwap(seen, now) {
					break
				}
			}
			for range 100 {
				runtime.Gosched()
			}
			working.Add(-1)
		}
		var all sync.WaitGroup
		for range rapid.IntRange(1, 4*maxConcurrentRequests).Draw(t, "requests") {
			outside := rapid.Bool().Draw(t, "outside")
			all.Go(func() {
				if !l.enter(ctx) {
					return
				}
				work()
				if outside { // waits for something external, then resumes its turn
					l.mu.Lock()
					l.passTurn()
					l.mu.Unlock()
					runtime.Gosched()
					if l.resume(ctx) {
						work()
					}
				}
				l.leave(time.Millisecond)
			})
		}
		if rapid.Bool().Draw(t, "ends") {
			cancel()
		}
		all.Wait()
		if most.Load() > maxConcurrentRequests || l.active != 0 || len(l.waiting) != 0 {
			t.Errorf("%d at once; %d are left and %d wait", most.Load(), l.active, len(l.waiting))
		}
	})
}

// TestTurnsThatWereNotThere checks that requests continuing without a turn to report their error do not release
// one.
func TestTurnsThatWereNotThere(t *testing.T) {
	l := &requestQueue{}
	done, cancel := context.WithCancel(context.Background())
	cancel()
	for range maxConcurrentRequests {
		l.enter(context.Background())
	}
	for range 5 {
		if l.resume(done) {
			t.Fatal("there was a turn")
		}
	}
	waits := make(chan bool)
	go func() { waits <- l.enter(context.Background()) }()
	for n := 0; n == 0; {
		l.mu.Lock()
		n = len(l.waiting)
		l.mu.Unlock()
	}
	for range 5 {
		l.leave(0)
	}
	if l.active != maxConcurrentRequests || len(l.waiting) != 1 {
		t.Errorf("%d are worked on, %d wait", l.active, len(l.waiting))
	}
	l.leave(0)
	if !<-waits || l.active != maxConcurrentRequests {
		t.Errorf("%d are worked on after one left", l.active)
	}
}

func TestRequestQueueIsFIFO(t *testing.T) {
	l := &requestQueue{}
	for range maxConcurrentRequests {
		l.enter(context.Background())
	}
	var order []int
	var mu sync.Mutex
	var all sync.WaitGroup
	for i := range 5 {
		all.Go(func() {
			if l.enter(context.Background()) {
				mu.Lock()
				order = append(order, i)
				mu.Unlock()
				l.leave(0)
			}
		})
		for l.mu.Lock(); len(l.waiting) != i+1; l.mu.Lock() {
			l.mu.Unlock()
		}
		l.mu.Unlock()
	}
	l.leave(0)
	all.Wait()
	for i, got := range order {
		if got != i {
			t.Fatalf("turns came as %v", order)
		}
	}
}

// TestTurnedAway checks that one request above capacity is turned away with a page, and that those waiting for
// something external do not count.
func TestTurnedAway(t *testing.T) {
	t.Parallel()
	let := make(chan struct{})
	arrived := make(chan struct{}, maxConcurrentRequests)
	h := open(t, breaking(func(context.Context) error {
		arrived <- struct{}{}
		<-let
		return quiz.NewError(quiz.NotFound, "error.missing")
	}))
	var all sync.WaitGroup
	for range maxConcurrentRequests {
		all.Go(func() { h.browser().get("/decks") })
		<-arrived
	}
	for method, says := range map[string]string{"GET": "Try again", "POST": "what you sent was not saved"} {
		a := h.browser().ask(method, "/keys", nil, "")
		if a.StatusCode != 503 || a.Header.Get("Retry-After") == "" || !a.Close || !a.says("Chronicle is busy") || !a.says(says) {
			t.Errorf("%s: status %d, %v: %s", method, a.StatusCode, a.Header, textOf(a.doc))
		}
	}
	h.browser().get("/healthz").want(t, 200)
	close(let)
	all.Wait()
	h.browser().get("/keys").want(t, 200)
}

// TestConnectionsTurnedAway checks that connections arriving at full capacity are answered without being read.
func TestConnectionsTurnedAway(t *testing.T) {
	t.Parallel()
	s := New(open(t).config())
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.listener.full = func() bool { return true }
	go func() { _ = s.Serve(inner) }()
	t.Cleanup(func() { _ = s.Shutdown() })
	if res, err := http.Get("http://" + inner.Addr().String() + "/healthz"); err != nil || res.StatusCode != 200 || res.Body.Close() != nil {
		t.Errorf("a probe got %v, %v", res, err)
	}
	for method, says := range map[string]string{"GET": "Try again", "POST": "not saved", "HEAD": ""} {
		c, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(c, method+" / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
		res, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != 503 || res.Header.Get("Retry-After") == "" || !res.Close || !strings.Contains(string(page), says) || (says == "") != (len(page) == 0) {
			t.Errorf("%s: %v, %v, %.200s", method, res, err, page)
		}
		_ = c.Close()
	}
}

// TestACrowdTurnedAway checks that every connection turned away gets a response, however late it sends its
// request.
func TestACrowdTurnedAway(t *testing.T) {
	t.Parallel()
	s := New(open(t).config())
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.listener.full = func() bool { return true }
	go func() { _ = s.Serve(inner) }()
	t.Cleanup(func() { _ = s.Shutdown() })
	var crowd []net.Conn
	for range 2000 {
		c, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = c.Close() }()
		crowd = append(crowd, c)
	}
	for _, c := range crowd {
		_, _ = io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	}
	answered := 0
	for _, c := range crowd {
		if got, _ := io.ReadAll(c); strings.HasPrefix(string(got), "HTTP/1.1 503") {
			answered++
		}
	}
	if answered < len(crowd) {
		t.Errorf("%d of %d got an answer", answered, len(crowd))
	}
}

// TestShutdownHurriesSlowClients checks that a shutdown does not wait for clients that do not send.
func TestShutdownHurriesSlowClients(t *testing.T) {
	t.Parallel()
	s := New(open(t).config())
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(inner) }()
	for range 20 {
		c, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = c.Close() }()
		_, _ = io.WriteString(c, "POST /study HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\nx")
	}
	if res, err := http.Get("http://" + inner.Addr().String() + "/healthz"); err != nil || res.Body.Close() != nil { // the server is running
		t.Fatal(err)
	}
	http.DefaultClient.CloseIdleConnections()
	began := time.Now()
	if err := s.Shutdown(); err != nil || time.Since(began) > workGrace {
		t.Errorf("it stopped after %s: %v", time.Since(began), err)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
}
