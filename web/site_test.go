package web

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"chronicle/quiz"
)

// admin makes the browser's person an administrator.
func (b *browser) admin(name string) {
	b.h.t.Helper()
	b.teacher(name)
	if err := b.h.db.SetRole(context.Background(), quiz.Who{Role: quiz.RoleSystem}, b.who().ID, quiz.RoleAdmin, "", b.h.time()); err != nil {
		b.h.t.Fatal(err)
	}
	b.post("/sign-in", "name", name, "password", "correct horse battery").sends(b.h.t, "/")
}

// anyCode matches a code as shown on a page.
var anyCode = regexp.MustCompile(`[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}`)

func codeOn(t *testing.T, a answer) string {
	t.Helper()
	code := anyCode.FindString(textOf(a.doc))
	if code == "" {
		t.Fatalf("no code in %.500s", textOf(a.doc))
	}
	return code
}

func TestFirstRun(t *testing.T) {
	t.Parallel()
	const code = "7KQM-2PXT-9WHA"
	h := open(t, func(c *Config) { c.FirstRunCode = code })
	b := h.browser()
	b.get("/setup").want(t, 200)
	form := []string{"alias", "Leyla", "email", "leyla@example.org", "password", secretWords}
	for name, pairs := range map[string][]string{
		"no code":     append([]string{"secret", ""}, form...),
		"wrong code":  append([]string{"secret", "7KQM-2PXT-9WHB"}, form...),
		"no alias":    {"secret", code, "email", "leyla@example.org", "password", secretWords},
		"no e-mail":   {"secret", code, "alias", "Leyla", "password", secretWords},
		"no password": {"secret", code, "alias", "Leyla", "email", "leyla@example.org"},
	} {
		if a := b.post("/setup", pairs...).want(t, 422); !a.says("") || len(all(a.doc, "input")) < 3 {
			t.Errorf("%s: the form does not come again", name)
		}
	}
	if n, err := h.db.CountAdmins(context.Background(), quiz.Who{}); err != nil || n != 0 {
		t.Fatal(n, err)
	}
	b.post("/setup", append([]string{"secret", " 7kqm 2pxt-9wha"}, form...)...).sends(t, "/site")
	if p := b.who(); p.Role != quiz.RoleAdmin {
		t.Errorf("they are a %s", p.Role)
	}
	b.get("/site").want(t, 200)
	other := h.browser()
	if a := other.get("/setup").want(t, 200); !a.says("There is already an administrator.") {
		t.Error("there can be another first one")
	}
	other.post("/setup", append([]string{"secret", code}, form...)...).want(t, 422)

	// A person with an account becomes administrator with that account.
	h = open(t, func(c *Config) { c.FirstRunCode = code })
	b = h.browser()
	b.teacher("Rauf")
	b.post("/setup", "secret", code).sends(t, "/site")
	if p := b.who(); p.Role != quiz.RoleAdmin || p.Alias != "Rauf" {
		t.Errorf("they are %+v", p)
	}
	b.newClass("An administrator teaches too")
}

// TestOnlyAdminsSeeSitePages tries every administration URL as every kind of visitor.
func TestOnlyAdminsSeeSitePages(t *testing.T) {
	t.Parallel()
	h := open(t)
	admin, teacher, learner, guest, pupil := h.browser(), h.browser(), h.browser(), h.browser(), h.browser()
	admin.admin("Leyla")
	teacher.teacher("Rauf")
	learner.signUp("Nigar Hidden")
	guest.begin(false)
	class := teacher.newClass("History 10B")
	pupil.joins(teacher, class, "Aysel")
	victim := strconv.FormatInt(learner.who().ID, 10)
	tried := 0
	for _, r := range (&server{}).routes() {
		if r.Access != accessAdmin {
			continue
		}
		tried++
		path := strings.NewReplacer(":person", victim, ":class", "1").Replace(r.Path)
		fields := []string{"policy", "closed", "role", "admin", "uses", "3", "invitation", "1", "teacher", "Rauf", "sure", "yes", "alias", "Meddler", "email", "m@example.org"}
		for name, b := range map[string]*browser{"nobody": h.browser(), "guest": guest, "learner": learner, "teacher": teacher, "student": pupil} {
			a := answer{}
			if r.Method == "GET" {
				a = b.get(path)
			} else {
				a = b.post(path, fields...)
			}
			if a.StatusCode != 401 && (a.StatusCode != 303 || a.to() != "/") || strings.Contains(a.body, "Nigar Hidden") && name != "learner" {
				t.Errorf("%s %s by %s: %d to %q", r.Method, r.Path, name, a.StatusCode, a.to())
			}
		}
		if r.Method == "GET" {
			admin.get(path).want(t, 200)
		}
	}
	if tried < 15 {
		t.Errorf("%d routes", tried)
	}
	if p := learner.who(); p.Role != quiz.RoleLearner {
		t.Errorf("the learner is a %s", p.Role)
	}
	if policy, err := h.db.SignUpPolicy(context.Background(), quiz.Who{}); err != nil || policy != quiz.SignUpOpen {
		t.Error(policy, err)
	}
	// Unknown IDs are not found, and guests have no page.
	for _, id := range []string{"0", "-1", "99999", "x", strconv.FormatInt(guest.who().ID, 10)} {
		admin.get("/people/"+id).want(t, 404)
		admin.post("/people/"+id+"/erase", "sure", "yes").want(t, 404)
	}
}

