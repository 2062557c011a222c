package e2e

import (
	"strings"
	"testing"
)

// article is a text as a teacher pastes it.
const article = `The Treaty of Lune was signed on 3 May 1815 by the king and the duke. On 10 June it was ratified in the capital.

The canal
The Lune Canal was opened in 1832. The railway reached Lune in October 1848, and a bridge was built in 1851.
The minister claimed that a tunnel had been dug in 1860. Queen Ada of Lune died on 2 March 1871.
References
A History of Lune, 1950.`

// newDeck creates a public deck and returns its URL.
func (b *tab) newDeck() string {
	b.open("/decks")
	b.follow("a.button", "New deck")
	b.write("#title", "History of Lune")
	b.press("#visible-everybody", "")
	b.follow("button.primary", "Create deck")
	b.wants(".empty", "No facts yet")
	return strings.TrimSuffix(b.path(), "/edit")
}

// addSourceText pastes the article.
func (b *tab) addSourceText() {
	b.follow("a.button", "From a text")
	b.write("#title", "A History of Lune")
	b.write("#text", article)
	b.follow("button.primary", "Find facts")
	b.wants("h1", "facts found in your text")
}

// TestSourceTextToDeck goes from pasting an article to a deck that a pupil practises.
func TestSourceTextToDeck(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/sign-up")
		b.press("#teaches", "")
		b.write("#alias", alias)
		b.write("#password", password)
		b.write("#email", "leyla@example.org")
		b.follow("button.primary", "Sign up")
		deck := b.newDeck()
		b.follow("a.button", "From a text")
		b.follow("button.primary", "Find facts")
		b.expect(422)
		b.refused("text", "Paste a text, or choose a file")
		b.open(deck + "/edit")
		b.addSourceText()
		b.fits()
		b.wants(".mark.inferred", "10 June")
		b.wants(".why", "Year inferred from “3 May 1815”")
		b.follow("button.primary", "Add these")
		b.wants(".item.kept", "The Lune Canal was opened")
		b.reviewRemaining()
		b.follow("button[value=undo]", "Undo")
		b.open(deck + "/edit")
		b.fits()
		b.wants("td.event", "The Lune Canal was opened")
		b.follow("td.event a", "The Lune Canal was opened")
		b.fits()
		b.wants(".previews", "1832")
		b.write("#event", "The Lune Canal is opened")
		b.write("#date", "no date")
		b.follow("button.primary", "Save")
		b.expect(422)
		b.refused("date", "Chronicle cannot read this date")
		b.write("#date", "spring 1832")
		b.follow("button.primary", "Save")
		b.wants("[role=status]", "Saved.")

		pupil := p.server.profile(t, p.view).tab()
		pupil.open(deck)
		pupil.wants(".facts", "The Lune Canal is opened")
		pupil.follow("button.primary", "Study")
		pupil.asking()
	})
}

// reviewRemaining decides the remaining proposals one by one: by keyboard with script, by form without.
func (b *tab) reviewRemaining() {
	b.p.t.Helper()
	if b.p.view.bare {
		b.follow(".item.now .does button", "Accept")
		b.follow(".item.now .does button", "Skip")
		return
	}
	kept := b.has(".item.now", "10 June")
	if !kept {
		b.p.t.Error("the first that needs a look is not the one that keys speak of")
	}
	b.turn("k")
	b.turn("s")
}

func (b *tab) tourAuthoring(show func(string)) {
	b.open("/new-deck")
	b.follow("button.primary", "Create deck")
	b.expect(422)
	show("deck-form-errors")
	deck := b.newDeck()
	show("edit-empty")
	b.follow("a.button", "From a text")
	show("bring")
	b.write("#title", "A History")
	b.write("#text", "Nothing happened here.")
	b.follow("button.primary", "Find facts")
	b.expect(422)
	show("bring-no-dates")
	b.open(deck + "/edit")
	b.addSourceText()
	show("review")
	b.follow("button.primary", "Add these")
	show("review-kept")
	b.press(".item.now summary", "")
	b.write(".item.now input[name=date]", "soon")
	b.follow(".item.now .actions button", "Accept edits")
	b.expect(422)
	show("review-refused")
	b.open(deck + "/edit")
	show("edit")
	b.follow("td.event a", "The Lune Canal was opened")
	show("fact")
	b.loads(func() { b.pressNth(".preview ul form button", 0) })
	show("fact-another")
	b.loads(func() { b.pressNth(".preview .top form button", 0) })
	show("fact-held")
	b.open(deck + "/new-fact")
	show("fact-new")
	b.open(deck + "/new-rows")
	b.write("#rows", "1900\tA mill is built at Lune\nsoon\tA mill burns down")
	b.follow("button.primary", "Add facts")
	b.expect(422)
	show("rows-bad")
	b.open(deck + "/reports")
	show("inbox-empty")
	b.open("/decks?q=canal+1832")
	show("decks-found")
	b.open("/decks?q=nothing+of+the+kind")
	show("decks-found-nothing")
	other := b.newDeck()
	b.open(deck + "/edit")
	show("edit-two-decks")
	b.follow(".move button", "Move")
	b.expect(422)
	show("edit-nothing-chosen")
	b.pressNth("td.pick input", 0)
	b.follow(".move button", "Move")
	show("edit-moved")
	b.open(other)
	show("deck-moved")
	b.open(deck + "/about")
	show("deck-about")
	b.follow("button", "Delete deck")
	show("decks-deleted")
	b.open(deck + "/edit")
	show("edit-deleted")
}
