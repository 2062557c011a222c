package e2e

import (
	"fmt"
	"slices"
	"strconv"

	"chronicle/quiz/edtf"
)

// right answers any question correctly, as people do, and returns the feedback page.
func (b *tab) right(s screen) screen {
	b.t.Helper()
	switch s.Kind {
	case "when-typed":
		f := factOf(b.t, s.Stem[:len(s.Stem)-1])
		return b.types(f.Date.Plain().Format("en"))
	case "gap-typed":
		term, _ := missing(b.t, s.Stem)
		return b.types(term)
	case "place":
		f := factOf(b.t, s.Stem[:len(s.Stem)-1])
		year, _, _ := edtf.CivilDate(f.Date.Lo())
		return b.types(strconv.FormatInt(year, 10))
	case "order":
		b.putInOrder(inTime(b.t, s.Events))
		return b.checks()
	case "match":
		for i, event := range s.Events {
			f := factOf(b.t, event)
			b.pick(i, slices.IndexFunc(s.Dates, func(d string) bool { return f.AcceptsDate(dateOf(b.t, d)) }))
		}
		return b.checks()
	}
	right, _ := solve(b.t, s)
	return b.answer(s, right)
}

// types fills the field and submits it.
func (b *tab) types(text string) screen {
	b.t.Helper()
	b.write("#given", text)
	return b.checks()
}

func (b *tab) checks() screen {
	b.t.Helper()
	b.follow("button.primary", "Check")
	return b.screen()
}

// pick chooses a date for an event of a matching question.
func (b *tab) pick(event, date int) {
	b.t.Helper()
	b.pressNth(fmt.Sprintf(".matching fieldset:nth-of-type(%d) label", event+1), date)
}

// putInOrder moves the events into an order with the buttons, one step at a time; want lists their current
// positions. Without script each step loads the page.
func (b *tab) putInOrder(want []int) {
	b.t.Helper()
	now := make([]int, len(want))
	for i := range now {
		now[i] = i
	}
	for place, event := range want {
		for at := slices.Index(now, event); at > place; at-- {
			up := func() { b.pressNth(".rows [name=up]", at) }
			if b.p.view.bare {
				b.loads(up)
			} else {
				up()
			}
			now[at], now[at-1] = now[at-1], now[at]
		}
	}
}
