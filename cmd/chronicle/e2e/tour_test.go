package e2e

import "github.com/chromedp/chromedp/kb"

// tour visits every page of Chronicle in every state that looks different, and passes each to visit by name.
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
	b.open("/how-it-works")
	show("how")
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
	b.open("/progress")
	show("progress-empty")
	b.tourSettings(show)
	b.tourStudy(show)
	b.tourFlashcards(show)
	b.tourQuiz(show)
	p.server.age(3)
	b.tourWeakest(show)
	b.tourProgress(show)
	b.open(deckPath())
	b.follow("a", "Set a test date")
	show("test")
	b.follow("button.primary", "Set test date")
	show("test-set")
	b.follow("button", "Remove test date")
	b.open(deckPath())
	b.loads(func() { b.pressNth(".asked a", 0) })
	show("card")
	b.follow("button", "Never ask this")
	show("card-aside")
	b.tourAuthoring(show)
	b.tourConflict(show)
	p.tourClass(visit)
	p.tourSite(visit)
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
	b.asking()
	if !b.p.view.phone {
		b.key("?")
		show("keys-dialog")
		b.key(kb.Escape)
	}
	b.tourKind("when-choice", show)
	b.press(".more > summary", "")
	show("card-menu")
	b.follow(".more .tool", "Not today")
	show("card-put-off")
	b.practise()
	show("end")
	b.open("/")
	show("today-done")
}

// tourKind practises until questions of a kind have come twice: missed first, then right.
func (b *tab) tourKind(kind string, show func(string)) {
	b.t.Helper()
	met := 0
	for range 40 {
		s := b.screen()
		switch {
		case s.Kind == "":
			b.t.Fatalf("after %d questions of kind %s there are no more: %+v", met, kind, s)
		case s.Kind == "flip":
			b.follow("a.button.primary", "Show the answer")
			b.follow("button", "Good")
			continue
		case s.Kind != kind:
			b.right(s)
		case met == 0:
			show(kind)
			b.miss(s)
			show(kind + "-wrong")
			met++
		default:
			b.hit(s)
			show(kind + "-right")
			met++
		}
		b.follow("a.button.primary", "Continue")
		if met == 2 {
			return
		}
	}
}

// tourConflict answers one question in two tabs.
func (b *tab) tourConflict(show func(string)) {
	b.open("/study")
	other := b.p.tab()
	other.open("/study")
	other.answer(other.asking(), 0)
	other.close()
	b.loads(func() { b.pressNth(".option", 1) })
	b.expect(409)
	show("409")
}

func (b *tab) tourFlashcards(show func(string)) {
	b.open("/settings")
	b.write("#new", "6")
	b.follow("button.primary", "Save")
	b.open(deckPath())
	show("deck-begun")
	b.follow("button", "Flashcards")
	b.flashcardFront()
	show("flip-front")
	b.follow("a.button.primary", "Show the answer")
	show("flip-back")
	for range 2 { // due in some days: their other facets come as new before that
		b.follow("button", "Easy")
		b.follow("a.button.primary", "Show the answer")
	}
	b.follow("button", "Easy")
}

func (b *tab) tourWeakest(show func(string)) {
	b.open("/")
	show("today-fading")
	b.open(deckPath())
	show("deck-fading")
	b.open(deckPath() + "?sort=fading")
	show("deck-fading-first")
	b.open(deckPath())
	b.follow("button.primary", "Study")
	b.asking()
	show("question-fading")
	b.tourKind("what-choice", show)
}
