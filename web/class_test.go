package web

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chronicle/quiz"
)

// newClass creates a class and returns its URL.
func (b *browser) newClass(title string) string {
	b.h.t.Helper()
	return b.post("/classes", "title", title, "zone", "Asia/Baku", "boards", "yes").want(b.h.t, 303).to()
}

var joinCode = regexp.MustCompile(`[A-Z]+-[2-9B-Z]{3}-[2-9B-Z]{3}`)

// codeOf returns a class's join code as its teacher sees it.
func (b *browser) codeOf(class string) string {
	b.h.t.Helper()
	return joinCode.FindString(b.get(class+"/join-code").want(b.h.t, 200).body)
}

// joins makes the browser a student of another person's class.
func (b *browser) joins(teacher *browser, class, alias string) answer {
	b.h.t.Helper()
	return b.post("/join", "code", teacher.codeOf(class), "alias", alias).want(b.h.t, 303)
}

// assign assigns the deck with a target date in two weeks; pairs override the form's fields.
func (b *browser) assign(class string, pairs ...string) answer {
	b.h.t.Helper()
	return b.post(class+"/assignments", b.assignment(pairs...)...)
}

func (b *browser) assignment(pairs ...string) []string {
	day := func(n int) string { return b.h.time().AddDate(0, 0, n).Format(time.DateOnly) }
	fields := []string{"deck", b.h.deck.Name, "start", day(0), "day", day(14), "aim", "known", "known", "80", "minutes", "10", "late", "yes", "anyhow", "yes"}
	for i := 0; i < len(pairs); i += 2 {
		for j := 0; j < len(fields); j += 2 {
			if fields[j] == pairs[i] {
				fields[j+1] = pairs[i+1]
			}
		}
	}
	return append(fields, pairs...)
}

// TestJoinCodeToFirstQuestion checks that a student gets to the first question with a join code and an alias.
func TestJoinCodeToFirstQuestion(t *testing.T) {
	t.Parallel()
	h := open(t)
	teacher, pupil := h.browser(), h.browser()
	teacher.teacher("Leyla")
	class := teacher.newClass("History 10B")
	if a := teacher.get(class).want(t, 200); !a.says("Nobody is in this class yet") {
		t.Error("an empty class does not say so")
	}
	code := teacher.codeOf(class)
	if a := pupil.get("/join?code=" + url.QueryEscape(strings.ToLower(strings.ReplaceAll(code, "-", " ")))); a.to() != "/join/"+code {
		t.Errorf("sent to %q", a.to())
	}
	form := pupil.get("/join/"+code).want(t, 200)
	if name := value(form.doc, "alias"); len(quiz.ValidateAlias(name)) > 0 || !form.says("Join History 10B") {
		t.Errorf("%q is suggested", name)
	}
	if to := pupil.joins(teacher, class, "Aysel").to(); to != class {
		t.Errorf("without an assignment sent to %q", to)
	}
	teacher.assign(class).want(t, 303)
	other := h.browser()
	if to := other.joins(teacher, class, "Bogdan").to(); to != "/study" {
		t.Errorf("with an assignment sent to %q", to)
	}
	other.get("/study").want(t, 200)
	if a := pupil.get("/").want(t, 200); !a.says("For your classes") || !a.says("0% known, target 80%") {
		t.Error("the assignment is not on the front page")
	}
	if a := teacher.get(class).want(t, 200); !a.says("2 have not started") || !a.says("Aysel") {
		t.Error("the class page lacks its students")
	}
	// Members and teachers are told that they already belong to the class.
	if a := pupil.get("/join/"+code).want(t, 200); !a.says("You are in this class.") || !a.says("Not Aysel?") {
		t.Error("who is in it is asked again")
	}
	if a := teacher.get("/join/"+code).want(t, 200); !a.says("You teach this class") {
		t.Error("the teacher is asked for a name")
	}
	teacher.post("/join", "code", code, "alias", "Me").sends(t, class)
	// Another person at the same device starts over.
	pupil.post("/sign-out", "join", code).sends(t, "/join/"+code)
	pupil.joins(teacher, class, "Chidi")
	if a := teacher.get(class).want(t, 200); !a.says("3 students") {
		t.Error("the third is not in the class")
	}
}

