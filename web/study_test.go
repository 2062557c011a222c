package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"chronicle/quiz"
)

func TestVisitorJourney(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	b.get("/").want(t, 200)
	if len(b.cookies) > 0 {
		t.Fatal("looking made a cookie")
	}
	began := b.post("/study", "deck", h.deck.Name, "zone", "Europe/Moscow").sends(t, "/study")
	c := began.Header.Get("Set-Cookie")
	for _, part := range []string{"chronicle=", "HttpOnly", "SameSite=Lax", "path=/"} {
		if !strings.Contains(c, part) {
			t.Errorf("cookie %q lacks %s", c, part)
		}
	}
	if strings.Contains(c, "secure") || strings.Contains(strings.ToLower(c), "domain") {
		t.Errorf("cookie %q", c)
	}
	if p := b.who(); p.Role != quiz.RoleGuest || p.Zone != "Europe/Moscow" {
		t.Errorf("the stranger became %+v", p)
	}
	wrong, right := 0, 0
	for range 200 {
		s := b.studySession()
		if !s.HasQuestion() {
			break
		}
		page := b.get("/study").want(t, 200)
		unspoilt(t, h, page, s.Question)
		chosen := s.Question.RightOption
		if wrong <= right {
			chosen = (chosen + 1) % len(s.Question.Options)
			wrong++
		} else {
			right++
		}
		h.wait(4 * time.Second)
		to := "/study/answers/" + s.Token
		b.post("/study/answers", "token", s.Token, "chosen", strconv.Itoa(chosen), "took", "3000").sends(t, to)
		verdict(t, h, b.get(to).want(t, 200), s.Question, chosen)
		if wrong+right > 12 { // from here on all answers are right, so that the session ends
			wrong = right + 1
		}
	}
	end := b.get("/study").want(t, 200)
	if !strings.Contains(end.head(), "You got") || !end.says("Hardest today") || !end.says("right.") {
		t.Errorf("the end says %q\n%s", end.head(), textOf(end.doc))
	}
	today := b.get("/").want(t, 200)
	if len(all(today.doc, "table")) == 0 || !today.says("Your memory") {
		t.Errorf("today shows no progress: %s", today.head())
	}
}

// unspoilt fails when the page of a choice reveals more than the question.
func unspoilt(t *testing.T, h *testServer, page answer, q quiz.Question) {
	t.Helper()
	buttons := named(page.doc, "chosen")
	if len(buttons) != len(q.Options) || len(buttons) < 2 {
		t.Fatalf("%d buttons for %d options", len(buttons), len(q.Options))
	}
	for i, b := range buttons {
		if !strings.Contains(strings.ToLower(textOf(b)), strings.ToLower(strings.Join(strings.Fields(q.Options[i].Text), " "))) {
			t.Errorf("button %d says %q, the option %q", i, textOf(b), q.Options[i].Text)
		}
		n := strconv.Itoa(i)
		if attr(b, "value") != n || attr(b, "class") != attr(buttons[0], "class") || len(b.Attr) != len(buttons[0].Attr) {
			t.Errorf("button %d differs: %v", i, b.Attr)
		}
	}
	fact, _ := h.deck.Fact(q.Fact)
	secret(t, page, q, fact.Detail, fact.Key, fact.Section, fact.Date.String())
}

// secret fails when the page contains any of the texts, a fact's ID or the key of a fact.
func secret(t *testing.T, page answer, q quiz.Question, texts ...string) {
	t.Helper()
	shown := q.Stem + " " + q.ShownOption.Text // the date to be judged may be the right one
	for _, o := range q.Options {
		shown += " " + o.Text
	}
	for _, text := range texts {
		if len(text) > 3 && strings.Contains(page.body, text) && !strings.Contains(shown, text) && text != "2026" {
			t.Errorf("the question %q shows %q before the answer", q.Stem, text)
		}
	}
	for _, word := range []string{"data-answer", "data-fact", "correct", "data-right"} {
		if strings.Contains(page.body, word) {
			t.Errorf("the page has %q", word)
		}
	}
}

