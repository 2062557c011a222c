package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var withScript = []viewport{desktop, phone}

// TestKeys checks that everything can be practised with the keyboard alone.
func TestKeys(t *testing.T) {
	each(t, withScript, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/")
		b.stays(func() { b.key("u"); b.key("1"); b.key("x") })
		b.turn(kb.Enter)

		first := b.asking()
		told := b.keyed(first, "1", 0)
		b.turn(kb.Enter)
		second := b.asking()
		if second.number() != 2 {
			t.Errorf("after one answer: %q", second.Count)
		}
		b.keyed(second, "2", 1)
		b.turn("u")
		if again := b.asking(); !again.same(second) {
			t.Errorf("u brought %+v, not %+v", again, second)
		}
		b.turn("z", chromedp.ModifierCtrl)
		if again := b.asking(); !again.same(first) || again.Undo {
			t.Errorf("Ctrl+Z brought %+v, not %+v", again, first)
		}
		if n := p.server.counted(); n != 0 {
			t.Errorf("%d answers stand after all were undone", n)
		}
		if !told.Undo {
			t.Error("the first answer could not be undone")
		}
		third := b.asking()
		b.keyed(third, fmt.Sprint(len(third.Options)), len(third.Options)-1)
		b.turn(" ") // Space continues too
		waiting := b.asking()
		b.turn(kb.Escape)
		b.wants("h2", "Your memory")
		b.turn(kb.Enter)
		if again := b.asking(); !again.same(waiting) {
			t.Errorf("after Esc %+v waits, not %+v", again, waiting)
		}
	})
}

// keyed answers with a key.
func (b *tab) keyed(s screen, key string, option int) screen {
	b.t.Helper()
	b.turn(key)
	told := b.screen()
	b.unmoved(s, told)
	if class := told.Options[option].Class; !strings.Contains(class, "right") && !strings.Contains(class, "wrong") {
		b.t.Errorf("key %s did not choose option %d: %+v", key, option+1, told.Options)
	}
	return told
}

// TestKeysDialog checks that the keyboard help opens and closes, and that nothing behind it can be pressed.
func TestKeysDialog(t *testing.T) {
	each(t, withScript, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/")
		b.turn(kb.Enter)
		asked := b.asking()
		for _, closes := range []string{kb.Escape, kb.Enter, " "} {
			b.stays(func() { b.key("?") })
			b.wants("dialog[open] h2", "Keys")
			if !eval[bool](b, `document.activeElement.closest("dialog") !== null`) {
				t.Error("the focus is outside of the dialog")
			}
			b.fits()
			b.stays(func() { b.key("1"); b.key("u"); b.key("?"); b.key(closes) })
			if b.has("dialog[open]", "") {
				t.Errorf("%q does not close the dialog", closes)
			}
		}
		b.open("/study")
		if now := b.asking(); !now.same(asked) {
			t.Errorf("%+v waits, not %+v", now, asked)
		}
		if !p.view.phone {
			b.stays(func() { b.press(".keys-link", "Keys") })
			b.wants("dialog[open] h2", "Keys")
			b.stays(func() { b.press("dialog button", "Close") })
		}
		for _, path := range []string{"/", "/decks", deckPath(), "/keys", "/sign-up"} {
			b.open(path)
			b.stays(func() { b.key("?") })
			b.wants("dialog[open] h2", "Keys")
			b.stays(func() { b.key(kb.Escape) })
		}
	})
}

func deckPath() string { return "/decks/" + theDeck().Name }

