package e2e

import "testing"

// TestTestDate sets a test date: invalid input is reported next to its field, the forecast is shown, and the date
// can be deleted again.
func TestTestDate(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/")
		b.follow("button.primary", "Practise now")
		b.right(b.asking())
		b.open(deckPath())
		b.follow("a", "Set a test date")
		b.write("#minutes", "many")
		b.follow("button.primary", "Set test date")
		b.expect(422)
		b.wants(".problem", "Enter a number from 1 to 240.")
		b.write("#minutes", "20")
		b.follow("button.primary", "Set test date")
		b.wants(".done", "Test date saved.")
		b.wants("dt", "Expected on the day")
		b.open(deckPath())
		b.wants(".to-test", "Test on 20")
		b.follow("button.primary", "Study")
		b.right(b.asking())
		b.open(deckPath())
		b.follow("a", "See forecast")
		b.follow("button", "Remove test date")
		b.wants(".done", "Test date removed.")
		b.open(deckPath())
		b.wants("a", "Set a test date")
	})
}