func TestInvalidJoin(t *testing.T) {
	t.Parallel()
	h := open(t)
	teacher, pupil := h.browser(), h.browser()
	teacher.teacher("Leyla")
	class := teacher.newClass("History 10B")
	code := teacher.codeOf(class)
	h.browser().joins(teacher, class, "Aysel")
	for alias, says := range map[string]string{
		"":                        "",
		"aysel":                   "Someone in this class already has this name. Choose a different name.",
		strings.Repeat("x", 5000): "at most 40",
		"\u200b\u200d":            "",
		"sh1t":                    "This name could offend someone. Choose a different name.",
	} {
		a := pupil.post("/join", "code", code, "alias", alias).want(t, 422)
		if says != "" && !strings.Contains(strings.ToLower(textOf(a.doc)), strings.ToLower(says)) || len(of(a.doc, "problem")) != 1 {
			t.Errorf("%.20q: %.300s", alias, textOf(a.doc))
		}
		if alias == "aysel" && value(a.doc, "alias") != alias {
			t.Error("what was typed is lost")
		}
	}
	for _, typed := range []string{"KURA-1", "NOSUCH-1234", "", "'; DROP TABLE classes; --", strings.Repeat("A", 5000)} {
		if a := pupil.post("/join", "code", typed, "alias", "Bogdan").want(t, 422); !a.says("No class has this join code.") {
			t.Errorf("%.20q: %.200s", typed, textOf(a.doc))
		}
	}
	teacher.post(class+"/archive").want(t, 303)
	if a := pupil.post("/join", "code", code, "alias", "Bogdan").want(t, 422); !a.says("This class has ended.") {
		t.Error("a class that is over takes students")
	}
	if a := pupil.get("/join/"+code).want(t, 200); !a.says("This class has ended.") {
		t.Error("a class that is over asks for a name")
	}
	teacher.post(class+"/reopen").want(t, 303)
	pupil.joins(teacher, class, "Bogdan")
}

// TestGuessesAreRateLimited checks that wrong codes and cards slow a visitor down, and that a class behind the
// same address can still join.
func TestGuessesAreRateLimited(t *testing.T) {
	t.Parallel()
	h := open(t)
	teacher := h.browser()
	teacher.teacher("Leyla")
	class := teacher.newClass("History 10B")
	pupil := h.browser()
	guess := func(i int) answer {
		if i%2 == 0 {
			return pupil.post("/sign-in-card", "secret", "2222-3333-44"+strconv.Itoa(22+i%7))
		}
		return pupil.post("/join", "code", "KURA-222-2"+strconv.Itoa(22+i%7), "alias", "X")
	}
	for i := range 320 {
		guess(i).want(t, 422)
	}
	for i := range 30 {
		h.browser().joins(teacher, class, "Student "+strconv.Itoa(i))
	}
	began, n := time.Now(), 2*codeTriesPerSecond
	for i := range n {
		guess(i).want(t, 422)
	}
	if took := time.Since(began); took < time.Duration(n-codeTriesPerSecond)*time.Second/codeTriesPerSecond {
		t.Errorf("%d guesses took %s", n, took)
	}
}

// TestGuessesBeyondQueueAreRejected checks that with very many concurrent tries those that would wait too long are
// told so.
func TestGuessesBeyondQueueAreRejected(t *testing.T) {
	t.Parallel()
	h := open(t)
	for range 300 {
		h.browser().post("/join", "code", "KURA-222-222", "alias", "X").want(t, 422)
	}
	var all sync.WaitGroup
	var refused atomic.Int64
	for range 2 * codeTriesPerSecond * int(maxCodeWait/time.Second) {
		all.Go(func() {
			a := h.browser().post("/join", "code", "KURA-222-222", "alias", "X")
			for a.StatusCode == 503 { // this machine cannot serve so many at once
				a = h.browser().post("/join", "code", "KURA-222-222", "alias", "X")
			}
			if a.StatusCode == 429 && a.Header.Get("Retry-After") != "" {
				refused.Add(1)
			}
		})
	}
	all.Wait()
	if refused.Load() == 0 {
		t.Error("nobody was refused")
	}
}

var secretOf = regexp.MustCompile(`[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}`)

// TestSignInCardSheet covers a class without e-mail: aliases get cards, a card signs in on any device, a lost card
// is replaced.
func TestSignInCardSheet(t *testing.T) {
	t.Parallel()
	h := open(t)
	teacher, pupil := h.browser(), h.browser()
	teacher.teacher("Leyla")
	class := teacher.newClass("History 10B")
	teacher.assign(class).want(t, 303)
	sheet := teacher.post(class+"/students", "aliases", "Aysel\n\nBogdan\n").want(t, 200)
	secrets := secretOf.FindAllString(textOf(sheet.doc), -1)
	if len(secrets) != 2 || !sheet.says("Aysel") || len(of(sheet.doc, "qr")) != 2 {
		t.Fatalf("%v on the sheet", secrets)
	}
	if a := teacher.post(class+"/students", "aliases", "Chidi\nAYSEL").want(t, 422); !a.says("Someone in this class is already called “AYSEL”.") || !strings.Contains(a.body, "Chidi") {
		t.Errorf("%.400s", textOf(a.doc))
	}
	if a := teacher.post(class+"/students", "aliases", "Chidi\nch\u200bidi").want(t, 422); !a.says("Line 2") {
		t.Errorf("%.400s", textOf(a.doc))
	}
	pupil.post("/sign-in-card", "secret", "2222-2222-2222").want(t, 422)
	pupil.post("/sign-in-card", "secret", strings.ToLower(strings.ReplaceAll(secrets[0], "-", ""))).sends(t, "/")
	if a := pupil.get("/").want(t, 200); !a.says("For your classes") {
		t.Error("the card brings nobody in")
	}
	pupil.post("/study", "deck", h.deck.Name).sends(t, "/study")
	s := pupil.studySession()
	pupil.post("/study/answers", "token", s.Token, "chosen", strconv.Itoa(s.Question.RightOption)).want(t, 303)
	// On another device that has a guest.
	elsewhere := h.browser()
	elsewhere.begin(false)
	elsewhere.post("/sign-in-card", "secret", secrets[0]).sends(t, "/")
	if len(elsewhere.reviews()) != 1 {
		t.Errorf("%d answers on the other device", len(elsewhere.reviews()))
	}
	id := regexp.MustCompile(`name="student" value="(\d+)"`).FindStringSubmatch(teacher.get(class + "/students").body)[1]
	fresh := secretOf.FindString(textOf(teacher.post(class+"/cards", "student", id).want(t, 200).doc))
	if a := pupil.get("/settings"); a.StatusCode != 303 {
		t.Error("the lost card's session goes on")
	}
	pupil.post("/sign-in-card", "secret", secrets[0]).want(t, 422)
	pupil.post("/sign-in-card", "secret", fresh).sends(t, "/")
	teacher.post(class+"/cards", "student", "999999").want(t, 404)
	// A sheet lost before use is printed again for the unused cards only.
	if again := teacher.post(class+"/cards", "again", "yes").want(t, 200); len(secretOf.FindAllString(textOf(again.doc), -1)) != 1 || !again.says("Bogdan") {
		t.Errorf("%.300s", textOf(again.doc))
	}
}

