package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp/kb"
)

// currentOrder lists the events of an ordering question in their current order.
func (b *tab) currentOrder() []string {
	b.t.Helper()
	return b.screen().Events
}

// TestOrderByKeys checks ordering by keyboard: Space picks up, arrows move, Space drops, Esc cancels; arrows alone
// move the focus; Enter submits.
func TestOrderByKeys(t *testing.T) {
	each(t, []viewport{desktop}, func(t *testing.T, p *profile) {
		b := p.tab()
		b.startQuiz("seed=3&length=3&kinds=order")
		dealt := b.currentOrder()
		focus := func(n int) {
			eval[bool](b, fmt.Sprintf(`(document.querySelectorAll("[data-grip]")[%d].focus(), true)`, n))
		}
		wants := func(what string, want ...int) {
			t.Helper()
			var events []string
			for _, i := range want {
				events = append(events, dealt[i])
			}
			if got := b.currentOrder(); !slices.Equal(got, append(events, dealt[len(want):]...)) {
				t.Errorf("after %s: %q, want %v of %q", what, got, want, dealt)
			}
		}
		b.stays(func() {
			focus(0)
			b.key(kb.ArrowDown)
			wants("an arrow without an item", 0, 1, 2)
			if got := eval[int](b, `[...document.querySelectorAll("[data-grip]")].indexOf(document.activeElement)`); got != 1 {
				t.Errorf("the arrow moved the focus to %d", got)
			}
			focus(0)
			b.key(" ")
			b.key(kb.ArrowDown)
			b.key(kb.ArrowDown)
			wants("two steps down", 1, 2, 0)
			if says := eval[string](b, `document.querySelector("[data-says]").textContent`); !strings.HasSuffix(says, fmt.Sprintf("Now at 3 / %d", len(dealt))) {
				t.Errorf("it is heard as %q", says)
			}
			b.key(kb.Escape)
			wants("Esc", 0, 1, 2)
			b.key(" ")
			b.key(kb.ArrowDown)
			b.key(" ")
			b.key(kb.ArrowDown)
			wants("putting down", 1, 0, 2)
		})
		now := b.currentOrder()
		for place, i := range inTime(t, now) {
			event := now[i]
			for at := slices.Index(b.currentOrder(), event); at > place; at-- {
				focus(at)
				b.key(" ")
				b.key(kb.ArrowUp)
				b.key(" ")
			}
		}
		b.turn(kb.Enter)
		if told := b.screen(); told.Verdict != "right" {
			t.Errorf("the right order is judged %+v", told)
		}
	})
}

// TestOrderByDragging checks ordering by dragging the handles, with mouse and finger.
func TestOrderByDragging(t *testing.T) {
	each(t, withScript, func(t *testing.T, p *profile) {
		b := p.tab()
		b.startQuiz("seed=3&length=3&kinds=order")
		dealt := b.currentOrder()
		type point struct{ X, Y float64 }
		at := func(n int) point {
			return eval[point](b, fmt.Sprintf(`(() => {
				const r = document.querySelectorAll("[data-grip]")[%d].getBoundingClientRect();
				return {x: r.left + r.width / 2, y: r.top + r.height / 2};
			})()`, n))
		}
		from, to := at(0), at(2)
		b.drag(from.X, from.Y, from.X+3, to.Y+30)
		if got := b.currentOrder(); got[2] != dealt[0] || got[0] != dealt[1] {
			t.Errorf("dragged from the first place to the third: %q, was %q", got, dealt)
		}
		if b.has(".rows .held", "") {
			t.Error("what was dragged is still held")
		}
	})
}

// drag moves from one position in the window to another with the finger or mouse button down.
func (b *tab) drag(x, y, toX, toY float64) {
	b.t.Helper()
	const steps = 12
	for i := range steps + 1 {
		part := float64(i) / steps
		nowX, nowY := x+(toX-x)*part, y+(toY-y)*part
		if b.p.view.phone {
			kind := input.DispatchTouchEventTypeTouchMove
			if i == 0 {
				kind = input.DispatchTouchEventTypeTouchStart
			}
			call(b, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: []*input.TouchPoint{{X: nowX, Y: nowY}}})
			continue
		}
		kind := input.DispatchMouseEventTypeMouseMoved
		if i == 0 {
			kind = input.DispatchMouseEventTypeMousePressed
		}
		call(b, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: nowX, Y: nowY, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1})
	}
	if b.p.view.phone {
		call(b, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{}})
		return
	}
	call(b, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseReleased, X: toX, Y: toY, Button: input.MouseButtonLeft, ClickCount: 1})
}

