//go:build faults

package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"chronicle/quiz"
)

// These tests push a running server to its limits and report its resource use. They take minutes and run with
// `make faults`.

// peak returns the peak memory of a process, in MB.
func (p *process) peak(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	n, _ := strconv.Atoi(string(found[1]))
	return n / 1024
}

// ends stops the process and fails unless it exits within the time with status 0.
func (p *process) ends(t *testing.T, within time.Duration) {
	t.Helper()
	began := time.Now()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	err := p.Wait()
	took := time.Since(began)
	t.Logf("stopped in %.1f s", took.Seconds())
	if err != nil || took > within {
		t.Errorf("it stopped after %s with %v: %s", took, err, p.log.String())
	}
}

// seen holds the durations of requests in the order they ended.
type seen struct {
	mu   sync.Mutex
	took []time.Duration
}

func (s *seen) add(d time.Duration) {
	s.mu.Lock()
	s.took = append(s.took, d)
	s.mu.Unlock()
}

func (s *seen) at(share float64) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.took) == 0 {
		return 0
	}
	slices.Sort(s.took)
	return s.took[int(share*float64(len(s.took)-1))]
}

// page requests a page and returns the time it took.
func page(t *testing.T, host, path string) time.Duration {
	t.Helper()
	began := time.Now()
	res, err := (&http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}).Get("http://" + host + path)
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return time.Since(began)
	}
	_, _ = io.Copy(io.Discard, res.Body)
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Errorf("%s: status %d", path, res.StatusCode)
	}
	return time.Since(began)
}

// TestFaultAnnouncedBodies opens connections that announce large bodies and send almost nothing.
func TestFaultAnnouncedBodies(t *testing.T) {
	p := start(t, filepath.Join(t.TempDir(), "chronicle.db"))
	teacher, deck := signUpTeacher(t, p.host)
	for _, c := range []struct{ name, cookie, first string }{
		{"strangers, one byte", "chronicle=" + strings.Repeat("A", 43), "x"},
		{"a teacher, one byte", "chronicle=" + teacher, "x"},
		{"a teacher, 20 kB", "chronicle=" + teacher, strings.Repeat("x", 20<<10)},
	} {
		var all []net.Conn
		for range 800 {
			conn, err := net.Dial("tcp", p.host)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, conn)
			_, _ = fmt.Fprintf(conn, "POST %s/texts HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 25000000\r\n\r\n%s", deck, p.host, c.cookie, c.first)
		}
		slowest := time.Duration(0)
		for range 20 {
			slowest = max(slowest, page(t, p.host, "/"))
		}
		cut := cutAfter(all)
		t.Logf("%s: 800 connections, peak %d MB, slowest page %d ms, cut after %.1f s", c.name, p.peak(t), slowest.Milliseconds(), cut.Seconds())
		if slowest > 250*time.Millisecond || cut > 18*time.Second || p.peak(t) > 150 {
			t.Errorf("%s: too much", c.name)
		}
	}
	for range 800 { // some are still open during the shutdown
		conn, err := net.Dial("tcp", p.host)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		_, _ = fmt.Fprintf(conn, "POST %s/texts HTTP/1.1\r\nHost: %s\r\nCookie: chronicle=%s\r\nContent-Length: 25000000\r\n\r\nx", deck, p.host, teacher)
	}
	p.ends(t, 10*time.Second)
}

// cutAfter waits until the server has closed all connections.
func cutAfter(all []net.Conn) time.Duration {
	began := time.Now()
	for _, conn := range all {
		_ = conn.SetReadDeadline(began.Add(time.Minute))
		_, _ = io.Copy(io.Discard, conn)
		_ = conn.Close()
	}
	return time.Since(began)
}

// signUpTeacher signs up a teacher with a deck; it returns the session and the deck's URL.
func signUpTeacher(t *testing.T, host string) (session, deck string) {
	t.Helper()
	return signUpTeacherAs(t, host, "Leyla")
}

func signUpTeacherAs(t *testing.T, host, alias string) (session, deck string) {
	t.Helper()
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	_, header, err := send(c, "POST", "http://"+host+"/sign-up", "", "alias", alias, "password", "a long enough one", "email", alias+"@example.org", "teaches", "yes")
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range header.Values("Set-Cookie") {
		if found := sessionOf.FindStringSubmatch(one); found != nil {
			session = found[1]
		}
	}
	_, header, err = send(c, "POST", "http://"+host+"/decks", session, "title", "A deck", "language", "en", "precision", "day", "visible", "me")
	if err != nil || !strings.HasSuffix(header.Get("Location"), "/edit") {
		t.Fatalf("no deck: %v, %v", header, err)
	}
	return session, strings.TrimSuffix(header.Get("Location"), "/edit")
}