// TestShortcutsCanBeOff checks that shortcuts are off in text fields, with a modifier, while a key is held, and
// when the key presses the focused element.
func TestShortcutsCanBeOff(t *testing.T) {
	each(t, withScript, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/sign-up")
		b.press("#alias", "")
		b.stays(func() { b.key("1u?s") })
		if got := b.value("#alias"); got != "1u?s" {
			t.Errorf("the alias is %q after typing 1u?s", got)
		}
		if b.has("dialog[open]", "") {
			t.Error("? opened the dialog while typing")
		}

		b.open("/")
		b.turn("s")
		b.asking()
		for _, m := range []chromedp.Modifier{chromedp.ModifierCtrl, chromedp.ModifierAlt, chromedp.ModifierMeta} {
			b.stays(func() { b.key("1", m) })
		}
		b.stays(func() { b.key("Z", chromedp.ModifierCtrl, chromedp.ModifierShift) })
		b.stays(func() { // a key held down since the previous page
			call(b, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "1", Code: "Digit1", Text: "1", AutoRepeat: new(true)})
			call(b, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: "1", Code: "Digit1"})
		})
		b.turn("1")
		// Enter on a focused link follows that link.
		eval[bool](b, `document.querySelector(".bar a.button").focus() ?? true`)
		b.turn(kb.Enter)
		if path := b.path(); path != "/" {
			t.Errorf("Enter on Leave led to %s", path)
		}
	})
}

// TestCyrillicKeys checks that shortcuts work the same on a Russian keyboard.
func TestCyrillicKeys(t *testing.T) {
	each(t, []viewport{desktop}, func(t *testing.T, p *profile) {
		press := func(b *tab, key, code string, ctrl bool) {
			down := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: key, Code: code, Text: key}
			if ctrl {
				down.Type, down.Text, down.Modifiers = input.DispatchKeyEventTypeRawKeyDown, "", int64(chromedp.ModifierCtrl)
			}
			call(b, input.DispatchKeyEvent, down)
			call(b, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: key, Code: code})
		}
		b := p.tab()
		b.open(deckPath())
		b.loads(func() { press(b, "ы", "KeyS", false) })
		first := b.asking()
		b.turn("1")
		b.loads(func() { press(b, "г", "KeyU", false) })
		if again := b.asking(); !again.same(first) {
			t.Errorf("г brought %+v", again)
		}
		b.turn("1")
		b.loads(func() { press(b, "я", "KeyZ", true) })
		if again := b.asking(); !again.same(first) {
			t.Errorf("Ctrl+Я brought %+v", again)
		}
	})
}

// TestFlashcardsByKeys checks that Space shows the back, 1 to 4 rate, and Space and Enter mean good.
func TestFlashcardsByKeys(t *testing.T) {
	each(t, withScript, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open(deckPath())
		b.follow("button", "Flashcards")
		for i, rate := range []string{"3", " ", kb.Enter, "4", "2", "1"} {
			front := b.flashcardFront()
			if front.number() != i+1 {
				t.Errorf("card %d is %q", i+1, front.Count)
			}
			b.stays(func() { b.key("2") }) // nothing to rate yet
			b.turn([]string{" ", kb.Enter}[i%2])
			back := b.screen()
			if back.Stem != front.Stem || back.Back == "" {
				t.Fatalf("the other side shows %+v of %+v", back, front)
			}
			if !turned(t, front.Stem, back.Back) {
				t.Errorf("the other side of %q is %q", front.Stem, back.Back)
			}
			b.turn(rate)
		}
		b.turn("u")
		if back := b.screen(); back.Undo == false || p.server.counted() != 5 {
			t.Errorf("%d answers stand after six and one undo: %+v", p.server.counted(), back)
		}
	})
}

// flashcardFront reads the page, which must be a flashcard's front.
func (b *tab) flashcardFront() screen {
	b.t.Helper()
	s := b.screen()
	if s.Path != "/study" || s.Question != "Flashcard" || s.Stem == "" || s.Back != "" || len(s.Options) > 0 {
		b.t.Fatalf("this is no flashcard's front: %+v", s)
	}
	return s
}

