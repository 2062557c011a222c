package e2e

import "testing"

// cardAction opens the menu of the current card and applies a card action.
func (b *tab) cardAction(deed string) {
	b.t.Helper()
	b.press(".more > summary", "")
	b.follow(".more .tool", deed)
}

// TestCardActions checks that a buried card comes back by Undo, and that the card page shows the memory state and
// undoes its own actions.
func TestCardActions(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/")
		b.follow("button.primary", "Practise now")
		first := b.asking()
		if !b.p.view.bare && !b.p.view.phone {
			b.turn("-")
		} else {
			b.cardAction("Not today")
		}
		b.wants(".done", "Put off until tomorrow.")
		if s := b.asking(); s.Stem == first.Stem {
			t.Fatalf("%+v is still asked", s)
		}
		b.follow("button", "Undo")
		b.wants(".done", "Undone.")
		s := b.asking()
		if s.Stem != first.Stem {
			t.Fatalf("after the undo %q is asked, not %q", s.Stem, first.Stem)
		}
		b.answer(s, 0)
		b.press(".more > summary", "")
		b.follow(".more .tool", "Details")
		b.wants("h2", "One answer")
		b.follow("button", "Never ask this")
		b.wants(".waits", "You set this card aside")
		b.follow("button", "Undo")
		b.wants(".done", "Undone.")
		b.press("summary", "Reset this card")
		b.follow("button", "Reset it")
		b.wants(".empty", "You have not been asked this yet.")
		b.follow("button", "Undo")
		b.wants("h2", "One answer")
		b.open(deckPath())
		b.wants(".asked a", "When")
	})
}