// TestPlaceOnTheLine checks that a year can be placed by tapping and by keyboard, and that the field shows it.
func TestPlaceOnTheLine(t *testing.T) {
	each(t, allViewports, func(t *testing.T, p *profile) {
		b := p.tab()
		b.startQuiz("seed=3&length=3&kinds=place")
		s := b.screen()
		type line struct{ X, Y, W, First, Last, Margin, Box float64 }
		l := eval[line](b, `(() => {
			const svg = [...document.querySelectorAll(".placer svg")].find((e) => e.checkVisibility()), r = svg.getBoundingClientRect();
			return {x: r.left, y: r.top + r.height / 2, w: r.width, first: +svg.dataset.first, last: +svg.dataset.last,
				margin: +svg.dataset.margin, box: svg.viewBox.baseVal.width};
		})()`)
		year := 1900.0
		x := l.X + (l.Margin+(year-l.First)/(l.Last-l.First)*(l.Box-2*l.Margin))/l.Box*l.W
		tap := func() { b.tapAt(x, l.Y) }
		if p.view.bare {
			b.loads(tap)
		} else {
			tap()
		}
		got := b.number("#given")
		if got < 1892 || got > 1908 {
			t.Errorf("a tap at 1900 puts %d", got)
		}
		b.wants(".put text", fmt.Sprint(got))
		for _, by := range []int{-10, 1, 10, -1} {
			press := func() { b.press(fmt.Sprintf(`.steps [value="%+d"]`, by), "") }
			if p.view.bare {
				b.loads(press)
			} else {
				press()
			}
			got += by
			if now := b.number("#given"); now != got {
				t.Errorf("%+d gives %d, want %d", by, now, got)
			}
		}
		if p.view == desktop {
			eval[bool](b, `(document.querySelector(".placer").focus(), true)`)
			for key, by := range map[string]int{kb.ArrowRight: 1, kb.ArrowLeft: -1, kb.PageUp: 10, kb.PageDown: -10} {
				b.stays(func() { b.key(key) })
				if got += by; b.number("#given") != got {
					t.Errorf("a key by %d gives %d, want %d", by, b.number("#given"), got)
				}
			}
			if heard := eval[string](b, `document.querySelector(".placer").getAttribute("aria-valuetext")`); heard != fmt.Sprint(got) {
				t.Errorf("the line is heard as %q", heard)
			}
		}
		if told := b.right(s); told.Verdict != "right" {
			t.Errorf("%+v", told)
		}
	})
}

func (b *tab) number(selector string) int {
	b.t.Helper()
	n := 0
	_, _ = fmt.Sscan(b.value(selector), &n)
	return n
}

// TestReport reports a question before and after it is answered; the question stays open.
func TestReport(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/")
		b.follow("button.primary", "Practise now")
		asked := b.asking()
		b.follow("a.tool[href='/study/report']", "")
		b.wants("blockquote", strings.TrimSuffix(asked.Stem, "."))
		b.fits()
		b.follow("button.primary", "Send")
		b.expect(422)
		b.wants(".problem", "Say what is wrong.")
		b.press("label[for=reason-4]", "Something else")
		b.follow("button.primary", "Send")
		b.expect(422)
		b.wants(".problem", "Describe the problem in a few words.")
		b.write("#note", `It was <b>"later"</b>, I think`)
		b.follow("button.primary", "Send")
		b.wants(".done", "Report sent")
		if again := b.asking(); !again.same(asked) {
			t.Errorf("after the report %+v waits, not %+v", again, asked)
		}
		b.answer(asked, 0)
		b.follow("a.tool[href$='/report']", "")
		b.press("label[for=reason-0]", "")
		b.follow("button.primary", "Send")
		b.wants(".done", "Report sent")
		b.wants(".verdict", "")
		if n := p.server.reports(); n != 2 {
			t.Errorf("%d reports were kept", n)
		}
	})
}
