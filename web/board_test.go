package web

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"chronicle/storage/storagetest"
)

// joinsBoard answers some questions rightly and not too fast.
func (b *browser) joinsBoard(answers int) {
	b.h.t.Helper()
	b.begin(false)
	for range answers {
		s := b.studySession()
		if !s.HasQuestion() {
			return
		}
		b.h.wait(6 * time.Second)
		b.give(storagetest.Right(s)).want(b.h.t, 303)
	}
}

// TestBoards checks that a new visitor sees leaderboards at once, joins with an alias, and leaves again.
func TestBoards(t *testing.T) {
	t.Parallel()
	h := open(t)
	stranger := h.browser()
	at := "/decks/" + h.deck.Name + "/leaderboard"
	for _, path := range []string{"/leaderboard", at, at + "?of=knowledge", at + "?period=term", at + "?period=all", at + "?period=2020-W07", at + "?period=%00&of=<i>"} {
		if a := stranger.get(path).want(t, 200); !a.says("Nobody is on this leaderboard yet.") {
			t.Errorf("%s: %.200s", path, textOf(a.doc))
		}
	}
	for _, alias := range []string{"", strings.Repeat("x", 5000), "\u200b", "sh1t"} {
		if a := stranger.post("/leaderboard/join", "alias", alias).want(t, 422); len(of(a.doc, "problem")) != 1 {
			t.Errorf("%.10q: %.200s", alias, textOf(a.doc))
		}
	}
	mine, other := h.browser(), h.browser()
	mine.post(at+"/join", "alias", "Aysel").sends(t, at)
	mine.joinsBoard(12)
	if a := mine.get(at).want(t, 200); !a.says("Aysel you") || !a.says("One person is on this leaderboard.") {
		t.Errorf("%.400s", textOf(a.doc))
	}
	other.post(at+"/join", "alias", " AYSEL ").want(t, 422)
	other.joinsBoard(6)
	other.post(at+"/join", "alias", "Bogdan").sends(t, at) // with what was learned before
	page := other.get(at).want(t, 200)
	if rows := all(all(page.doc, "tbody")[0], "tr"); len(rows) != 2 || !strings.Contains(textOf(rows[1]), "Bogdan you") {
		t.Errorf("%.400s", textOf(page.doc))
	}
	if a := other.get("/leaderboard").want(t, 200); !a.says("Nobody is on this leaderboard yet.") || !a.says("Your leaderboards") {
		t.Error("a deck's board is the site's")
	}
	mine.post("/settings/hidden", "hidden", "yes", "back", "/leaderboard").sends(t, "/leaderboard")
	if a := other.get(at).want(t, 200); a.says("Aysel") {
		t.Error("who is hidden is seen")
	}
	if a := mine.get("/settings").want(t, 200); !a.says("You are hidden on every leaderboard.") {
		t.Error("settings do not tell of it")
	}
	mine.post("/settings/hidden").want(t, 303)
	other.post(at+"/leave").sends(t, at)
	if a := mine.get(at).want(t, 200); a.says("Bogdan") || !a.says("Aysel") {
		t.Error("who left is seen")
	}
	h.wait(9 * 24 * time.Hour)
	if a := mine.get(at).want(t, 200); !a.says("Nobody is on this leaderboard yet.") || !a.says("Past seasons") {
		t.Errorf("the week does not end: %.400s", textOf(a.doc))
	}
	if a := mine.get(at+"?period=all").want(t, 200); !a.says("Aysel") {
		t.Error("all time ends with the week")
	}
}

// TestPrivateDecksHaveNoBoard checks that a private deck has no leaderboard and that one's own deck earns no
// points.
func TestPrivateDecksHaveNoBoard(t *testing.T) {
	t.Parallel()
	h := open(t)
	owner, other := h.browser(), h.browser()
	owner.teacher("Leyla")
	deck := owner.newDeck("me")
	for _, b := range []*browser{owner, other} {
		b.get(deck+"/leaderboard").want(t, 404)
	}
	owner.showTo(strings.TrimPrefix(deck, "/decks/"), "link")
	other.get(deck+"/leaderboard").want(t, 404)
	other.post(deck+"/leaderboard/join", "alias", "Aysel").want(t, 404)
	owner.showTo(strings.TrimPrefix(deck, "/decks/"), "everybody")
	other.get(deck+"/leaderboard").want(t, 200)
}

