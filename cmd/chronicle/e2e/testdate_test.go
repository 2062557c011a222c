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
		b.follow("a", "A test is coming?")
		b.write("#minutes", "many")
		b.follow("button.primary", "Set the day")
		b.expect(422)
		b.wants(".problem", "A number from 1 to 240.")
		b.write("#minutes", "20")
		b.follow("button.primary", "Set the day")
		b.wants(".done", "Set.")
		b.wants("dt", "Expected on the day")
		b.open(deckPath())
		b.wants(".to-test", "Test on 20")
		b.follow("button.primary", "Study")
		b.right(b.asking())
		b.open(deckPath())
		b.follow("a", "How it stands")
		b.follow("button", "No test any more")
		b.wants(".done", "Forgotten.")
		b.open(deckPath())
		b.wants("a", "A test is coming?")
	})
}