func TestSignUpPolicy(t *testing.T) {
	t.Parallel()
	h := open(t)
	admin := h.browser()
	admin.admin("Leyla")
	admin.post("/site/sign-up", "policy", "whatever").want(t, 422)
	admin.post("/site/sign-up", "policy", "closed").sends(t, "/site?done=policy")
	b := h.browser()
	if a := b.get("/sign-up").want(t, 200); len(all(a.doc, "input")) != 0 || !a.says("Only an administrator can create accounts here.") {
		t.Error("a closed site has a form")
	}
	b.post("/sign-up", "alias", "Nigar", "password", secretWords).want(t, 403)
	b.begin(false) // guests can practise under any policy
	b.answer(2, 0)

	admin.post("/site/sign-up", "policy", "invitation").want(t, 303)
	for name, pairs := range map[string][]string{"no uses": {"role", "teacher", "uses", "0"}, "many uses": {"role", "teacher", "uses", "501"}, "letters": {"role", "teacher", "uses", "x"}, "no role": {"uses", "1"}, "administrators": {"role", "admin", "uses", "1"}} {
		if a := admin.post("/site/invitations", pairs...); a.StatusCode != 422 {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}
	code := codeOn(t, admin.post("/site/invitations", "role", "learner", "uses", "1").want(t, 200))
	b.post("/sign-up", "alias", "Nigar", "password", secretWords).want(t, 422)
	b.post("/sign-up", "alias", "Nigar", "password", secretWords, "invitation", "7KQM-2PXT-9WHA").want(t, 422)
	if a := b.post("/sign-up", "alias", "Nigar", "password", secretWords, "invitation", code, "teaches", "yes", "email", "n@example.org").want(t, 422); !a.says("This invitation is for learners.") {
		t.Error("a learner's invitation makes teachers")
	}
	b.post("/sign-up", "alias", "Nigar", "password", secretWords, "invitation", strings.ToLower(code)).sends(t, "/")
	if p := b.who(); p.Alias != "Nigar" || len(b.reviews()) != 2 {
		t.Errorf("%+v with %d answers", p, len(b.reviews()))
	}
	b = h.browser()
	teachers := codeOn(t, admin.post("/site/invitations", "role", "teacher", "uses", "1").want(t, 200))
	if a := b.post("/sign-up", "alias", "Rauf", "password", secretWords, "invitation", teachers).want(t, 422); !a.says("This invitation is for teachers") {
		t.Error("a teacher's invitation makes learners")
	}
	b.post("/sign-up", "alias", "Rauf", "password", secretWords, "invitation", teachers, "teaches", "yes", "email", "rauf@example.org").sends(t, "/")
	if n := len(all(b.get("/settings").want(t, 200).doc, "form")); b.who().Role != quiz.RoleTeacher || n == 0 {
		t.Error("the invitation was used up by a mistake")
	}
	h.browser().post("/sign-up", "alias", "Second", "password", secretWords, "invitation", code).want(t, 422) // used up

	code = codeOn(t, admin.post("/site/invitations", "role", "teacher", "uses", "2").want(t, 200))
	page := admin.get("/site").want(t, 200)
	if strings.Contains(page.body, code) {
		t.Error("a code is shown twice")
	}
	id := regexp.MustCompile(`name="invitation" value="(\d+)"`).FindStringSubmatch(page.body)[1]
	admin.post("/site/invitations/withdraw", "invitation", id).sends(t, "/site?done=withdrawn")
	admin.post("/site/invitations/withdraw", "invitation", id).want(t, 404)
	h.browser().post("/sign-up", "alias", "Third", "password", secretWords, "invitation", code).want(t, 422)
	code = codeOn(t, admin.post("/site/invitations", "role", "teacher", "uses", "2").want(t, 200))
	h.wait(31 * 24 * time.Hour)
	h.browser().post("/sign-up", "alias", "Fourth", "password", secretWords, "invitation", code).want(t, 422)
}

func TestManagePeople(t *testing.T) {
	t.Parallel()
	h := open(t)
	admin := h.browser()
	admin.admin("Leyla")
	own := "/people/" + strconv.FormatInt(admin.who().ID, 10)
	admin.post(own+"/role", "role", "teacher").want(t, 403) // the last administrator
	admin.post(own+"/erase", "sure", "yes").want(t, 403)
	for name, pairs := range map[string][]string{"nothing": {}, "no e-mail": {"alias", "Rauf", "role", "teacher"}, "no role": {"alias", "Rauf"}, "guest": {"alias", "Rauf", "role", "guest"}, "taken": {"alias", "LEYLA", "role", "learner"}} {
		if a := admin.post("/people", pairs...); a.StatusCode != 422 {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}
	made := admin.post("/people", "alias", "Rauf", "role", "teacher", "email", "rauf@example.org").want(t, 200)
	code := codeOn(t, made)
	rauf := h.browser()
	rauf.post("/sign-in", "name", "Rauf", "password", "").want(t, 422) // there is no password yet
	rauf.post("/reset-password", "secret", code, "password", "short").want(t, 422)
	rauf.post("/reset-password", "secret", code, "password", "rauf1234").want(t, 422)
	rauf.post("/reset-password", "secret", code, "password", secretWords).sends(t, "/")
	rauf.post("/reset-password", "secret", code, "password", secretWords).want(t, 422) // a code works once
	if p := rauf.who(); p.Role != quiz.RoleTeacher {
		t.Errorf("they are a %s", p.Role)
	}
	page := "/people/" + strconv.FormatInt(rauf.who().ID, 10)
	if a := admin.get("/people?find=RAUF").want(t, 200); !a.says("rauf@example.org") || a.says("leyla@example.org") {
		t.Errorf("%.400s", textOf(a.doc))
	}
	if a := admin.get("/people?find="+"%25").want(t, 200); !a.says("Nobody found.") {
		t.Error("a sign of LIKE finds everybody")
	}
	if a := admin.get("/people?role=learner").want(t, 200); a.says("rauf@example.org") {
		t.Error("a role is not looked at")
	}
	class := rauf.newClass("History 10B")
	if a := admin.post(page+"/role", "role", "learner").want(t, 422); !a.says("This person teaches classes.") {
		t.Error("a class loses its teacher")
	}
	if a := admin.get("/site/classes").want(t, 200); !a.says("History 10B") || !a.says("Taught by Rauf") {
		t.Errorf("%.400s", textOf(a.doc))
	}
	admin.post("/site/classes/1/teachers", "teacher", "nobody").want(t, 422)
	admin.get(class).want(t, 404)
	admin.post("/site/classes/1/teachers", "teacher", "Leyla").sends(t, "/site/classes?done=yes")
	admin.get(class).want(t, 200)
	admin.post(page+"/sign-out").want(t, 303)
	dead(t, h, rauf.cookieOf())
	admin.post(page+"/role", "role", "admin").want(t, 303)
	admin.post(own+"/role", "role", "teacher").want(t, 303)
	admin.get("/site").sends(t, "/")
	rauf.post("/sign-in", "name", "Rauf", "password", secretWords).want(t, 303)
	rauf.post("/people/"+strconv.FormatInt(rauf.who().ID, 10)+"/erase", "sure", "yes").want(t, 403) // erasing one's own account requires the password
	if a := rauf.post(own+"/erase").want(t, 422); !a.says("Tick this to confirm.") {
		t.Error("erasing is not asked twice")
	}
	rauf.post(own+"/erase", "sure", "yes").sends(t, "/people")
	h.browser().post("/sign-in", "name", "Leyla", "password", "correct horse battery").want(t, 422)
	if a := rauf.get("/site").want(t, 200); !a.says("Leyla changed the role of Rauf: Administrator") && !a.says("changed the role of Rauf: Administrator") {
		t.Errorf("%.900s", textOf(a.doc))
	}
}

// TestStudentsWithoutAccounts checks that a student with a card can sign out and in again, and that an
// administrator can find and erase people without an account.
func TestStudentsWithoutAccounts(t *testing.T) {
	t.Parallel()
	h := open(t)
	teacher, admin, pupil := h.browser(), h.browser(), h.browser()
	teacher.teacher("Leyla")
	admin.admin("Samir")
	class := teacher.newClass("History 10B")
	card := codeOn(t, teacher.post(class+"/students", "aliases", "Amber Heron").want(t, 200))
	pupil.post("/sign-in-card", "secret", card).sends(t, "/")
	if a := pupil.get("/settings").want(t, 200); !a.says("You are Amber Heron in History 10B. After you sign out, you can sign in again with your card.") || a.says("You cannot undo this") {
		t.Errorf("%.900s", textOf(a.doc))
	}
	pupil.post("/sign-out").sends(t, "/")
	pupil.post("/sign-in-card", "secret", card).sends(t, "/")
	other := h.browser()
	other.joins(teacher, class, "Bogdan")
	admin.post("/site/sign-up", "policy", "closed").want(t, 303)
	if a := other.get("/settings").want(t, 200); !a.says("Ask your teacher for a card") || a.says("Sign up to keep it") {
		t.Error("a closed site offers an account")
	}
	if a := admin.get("/people").want(t, 200); a.says("Amber Heron") {
		t.Error("students stand among accounts")
	}
	page := regexp.MustCompile(`/people/\d+`).FindString(admin.get("/people?find=amber").want(t, 200).body)
	if a := admin.get(page).want(t, 200); !a.says("Amber Heron") || a.says("Make a code") {
		t.Error("a student without an account has a password")
	}
	admin.post(page+"/reset").want(t, 404)
	admin.post(page+"/role", "role", "admin", "email", "x@example.org").want(t, 404)
	teacher.post(class+"/students/1/remove").want(t, 303)
	admin.post(page+"/export").want(t, 200)
	admin.post(page+"/erase", "sure", "yes").sends(t, "/people")
	pupil.post("/sign-in-card", "secret", card).want(t, 422)
}