// TestFaultOverload opens more connections than can be served, each requesting as fast as it is answered.
func TestFaultOverload(t *testing.T) {
	for _, connections := range []int{1000, 3000} {
		t.Run(strconv.Itoa(connections), func(t *testing.T) {
			p := start(t, filepath.Join(t.TempDir(), "chronicle.db"))
			guest := begins(t, p.host)
			var served, refused seen
			var broken sync.Map
			end := time.Now().Add(15 * time.Second)
			var all sync.WaitGroup
			for i := range connections {
				all.Go(func() { asksForPassword(p.host, guest, i, end, &served, &refused, &broken) })
			}
			all.Wait()
			well := time.Duration(0)
			for began := time.Now(); ; {
				if took := page(t, p.host, "/"); took < 100*time.Millisecond {
					well = time.Since(began)
					break
				}
			}
			broken.Range(func(why, n any) bool { t.Logf("broken: %v: %d", why, n.(*atomic.Int64).Load()); return true })
			t.Logf("%d connections: %d served (p50 %d ms, p99 %d ms), %d refused (p50 %d ms, p99 %d ms), peak %d MB, well after %d ms",
				connections, len(served.took), served.at(.5).Milliseconds(), served.at(.99).Milliseconds(),
				len(refused.took), refused.at(.5).Milliseconds(), refused.at(.99).Milliseconds(), p.peak(t), well.Milliseconds())
			if len(served.took) == 0 || served.at(.99) > 500*time.Millisecond || p.peak(t) > 150 || well > 2*time.Second {
				t.Error("too much")
			}
			p.ends(t, 10*time.Second)
		})
	}
}

// begins returns a guest's session.
func begins(t *testing.T, host string) string {
	t.Helper()
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	_, header, err := send(c, "POST", "http://"+host+"/study", "", "deck", "azerbaijan-russia")
	if err != nil {
		t.Fatal(err)
	}
	return sessionOf.FindStringSubmatch(header.Get("Set-Cookie"))[1]
}

// asksForPassword requests pages over one connection after another until the end.
func asksForPassword(host, guest string, i int, end time.Time, served, refused *seen, broken *sync.Map) {
	paths := []string{"/", "/study", "/decks/azerbaijan-russia"}
	var conn net.Conn
	var in *bufio.Reader
	for n := i; time.Now().Before(end); n++ {
		began := time.Now()
		if conn == nil {
			var err error
			if conn, err = net.DialTimeout("tcp", host, 10*time.Second); err != nil {
				count(broken, err)
				conn = nil
				continue
			}
			in = bufio.NewReader(conn)
		}
		_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
		_, _ = fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nCookie: chronicle=%s\r\nAccept-Encoding: gzip\r\n\r\n", paths[n%len(paths)], host, guest)
		res, err := http.ReadResponse(in, nil)
		if err == nil {
			_, err = io.Copy(io.Discard, res.Body)
		}
		if err != nil {
			count(broken, err)
			_ = conn.Close()
			conn = nil
			continue
		}
		switch {
		case res.StatusCode == 503 && res.Header.Get("Retry-After") != "":
			refused.add(time.Since(began))
		case res.StatusCode == 200:
			served.add(time.Since(began))
		default:
			count(broken, fmt.Errorf("status %d", res.StatusCode))
		}
		if res.Close {
			_ = conn.Close()
			conn = nil
		}
	}
	if conn != nil {
		_ = conn.Close()
	}
}

var digits = regexp.MustCompile(`\d+`)

func count(of *sync.Map, err error) {
	n, _ := of.LoadOrStore(digits.ReplaceAllString(err.Error(), "N"), new(atomic.Int64))

	n.(*atomic.Int64).Add(1)
}

// TestFaultSlowReaders uses clients that do not read their responses.
func TestFaultSlowReaders(t *testing.T) {
	p := start(t, filepath.Join(t.TempDir(), "chronicle.db"))
	var all []net.Conn
	for range 100 {
		conn, err := net.Dial("tcp", p.host)
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.(*net.TCPConn).SetReadBuffer(4 << 10)
		all = append(all, conn)
		_, _ = io.WriteString(conn, strings.Repeat("GET /decks/azerbaijan-russia HTTP/1.1\r\nHost: x\r\n\r\n", 200))
	}
	slowest := time.Duration(0)
	began := time.Now()
	for open := len(all); open > 0 && time.Since(began) < time.Minute; {
		slowest = max(slowest, anyPage(p.host))
		open = 0
		for _, conn := range all {
			if _, err := conn.Write([]byte("x")); err == nil {
				open++
			}
		}
	}
	cut := time.Since(began)
	t.Logf("100 clients that do not read: peak %d MB, slowest page %d ms, all cut after %.1f s", p.peak(t), slowest.Milliseconds(), cut.Seconds())
	if p.peak(t) > 150 || cut > 30*time.Second {
		t.Error("too much")
	}
	p.ends(t, 10*time.Second)
}