// verdict fails unless the page shows everything required after an answer.
func verdict(t *testing.T, h *testServer, page answer, q quiz.Question, chosen int) {
	t.Helper()
	fact, _ := h.deck.Fact(q.Fact)
	want := []string{fact.Date.Format("en") + ":", fact.Label}
	if fact.Section != "" {
		want = append(want, h.deck.Sources[0].Title, fact.Section)
	}
	if chosen == q.RightOption {
		want = append(want, "Right.")
	} else {
		want = append(want, "Wrong.", "You chose ")
		lure, _ := h.deck.Fact(q.Options[chosen].Fact)
		if q.Kind == quiz.KindWhenChoice {
			want = append(want, lure.Event)
		} else {
			want = append(want, lure.Date.FormatWithPreposition("en"))
		}
	}
	for _, words := range want {
		if !page.says(words) {
			t.Errorf("the verdict on %q does not say %q:\n%s", q.Stem, words, textOf(page.doc))
		}
	}
	if n := len(of(page.doc, "right")); n < 1 {
		t.Error("the right option is not marked")
	}
}

func TestFlashcards(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	for i := range 6 {
		s := b.begin(true)
		if s.Question.Kind != quiz.KindFlashcard {
			t.Fatalf("kind %s", s.Question.Kind)
		}
		front := b.get("/study").want(t, 200)
		fact, _ := h.deck.Fact(s.Question.Fact)
		secret(t, front, s.Question, s.Question.BackText, fact.Detail, fact.Label, fact.Key, s.Token)
		if len(named(front.doc, "rating")) != 0 {
			t.Error("the front has ratings")
		}
		back := b.get("/study/back").want(t, 200)
		if !back.says(s.Question.BackText) {
			t.Errorf("the back does not say %q", s.Question.BackText)
		}
		ratings := named(back.doc, "rating")
		if len(ratings) != 4 {
			t.Fatalf("%d ratings", len(ratings))
		}
		for n, r := range ratings {
			if attr(r, "value") != strconv.Itoa(n+1) || !strings.Contains(textOf(r), "in ") && !strings.Contains(textOf(r), "tomorrow") {
				t.Errorf("rating %d says %q", n+1, textOf(r))
			}
		}
		b.post("/study/answers", "token", s.Token, "rating", strconv.Itoa(i%4+1)).sends(t, "/study")
		if got := len(b.reviews()); got != i+1 {
			t.Fatalf("%d reviews after %d ratings", got, i+1)
		}
		b.get("/study/answers/"+s.Token).want(t, 200)
	}
}

func TestSameAnswerTwice(t *testing.T) {
	t.Parallel()
	b := open(t).browser()
	s := b.begin(false)
	to := "/study/answers/" + s.Token
	for range 3 {
		b.post("/study/answers", "token", s.Token, "chosen", "1").sends(t, to)
	}
	other := b.post("/study/answers", "token", s.Token, "chosen", "0").want(t, 409)
	goOn(t, other)
	if got := b.reviews(); len(got) != 1 || got[0].ChosenOption != 1 {
		t.Fatalf("kept %d answers, %+v", len(got), got)
	}
}

// goOn fails unless the page links to the current question.
func goOn(t *testing.T, page answer) {
	t.Helper()
	for _, a := range all(page.doc, "a") {
		if attr(a, "href") == "/study" {
			return
		}
	}
	t.Errorf("no link to go on:\n%s", page.body)
}

// nasty lists hostile and unusual inputs.
var nasty = map[string]string{
	"nothing":       "",
	"long":          strings.Repeat("x", 10_000),
	"markup":        `"><script>alert(1)</script>`,
	"quotes":        `' OR 1=1 --`,
	"right to left": "\u202Eevil\u202C",
	"emoji":         "👩‍👩‍👧‍👦 🇦🇿",
	"zero width":    "a\u200Bb\u200D",
	"NUL":           "a\x00b",
	"broken UTF-8":  "a\xff\xfeb",
	"template":      "{{.N}} ${7*7} %s %00",
	"line breaks":   "a\r\nSet-Cookie: x=y",
}

func TestInvalidTokens(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	s := b.begin(false)
	for name, token := range nasty {
		page := b.post("/study/answers", "token", token, "chosen", "0").want(t, 409)
		goOn(t, page)
		if strings.Contains(page.body, "<script>alert") {
			t.Errorf("%s: the token's markup is in the page", name)
		}
		b.post("/study/undo", "token", token).want(t, 409)
		b.post("/study", "deck", token).want(t, 404)
	}
	for _, path := range []string{"/study/answers/x", "/study/answers/%00", "/study/answers/%ff", "/study/answers/" + strings.Repeat("a", 9000), "/decks/%3Cscript%3E", "/decks/%00"} {
		b.get(path).want(t, 404)
	}
	if got := b.studySession(); got.Token != s.Token || len(b.reviews()) != 0 {
		t.Error("the question that waited is gone")
	}
	b.post("/study/answers").want(t, 409)
}

