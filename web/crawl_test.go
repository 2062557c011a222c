package web

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// TestCrawl follows every link and every form action from the home page.
func TestCrawl(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(*browser){
		"stranger":  func(*browser) {},
		"guest":     func(b *browser) { b.begin(false) },
		"flips":     func(b *browser) { b.begin(true) },
		"wrong":     func(b *browser) { b.answer(1, 1) },
		"practised": func(b *browser) { b.answer(14, 0) },
		"signed in": func(b *browser) { b.answer(14, 1); b.signUp(`<i>"Leyla" & Co</i>`) },
		"teacher": func(b *browser) {
			b.teacher("Rauf")
			b.post(b.addSourceText(b.newDeck("link"), "A <History>", article, "", nil).to(), "do", "sure").want(b.h.t, 303)
			b.answer(3, 0)
		},
		"class": func(b *browser) {
			b.teacher("Rauf")
			class := b.newClass("History 10B")
			b.post(class+"/students", "aliases", "Aysel\nBogdan").want(b.h.t, 200)
			b.assign(class).want(b.h.t, 303)
			pupil := b.h.browser()
			pupil.joins(b, class, "Chidi")
			pupil.answer(14, 1)
		},
		"student": func(b *browser) {
			other := b.h.browser()
			other.teacher("Rauf")
			class := other.newClass("History 10B")
			other.assign(class).want(b.h.t, 303)
			b.joins(other, class, "Chidi")
			b.answer(5, 1)
		},
		"administrator": func(b *browser) {
			pupil := b.h.browser()
			pupil.answer(3, 1)
			pupil.signUp("Chidi")
			b.admin("Rauf")
			b.newClass("History 10B")
			b.post("/site/invitations", "role", "teacher", "uses", "3").want(b.h.t, 200)
		},
		"a year away": func(b *browser) { b.answer(14, 0); b.signUp("Leyla"); b.h.wait(60 * 24 * time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			b := h.browser()
			prepare(b)
			seen := map[string]bool{}
			next := []string{"/", "/study", "/study/back", "/settings", "/nothing"}
			if b.cookieOf() != "" {
				for _, r := range b.reviews() {
					next = append(next, "/study/answers/"+r.Token)
				}
			}
			for len(next) > 0 {
				at := next[0]
				next = next[1:]
				if seen[at] {
					continue
				}
				seen[at] = true
				next = append(next, visit(t, b, at)...)
			}
			if len(seen) < 8 {
				t.Errorf("only %d addresses were found", len(seen))
			}
		})
	}
}

// answer gives n answers: right ones if off is 0, otherwise wrong by that offset.
func (b *browser) answer(n, off int) {
	b.h.t.Helper()
	b.begin(false)
	for range n {
		s := b.studySession()
		if !s.HasQuestion() {
			return
		}
		if len(s.Question.Options) == 0 {
			b.post("/study/answers", "token", s.Token, "rating", "3").want(b.h.t, 303)
			continue
		}
		chosen := (s.Question.RightOption + off) % len(s.Question.Options)
		b.post("/study/answers", "token", s.Token, "chosen", strconv.Itoa(chosen)).want(b.h.t, 303)
		b.h.wait(5 * time.Second)
	}
}

// visit opens one URL and returns those it links to.
func visit(t *testing.T, b *browser, at string) []string {
	t.Helper()
	a := b.get(at)
	switch {
	case a.StatusCode == 303:
		return []string{a.to()}
	case a.StatusCode >= 500, a.StatusCode >= 400 && at != "/nothing" && !onlyPosted(at):
		t.Errorf("%s: status %d", at, a.StatusCode)
		return nil
	case a.doc == nil || strings.HasPrefix(a.Header.Get("Content-Type"), "text/csv"):
		return nil
	}
	whole(t, at, a)
	return leads(t, at, a)
}

// onlyPosted reports whether a URL is a form action without a page of its own.
func onlyPosted(at string) bool {
	return slices.Contains([]string{"/study/answers", "/study/undo", "/study/aside", "/study/undo-care", "/study/reports", "/quizzes", "/quizzes/contrast", "/settings/other-devices", "/settings/hidden", "/leaderboard/join", "/leaderboard/leave", "/sign-out", "/notices", "/your-data/erase", "/settings/password", "/site/sign-up", "/site/invitations", "/site/invitations/withdraw", "/site/tidy"}, at) ||
		strings.HasPrefix(at, "/classes/") && slices.Contains([]string{"leave", "alias", "archive", "reopen", "teachers", "remove", "restore", "move", "cards", "assignments", "time", "quiz", "names", "name", "reveal", "reset", "export", "erase"}, path.Base(at)) ||
		strings.HasPrefix(at, "/decks/") && slices.Contains([]string{"copies", "delete", "restore", "undo", "facts", "remove", "texts", "rows", "follow", "unfollow", "holds", "bars", "moves", "drop", "join", "leave"}, path.Base(at)) ||
		strings.HasPrefix(at, "/people/") && slices.Contains([]string{"role", "reset", "sign-out", "export", "erase"}, path.Base(at)) || strings.HasPrefix(at, "/site/classes/") ||
		strings.HasPrefix(at, "/quizzes/") && (strings.HasSuffix(at, "/missed") || strings.HasSuffix(at, "/resume") || strings.HasSuffix(at, "/leaderboard"))
}

