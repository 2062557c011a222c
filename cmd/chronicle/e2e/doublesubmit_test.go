package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestDoubleSubmit checks that an answer counts once, however often it is sent.
func TestDoubleSubmit(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/")
		b.follow("button.primary", "Practise now")

		first := b.asking()
		right, _ := solve(t, first)
		b.doubled(right)
		told := b.screen()
		b.unmoved(first, told)
		if told.Verdict != "right" || p.server.counted() != 1 {
			t.Errorf("a double click counts %d times, with the verdict %q", p.server.counted(), told.Verdict)
		}

		b.reload()
		if again := b.screen(); !again.same(told) || again.Feedback != told.Feedback || p.server.counted() != 1 {
			t.Errorf("reloading the verdict counts %d and shows %+v", p.server.counted(), again)
		}
		b.backAgain(first, right, 1)

		b.open("/study")
		s := b.asking()
		if s.number() != 2 || !s.Undo {
			t.Errorf("after one answer %q, undo %t", s.Count, s.Undo)
		}
		b.reload()
		if again := b.asking(); !again.same(s) || again.Count != s.Count {
			t.Errorf("reloading the question brought %+v, not %+v", again, s)
		}
		b.follow("button", "Undo")
		if again := b.asking(); !again.same(first) || again.Undo {
			t.Errorf("one undo does not lead to the first question: %+v", again)
		}
	})
}

// doubled presses an option twice in quick succession.
func (b *tab) doubled(option int) {
	b.t.Helper()
	b.tearing(true)
	eval[bool](b, `(() => { [...document.querySelectorAll(".option")].forEach((e, i) => e.dataset.e2e = i); return true; })()`)
	s := b.find(`.option[data-e2e="`+string(rune('0'+option))+`"]`, "")
	b.loads(func() {
		if b.p.view.phone {
			b.do(chromedp.TapXY(s.X, s.Y))
			b.do(chromedp.TapXY(s.X, s.Y))
			return
		}
		b.do(chromedp.MouseClickXY(s.X, s.Y))
		b.do(chromedp.MouseClickXY(s.X, s.Y, chromedp.ClickCount(2)))
	})
	time.Sleep(300 * time.Millisecond) // the second form may still be in flight
	b.ready()
	b.tearing(false)
	if path := b.path(); !strings.HasPrefix(path, "/study/answers/") {
		b.t.Fatalf("a double click led to %s", path)
	}
}

// backAgain goes back to the question and answers again: with the same option, then with another one.
func (b *tab) backAgain(asked screen, option, counted int) {
	b.t.Helper()
	b.back()
	for b.path() != asked.Path { // both forms of a double click left a history entry
		b.back()
	}
	s := b.screen()
	if !s.same(asked) { // the browser reloaded: the next question is shown here
		b.t.Logf("back shows the next question")
		if len(s.Options) == 0 || s.Stem == asked.Stem {
			b.t.Errorf("back shows %+v", s)
		}
		return
	}
	if told := b.answer(s, option); !told.same(asked) || told.Verdict != "right" || b.p.server.counted() != counted {
		b.t.Errorf("the same answer again counts %d and shows %+v", b.p.server.counted(), told)
	}
	b.back()
	for b.path() != asked.Path {
		b.back()
	}
	b.moved(s, (option+1)%len(s.Options), counted)
}

// moved sends another answer to an answered question, which is refused politely with a link to the current one.
func (b *tab) moved(s screen, option, counted int) {
	b.t.Helper()
	b.loads(func() {
		b.t.Helper()
		b.pressNth(".option", option)
	})
	b.expect(409)
	b.fits()
	b.wants("h1", "This has changed")
	b.wants("p", "Your first answer counts")
	if n := b.p.server.counted(); n != counted {
		b.t.Errorf("%d answers are counted, want %d", n, counted)
	}
	b.follow("a.button.primary", "Continue")
	if now := b.asking(); now.same(s) {
		b.t.Errorf("the page leads back to the question that was answered")
	}
}

// TestTwoTabs checks that the second answer to a question open in two tabs is refused politely.
func TestTwoTabs(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		one := p.tab()
		one.open("/")
		one.follow("button.primary", "Practise now")
		s := one.asking()
		two, three, four := p.tab(), p.tab(), p.tab()
		for _, b := range []*tab{two, three, four} {
			b.open("/study")
			if other := b.asking(); !other.same(s) {
				t.Fatalf("another tab asks %+v, not %+v", other, s)
			}
		}
		one.answer(s, 0)
		if same := two.answer(s, 0); !same.same(s) || p.server.counted() != 1 {
			t.Errorf("the same answer in two tabs counts %d", p.server.counted())
		}
		three.moved(s, 1, 1)

		two.reload()
		two.follow("button", "Undo")
		one.follow("button", "Undo") // of an answer that was already undone
		if again := one.asking(); !again.same(s) || again.Undo {
			t.Errorf("a second undo of one answer brought %+v", again)
		}
		four.loads(func() { four.pressNth(".option", 0) }) // a question with an outdated token
		four.expect(409)
		four.wants("a.button.primary", "Continue")
		if n := p.server.counted(); n != 0 {
			t.Errorf("%d answers stand after the undo", n)
		}
	})
}
