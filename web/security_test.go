package web

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func TestCrossSitePostsAreRejected(t *testing.T) {
	t.Parallel()
	h := open(t)
	for name, c := range map[string]struct {
		headers map[string]string
		status  int
	}{
		"cross-site":           {map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		"same site, not ours":  {map[string]string{"Sec-Fetch-Site": "same-site"}, 403},
		"nonsense":             {map[string]string{"Sec-Fetch-Site": "<b>"}, 403},
		"foreign origin":       {map[string]string{"Origin": "https://evil.example"}, 403},
		"origin null":          {map[string]string{"Origin": "null"}, 403},
		"another port":         {map[string]string{"Origin": "http://127.0.0.1:1"}, 403},
		"origin like ours":     {map[string]string{"Origin": h.url + ".evil.example"}, 403},
		"broken origin":        {map[string]string{"Origin": "://%zz"}, 403},
		"same origin":          {map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": h.url}, 303},
		"typed by the person":  {map[string]string{"Sec-Fetch-Site": "none"}, 303},
		"curl":                 {nil, 303},
		"old browser, plain":   {map[string]string{"Origin": h.url}, 303},
		"proxy with TLS":       {map[string]string{"Origin": "https://" + h.host}, 303},
		"other host by proxy":  {map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "https://school.example"}, 303},
		"foreign and no fetch": {map[string]string{"Origin": "http://192.168.1.7:8080"}, 403},
	} {
		b := h.browser()
		b.headers = c.headers
		a := b.post("/study", "deck", h.deck.Name)
		if a.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d", name, a.StatusCode, c.status)
		}
		if c.status == 403 && (len(b.cookies) > 0 || !a.says("another website")) {
			t.Errorf("%s: refused, but %v: %s", name, b.cookies, textOf(a.doc))
		}
		if a := b.get("/"); a.StatusCode != 200 {
			t.Errorf("%s: looking is refused with %d", name, a.StatusCode)
		}
	}
}

// TestPostsByPlainAddress checks that a school's server can be used by its local address, without TLS.
func TestPostsByPlainAddress(t *testing.T) {
	t.Parallel()
	h := open(t)
	for origin, status := range map[string]string{"http://192.168.1.7:8080": "303", "http://192.168.1.8:8080": "403"} {
		got := raw(t, h, "POST /study HTTP/1.1\r\nHost: 192.168.1.7:8080\r\nOrigin: "+origin+
			"\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "+length("deck="+h.deck.Name)+"\r\n\r\ndeck="+h.deck.Name)
		if !strings.HasPrefix(got, "HTTP/1.1 "+status) {
			t.Errorf("from %s: %.60q, want %s", origin, got, status)
		}
	}
}

// raw sends bytes and returns the response.
func raw(t *testing.T, h *testServer, request string) string {
	t.Helper()
	c, err := net.Dial("tcp", h.host)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if _, err := io.WriteString(c, request); err != nil {
		t.Logf("sending: %v", err)
	}
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return err.Error()
	}
	var b bytes.Buffer
	_ = res.Write(&b)
	return b.String()
}

// safe lists the security headers of every response.
var safe = map[string]string{
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	t.Parallel()
	h := open(t)
	css := h.config().Assets.URL("app.css")
	b := h.browser()
	b.begin(false)
	for _, c := range []struct{ method, path string }{
		{"GET", "/"},
		{"GET", "/study"},
		{"GET", "/nothing"},
		{"GET", "/decks/"},
		{"GET", "/assets/nothing.css"},
		{"GET", "/assets/app.css"},
		{"GET", "/healthz"},
		{"GET", css},
		{"HEAD", "/"},
		{"PUT", "/"},
		{"DELETE", "/study"},
		{"OPTIONS", "/"},
		{"TRACE", "/"},
		{"POST", "/study/undo"},
		{"POST", "/settings"},
		{"POST", "/assets/x"},
		{"PATCH", "/settings"},
	} {
		a := b.ask(c.method, c.path, nil, "")
		if a.StatusCode >= 500 {
			t.Errorf("%s %s: status %d", c.method, c.path, a.StatusCode)
		}
		for name, want := range safe {
			if got := a.Header.Get(name); got != want {
				t.Errorf("%s %s: %s is %q", c.method, c.path, name, got)
			}
		}
		policy := a.Header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(policy, part) || strings.Contains(policy, "unsafe") {
				t.Errorf("%s %s: policy %q", c.method, c.path, policy)
			}
		}
		want := "no-store"
		if c.path == css {
			want = "public, max-age=31536000, immutable"
		}
		if got := a.Header.Get("Cache-Control"); got != want {
			t.Errorf("%s %s: Cache-Control %q", c.method, c.path, got)
		}
		if a.Header.Get("Server") != "" {
			t.Errorf("%s %s: says what serves it", c.method, c.path)
		}
	}
}

