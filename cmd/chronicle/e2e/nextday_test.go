package e2e

import (
	"strings"
	"testing"
)

// TestNextDay checks that due facts are asked before new ones some days later.
func TestNextDay(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/")
		b.follow("button.primary", "Practise now")
		b.practise()
		p.server.age(9)

		b.open("/")
		b.wants("h1", "10 facts are fading")
		b.wants(".decks .chip.fading", "10 due")
		b.wants(".lead", "Practise to reach")
		b.fits()
		b.open(deckPath())
		b.wants("button.primary", "Study 10 due")
		b.fits()
		b.open("/")
		b.follow("button.primary", "Practise now")
		chips := 0
		for i := range 10 {
			s := b.asking()
			if !s.Fading || !strings.Contains(s.Question, "Fading") {
				t.Errorf("question %d of the fading ones has no chip: %+v", i+1, s)
			}
			told := b.right(s)
			chips += map[bool]int{true: 1}[told.Fading]
			b.follow("a.button.primary", "Continue")
		}
		if chips != 10 {
			t.Errorf("of 10 verdicts on fading facts %d have the chip", chips)
		}
		if s := b.asking(); s.Fading {
			t.Errorf("a new fact is called fading: %+v", s)
		}
		b.follow("a.button", "Leave")
		b.wants("h1", "10 new cards are ready")
		b.wants("figcaption", "2 days of practice")

		p.server.age(1)
		b.reload()
		b.follow("button.primary", "Practise now")
		if s := b.asking(); s.number() != 1 {
			t.Errorf("the next day begins at %q", s.Count)
		}
	})
}
