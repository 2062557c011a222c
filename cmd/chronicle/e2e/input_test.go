package e2e

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// spot is the position of an element in the window.
type spot struct {
	X       float64 `json:"x"`
	Y       float64 `json:"y"`
	Trouble string  `json:"trouble"`
}

// quoted quotes a string for a JavaScript expression.
func quoted(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// seen returns an expression for the visible elements of a selector with a text.
func seen(selector, text string) string {
	return fmt.Sprintf(`[...document.querySelectorAll(%s)].filter((e) => e.checkVisibility({visibilityProperty: true}) && e.textContent.includes(%s))`,
		quoted(selector), quoted(text))
}

// find scrolls the one visible element into view and returns its middle, which nothing may cover.
func (b *tab) find(selector, text string) spot {
	b.t.Helper()
	s := eval[spot](b, `(() => {
		const all = `+seen(selector, text)+`;
		if (all.length !== 1) return {trouble: all.length + " of them at " + location.pathname + ", whose text is: " + document.body.innerText.slice(0, 600)};
		const e = all[0];
		let r = e.getClientRects()[0];
		if (r.top < 0 || r.bottom > innerHeight) { e.scrollIntoView({block: "center", behavior: "instant"}); r = e.getClientRects()[0]; }
		const x = r.left + r.width / 2, y = r.top + r.height / 2, top = document.elementFromPoint(x, y);
		if (!top || !(e.contains(top) || top.contains(e) && top.tagName === "LABEL")) return {trouble: "it is covered by " + top?.outerHTML.slice(0, 200)};
		return {x, y};
	})()`)
	if s.Trouble != "" {
		b.t.Fatalf("cannot press %q with %q: %s", selector, text, s.Trouble)
	}
	return s
}

// press clicks or taps an element that does not leave the page.
func (b *tab) press(selector, text string) {
	b.t.Helper()
	s := b.find(selector, text)
	b.tapAt(s.X, s.Y)
}

// tapAt clicks or taps a position in the window.
func (b *tab) tapAt(x, y float64) {
	b.t.Helper()
	if b.p.view.phone {
		b.do(chromedp.TapXY(x, y))
		return
	}
	b.do(chromedp.MouseClickXY(x, y))
}

// follow presses an element that loads another page.
func (b *tab) follow(selector, text string) {
	b.t.Helper()
	b.loads(func() {
		b.t.Helper()
		b.press(selector, text)
	})
}

// key presses a key that does not leave the page: a character, or one of kb.
func (b *tab) key(key string, modifiers ...chromedp.Modifier) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(key, chromedp.KeyModifiers(modifiers...)))
}

// turn presses a key that loads another page.
func (b *tab) turn(key string, modifiers ...chromedp.Modifier) {
	b.t.Helper()
	b.loads(func() {
		b.t.Helper()
		b.key(key, modifiers...)
	})
}

// write replaces a field's text, as pasting does.
func (b *tab) write(selector, text string) {
	b.t.Helper()
	b.press(selector, "")
	eval[bool](b, fmt.Sprintf(`document.querySelector(%s).select() ?? true`, quoted(selector)))
	if text == "" {
		b.key(kb.Delete)
		return
	}
	call(b, input.InsertText, input.InsertTextParams{Text: text})
}

// value returns the value of a field.
func (b *tab) value(selector string) string {
	b.t.Helper()
	return eval[string](b, fmt.Sprintf(`document.querySelector(%s).value`, quoted(selector)))
}

// has reports whether something is visible.
func (b *tab) has(selector, text string) bool {
	b.t.Helper()
	return eval[int](b, seen(selector, text)+".length") > 0
}

// wants fails when something is not visible.
func (b *tab) wants(selector, text string) {
	b.t.Helper()
	if !b.has(selector, text) {
		b.t.Fatalf("no %q with %q at %s, whose text is: %s", selector, text, b.path(), eval[string](b, "document.body.innerText.slice(0, 900)"))
	}
}

// path returns the tab's current path.
func (b *tab) path() string {
	b.t.Helper()
	return eval[string](b, "location.pathname")
}

// expect checks the status of the page just loaded.
func (b *tab) expect(status int64) {
	b.t.Helper()
	last := int64(0)
	for end := time.Now().Add(time.Second); last != status && time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		b.mu.Lock()
		last = b.status // may be reported after the page has loaded
		b.mu.Unlock()
	}
	if last != status {
		b.t.Errorf("status %d, want %d", last, status)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.bad)
}
