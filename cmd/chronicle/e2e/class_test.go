package e2e

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

// teacher signs up a teacher.
func (b *tab) teacher(name string) {
	b.open("/sign-up")
	b.press("#teaches", "")
	b.write("#alias", name)
	b.write("#password", password)
	b.write("#email", "leyla@example.org")
	b.follow("button.primary", "Sign up")
}

// newClass creates a class and returns its URL and join code.
func (b *tab) newClass() (class, code string) {
	b.t.Helper()
	b.open("/classes")
	b.follow("a.button", "New class")
	b.write("#title", "History 10B")
	b.follow("button.primary", "Create class")
	b.expect(422)
	b.wants("#boards-problem", "Choose one.")
	b.press("#boards-yes", "")
	b.follow("button.primary", "Create class")
	b.wants(".empty", "Nobody is in this class yet.")
	class = b.path()
	b.follow("a.button.primary", "Show it large")
	code = strings.TrimSpace(eval[string](b, `document.querySelector(".code.huge").textContent`))
	b.wants("svg.qr", "")
	b.open(class)
	return class, code
}

// joins goes from the home page into the class and returns the time it took.
func (b *tab) joins(code, alias string) time.Duration {
	b.t.Helper()
	began := time.Now()
	b.open("/")
	b.follow("a", "Join your class")
	b.write("#code", strings.ToLower(code))
	b.follow("button.primary", "Next")
	b.write("#alias", alias)
	b.follow("button.primary", "Join")
	return time.Since(began)
}

// assigns assigns the deck.
func (b *tab) assigns(class string) {
	b.t.Helper()
	b.open(class)
	b.follow("a.button", "Assign a deck")
	b.follow(".rowed a", "Azerbaijan and Russia")
	b.wants(".choices caption", "What a student who starts from zero")
	b.write("#minutes", "2")
	b.follow("button.primary", "Assign")
	b.expect(422)
	b.wants("[role=alert]", "minutes a day would be enough")
	b.write("#minutes", "25")
	b.follow("button.primary", "Assign")
	b.wants(".lead", "Target date for")
}

var secret = regexp.MustCompile(`[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}`)

// TestAClass creates a class and assigns a deck; pupils join by code and by card, and the teacher sees who has not
// begun and the wrong answers.
func TestAClass(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.teacher(alias)
		class, code := b.newClass()
		b.follow("a", "Students")
		b.write("#aliases", "Chidi\nDilara\nchidi")
		b.follow("button.primary", "Add students")
		b.expect(422)
		b.refused("aliases", "Line 3")
		b.write("#aliases", "Chidi\nDilara")
		b.follow("button.primary", "Add students")
		card := secret.FindString(eval[string](b, "document.body.innerText"))
		b.fits()
		b.assigns(class)
		b.wants("h2", "2 have not started")

		pupil := p.server.profile(t, p.view).tab()
		if took := pupil.joins(code, "Aysel"); took > 20*time.Second {
			t.Errorf("from the front page to the first question it took %s", took)
		}
		pupil.miss(pupil.asking())
		pupil.open("/")
		pupil.wants(".tasks", "History 10B")
		pupil.follow(".tasks button", "Practise")
		pupil.right(pupil.asking())

		second := p.server.profile(t, p.view).tab()
		second.joins(code, "aysel")
		second.expect(422)
		second.refused("alias", "Someone in this class already has this name. Choose a different name.")
		third := p.server.profile(t, p.view).tab()
		third.open("/sign-in-card#" + card)
		if p.view.bare {
			third.write("#secret", strings.ToLower(card))
		}
		third.follow("button.primary", "Sign in")
		third.wants(".tasks", "History 10B")

		b.open(class)
		b.wants("h2", "2 have not started")
		b.fits()
		b.follow("a", "Show numbers")
		b.follow("tbody a", "Aysel")
		b.wants("dt", "Last seen")
		b.follow("button", "Remove from class")
		b.wants(".done", "removed from the class")
		b.follow("button", "Add back")
		b.wants(".which", "Aysel")
		b.open(class)
		b.follow("button.primary", "Quiz on weak facts")
		b.wants("h1", "A quiz")
		pupil.open(class)
		pupil.follow("a", "Take today’s quiz")
		pupil.follow("button.primary", "Start")
		pupil.asking()
	})
}

// tourClass visits the pages of a class.
func (p *profile) tourClass(visit func(name string, b *tab)) {
	b := p.server.profile(p.t, p.view).tab()
	b.teacher("Nigar")
	b.open("/classes")
	visit("classes-none", b)
	b.follow("a.button", "New class")
	visit("class-new", b)
	class, code := b.newClass()
	visit("class-empty", b)
	b.open(class + "/join-code")
	visit("class-code", b)
	pupil := p.server.profile(p.t, p.view).tab()
	pupil.open("/join")
	visit("join", pupil)
	pupil.open("/join/" + code)
	visit("join-class", pupil)
	pupil.open("/sign-in-card")
	visit("card-sign-in", pupil)
	b.open(class + "/students")
	b.write("#aliases", "Chidi\nDilara")
	b.follow("button.primary", "Add students")
	visit("sheet", b)
	b.open(class + "/assign")
	visit("assign-deck", b)
	b.follow(".rowed a", "Azerbaijan and Russia")
	visit("assign", b)
	b.assigns(class)
	pupil.joins(code, "Aysel")
	for range 3 {
		pupil.miss(pupil.asking())
		pupil.follow("a.button.primary", "Continue")
	}
	pupil.open("/")
	visit("today-tasks", pupil)
	pupil.open(class)
	visit("own-class", pupil)
	b.open(class + "?numbers=yes")
	visit("class", b)
	b.open(eval[string](b, `document.querySelector("thead .year a").pathname`))
	visit("class-fact", b)
	b.open(class)
	b.follow("tbody a", "Aysel")
	visit("student", b)
	b.open(class + "/students")
	visit("students", b)
	b.open(class + "/about")
	visit("class-about", b)
	b.open(class)
	b.follow("a", "Change assignment")
	visit("assignment", b)
	b.open("/classes")
	visit("classes", b)
	p.tourBoards(visit, pupil, class)
}

