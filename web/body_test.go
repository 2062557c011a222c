package web

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/iotest"

	"chronicle/quiz"

	"github.com/gofiber/fiber/v2"
	"pgregory.net/rapid"
)

func TestCompressedBodiesAreRejected(t *testing.T) {
	t.Parallel()
	h := open(t)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte("deck=" + h.deck.Name))
	_ = z.Close()
	teacher := h.browser()
	teacher.teacher("Leyla")
	deck := teacher.newDeck("me")
	for _, encoding := range []string{"gzip", "br", "deflate", "gzip, gzip", "x"} {
		for _, path := range []string{"/study", deck + "/texts", "/nothing"} {
			for _, b := range []*browser{h.browser(), teacher} {
				b.headers["Content-Encoding"] = encoding
				a := b.ask("POST", path, bytes.NewReader(packed.Bytes()), "application/x-www-form-urlencoded")
				delete(b.headers, "Content-Encoding")
				if a.StatusCode != 415 || !a.says("compressed requests") {
					t.Errorf("%s to %s: status %d", encoding, path, a.StatusCode)
				}
			}
		}
	}
}

// TestLargeBodiesAreForPeopleWithAnAccount checks that the sender is identified before a large body is read.
func TestLargeBodiesAreForPeopleWithAnAccount(t *testing.T) {
	t.Parallel()
	h := open(t)
	teacher, guest, unknown := h.browser(), h.browser(), h.browser()
	teacher.teacher("Leyla")
	guest.begin(false)
	unknown.headers["Cookie"] = "chronicle=" + strings.Repeat("A", len(teacher.cookieOf()))
	deck := teacher.newDeck("me")
	long := "In 1941 the town was taken by the army. " + strings.Repeat("So it was. ", 8000)
	for name, b := range map[string]*browser{"stranger": h.browser(), "unknown cookie": unknown, "guest": guest} {
		if a := b.addSourceText(deck, "A text", long, "", nil); a.StatusCode != 413 {
			t.Errorf("%s: status %d", name, a.StatusCode)
		}
		if a := b.post(deck+"/rows", "rows", long); a.StatusCode != 413 {
			t.Errorf("%s: rows: status %d", name, a.StatusCode)
		}
	}
	teacher.addSourceText(deck, "A text", long, "", nil).want(t, 303)
	teacher.post(deck+"/facts", "event", long).want(t, 413) // a route that accepts no text
	teacher.post(deck+"/rows", "rows", long).want(t, 422)
}

// TestBodyBudget checks that large bodies share a budget and that a body beyond it can be sent again a minute
// later.
func TestBodyBudget(t *testing.T) {
	t.Parallel()
	h := open(t)
	const size = 23 << 20
	sent := func(name string) net.Conn {
		teacher := h.browser()
		teacher.teacher(name)
		deck := teacher.newDeck("me")
		c, err := net.Dial("tcp", h.host)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		_, _ = fmt.Fprintf(c, "POST %s/rows HTTP/1.1\r\nHost: %s\r\nCookie: chronicle=%s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nConnection: close\r\n\r\n",
			deck, h.host, teacher.cookieOf(), size)
		_, _ = c.Write(bytes.Repeat([]byte("x"), size-1))
		return c
	}
	first, second, third := sent("Leyla"), sent("Rauf"), sent("Anar")
	got, _ := io.ReadAll(third) // rejected although one byte is missing
	if !strings.HasPrefix(string(got), "HTTP/1.1 503") || !strings.Contains(string(got), "Retry-After") || !strings.Contains(string(got), "Too many large texts") {
		t.Errorf("the third got %.200q", got)
	}
	for _, c := range []net.Conn{first, second} {
		_, _ = c.Write([]byte("x"))
		if got, _ := io.ReadAll(c); !strings.HasPrefix(string(got), "HTTP/1.1 422") {
			t.Errorf("one within the budget got %.100q", got)
		}
	}
	teacher := h.browser()
	teacher.teacher("Nigar")
	teacher.addSourceText(teacher.newDeck("me"), "A text", "In 1941 the town was taken by the army.", "", nil).want(t, 303)
}

// TestFormsHaveABudgetOfTheirOwn checks that unfinished forms of unknown visitors do not use up the budget for
// texts.
func TestFormsHaveABudgetOfTheirOwn(t *testing.T) {
	t.Parallel()
	h := open(t)
	const size = formLimit - 1
	for range formBudget/(size-bodyFree) + 10 {
		c, err := net.Dial("tcp", h.host)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = c.Close() }()
		_, _ = fmt.Fprintf(c, "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s", size, strings.Repeat("x", size-1))
	}
	teacher := h.browser()
	teacher.teacher("Leyla")
	long := "In 1941 the town was taken by the army. " + strings.Repeat("So it was. ", 8000)
	teacher.addSourceText(teacher.newDeck("me"), "A text", long, "", nil).want(t, 303)
}