// TestOnlyTeachersSeeClass checks that only its teachers reach a class's pages and actions: on every route,
// requests of everyone else change nothing and reveal no student.
func TestOnlyTeachersSeeClass(t *testing.T) {
	t.Parallel()
	h := open(t)
	owner, other, former, learner, guest, student := h.browser(), h.browser(), h.browser(), h.browser(), h.browser(), h.browser()
	owner.teacher("Leyla")
	other.teacher("Rauf")
	former.teacher("Murad")
	learner.signUp("Nigar")
	guest.begin(false)
	admin := h.browser()
	admin.admin("Samir")
	class := owner.newClass("History 10B")
	to := owner.assign(class).want(t, 303).to()
	assignment := to[strings.LastIndex(to, "=")+1:]
	student.joins(owner, class, "Aysel Hidden")
	student.answer(3, 1)
	h.browser().joins(owner, class, "Bogdan Hidden")
	other.newClass("Another")
	owner.post(class+"/teachers", "teacher", "Murad").want(t, 303)
	former.get(class).want(t, 200)
	former.post(class+"/teachers/remove", "teacher", "Murad").sends(t, "/classes")
	page := owner.get(class + "/students").body
	id := regexp.MustCompile(`/students/(\d+)"`).FindStringSubmatch(page)[1]
	key := regexp.MustCompile(`/facts/([a-z0-9-]+)"`).FindStringSubmatch(owner.get(class).body)[1]
	before := owner.get(class).body + page + owner.get(class+"/about").body
	tried := 0
	for _, r := range (&server{}).routes() {
		if !strings.HasPrefix(r.Path, "/classes/:class") {
			continue
		}
		tried++
		path := strings.NewReplacer(":class", strings.TrimPrefix(class, "/classes/"), ":student", id, ":assignment", assignment, ":key", key).Replace(r.Path)
		for name, b := range map[string]*browser{"nobody": h.browser(), "guest": guest, "learner": learner, "student": student, "other": other, "former": former, "administrator": admin} {
			var a answer
			if r.Method == "GET" {
				a = b.get(path)
			} else {
				a = b.post(path, owner.assignment("title", "Mine", "zone", "UTC", "alias", "Meddled", "aliases", "Meddler", "teacher", "Rauf", "student", id, "days", "9", "version", "1", "to", "none", "name", "Meddled", "sure", "yes")...)
			}
			own := name == "student" && r.Access == accessKnown
			if !own && (a.StatusCode < 300 || a.StatusCode == 303 && a.to() != "/" || a.StatusCode >= 500) {
				t.Errorf("%s %s by %s: %d to %q", r.Method, r.Path, name, a.StatusCode, a.to())
			}
			if strings.Contains(a.body, "Bogdan Hidden") || name != "student" && strings.Contains(a.body, "Aysel Hidden") {
				t.Errorf("%s %s shows %s a student", r.Method, r.Path, name)
			}
		}
		if r.Path == "/classes/:class/leave" { // allowed for the student
			student.joins(owner, class, "Aysel Hidden")
		}
		if r.Path == "/classes/:class/alias" {
			student.post(class+"/alias", "alias", "Aysel Hidden").want(t, 303)
		}
	}
	if tried < 25 {
		t.Errorf("%d routes", tried)
	}
	if after := owner.get(class).body + owner.get(class+"/students").body + owner.get(class+"/about").body; after != before {
		t.Error("somebody else changed the class")
	}
	// The student sees the class, but nobody else in it.
	if a := student.get(class).want(t, 200); !a.says("You are Aysel Hidden here. Your teachers: Leyla.") {
		t.Errorf("%.300s", textOf(a.doc))
	}
}