// leads lists the URLs that a page refers to.
func leads(t *testing.T, at string, a answer) []string {
	t.Helper()
	var out []string
	ids := map[string]bool{}
	for _, e := range all(a.doc, "*") {
		ids[attr(e, "id")] = true
	}
	for _, e := range all(a.doc, "*") {
		for _, name := range []string{"href", "src", "action", "formaction", "srcset", "poster", "data", "xlink:href"} {
			if !has(e, name) {
				continue
			}
			u, err := url.Parse(attr(e, name))
			if err != nil || attr(e, name) == "" {
				t.Errorf("%s: %s=%q of <%s>: %v", at, name, attr(e, name), e.Data, err)
				continue
			}
			if u.Scheme != "" || u.Host != "" {
				if e.Data != "a" || u.Scheme != "https" && u.Scheme != "http" || !strings.Contains(attr(e, "rel"), "noreferrer") {
					t.Errorf("%s: <%s %s=%q> leads to another host", at, e.Data, name, attr(e, name))
				}
				continue
			}
			if u.Path == "" {
				if u.Fragment != "" && !ids[u.Fragment] {
					t.Errorf("%s: there is no #%s", at, u.Fragment)
				}
				continue
			}
			if !strings.HasPrefix(u.Path, "/") {
				t.Errorf("%s: %q is relative", at, u.Path)
			}
			u.Fragment = ""
			out = append(out, u.String())
		}
	}
	return out
}

var (
	rawKey  = regexp.MustCompile(`\b[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*(\.[a-z]+)*\b`)
	unsaid  = regexp.MustCompile(`\{\{|\}\}|<no value>|%!|\bNaN\b|\+Inf|<nil>`)
	inlined = []string{"style", "onclick", "onload", "onsubmit", "onchange", "onerror", "onfocus"}
)

// whole checks what holds for every page.
func whole(t *testing.T, at string, a answer) {
	t.Helper()
	root := all(a.doc, "html")[0]
	if attr(root, "lang") == "" {
		t.Errorf("%s: no language", at)
	}
	if n := len(all(a.doc, "h1")); n != 1 || a.head() == "" {
		t.Errorf("%s: %d main headings", at, n)
	}
	if titles := all(all(a.doc, "head")[0], "title"); len(titles) != 1 || textOf(titles[0]) == "" || strings.HasPrefix(textOf(titles[0]), "–") {
		t.Errorf("%s: title %v", at, titles)
	}
	if len(all(a.doc, "main")) != 1 {
		t.Errorf("%s: not one <main>", at)
	}
	ids := map[string]bool{}
	for _, e := range all(a.doc, "*") {
		element(t, at, e, a.doc)
		if id := attr(e, "id"); has(e, "id") && (id == "" || ids[id]) {
			t.Errorf("%s: id %q twice or empty", at, id)
		} else {
			ids[id] = true
		}
	}
	text := textOf(all(a.doc, "body")[0])
	for _, found := range rawKey.FindAllString(text, -1) {
		if messages()[found] || path.Ext(found) == ".json" {
			t.Errorf("%s: shows the message key %s", at, found)
		}
	}
	if found := unsaid.FindString(a.body); found != "" {
		t.Errorf("%s: shows %q", at, found)
	}
}

// element checks what holds for every element of every page.
func element(t *testing.T, at string, e, doc *html.Node) {
	t.Helper()
	for _, name := range inlined {
		if has(e, name) {
			t.Errorf("%s: <%s> has %s=", at, e.Data, name)
		}
	}
	switch e.Data {
	case "style", "iframe", "object", "embed", "base":
		t.Errorf("%s: has <%s>", at, e.Data)
	case "script":
		if attr(e, "src") == "" || e.FirstChild != nil {
			t.Errorf("%s: a script inside the page", at)
		}
	case "form":
		if m := attr(e, "method"); m != "post" && m != "dialog" && (m != "get" || attr(e, "role") != "search" && attr(e, "action") != "/join") {
			t.Errorf("%s: a form with method %q", at, m)
		}
	case "input", "select", "textarea":
		if kind := attr(e, "type"); kind != "hidden" && !labelled(e, doc) {
			t.Errorf("%s: field %q has no label", at, attr(e, "name"))
		}
	case "button", "a":
		if textOf(e) == "" && attr(e, "aria-label") == "" {
			t.Errorf("%s: a <%s> without a name", at, e.Data)
		}
	case "img":
		if !has(e, "alt") {
			t.Errorf("%s: an image without words", at)
		}
	}
	for _, name := range []string{"aria-describedby", "aria-labelledby", "for", "list"} {
		for _, id := range strings.Fields(attr(e, name)) {
			if !slices.ContainsFunc(all(doc, "*"), func(o *html.Node) bool { return attr(o, "id") == id }) {
				t.Errorf("%s: %s=%q names nothing", at, name, id)
			}
		}
	}
}

func labelled(e, doc *html.Node) bool {
	return attr(e, "aria-label") != "" || slices.ContainsFunc(all(doc, "label"), func(l *html.Node) bool {
		return attr(l, "for") == attr(e, "id") && textOf(l) != ""
	})
}