// TestQuizBoards checks that only the first, complete attempt at a shared quiz counts on its leaderboard.
func TestQuizBoards(t *testing.T) {
	t.Parallel()
	h := open(t)
	take := func(b *browser, wrong int, early bool) string {
		t.Helper()
		b.post("/quizzes", "deck", h.deck.Name, "seed", "7", "length", "3", "kinds", "first").sends(t, "/study")
		run := b.studySession().QuizAttempt
		for i := range 3 {
			s := b.studySession()
			chosen := s.Question.RightOption
			if i < wrong {
				chosen = 1 - chosen
			}
			if i == 2 && early {
				b.post("/quizzes/"+run+"/leaderboard", "alias", "Early").want(t, 409)
			}
			b.post("/study/answers", "token", s.Token, "chosen", strconv.Itoa(chosen)).want(t, 303)
			if i < wrong { // undoing an answer after seeing the solution does not improve the score
				b.post("/study/undo", "token", s.Token).want(t, 303)
				b.post("/study/answers", "token", b.studySession().Token, "chosen", strconv.Itoa(s.Question.RightOption)).want(t, 303)
			}
		}
		return run
	}
	aysel, bogdan := h.browser(), h.browser()
	run := take(aysel, 1, true)
	board := aysel.post("/quizzes/"+run+"/leaderboard", "alias", "Aysel").want(t, 303).to()
	again := take(aysel, 0, false) // the second attempt does not count
	if to := aysel.post("/quizzes/"+again+"/leaderboard", "alias", "Aysel").want(t, 303).to(); to != board {
		t.Errorf("the same quiz has two boards: %s, %s", board, to)
	}
	second := take(bogdan, 0, true)
	bogdan.post("/quizzes/"+second+"/leaderboard", "alias", "aysel").want(t, 422)
	bogdan.post("/quizzes/"+second+"/leaderboard", "alias", "Bogdan").sends(t, board)
	page := h.browser().get(board).want(t, 200)
	rows := all(all(page.doc, "tbody")[0], "tr")
	if len(rows) != 2 || textOf(rows[0]) != "1 Bogdan 3" || textOf(rows[1]) != "2 Aysel 2" {
		t.Errorf("%.300s", textOf(page.doc))
	}
	if a := bogdan.get("/quizzes/"+second).want(t, 200); !a.says("3 points in this quiz: place 1 of 2 on its leaderboard.") {
		t.Errorf("%.600s", textOf(a.doc))
	}
	other := "/decks/" + h.deck.Name + "/quiz-leaderboard?seed=8&length=3&kinds=first"
	if a := bogdan.get(other).want(t, 200); !a.says("Nobody is on this leaderboard yet.") {
		t.Error("another quiz has the same board")
	}
	aysel.post("/decks/"+h.deck.Name+"/quiz-leaderboard/leave", "seed", "7", "length", "3", "kinds", "first").want(t, 303)
	if a := bogdan.get(board).want(t, 200); a.says("Aysel") {
		t.Error("who left is seen")
	}
}

// TestClassBoard checks that a class has a leaderboard if its teacher allows it, and that the class comes first on
// it.
func TestClassBoard(t *testing.T) {
	t.Parallel()
	h := open(t)
	owner, pupil, other := h.browser(), h.browser(), h.browser()
	owner.teacher("Leyla")
	other.teacher("Rauf")
	if a := owner.post("/classes", "title", "History", "zone", "Asia/Baku").want(t, 422); len(of(a.doc, "problem")) != 1 {
		t.Error("whether there are boards is not asked")
	}
	class := owner.newClass("History 10B")
	owner.assign(class).want(t, 303)
	pupil.joins(owner, class, "Aysel")
	pupil.joinsBoard(8)
	for _, b := range []*browser{owner, pupil} {
		// In a class of one, the class average would reveal one student's result.
		if a := b.get(class+"/leaderboard").want(t, 200); a.says("Together the class knows") != (b == owner) || !a.says("Aysel") {
			t.Errorf("%.400s", textOf(a.doc))
		}
	}
	for i := range 4 {
		h.browser().joins(owner, class, "Student "+strconv.Itoa(i))
	}
	if a := pupil.get(class+"/leaderboard").want(t, 200); !a.says("Together the class knows") {
		t.Errorf("%.400s", textOf(a.doc))
	}
	other.get(class+"/leaderboard").want(t, 404)
	version := value(owner.get(class+"/about").doc, "version")
	owner.post(class+"/about", "title", "History 10B", "zone", "Asia/Baku", "boards", "no", "version", version).want(t, 303)
	pupil.get(class+"/leaderboard").want(t, 404)
	if a := pupil.get(class).want(t, 200); a.says("Class leaderboard") {
		t.Error("a board that is not there is linked")
	}
}

// TestRushedAnswersAreReported checks that rushed answers earn no points and that only the teacher sees them.
func TestRushedAnswersAreReported(t *testing.T) {
	t.Parallel()
	h := open(t)
	owner, pupil := h.browser(), h.browser()
	owner.teacher("Leyla")
	class := owner.newClass("History 10B")
	owner.assign(class).want(t, 303)
	pupil.joins(owner, class, "Aysel")
	for range 8 {
		s := pupil.studySession()
		h.wait(200 * time.Millisecond)
		pupil.give(storagetest.Right(s)).want(t, 303)
	}
	at := owner.get(class).want(t, 200)
	id := at.body[strings.Index(at.body, "/students/")+len("/students/"):]
	id = id[:strings.IndexAny(id, `?"`)]
	for b, says := range map[*browser]bool{owner: true, pupil: false} {
		if a := b.get(class + "/students/" + id); a.doc != nil && a.says("too fast for anyone to read") != says {
			t.Errorf("says %t: %.300s", !says, textOf(a.doc))
		}
	}
	if a := pupil.get(class+"/leaderboard").want(t, 200); a.says("haste") {
		t.Error("the class is told")
	}
}
