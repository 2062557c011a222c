package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// tour goes through every page of Chronicle, in every state that looks
// different, and shows each to visit by its name.
func tour(p *profile, visit func(name string, b *tab)) {
	b := p.tab()
	show := func(name string) {
		p.t.Helper()
		visit(name, b)
	}
	b.open("/")
	show("front")
	b.open("/decks")
	show("decks")
	b.open(deckPath())
	show("deck-new")
	b.open("/keys")
	show("keys")
	b.open("/nowhere")
	b.expect(404)
	show("404")
	b.open("/sign-in")
	show("sign-in")
	b.write("#name", "nobody")
	b.follow("button.primary", "Sign in")
	b.expect(422)
	show("sign-in-wrong")
	b.tourSignUp(show)
	b.tourSettings(show)
	b.tourStudy(show)
	b.tourFlips(show)
	p.server.age(9)
	b.tourFading(show)
}

func (b *tab) tourSignUp(show func(string)) {
	b.open("/sign-up")
	show("sign-up")
	b.press("#teaches", "")
	show("sign-up-teacher")
	b.write("#alias", "leyla@example.org")
	b.write("#password", "short")
	b.write("#email", "nowhere")
	b.follow("button.primary", "Sign up")
	b.expect(422)
	show("sign-up-errors")
	b.write("#alias", alias)
	b.write("#password", password)
	b.press("#teaches", "")
	b.write("#email", "")
	b.follow("button.primary", "Sign up")
}

func (b *tab) tourSettings(show func(string)) {
	b.open("/settings")
	show("settings")
	b.write("#new", "many")
	b.write("#zone", "Asia/Atlantis")
	b.follow("button.primary", "Save")
	b.expect(422)
	show("settings-errors")
	b.write("#new", "0")
	b.write("#zone", noon(0))
	b.follow("button.primary", "Save")
	show("settings-saved")
	b.open(deckPath())
	b.follow("button.primary", "Study")
	show("end-nothing")
	b.open("/settings")
	b.write("#new", "3")
	b.follow("button.primary", "Save")
}

func (b *tab) tourStudy(show func(string)) {
	b.open(deckPath())
	b.follow("button.primary", "Study")
	first := b.asking()
	show("question")
	if !b.p.view.phone {
		b.key("?")
		show("keys-dialog")
		b.key(kb.Escape)
	}
	right, _ := solve(b.t, first)
	other := b.p.tab()
	other.open("/study")
	b.answer(first, (right+1)%len(first.Options))
	show("verdict-wrong")
	other.loads(func() { other.pressNth(".option", right) })
	other.expect(409)
	other.close()
	b.open("/study")
	second := b.asking()
	right, _ = solve(b.t, second)
	b.answer(second, right)
	show("verdict-right")
	// The page of a conflict, once more in this tab.
	b.back()
	if s := b.screen(); s.same(second) {
		b.loads(func() { b.pressNth(".option", (right+1)%len(s.Options)) })
		b.expect(409)
		show("409")
	} else {
		b.conflict(show)
	}
	b.open("/study")
	b.practise()
	show("end")
	b.open("/")
	show("today-done")
}

// conflict answers one question in two tabs.
func (b *tab) conflict(show func(string)) {
	b.open("/study")
	other := b.p.tab()
	other.open("/study")
	other.answer(other.asking(), 0)
	other.close()
	b.loads(func() { b.pressNth(".option", 1) })
	b.expect(409)
	show("409")
}

func (b *tab) tourFlips(show func(string)) {
	b.open("/settings")
	b.write("#new", "6")
	b.follow("button.primary", "Save")
	b.open(deckPath())
	show("deck-begun")
	b.follow("button", "Flashcards")
	b.flipFront()
	show("flip-front")
	b.follow("a.button.primary", "Show the answer")
	show("flip-back")
	b.follow("button", "Good")
}

func (b *tab) tourFading(show func(string)) {
	b.open("/")
	show("today-fading")
	b.open(deckPath())
	show("deck-fading")
	b.open(deckPath() + "?sort=fading")
	show("deck-fading-first")
	b.open(deckPath())
	b.follow("button.primary", "Study")
	s := b.screen()
	show("question-fading")
	seen := map[string]bool{s.Kind: true}
	for range 12 { // until the other sort of question has come
		s = b.screen()
		if len(s.Options) == 0 {
			break
		}
		if !seen[s.Kind] {
			seen[s.Kind] = true
			show("question-" + s.Kind)
		}
		right, _ := solve(b.t, s)
		b.answer(s, (right+1)%len(s.Options))
		if s.Kind == "what-choice" {
			show("verdict-what-choice")
			return
		}
		b.follow("a.button.primary", "Continue")
	}
}

// once runs a test for views with script, each with a profile of its own.
func once(t *testing.T, run func(t *testing.T, p *profile)) {
	t.Helper()
	each(t, withScript, run)
}