// stop is one control that Tab reaches.
type stop struct {
	Number int    `json:"number"` // among the page's controls; -1 for something else
	Name   string `json:"name"`
	Ring   bool   `json:"ring"`   // has a visible focus ring
	InView bool   `json:"inView"` // and is visible
}

const (
	listControls = `(() => {
		window.e2eControls = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
			.filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.closest("dialog:not([open])"))
			.filter((e) => e.type !== "radio" || e.checked || !document.querySelector("input[name=" + e.name + "]:checked")); // arrows go to the others
		return window.e2eControls.length;
	})()`
	readFocus = `(() => {
		const e = document.activeElement, style = getComputedStyle(e), r = e.getBoundingClientRect();
		return {
			number: window.e2eControls.indexOf(e), name: e.outerHTML.slice(0, 120),
			ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
			inView: r.width > 0 && r.left >= -1 && r.right <= innerWidth + 1 && r.top >= -1 && r.bottom <= innerHeight + 1,
		};
	})()`
)

// tabs goes through the page with the Tab key: every control is reached, in order, and shows its focus.
func (b *tab) tabs() {
	b.t.Helper()
	n := eval[int](b, listControls)
	for i := range n {
		b.key(kb.Tab)
		s := eval[stop](b, readFocus)
		for wait := 0; !s.InView && wait < 20; wait++ { // a phone scrolls there
			time.Sleep(25 * time.Millisecond)
			s = eval[stop](b, readFocus)
		}
		if s.Number != i {
			b.t.Fatalf("%s: Tab %d of %d reached control %d: %s", b.path(), i+1, n, s.Number, s.Name)
		}
		if !s.Ring || !s.InView {
			b.t.Errorf("%s: the focus is not to be seen (ring %t, in view %t): %s", b.path(), s.Ring, s.InView, s.Name)
		}
	}
}

// tabTo presses Tab until something visible has the focus.
func (b *tab) tabTo(selector, text string) {
	b.t.Helper()
	for range 80 {
		b.key(kb.Tab)
		if eval[bool](b, `(`+seen(selector, text)+`).includes(document.activeElement)`) {
			return
		}
	}
	b.t.Fatalf("Tab does not reach %q with %q at %s", selector, text, b.path())
}

// TestKeyboardOnly practises with Tab, Enter and Space alone, with and without script.
func TestKeyboardOnly(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/")
		b.tabs()
		b.open("/")
		b.stays(func() { b.key(kb.Tab); b.key(kb.Enter) }) // the skip link
		b.tabTo("button", "Practise now")
		b.turn(kb.Enter)
		for i := range 3 {
			if i == 1 {
				b.tabs()
				b.reload()
			}
			s := b.asking()
			right, _ := solve(t, s)
			b.tabTo(".option", s.Options[right].Text)
			b.turn([]string{kb.Enter, " "}[i%2])
			if told := b.screen(); told.Verdict != "right" {
				t.Errorf("option %d was not chosen: %+v", right+1, told)
			}
			if i == 1 {
				b.tabs()
				b.reload()
			}
			b.tabTo("a.button", "Continue")
			b.turn(kb.Enter)
		}
		b.tabTo("button", "Undo")
		b.turn(kb.Enter)
		b.tabTo("a", "Leave")
		b.turn(kb.Enter)
		for _, path := range []string{"/", "/decks", deckPath(), "/sign-up", "/sign-in", "/settings", "/keys", "/nowhere"} {
			b.open(path)
			if path == "/nowhere" {
				b.expect(404)
			}
			b.tabs()
		}
		b.open(deckPath())
		b.tabTo("button", "Flashcards")
		b.turn(kb.Enter)
		b.flashcardFront()
		b.tabTo("a", "Show the answer")
		b.turn(kb.Enter)
		b.tabs()
		b.reload()
		b.tabTo("button", "Hard")
		b.turn(" ")
		b.flashcardFront()
		if n := p.server.counted(); n != 3 {
			t.Errorf("%d answers stand, want 3", n)
		}
	})
}
