package web

import (
	"bytes"
	"io"
	"net"
	"strings"
	"testing"
)

// TestAmbiguousRequestsAreRejected checks that ambiguous requests are rejected and that no part of them is taken
// for another request.
func TestAmbiguousRequestsAreRejected(t *testing.T) {
	t.Parallel()
	h := open(t)
	const form = "Content-Type: application/x-www-form-urlencoded\r\n"
	hidden := "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
	for name, c := range map[string]struct{ request, status string }{
		"no host":              {"GET /keys HTTP/1.1\r\n\r\n", "400"},
		"empty host":           {"GET /keys HTTP/1.1\r\nHost: \r\n\r\n", "400"},
		"two hosts":            {"GET /keys HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"},
		"two hosts, two cases": {"GET /keys HTTP/1.1\r\nhost: a\r\nHOST: a\r\n\r\n", "400"},
		"length and chunks":    {"POST /study HTTP/1.1\r\nHost: x\r\n" + form + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden, "400"},
		"chunks and length":    {"POST /study HTTP/1.1\r\nHost: x\r\n" + form + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + hidden, "400"},
		"two lengths":          {"POST /study HTTP/1.1\r\nHost: x\r\n" + form + "Content-Length: 0\r\nContent-Length: 36\r\n\r\n" + hidden, "400"},
		"two equal lengths":    {"POST /study HTTP/1.1\r\nHost: x\r\n" + form + "Content-Length: 0\r\nContent-Length: 0\r\n\r\n" + hidden, "400"},
		"unknown coding":       {"POST /study HTTP/1.1\r\nHost: x\r\n" + form + "Transfer-Encoding: identity\r\n\r\n" + hidden, "400"},
		"chunks":               {"POST /study HTTP/1.1\r\nHost: x\r\n" + form + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n6\r\ndeck=x\r\n0\r\n\r\n", "404"},
		"HTTP/1.0, no host":    {"GET /keys HTTP/1.0\r\n\r\n", "200"},
		"as it should be":      {"GET /keys HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "200"},
	} {
		got := untilClosed(t, h, c.request)
		if version, rest, _ := strings.Cut(got, " "); !strings.HasPrefix(version, "HTTP/1.") || !strings.HasPrefix(rest, c.status) || strings.Count(got, "HTTP/1.1 ") > 1 {
			t.Errorf("%s: %.200q, want %s and no more", name, got, c.status)
		}
	}
}

// untilClosed sends bytes and returns everything received until the server closes the connection.
func untilClosed(t *testing.T, h *testServer, request string) string {
	t.Helper()
	c, err := net.Dial("tcp", h.host)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if _, err := io.WriteString(c, request); err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	_, _ = got.ReadFrom(c)
	return got.String()
}

// TestProxies checks that X-Real-IP is trusted only from a configured proxy.
func TestProxies(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		proxies []string
		counts  bool
	}{
		"none":        {nil, false},
		"another":     {[]string{"192.0.2.7"}, false},
		"this":        {[]string{"127.0.0.1"}, true},
		"its network": {[]string{"127.0.0.0/8", "::1/128"}, true},
	} {
		h := open(t, func(cfg *Config) { cfg.Proxies = c.proxies })
		for i := range 2 {
			b := h.browser()
			b.headers["X-Real-IP"] = "203.0.113." + string(rune('1'+i))
			b.headers["X-Forwarded-For"] = "198.51.100.9"
			b.post("/sign-in", "name", "nobody", "password", "a guess").want(t, 422)
		}
		log := h.log.String()
		if counts := strings.Contains(log, "203.0.113.1/32") && strings.Contains(log, "203.0.113.2/32"); counts != c.counts || strings.Contains(log, "198.51.100.9") {
			t.Errorf("%s: the header counts: %v", name, counts)
		}
	}
}
