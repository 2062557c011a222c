package web

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"chronicle/quiz"
)

func TestStudentResetCode(t *testing.T) {
	t.Parallel()
	h := open(t)
	teacher, pupil, colleague := h.browser(), h.browser(), h.browser()
	teacher.teacher("Leyla")
	class := teacher.newClass("History 10B")
	pupil.signUp("Nigar")
	pupil.joins(teacher, class, "Nigar")
	colleague.teacher("Rauf")
	colleague.joins(teacher, class, "Curious colleague")
	guest := h.browser()
	guest.joins(teacher, class, "Aysel")
	ids := map[string]string{}
	students, err := h.db.Students(context.Background(), teacher.who().Who(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range students {
		ids[s.Alias] = class + "/students/" + strconv.FormatInt(s.ID, 10)
	}
	// Neither a colleague, whose account could be taken over, nor a guest, who has a card.
	teacher.post(ids["Curious colleague"]+"/reset").want(t, 403)
	teacher.post(ids["Aysel"]+"/reset").want(t, 403)
	if a := teacher.get(ids["Curious colleague"]); a.says("Make a code") {
		t.Error("a code is offered for a colleague")
	}
	old := codeOn(t, teacher.post(ids["Nigar"]+"/reset").want(t, 200))
	code := codeOn(t, teacher.post(ids["Nigar"]+"/reset").want(t, 200))
	fresh := h.browser()
	fresh.post("/reset-password", "secret", old, "password", "four other words").want(t, 422)
	fresh.post("/reset-password", "secret", code, "password", "four other words").sends(t, "/")
	dead(t, h, pupil.cookieOf())
	pupil.post("/sign-in", "name", "Nigar", "password", secretWords).want(t, 422)
	pupil.post("/sign-in", "name", "Nigar", "password", "four other words").sends(t, "/")
	if a := pupil.get("/your-data").want(t, 200); !a.says("Leyla made a password code for Nigar") {
		t.Errorf("%.600s", textOf(a.doc))
	}
	late := codeOn(t, teacher.post(ids["Nigar"]+"/reset").want(t, 200))
	h.wait(25 * time.Hour)
	fresh.post("/reset-password", "secret", late, "password", "four other words").want(t, 422)

	// The visitor's own password.
	pupil.post("/settings/password", "old", "wrong wrong wrong", "password", "and five more words").want(t, 422)
	pupil.post("/settings/password", "old", "four other words", "password", "short").want(t, 422)
	other := h.browser()
	other.post("/sign-in", "name", "Nigar", "password", "four other words").want(t, 303)
	pupil.post("/settings/password", "old", "four other words", "password", "and five more words").sends(t, "/settings?changed=yes")
	pupil.get("/settings?changed=yes").want(t, 200)
	dead(t, h, other.cookieOf())
}

func TestExportAndEraseOwnData(t *testing.T) {
	t.Parallel()
	h := open(t)
	teacher := h.browser()
	teacher.teacher("Leyla")
	class := teacher.newClass("History 10B")
	teacher.assign(class).want(t, 303)
	teacher.post(class+"/students", "aliases", "Amber Heron = Aysel Mammadova\nBogdan").want(t, 200)
	if a := teacher.get(class+"/students").want(t, 200); a.says("Aysel Mammadova") || !a.says("Chronicle stores one real name.") {
		t.Error("a name is shown before anybody asked")
	}
	if a := teacher.post(class+"/names").want(t, 200); !a.says("Aysel Mammadova") {
		t.Error("a name is not shown")
	}
	pupil := h.browser()
	pupil.joins(teacher, class, "Chidi")
	pupil.answer(4, 1)
	students, err := h.db.Students(context.Background(), teacher.who().Who(), 1)
	if err != nil {
		t.Fatal(err)
	}
	chidi := ""
	for _, s := range students {
		if s.Alias == "Chidi" {
			chidi = class + "/students/" + strconv.FormatInt(s.ID, 10)
		}
	}
	teacher.post(chidi+"/name", "name", strings.Repeat("x", 81)).want(t, 422)
	teacher.post(chidi+"/name", "name", "Chidi N").sends(t, chidi+"?done=name")
	if a := teacher.get(chidi).want(t, 200); a.says("Chidi N ") || !a.says("Chronicle stores a real name.") {
		t.Error("a name is shown before anybody asked")
	}
	if a := teacher.post(chidi+"/reveal").want(t, 200); value(a.doc, "name") != "Chidi N" {
		t.Error("a name is not shown")
	}
	if a := pupil.get("/your-data").want(t, 200); !a.says("Leyla viewed the real name of Chidi (History 10B)") {
		t.Errorf("%.600s", textOf(a.doc))
	}
	handed := pupil.get("/your-data/export").want(t, 200)
	if !strings.HasPrefix(handed.Header.Get("Content-Disposition"), "attachment") || handed.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v", handed.Header)
	}
	var file struct {
		Kept  map[string][]map[string]any
		Facts map[string]string
	}
	if err := json.Unmarshal([]byte(handed.body), &file); err != nil || len(file.Kept["reviews"]) != 4 || file.Kept["names"][0]["name"] != "Chidi N" || len(file.Facts) == 0 {
		t.Errorf("%v: %.600s", err, handed.body)
	}
	theirs := teacher.post(chidi+"/export").want(t, 200)
	if err := json.Unmarshal([]byte(theirs.body), &file); err != nil || len(file.Kept["reviews"]) != 4 {
		t.Error("the teacher's file has something else: ", err)
	}
	person := pupil.who().ID
	pupil.post("/your-data/erase").want(t, 422)
	pupil.post("/your-data/erase", "sure", "yes").sends(t, "/your-data?erased=yes")
	if pupil.cookieOf() != "" {
		t.Error("the cookie is still there")
	}
	if _, err := h.db.Person(context.Background(), quiz.Who{Person: person}); !quiz.Is(err, quiz.NotFound) {
		t.Error("the person is still there: ", err)
	}
	teacher.get(chidi).want(t, 404)
	if a := teacher.get(class+"/students").want(t, 200); a.says("Chidi") {
		t.Error("the class still has them")
	}

	// An account with a password requires it.
	nigar := h.browser()
	nigar.signUp("Nigar")
	nigar.joins(teacher, class, "Nigar")
	nigar.post("/your-data/erase", "sure", "yes", "password", "wrong wrong wrong").want(t, 422)
	students, _ = h.db.Students(context.Background(), teacher.who().Who(), 1)
	for _, s := range students {
		at := class + "/students/" + strconv.FormatInt(s.ID, 10)
		if s.Alias == "Nigar" { // the teacher erases only the class's data about her
			if a := teacher.get(at).want(t, 200); !a.says("only the data from this class") {
				t.Error("the teacher acts for somebody with an account")
			}
			teacher.post(at+"/erase").want(t, 422)
			teacher.post(at+"/erase", "sure", "yes").sends(t, class+"/students?done=erased")
		}
	}
	nigar.get("/settings").want(t, 200)
	nigar.post("/your-data/erase", "sure", "yes", "password", secretWords).sends(t, "/your-data?erased=yes")
	h.browser().post("/sign-in", "name", "Nigar", "password", secretWords).want(t, 422)

	// The only teacher of an active class cannot erase their account.
	if a := teacher.post("/your-data/erase", "sure", "yes", "password", "correct horse battery").want(t, 422); !a.says("You are the only teacher of History 10B.") {
		t.Errorf("%.500s", textOf(a.doc))
	}
}
