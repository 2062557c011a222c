package web

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"chronicle/storage/storagetest"
)

// live practises for some days in the browser, with about four of five answers right.
func (b *browser) live(days int) *storagetest.Learner {
	b.h.t.Helper()
	b.begin(false)
	l := storagetest.NewLearner(b.h.t, b.h.db, "Asia/Baku", b.h.deck.ID)
	l.Person = b.who()
	for range days {
		b.h.wait(24 * time.Hour)
		l.Now = b.h.time()
		s := l.StartSession()
		for range 30 {
			if !s.HasQuestion() {
				break
			}
			l.Now = l.Now.Add(10 * time.Second)
			l.Answer(l.GuessAnswer(s))
			s = l.Session()
		}
	}
	b.h.now.Store(l.Now.UnixMilli())
	return l
}

func TestProgress(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	b.begin(false)
	none := b.get("/progress").want(t, 200)
	if !none.says("You have not practised yet.") || len(all(none.doc, "svg")) > 2 {
		t.Errorf("before the first answer it says %s", textOf(none.doc))
	}
	b.answer(5, 0)
	few := b.get("/progress").want(t, 200)
	if !few.says("You have 0 so far.") || len(named(few.doc, "from")) == 0 || len(all(few.doc, "summary")) != 2 {
		t.Errorf("after five answers it says %s", textOf(few.doc))
	}
	b.live(14)
	page := b.get("/progress").want(t, 200)
	for _, text := range []string{"Chronicle expected you to get", "By kind of question", "As a table", "Weak facts", "The next 30 days", "Days in a row 15"} {
		if !page.says(text) {
			t.Errorf("it does not say %q: %s", text, textOf(page.doc))
		}
	}
	whole(t, "/progress", page)

	other := h.browser()
	other.begin(false)
	if theirs := other.get("/progress").want(t, 200); !theirs.says("You have not practised yet.") {
		t.Error("a guest without progress has another's")
	}
}

// TestQuizOfPeriod checks that one button starts a quiz of a period, without further questions.
func TestQuizOfPeriod(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	b.answer(5, 0)
	page := b.get("/progress").want(t, 200)
	froms, tos := named(page.doc, "from"), named(page.doc, "to")
	if len(froms) < 2 || len(froms) != len(tos) {
		t.Fatalf("%d periods begin, %d end", len(froms), len(tos))
	}
	for i := range froms {
		b.post("/quizzes", "deck", h.deck.Name, "from", attr(froms[i], "value"), "to", attr(tos[i], "value")).sends(t, "/study")
		s := b.studySession()
		first, last := s.Quiz.DayRange()
		if !s.Quiz.HasYearLimit() || len(s.Quiz.Items) == 0 {
			t.Errorf("the period is practised as %+v", s.Quiz)
		}
		for _, a := range s.Quiz.Items {
			f, _ := h.deck.Fact(a.Fact)
			if lo, hi := f.Date.WidenedBounds(); lo < first || hi > last {
				t.Errorf("from %s to %s: asks for %v", attr(froms[i], "value"), attr(tos[i], "value"), f.Date)
			}
		}
	}
	for name, years := range map[string][2]string{
		"turned": {"1900", "1800"}, "half": {"1900", ""}, "words": {"long ago", "1900"}, "year 0": {"0", "1900"}, "nothing there": {"-9000", "-8000"},
	} {
		form := b.post("/quizzes", "deck", h.deck.Name, "from", years[0], "to", years[1]).want(t, 422)
		if len(named(form.doc, "from")) != 1 || attr(named(form.doc, "from")[0], "value") != years[0] || len(all(form.doc, ".problem")) == 0 && !strings.Contains(form.body, `class="problem"`) {
			t.Errorf("%s: the form does not show what was typed", name)
		}
	}
}

// TestConfusionsOnProgressPage checks that a quiz of two confused facts asks exactly those two until they are told
// apart.
func TestConfusionsOnProgressPage(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	b.answer(12, 1)
	page := b.get("/progress").want(t, 200)
	as, bs := named(page.doc, "a"), named(page.doc, "b")
	if !page.says("Mixed up") || len(as) == 0 || len(as) != len(bs) {
		t.Fatalf("after wrong answers it says %s", textOf(page.doc))
	}
	one, other := attr(as[0], "value"), attr(bs[0], "value")
	b.post("/quizzes/contrast", "deck", h.deck.Name, "a", one, "b", other).sends(t, "/study")
	asks := b.studySession().Quiz.Items
	for range asks {
		s := b.studySession()
		q := s.Question
		pair := map[string]bool{one: true, other: true}
		if !pair[strconv.FormatInt(q.Fact, 10)] || !pair[strconv.FormatInt(q.ContrastFact, 10)] || len(q.Options) != 2 {
			t.Errorf("it asks %+v", q)
		}
		b.post("/study/answers", "token", s.Token, "chosen", strconv.Itoa(q.RightOption)).want(t, 303)
		b.get("/study").want(t, 200+map[bool]int{true: 103}[!b.studySession().HasQuestion()])
	}
	after := b.get("/progress").want(t, 200)
	for i, a := range named(after.doc, "a") {
		if attr(a, "value") == one && attr(named(after.doc, "b")[i], "value") == other {
			t.Error("what was told apart stands there still")
		}
	}
	for name, pair := range map[string][2]string{"itself": {one, one}, "none": {"0", "0"}, "words": {"x", "<script>"}, "unknown": {one, "99999999"}} {
		if a := b.post("/quizzes/contrast", "deck", h.deck.Name, "a", pair[0], "b", pair[1]); a.StatusCode != 404 {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}
	if a := b.post("/quizzes/contrast", "deck", "another", "a", one, "b", other); a.StatusCode != 404 {
		t.Errorf("a deck that is not there: %d", a.StatusCode)
	}
}

// TestProgressOfADeckThatWasClosed checks that a deck made private is neither shown on the progress page nor
// asked.
func TestProgressOfADeckThatWasClosed(t *testing.T) {
	t.Parallel()
	h := open(t)
	teacher := h.browser()
	teacher.teacher("Rauf")
	name := strings.Split(strings.TrimPrefix(teacher.post("/decks/"+h.deck.Name+"/copies").want(t, 303).to(), "/decks/"), "/")[0]
	teacher.showTo(name, "everybody")
	b := h.browser()
	b.post("/study", "deck", name).sends(t, "/study")
	for range 10 {
		s := b.studySession()
		if !s.HasQuestion() {
			break
		}
		b.post("/study/answers", "token", s.Token, "chosen", strconv.Itoa((s.Question.RightOption+1)%len(s.Question.Options))).want(t, 303)
		h.wait(5 * time.Second)
	}
	shown := b.get("/progress").want(t, 200)
	as, bs := named(shown.doc, "a"), named(shown.doc, "b")
	if len(as) == 0 {
		t.Fatal("nothing is mixed up")
	}
	teacher.showTo(name, "me")
	closed := b.get("/progress").want(t, 200)
	if closed.says("Mixed up") || strings.Contains(closed.body, name) {
		t.Error("the page tells of a deck that is closed")
	}
	if a := b.post("/quizzes/contrast", "deck", name, "a", attr(as[0], "value"), "b", attr(bs[0], "value")); a.StatusCode != 404 {
		t.Errorf("a contrast of it: %d", a.StatusCode)
	}
}

// showTo sets who can see a deck of the teacher.
func (b *browser) showTo(deck, visible string) {
	b.h.t.Helper()
	b.post("/decks/"+deck+"/about", "title", "A copy", "language", "en", "precision", "day", "visible", visible).want(b.h.t, 303)
}