func TestInvalidOptions(t *testing.T) {
	t.Parallel()
	b := open(t).browser()
	s := b.begin(false)
	for _, chosen := range []string{"99", "-1", "abc", "", "1e0", " 1", "٢", "9223372036854775808", "1;2", "3"} {
		page := b.post("/study/answers", "token", s.Token, "chosen", chosen).want(t, 422)
		if len(of(page.doc, "problem")) != 1 || !page.says("Choose one of the options.") {
			t.Errorf("%q: no message", chosen)
		}
		if value(page.doc, "token") != s.Token || !page.says(s.Question.Stem) {
			t.Errorf("%q: the question is gone", chosen)
		}
	}
	b.post("/study/answers", "token", s.Token).want(t, 422)
	for _, took := range []string{"-5", "abc", "99999999999999999999", "1e9"} {
		b.post("/study/answers", "token", s.Token, "chosen", "77", "took", took).want(t, 422)
	}
	b.post("/study/answers", "token", s.Token, "chosen", "0", "took", "-5").sends(t, "/study/answers/"+s.Token)
	if r := b.reviews(); len(r) != 1 || r[0].Duration != 0 {
		t.Fatalf("kept %+v", r)
	}
	f := open(t).browser()
	s = f.begin(true)
	for _, rating := range []string{"0", "5", "9", "-1", "256", "abc", ""} {
		page := f.post("/study/answers", "token", s.Token, "rating", rating, "chosen", "0").want(t, 422)
		if !page.says("Choose one of the four ratings.") || len(named(page.doc, "rating")) != 4 {
			t.Errorf("rating %q: no message", rating)
		}
	}
}

func TestUndo(t *testing.T) {
	t.Parallel()
	b := open(t).browser()
	b.post("/study/undo", "token", "x").want(t, 401)
	first := b.begin(false)
	b.post("/study/undo", "token", first.Token).want(t, 409)
	b.post("/study/answers", "token", first.Token, "chosen", "0").want(t, 303)
	second := b.studySession()
	b.post("/study/answers", "token", second.Token, "chosen", "0").want(t, 303)
	page := b.get("/study/answers/"+first.Token).want(t, 200)
	if value(page.doc, "token") != "" {
		t.Error("an older answer offers to be undone")
	}
	b.post("/study/undo", "token", first.Token).want(t, 409)
	page = b.get("/study/answers/"+second.Token).want(t, 200)
	if value(page.doc, "token") != second.Token {
		t.Error("the last answer does not offer to be undone")
	}
	b.post("/study/undo", "token", second.Token).sends(t, "/study")
	waits := b.studySession().Token
	b.post("/study/undo", "token", second.Token).sends(t, "/study") // a repeated request
	if b.studySession().Token != waits {
		t.Error("a second tap undid something")
	}
	again := b.studySession()
	if fmt.Sprint(again.Question) != fmt.Sprint(second.Question) || again.Token == second.Token {
		t.Errorf("after undo %q waits, not %q", again.Question.Stem, second.Question.Stem)
	}
	b.get("/study/answers/"+second.Token).sends(t, "/study")
	b.post("/study/answers", "token", second.Token, "chosen", "0").want(t, 409)
	b.post("/study/answers", "token", again.Token, "chosen", "1").want(t, 303)
	standing := 0
	for _, r := range b.reviews() {
		if !r.Undone {
			standing++
		}
	}
	if standing != 2 {
		t.Errorf("%d answers stand", standing)
	}
}

func TestSecureCookie(t *testing.T) {
	t.Parallel()
	h := open(t, func(c *Config) { c.HTTPS = true })
	b := h.browser()
	a := b.post("/study", "deck", h.deck.Name).sends(t, "/study")
	c := a.Header.Get("Set-Cookie")
	for _, part := range []string{"__Host-chronicle=", "HttpOnly", "secure", "SameSite=Lax", "path=/"} {
		if !strings.Contains(c, part) {
			t.Errorf("cookie %q lacks %s", c, part)
		}
	}
	if a.Header.Get("Strict-Transport-Security") == "" {
		t.Error("no Strict-Transport-Security")
	}
	b.get("/study").want(t, http.StatusOK)
	b.cookies = map[string]string{"chronicle": b.cookies["__Host-chronicle"]}
	b.get("/study").sends(t, "/")
}
