package e2e

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// option is one choice with its position on the page.
type option struct {
	Text  string  `json:"text"`
	Class string  `json:"class"`
	Heard string  `json:"heard"` // for screen readers
	Icon  bool    `json:"icon"`
	X     float64 `json:"x"`
	Y     float64 `json:"y"`
	W     float64 `json:"w"`
	H     float64 `json:"h"`
}

// screen is what a page of a study session shows.
type screen struct {
	Path     string   `json:"path"`
	Kind     string   `json:"kind"` // of question; empty without options
	Question string   `json:"asks"`
	Fading   bool     `json:"fading"`
	Stem     string   `json:"stem"`
	Count    string   `json:"count"`
	Options  []option `json:"options"`
	Events   []string `json:"events"` // of an ordering, matching or interval question, in their current order
	Dates    []string `json:"dates"`  // of a matching question
	Back     string   `json:"back"`
	Verdict  string   `json:"verdict"` // its class
	Word     string   `json:"word"`
	Head     string   `json:"head"` // of the feedback or the end page
	Feedback string   `json:"told"` // all of the feedback
	Place    string   `json:"place"`
	Lead     string   `json:"lead"`
	Undo     bool     `json:"undo"`
}

const readScreen = `(() => {
	const one = (q) => document.querySelector(q);
	const text = (q) => (one(q)?.textContent ?? "").replace(/\s+/g, " ").trim();
	const stem = () => {
		const copy = one(".stem")?.cloneNode(true);
		copy?.querySelectorAll(".gap").forEach((gap) => gap.replaceWith("____"));
		return (copy?.textContent ?? "").replace(/\s+/g, " ").trim();
	};
	const texts = (q) => [...document.querySelectorAll(q)].map((e) => e.textContent.replace(/\s+/g, " ").trim());
	return {
		path: location.pathname,
		events: [...texts(".rows:not(.told) .event"), ...texts(".matching legend"), ...texts(".ends li")],
		dates: texts(".matching fieldset:first-of-type label"),
		kind: [...(one("article.question")?.classList ?? [])].find((c) => c.startsWith("is-"))?.slice(3) ?? "",
		asks: text(".asks"),
		fading: !!one(".asks .chip.fading")?.checkVisibility(),
		stem: stem(),
		count: text(".count"),
		options: [...document.querySelectorAll(".option")].map((o) => {
			const r = o.getBoundingClientRect();
			return {
				text: o.querySelector("span").textContent.trim(), class: o.className, heard: o.querySelector(".unseen")?.textContent ?? "",
				icon: !!o.querySelector(".icon")?.checkVisibility(), x: r.left + scrollX, y: r.top + scrollY, w: r.width, h: r.height,
			};
		}),
		back: text(".back"),
		verdict: one(".verdict")?.classList[1] ?? "",
		word: text(".verdict .word"),
		head: text(".verdict h2") || text("h1"),
		told: text(".verdict"),
		place: text(".verdict .place"),
		lead: text(".lead"),
		undo: !!one("form[action='/study/undo'] button")?.checkVisibility(),
	};
})()`

// screen reads the page and checks what must hold on every page.
func (b *tab) screen() screen {
	b.t.Helper()
	b.fits()
	return eval[screen](b, readScreen)
}

// same reports whether two screens ask the same question with the same options.
func (s screen) same(o screen) bool {
	return s.Stem == o.Stem && slices.Equal(s.Events, o.Events) && slices.EqualFunc(s.Options, o.Options, func(a, b option) bool { return a.Text == b.Text })
}

// number returns the position of the question in the session.
func (s screen) number() int {
	n, _ := strconv.Atoi(strings.Fields(s.Count + " 0")[0])
	return n
}

// asking reads the page, which must be a question with options.
func (b *tab) asking() screen {
	b.t.Helper()
	s := b.screen()
	if s.Path != "/study" || s.Kind == "" || s.Kind == "flip" || s.Stem == "" || s.Verdict != "" {
		b.t.Fatalf("this is no question: %+v", s)
	}
	return s
}

// answer presses an option and returns the feedback page, whose options must not have moved.
func (b *tab) answer(s screen, option int) screen {
	b.t.Helper()
	b.loads(func() {
		b.t.Helper()
		b.pressNth(".option", option)
	})
	told := b.screen()
	b.unmoved(s, told)
	return told
}

