package e2e

import (
	"strings"
	"testing"
)

// administers makes the tab's person the first administrator with the printed code.
func (b *tab) administers(name string) {
	b.t.Helper()
	b.open("/setup")
	b.write("#secret", strings.ToLower(<-b.p.server.first))
	b.write("#alias", name)
	b.write("#email", "admin@example.org")
	b.write("#password", password)
	b.follow("button.primary", "Become the administrator")
	b.wants("h1", "Site")
}

// shownCode returns the code on the page.
func (b *tab) shownCode() string {
	b.t.Helper()
	return secret.FindString(eval[string](b, "document.body.innerText"))
}

// TestSiteAdministration covers the first run: an administrator, an invited teacher, a pupil who forgot the
// password, and personal data.
func TestSiteAdministration(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.administers("Samir")
		b.fits()
		b.press("#policy-invitation", "")
		b.follow("button.primary", "Save")
		b.wants(".done", "Saved.")
		b.write("#uses", "none")
		b.follow("button", "Create invitation")
		b.expect(422)
		b.refused("uses", "Enter a number from 1 to 500.")
		b.write("#uses", "1")
		b.press("#role-teacher", "")
		b.follow("button", "Create invitation")
		invitation := b.shownCode()
		b.fits()

		teacher := p.server.profile(t, p.view).tab()
		teacher.open("/sign-up#" + invitation)
		if p.view.bare {
			teacher.write("#secret", strings.ToLower(invitation))
		}
		teacher.press("#teaches", "")
		teacher.write("#alias", "Nigar")
		teacher.write("#password", password)
		teacher.write("#email", "nigar@example.org")
		teacher.follow("button.primary", "Sign up")
		class, code := teacher.newClass()

		b.open("/people")
		b.write("#alias", "Aysel")
		b.press("#as", "")
		eval[bool](b, `(document.getElementById("as").value = "learner") !== ""`)
		b.follow("button.primary", "Create")
		chosen := b.shownCode()
		pupil := p.server.profile(t, p.view).tab()
		pupil.open("/reset-password#" + chosen)
		if p.view.bare {
			pupil.write("#secret", chosen)
		}
		pupil.write("#password", "short")
		pupil.follow("button.primary", "Set password")
		pupil.expect(422)
		pupil.refused("password", "at least 8")
		pupil.write("#password", "many oil wells")
		pupil.follow("button.primary", "Set password")
		pupil.joins(code, "Aysel")

		teacher.open(class + "/students")
		teacher.follow(".which a", "Aysel")
		teacher.write("#name", "Aysel Mammadova")
		teacher.follow("form[action$='/name'] button", "Save")
		teacher.wants(".done", "Saved.")
		teacher.follow("button", "Show it")
		if name := eval[string](teacher, `document.getElementById("name").value`); name != "Aysel Mammadova" {
			t.Errorf("the name shown is %q", name)
		}
		teacher.fits()
		teacher.follow("button", "Make a code")
		forgotten := teacher.shownCode()
		other := p.server.profile(t, p.view).tab()
		other.open("/sign-in")
		other.follow("a", "Forgot your password?")
		other.follow("a", "Choose a new password")
		other.write("#secret", forgotten)
		other.write("#password", "more oil wells")
		other.follow("button.primary", "Set password")
		other.open("/settings")
		other.follow("a", "Your data")
		other.wants(".log", "Nigar viewed the real name of Aysel")
		other.wants(".log", "Nigar made a password code for Aysel")
		other.wants("a.button", "Export your data")
		other.press("summary", "Delete your data")
		other.write("#password", "more oil wells")
		other.follow("button", "Delete forever")
		other.expect(422)
		other.wants(".problem", "Tick this to confirm.")
		other.write("#password", "more oil wells")
		other.press("#sure", "")
		other.follow("button", "Delete forever")
		teacher.open(class + "/students")
		teacher.wants(".empty", "Nobody is in this class yet")
		b.open("/people")
		if b.has(".which", "Aysel") {
			t.Error("who was deleted is still listed")
		}
	})
}

// tourSite visits the pages of administration and personal data.
func (p *profile) tourSite(visit func(name string, b *tab)) {
	b := p.server.profile(p.t, p.view).tab()
	b.open("/your-data")
	visit("kept-nobody", b)
	b.open("/forgot-password")
	visit("forgot", b)
	b.open("/reset-password")
	visit("reset", b)
	b.open("/setup")
	visit("first-run", b)
	b.administers("Samir")
	visit("site", b)
	b.follow("button", "Show expired data")
	visit("site-tidy", b)
	b.press("#role-learner", "")
	b.write("#uses", "30")
	b.follow("button", "Create invitation")
	visit("site-code", b)
	b.open("/site")
	visit("site-invitations", b)
	b.open("/people")
	visit("people", b)
	b.follow("button.primary", "Create")
	b.expect(422)
	visit("people-errors", b)
	b.open("/people")
	b.follow(".which a", "Samir")
	visit("person", b)
	b.open("/site/classes")
	visit("site-classes", b)
	b.open("/your-data")
	b.press("summary", "Delete your data")
	visit("kept", b)
}