// TestBodyBudgetIsReleased checks that the budget counts the bytes held of a body, however it arrives, and that
// all of them are released.
func TestBodyBudgetIsReleased(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.IntRange(0, 400_000).Draw(t, "limit")
		all := &budget{left: rapid.IntRange(0, 300_000).Draw(t, "budget")}
		before := all.left
		size := rapid.IntRange(0, 500_000).Draw(t, "size")
		var from io.Reader = bytes.NewReader(make([]byte, size))
		if rapid.Bool().Draw(t, "slowly") {
			from = iotest.HalfReader(from)
		}
		in := &bodyReader{from: from, limit: limit, budget: all, free: bodyFree}
		got, err := io.ReadAll(in)
		switch {
		case err == nil && len(got) != size:
			t.Errorf("%d of %d bytes", len(got), size)
		case err == nil && (size > limit || size > before+bodyFree):
			t.Errorf("%d bytes were taken; the limit is %d, the budget %d", size, limit, before)
		case errors.Is(err, fiber.ErrRequestEntityTooLarge) && size <= limit, quiz.Is(err, quiz.Unavailable) && size <= before+bodyFree:
			t.Errorf("%d bytes: %v; the limit is %d, the budget %d", size, err, limit, before)
		}
		if all.left < 0 || all.left != before-in.reserved {
			t.Errorf("%d are left of %d, %d are taken", all.left, before, in.reserved)
		}
		in.release()
		if all.left != before {
			t.Errorf("%d were given back", all.left)
		}
	})
}

// TestUnreadBodiesEndTheConnection checks that an unread body is not taken for the next request.
func TestUnreadBodiesEndTheConnection(t *testing.T) {
	t.Parallel()
	h := open(t)
	hidden := "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
	for _, path := range []string{"/assets/none", "/healthz", "/decks/x/texts", "/nothing"} {
		for _, head := range []string{"Content-Length: %d", "Transfer-Encoding: chunked\r\nX: %d"} {
			body := strings.Repeat("x", 100_000) + hidden
			got := raw(t, h, fmt.Sprintf("POST %s HTTP/1.1\r\nHost: x\r\n"+head+"\r\n\r\n%s", path, len(body), body))
			if strings.HasPrefix(got, "HTTP/1.1 200 OK") || !strings.Contains(got, "Connection: close") {
				t.Errorf("%s: %.100q", path, got)
			}
		}
	}
}

// TestNothingHidesBehindAForm checks that data after the last part of a multipart form is not taken for a request.
func TestNothingHidesBehindAForm(t *testing.T) {
	t.Parallel()
	h := open(t)
	teacher := h.browser()
	teacher.teacher("Leyla")
	deck := teacher.newDeck("me")
	hidden := "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
	form := "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nnothing\r\n--b--\r\n"
	body := form + strings.Repeat("x", bodyFree-len(form)) + strings.Repeat(hidden, 3)
	head := fmt.Sprintf("POST %s/texts HTTP/1.1\r\nHost: %s\r\nCookie: chronicle=%s\r\nContent-Type: multipart/form-data; boundary=b\r\n", deck, h.host, teacher.cookieOf())
	next := "GET /keys HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
	for name, request := range map[string]string{
		"length": head + fmt.Sprintf("Content-Length: %d\r\n\r\n", len(body)) + body + next,
		"chunks": head + fmt.Sprintf("Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(body), body) + next,
	} {
		got := untilClosed(t, h, request)
		if strings.Count(got, "HTTP/1.1 ") != 2 || !strings.Contains(got, "HTTP/1.1 422") || !strings.Contains(got, "HTTP/1.1 200") {
			t.Errorf("%s: %d answers: %.100q", name, strings.Count(got, "HTTP/1.1 "), got)
		}
	}
}

// TestAskingBeforeSending checks that an unknown visitor who asks before sending a large body is told not to.
func TestAskingBeforeSending(t *testing.T) {
	t.Parallel()
	h := open(t)
	head := "POST /decks/x/texts HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: "
	if got := untilClosed(t, h, head+"20000000\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.1 417") {
		t.Errorf("a stranger with 20 MB got %.100q", got)
	}
	if got := untilClosed(t, h, head+"6\r\n\r\ndeck=x"); !strings.HasPrefix(got, "HTTP/1.1 100 Continue") {
		t.Errorf("a stranger with a form got %.100q", got)
	}
}