func TestUnknownPaths(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, path := range []string{
		"/nothing", "/decks/", "/study/", "/STUDY", "/settings/", "/decks/none", "/decks/a/b", "/assets/", "/assets/none",
		"/assets/app.css", "/assets/..%2f..%2fgo.mod", "/..%2f", "/index.html", "/.env", "/%", "/%zz", "//evil.example", "////evil.example/",
		"/decks/" + strings.Repeat("x", 5000),
	} {
		got := raw(t, h, "GET "+path+" HTTP/1.1\r\nHost: "+h.host+"\r\nConnection: close\r\n\r\n")
		if !strings.HasPrefix(got, "HTTP/1.1 404") && !strings.HasPrefix(got, "HTTP/1.1 200") || strings.Contains(got, "go 1.") {
			t.Errorf("%.40s: %.80q", path, got)
		}
		if !strings.Contains(got, "<h1>") {
			t.Errorf("%.40s is not answered with a page", path)
		}
	}
}

func TestRequestsThatAreTooLarge(t *testing.T) {
	t.Parallel()
	h := open(t)
	for name, c := range map[string]struct{ request, status string }{
		"body": {
			"POST /sign-up HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 70000\r\n\r\n" +
				strings.Repeat("a", 70_000), "413",
		},
		"chunked body": {
			"POST /sign-up HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n11170\r\n" + strings.Repeat("a", 70_000) + "\r\n0\r\n\r\n", "413",
		},
		"headers": {"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + strings.Repeat("a", 17<<10) + "\r\n\r\n", "431"},
		"address": {"GET /" + strings.Repeat("a", 17<<10) + " HTTP/1.1\r\nHost: x\r\n\r\n", "431"},
		"no HTTP": {"hello\r\n\r\n", "400"},
	} {
		got := raw(t, h, c.request)
		if !strings.HasPrefix(got, "HTTP/1.1 "+c.status) || !strings.Contains(got, "<h1>") {
			t.Errorf("%s: %.300q, want a page with %s", name, got, c.status)
		}
		if !strings.Contains(got, "Content-Security-Policy") || !strings.Contains(got, "no-store") {
			t.Errorf("%s: headers are missing", name)
		}
	}
}

func TestAssets(t *testing.T) {
	t.Parallel()
	h := open(t)
	set := h.config().Assets
	for _, name := range []string{"app.css", "app.js", "icon.svg", "inter-latin.woff2"} {
		b := h.browser()
		b.headers["Accept-Encoding"] = "identity"
		plain := b.get(set.URL(name)).want(t, 200)
		tag := plain.Header.Get("ETag")
		if !strings.HasPrefix(tag, `W/"`) || !strings.HasSuffix(tag, `"`) || plain.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: ETag %s, Vary %q", name, tag, plain.Header.Get("Vary"))
		}
		b.headers["Accept-Encoding"] = "gzip, deflate, br"
		if packed := b.get(set.URL(name)).want(t, 200); unpacked(t, packed) != plain.body {
			t.Errorf("%s: packed as %q it is another file", name, packed.Header.Get("Content-Encoding"))
		}
		b.headers["Accept-Encoding"] = "gzip"
		if packed := b.get(set.URL(name)).want(t, 200); unpacked(t, packed) != plain.body {
			t.Errorf("%s: packed as %q it is another file", name, packed.Header.Get("Content-Encoding"))
		}
		b.headers["If-None-Match"] = tag
		if again := b.get(set.URL(name)); again.StatusCode != 304 || again.body != "" {
			t.Errorf("%s: status %d with %d bytes for what the browser has", name, again.StatusCode, len(again.body))
		}
	}
}

func TestPagesAreCompressed(t *testing.T) {
	t.Parallel()
	b := open(t).browser()
	b.headers["Accept-Encoding"] = "identity"
	plain := b.get("/").want(t, 200)
	for _, kind := range []string{"gzip", "br"} {
		b.headers["Accept-Encoding"] = kind
		packed := b.get("/").want(t, 200)
		if packed.Header.Get("Content-Encoding") != kind || unpacked(t, packed) != plain.body || len(packed.body) > len(plain.body)/3 {
			t.Errorf("%s: %q, %d bytes of %d", kind, packed.Header.Get("Content-Encoding"), len(packed.body), len(plain.body))
		}
	}
}

func unpacked(t *testing.T, a answer) string {
	t.Helper()
	var r io.Reader = strings.NewReader(a.body)
	switch a.Header.Get("Content-Encoding") {
	case "gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = z
	case "br":
		r = brotli.NewReader(r)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
