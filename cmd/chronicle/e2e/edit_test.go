package e2e

import (
	"testing"
	"time"
)

// towns is a table as copied from a spreadsheet.
const towns = "1902\tMiners strike for better wages in Ganja\n1905\tPainters found a gallery beside Shusha\n" +
	"1908\tLankaran gets its railway station\n1911\tA flood destroys bridges around Nakhchivan\n1914\tSilk weavers exhibit carpets of Shamakhi\n"

// becomesTeacher signs up a teacher with a public deck of towns.
func (b *tab) becomesTeacher() (deck string) {
	b.teacher(alias)
	deck = b.newDeck()
	b.open(deck + "/new-rows")
	b.write("#rows", towns)
	b.follow("button.primary", "Add facts")
	return deck
}

// soon waits for what a script changes without loading a page.
func (b *tab) soon(selector, text string) {
	b.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if b.has(selector, text) {
			return
		}
	}
	b.wants(selector, text)
}

// TestEditorKeepsInput checks that a fact's fields are saved automatically, also from two tabs at once, and that
// invalid input is reported next to its field. Without script the button saves.
func TestEditorKeepsInput(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		deck := b.becomesTeacher()
		b.follow("td.event a", "Lankaran gets")
		fact := b.path()
		other := p.tab()
		other.open(fact)
		save := func(tab *tab) {
			if p.view.bare {
				tab.follow("button.primary", "Save")
				tab.wants(".done", "Saved.")
				return
			}
			revision := tab.value("[name=revision]")
			tab.stays(func() { tab.press("h1", "") }) // leaves the field
			tab.later(revision)                       // an earlier "Saved." may still be shown
			tab.wants(".done", "Saved.")
		}
		b.write("#detail", "The line came from Baku.")
		save(b)
		b.wants("#state button", "Undo: “Lankaran gets its railway station” changed")
		other.write("#label", "Lankaran station")
		save(other)
		if !p.view.bare {
			if got := other.value("#detail"); got != "The line came from Baku." {
				t.Errorf("the other tab shows %q", got)
			}
			b.press("#label", "") // a field focused here that was changed in the other tab
			b.write("#tags", "north")
			revision := b.value("[name=revision]")
			b.press("#label", "")
			b.later(revision)
			b.typedWhileSaving()
			other.open(fact)
			for field, want := range map[string]string{"#label": "Lankaran station", "#tags": "north", "#detail": "One word more.", "#term": "Lankaran"} {
				if got := other.value(field); got != want {
					t.Errorf("%s is %q after two tabs wrote, want %q", field, got, want)
				}
			}
			b.write("#detail", "The line came from Baku.")
			save(b)
		}
		b.write("#date", "no date")
		if p.view.bare {
			b.follow("button.primary", "Save")
		} else {
			b.stays(func() { b.press("h1", "") })
			b.soon(".field.bad .problem", "Chronicle cannot read this date")
		}
		b.expect(422)
		b.refused("date", "Chronicle cannot read this date")
		b.write("#date", "May 1908")
		save(b)
		b.open(fact)
		b.fits()
		for field, want := range map[string]string{"#date": "May 1908", "#label": "Lankaran station", "#detail": "The line came from Baku."} {
			if got := b.value(field); got != want {
				t.Errorf("%s is %q, want %q", field, got, want)
			}
		}
		if !p.view.bare { // leaving the page saves the last input
			b.write("#tags", "railway")
			b.open(deck)
			b.open(fact)
			if got := b.value("#tags"); got != "railway" {
				t.Errorf("what was typed last is %q", got)
			}
		}
		b.follow("#state button", "Undo")
		b.wants(".done", "change undone")
	})
}

// typedWhileSaving types into one field while another is being saved.
func (b *tab) typedWhileSaving() {
	b.t.Helper()
	b.write("#detail", "One word more.")
	revision := b.value("[name=revision]")
	eval[bool](b, `(() => {
		const detail = document.querySelector("#detail"), term = document.querySelector("#term");
		detail.dispatchEvent(new Event("change", {bubbles: true})); // on its way
		term.focus();
		term.value = "Lankaran"; // typed before the answer comes
		return true;
	})()`)
	revision = b.later(revision)
	eval[bool](b, `document.querySelector("#term").dispatchEvent(new Event("change", {bubbles: true}))`)
	b.later(revision)
}

// later waits until the form has another revision and returns it.
func (b *tab) later(than string) string {
	b.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if now := b.value("[name=revision]"); now != than {
			return now
		}
	}
	b.t.Fatalf("the form stays at revision %s", than)
	return ""
}

// TestCorrectedDateNotice corrects a date that a pupil has learned: the teacher is asked about past answers, and
// the pupil is notified. The pupil found the deck in the library and follows it.
func TestCorrectedDateNotice(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		deck := b.becomesTeacher()
		pupil := p.server.profile(t, p.view).tab()
		pupil.open("/decks")
		pupil.write("#q", "what happened 1908")
		pupil.follow(".search button", "Find")
		pupil.fits()
		pupil.wants(".found", "Lankaran gets its railway station")
		pupil.follow(".found .event a", "Lankaran gets")
		pupil.follow("button", "Follow deck")
		pupil.open(deck + "/quiz?seed=3&length=5&kinds=when-choice")
		pupil.follow("button.primary", "Start")
		for range 5 {
			pupil.answer(pupil.asking(), 0)
			pupil.follow("a.button.primary", "Continue")
		}
		pupil.open("/")

		for _, words := range []string{"Lankaran gets", "Silk weavers"} {
			b.open(deck + "/edit")
			b.follow("td.event a", words)
			b.write("#date", "1950")
			if p.view.bare {
				b.follow("button.primary", "Save")
			} else {
				b.stays(func() { b.press("h1", "") })
				b.soon("#past legend", "You changed the date")
			}
			b.expect(422)
			b.fits()
			b.wants("#past", "People who answered with the old date: 1.")
			b.press("#past-again", "")
			b.press("#past-stand", "") // choosing either option changes nothing yet
			b.press("#past-again", "")
			b.follow("button.primary", "Save")
			b.wants(".done", "Saved.")
			b.open(deck)
			b.wants(".facts", "1950")
		}
		pupil.open("/")
		pupil.fits()
		pupil.wants(".notice", "2 dates were corrected")
		pupil.wants(".notice", "1908 is now 1950.")
		pupil.follow(".notice button", "Mark as read")
		if pupil.has(".notice", "corrected") {
			t.Error("it is told again")
		}
	})
}