// tourBoards visits leaderboards: an empty one, one with a single player, and those of a class and a quiz.
func (p *profile) tourBoards(visit func(name string, b *tab), pupil *tab, class string) {
	pupil.open("/leaderboard")
	visit("board-none", pupil)
	pupil.write("#alias", "")
	pupil.follow("button.primary", "Join leaderboard")
	pupil.expect(422)
	visit("board-problems", pupil)
	pupil.open(deckPath() + "/leaderboard")
	pupil.write("#alias", "Aysel")
	pupil.follow("button.primary", "Join leaderboard")
	pupil.open(deckPath() + "/quiz?seed=5&length=3&kinds=first")
	pupil.follow("button.primary", "Start")
	pupil.quizOf(3, -1)
	visit("result-board", pupil)
	pupil.open(deckPath() + "/leaderboard")
	visit("board", pupil)
	pupil.open(class + "/leaderboard?of=knowledge&period=term")
	visit("board-class", pupil)
}

// TestABoard checks that a person joins a quiz's leaderboard with one click at its end, is ranked, hides and
// leaves.
func TestABoard(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open(deckPath() + "/quiz?seed=5&length=3&kinds=first")
		b.follow("button.primary", "Start")
		b.quizOf(3, -1)
		b.wants(".board-note", "0 people are on the leaderboard.")
		b.write("#board-alias", "Aysel")
		b.follow(".board-note button", "Join leaderboard")
		b.wants("tr.me", "Aysel")
		b.fits()
		b.follow("button", "Hide me on leaderboards")
		b.wants(".actions", "You are hidden on every leaderboard.")
		b.follow("button", "Show me again")
		other := p.server.profile(t, p.view).tab()
		other.open(deckPath() + "/quiz-leaderboard?seed=5&length=3&kinds=first")
		other.wants(".places", "Aysel")
		other.open(deckPath() + "/leaderboard")
		other.write("#alias", "Bogdan")
		other.follow("button.primary", "Join leaderboard")
		other.wants("button", "Leave leaderboard")
		other.follow("button", "Leave leaderboard")
		other.wants("button", "Join leaderboard")
	})
}

// school puts a school of forty into the program's database and returns the password of its teachers.
func (s *server) school() (password string) {
	s.t.Helper()
	s.stop()
	for _, more := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(s.database + more)
	}
	out, err := exec.Command(programPath, "demo", "--school", "--students=40", "--answers=60", "--database", s.database).CombinedOutput()
	found := regexp.MustCompile(`with the password (\S+)\.`).FindSubmatch(out)
	if err != nil || found == nil {
		s.t.Fatalf("no school: %v, %s", err, out)
	}
	s.start()
	return string(found[1])
}

// TestALargeClass checks that forecasts of a large class appear after the page has loaded, automatically with
// script, and that the teacher's input in between is not lost.
func TestALargeClass(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		password := p.server.school()
		b := p.tab()
		b.open("/sign-in")
		b.write("#name", "Teacher 1")
		b.write("#password", password)
		b.follow("button.primary", "Sign in")
		b.open("/classes")
		b.follow("main a", "Class 5A")
		b.fits()
		b.wants(".lead", "Target date for")
		b.wants(".waits", "Chronicle is still working")
		if b.has("h2", "Nobody is stuck") {
			t.Error("nobody is said to be stuck before that is known")
		}
		if p.view.bare {
			for end := time.Now().Add(patience); b.has(".waits", ""); {
				if time.Now().After(end) {
					t.Fatal("it is never worked out")
				}
				b.follow(".waits a", "Reload")
			}
		} else {
			left := eval[int](b, `(() => {
				window.here = true;
				const table = document.querySelector(".scrolls");
				table.focus();
				table.scrollLeft = 300;
				return table.scrollLeft;
			})()`)
			b.gone(".waits")
			now := eval[int](b, `window.here && document.activeElement.matches(".scrolls") && document.querySelector(".scrolls").scrollLeft`)
			if left == 0 || now != left {
				t.Errorf("the table stood at %d and stands at %d", left, now)
			}
		}
		b.fits()
		b.wants(".lead", "on track")
		b.wants("h2", "are stuck")
		if n := eval[int](b, `[...document.querySelectorAll(".inks td")].filter((cell) => cell.textContent.includes("worked out")).length`); n != 0 {
			t.Errorf("%d are still worked out", n)
		}
	})
}

// gone waits until something is no longer visible.
func (b *tab) gone(selector string) {
	b.t.Helper()
	for end := time.Now().Add(patience); b.has(selector, ""); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			b.t.Fatalf("%s is still there", selector)
		}
	}
}