// TestFaultSignIns signs in with very many clients at once.
func TestFaultSignIns(t *testing.T) {
	p := start(t, filepath.Join(t.TempDir(), "chronicle.db"))
	end := time.Now().Add(10 * time.Second)
	var statuses sync.Map
	var all sync.WaitGroup
	for i := range 500 {
		all.Go(func() {
			c := &http.Client{Timeout: 20 * time.Second}
			for n := 0; time.Now().Before(end); n++ {
				res, err := c.PostForm("http://"+p.host+"/sign-in", url.Values{"name": {fmt.Sprintf("name-%d-%d", i, n)}, "password": {"a guess"}})
				if err != nil {
					count(&statuses, err)
					continue
				}
				_, _ = io.Copy(io.Discard, res.Body)
				_ = res.Body.Close()
				n, _ := statuses.LoadOrStore(res.StatusCode, new(atomic.Int64))
				n.(*atomic.Int64).Add(1)
			}
		})
	}
	slowest := time.Duration(0)
	for time.Now().Before(end) {
		slowest = max(slowest, anyPage(p.host))
	}
	all.Wait()
	statuses.Range(func(what, n any) bool { t.Logf("%v: %d", what, n.(*atomic.Int64).Load()); return true })
	t.Logf("500 who try to sign in: peak %d MB, slowest page or refusal %d ms", p.peak(t), slowest.Milliseconds())
	if p.peak(t) > 200 {
		t.Error("too much")
	}
	p.ends(t, 10*time.Second)
}

// anyPage requests a page that may be refused.
func anyPage(host string) time.Duration {
	began := time.Now()
	if res, err := http.Get("http://" + host + "/"); err == nil {
		_, _ = io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
	}
	return time.Since(began)
}

// hostileTexts are the texts that take longest to read.
var hostileTexts = []string{
	"1941; ", "44 BC–", "(", "[", "1", ". ", "May ", "In May ", "that year ", "two days later ", "1801–1844 ", "from 1941 to ", "| 1941 | a |\n",
	"1941\n", "Ivan Ivanov ", "he ", "a, ", "In 1941 the town was taken by the army, ",
}

// TestFaultTexts sends the slowest texts of one teacher, eight at once, while another teacher sends short ones
// repeatedly.
func TestFaultTexts(t *testing.T) {
	p := start(t, filepath.Join(t.TempDir(), "chronicle.db"))
	hostile, deck := signUpTeacher(t, p.host)
	other, otherDeck := signUpTeacherAs(t, p.host, "Rauf")
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 2 * time.Minute}
	var longest, short seen
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, piece := range hostileTexts {
			text := strings.Repeat(piece, 1_000_000/len([]rune(piece)))
			began := time.Now()
			page, header, err := send(c, "POST", "http://"+p.host+deck+"/texts", hostile, "title", "A text", "text", text)
			took := time.Since(began)
			longest.add(took)
			t.Logf("%-45q %5.2f s, peak %d MB, to %q %v", piece, took.Seconds(), p.peak(t), header.Get("Location"), err)
			if strings.Contains(page, "takes too long") || took > 5*time.Second {
				t.Errorf("%q took too long", piece)
			}
		}
	}()
	for n := 0; ; n++ {
		select {
		case <-done:
			t.Logf("longest %d ms; short texts of another: p50 %d ms, slowest %d ms; peak %d MB", longest.at(1).Milliseconds(), short.at(.5).Milliseconds(), short.at(1).Milliseconds(), p.peak(t))
			if p.peak(t) > 256 || short.at(1) > time.Second {
				t.Error("too much")
			}
			p.ends(t, 10*time.Second)
			return
		default:
		}
		began := time.Now()
		_, header, err := send(c, "POST", "http://"+p.host+otherDeck+"/texts", other, "title", "Short", "text", fmt.Sprintf("In 1941 the town number %d was taken by the army.", n))
		if err == nil && n < quiz.MaxTexts && !strings.Contains(header.Get("Location"), "/texts/") {
			t.Errorf("a short text was not taken: %v", header)
		}
		short.add(time.Since(began))
	}
}
