package e2e

import (
	"fmt"
	"testing"
)

// refused checks that a field's problem is shown next to it and announced by screen readers.
func (b *tab) refused(name, message string) {
	b.t.Helper()
	trouble := eval[string](b, fmt.Sprintf(`(() => {
		const field = document.getElementById(%[1]q), told = document.getElementById(%[1]q + "-problem");
		if (!told?.checkVisibility()) return "there is no message";
		if (!told.textContent.includes(%[2]s)) return "the message is: " + told.textContent.trim();
		if (field.getAttribute("aria-invalid") !== "true") return "it is not marked as invalid";
		if (!field.getAttribute("aria-describedby")?.split(" ").includes(told.id)) return "the message does not describe it";
		const f = field.getBoundingClientRect(), m = told.getBoundingClientRect();
		if (m.top - f.bottom > 40 || m.top < f.top || m.left > f.right) return "the message stands elsewhere";
		return "";
	})()`, name, quoted(message)))
	if trouble != "" {
		b.t.Errorf("field %s: %s", name, trouble)
	}
}

const (
	alias    = "Лёля 🦉 Ələsgər"
	password = "oil wells of Baku"
)

// TestPerson signs a guest up with their progress, then out, and in on another browser.
func TestPerson(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/")
		b.follow("button.primary", "Practise now")
		for range 3 {
			s := b.asking()
			right, _ := solve(t, s)
			b.answer(s, right)
			b.follow("a.button.primary", "Continue")
		}
		b.follow("a.button", "Leave")
		b.follow("a", "Sign up to keep it")
		b.wants("p", "You keep the 3 facts you have practised here")
		b.refusesSignUp()

		b.write("#alias", alias)
		b.write("#password", password)
		b.press("#teaches", "")
		b.follow("button.primary", "Sign up")
		b.wants(".alias", alias)
		b.wants(".lead", "of your 3 facts today")
		b.fits()
		b.open("/sign-up")
		if b.path() != "/settings" {
			t.Errorf("who is signed in signs up at %s", b.path())
		}
		b.wants("p", "You are signed in as "+alias)
		b.fits()
		b.follow("form[action='/sign-out'] button", "Sign out")
		b.wants("h1", "Remember when.")
		b.wants("a", "Sign in")

		p.signsInElsewhere()
	})
}

// refusesSignUp submits invalid forms; the input stays, except for the password.
func (b *tab) refusesSignUp() {
	b.t.Helper()
	if b.has("#email", "") {
		b.t.Error("the e-mail field shows before one teaches")
	}
	b.follow("button.primary", "Sign up")
	b.expect(422)
	b.refused("alias", "Choose an alias.")
	b.refused("password", "Choose a password.")

	b.write("#alias", alias)
	b.write("#password", "short")
	b.press("#teaches", "")
	b.wants("#email", "")
	b.write("#email", "nowhere")
	b.fits()
	b.follow("button.primary", "Sign up")
	b.expect(422)
	b.refused("password", "at least 8 characters")
	b.refused("email", "Enter an e-mail address")
	if b.value("#alias") != alias || b.value("#email") != "nowhere" || b.value("#password") != "" {
		b.t.Errorf("the form holds %q, %q, %q", b.value("#alias"), b.value("#email"), b.value("#password"))
	}
	if !eval[bool](b, `document.getElementById("teaches").checked`) {
		b.t.Error("the form forgot that one teaches")
	}
	b.fits()
}

// signsInElsewhere signs in with another browser after a wrong try.
func (p *profile) signsInElsewhere() {
	p.t.Helper()
	b := p.server.profile(p.t, p.view).tab()
	b.open("/sign-up")
	b.write("#alias", alias)
	b.write("#password", "gas wells of Baku")
	b.follow("button.primary", "Sign up")
	b.expect(422)
	b.refused("alias", "This alias is taken")
	b.follow("main a", "Sign in")
	b.write("#name", alias)
	b.write("#password", "gas wells of Baku")
	b.follow("button.primary", "Sign in")
	b.expect(422)
	b.wants("[role=alert]", "Wrong name or password")
	if b.value("#name") != alias || b.value("#password") != "" {
		p.t.Errorf("the form holds %q, %q", b.value("#name"), b.value("#password"))
	}
	b.fits()
	b.write("#password", password)
	b.follow("button.primary", "Sign in")
	b.wants(".alias", alias)
	b.wants(".lead", "of your 3 facts today")
	b.follow("button.primary", "Practise now")
	if s := b.asking(); s.number() != 4 {
		p.t.Errorf("elsewhere, the sitting is at %q", s.Count)
	}
}

// TestTeacher signs a teacher up with an e-mail address and in with it.
func TestTeacher(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/sign-up")
		b.write("#alias", "Leyla müəllim")
		b.write("#password", password)
		b.press("label", "I am a teacher")
		b.write("#email", "leyla@example.org")
		b.follow("button.primary", "Sign up")
		b.wants(".alias", "Leyla müəllim")
		b.follow(".alias", "Leyla")
		b.follow("form[action='/sign-out'] button", "Sign out")
		b.follow("a", "Sign in")
		b.write("#name", "LEYLA@example.org")
		b.write("#password", password)
		b.follow("button.primary", "Sign in")
		b.wants(".alias", "Leyla müəllim")
	})
}

// TestSettings checks that settings report problems and take effect.
func TestSettings(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open("/sign-up")
		b.write("#alias", alias)
		b.write("#password", password)
		b.follow("button.primary", "Sign up")
		b.follow(".alias", "")
		zone := noon(0)
		if p.view.bare {
			zone = noon(1) // the server's time zone
		}
		if b.value("#zone") != zone || b.value("#new") != "10" {
			t.Errorf("settings begin with %q and %q, not %q and 10", b.value("#zone"), b.value("#new"), zone)
		}
		for _, wrong := range []string{"-1", "201", "ten", "1.5", ""} {
			b.write("#new", wrong)
			b.follow("button.primary", "Save")
			b.expect(422)
			b.refused("new", "Enter a whole number from 0 to 200")
			if b.value("#new") != wrong {
				t.Errorf("%q became %q", wrong, b.value("#new"))
			}
		}
		b.write("#new", "0")
		b.write("#zone", "Asia/Atlantis")
		b.follow("button.primary", "Save")
		b.expect(422)
		b.refused("zone", "Chronicle does not know this time zone")
		if b.value("#new") != "0" || b.value("#zone") != "Asia/Atlantis" {
			t.Errorf("the form holds %q and %q", b.value("#new"), b.value("#zone"))
		}
		b.fits()
		b.write("#zone", zone)
		b.follow("button.primary", "Save")
		b.wants("[role=status]", "Saved.")

		b.open(deckPath())
		b.follow("button.primary", "Study")
		end := b.screen()
		if end.Head != "Nothing is due here now" || len(end.Options) > 0 {
			t.Errorf("with no new cards a day: %+v", end)
		}
		b.wants("p.quiet", "new cards for later")
		b.follow("p.quiet a", "Settings")
		b.write("#new", "2")
		b.follow("button.primary", "Save")
		b.open(deckPath())
		b.follow("button.primary", "Study")
		if n, end := b.practise(); n < 2 || n > 6 || end.Head != "You got 2 facts right" {
			t.Errorf("with 2 new cards a day: %d answers, then %q", n, end.Head)
		}
	})
}