// pressNth clicks or taps the nth matching element.
func (b *tab) pressNth(selector string, n int) {
	b.t.Helper()
	eval[bool](b, fmt.Sprintf(`(() => { [...document.querySelectorAll(%s)].forEach((e, i) => e.dataset.e2e = i); return true; })()`, quoted(selector)))
	b.press(fmt.Sprintf(`%s[data-e2e="%d"]`, selector, n), "")
}

// unmoved fails when an option moved or grew between question and feedback.
func (b *tab) unmoved(asked, told screen) {
	b.t.Helper()
	if !asked.same(told) {
		b.t.Fatalf("the verdict shows another question: %+v, not %+v", told, asked)
	}
	for i, o := range asked.Options {
		n := told.Options[i]
		if max(math.Abs(o.X-n.X), math.Abs(o.Y-n.Y), math.Abs(o.W-n.W), math.Abs(o.H-n.H)) > 1 {
			b.t.Errorf("option %d (%q) moved from %.1f, %.1f to %.1f, %.1f, its size from %.1f × %.1f to %.1f × %.1f (%s)",
				i+1, o.Text, o.X, o.Y, n.X, n.Y, o.W, o.H, n.W, n.H, asked.Stem)
		}
	}
}

// fit lists targets too small for a finger and elements too wide for the window.
type fit struct {
	Small   []string `json:"small"`
	Overlap []string `json:"overlap"`
	Wide    []string `json:"wide"`
	Scroll  int      `json:"scroll"`
	Client  int      `json:"client"`
	Inner   int      `json:"inner"`
}

const measure = `(() => {
	const name = (e) => (e.outerHTML.match(/^<[^>]*>/)[0] + e.textContent.trim().replace(/\s+/g, " ")).slice(0, 160);
	const root = document.documentElement, targets = [...document.querySelectorAll("a.button, button, .option")].filter((e) => e.checkVisibility());
	const boxes = targets.map((e) => e.getBoundingClientRect());
	const overlap = [];
	boxes.forEach((a, i) => boxes.forEach((b, j) => {
		if (i < j && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1) overlap.push(name(targets[i]) + " and " + name(targets[j]));
	}));
	return {
		small: targets.filter((e, i) => boxes[i].height < 43.99 || boxes[i].width < 43.99).map((e) => name(e) + " " + e.getBoundingClientRect().width.toFixed(1) + "×" + e.getBoundingClientRect().height.toFixed(1)),
		overlap,
		wide: [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && !e.closest(".unseen, svg, thead, .skip, dialog, .scrolls > *") && e.getBoundingClientRect().right > root.clientWidth + 0.5).slice(0, 4).map(name),
		scroll: Math.max(root.scrollWidth, document.body.scrollWidth), client: root.clientWidth, inner: Math.round(innerWidth),
	};
})()`

// fits fails when the page is wider than the window or a target is too small.
func (b *tab) fits() {
	b.t.Helper()
	f := eval[fit](b, measure)
	if f.Scroll > f.Client || f.Inner > f.Client+20 || len(f.Wide) > 0 {
		b.t.Errorf("%s is %d px wide in a window of %d (%d): %s", b.path(), f.Scroll, f.Client, f.Inner, strings.Join(f.Wide, "\n"))
	}
	if len(f.Small) > 0 {
		b.t.Errorf("%s has targets below 44 px in a window of %d: %s", b.path(), f.Client, strings.Join(f.Small, "\n"))
	}
	if len(f.Overlap) > 0 {
		b.t.Errorf("%s has targets over each other in a window of %d: %s", b.path(), f.Client, strings.Join(f.Overlap, "\n"))
	}
}

// practise answers all questions of the session rightly and returns their number and the end page.
func (b *tab) practise() (answers int, end screen) {
	b.t.Helper()
	for ; answers < 60; answers++ {
		s := b.screen()
		if s.Kind == "" {
			return answers, s
		}
		b.right(s)
		b.follow("a.button.primary", "Continue")
	}
	b.t.Fatal("the sitting does not end")
	return 0, screen{}
}
