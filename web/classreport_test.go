package web

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestAssignmentsOnThePage(t *testing.T) {
	t.Parallel()
	h := open(t)
	owner, second := h.browser(), h.browser()
	owner.teacher("Leyla")
	second.teacher("Rauf")
	class := owner.newClass("History 10B")
	owner.post(class+"/teachers", "teacher", "rauf@example.org").want(t, 303)
	h.browser().joins(owner, class, "Aysel")
	way := owner.get("/decks/"+h.deck.Name).want(t, 200)
	if !strings.Contains(way.body, `href="/classes?deck=`+h.deck.Name+`"`) {
		t.Error("the deck's page does not lead to assigning it")
	}
	if a := owner.get("/classes?deck="+h.deck.Name).want(t, 200); !strings.Contains(a.body, class+"/assign?deck="+h.deck.Name) {
		t.Error("the class is not offered")
	}
	owner.get("/classes?deck=none").want(t, 404)
	form := owner.get(class+"/assign?deck="+h.deck.Name).want(t, 200)
	if len(of(form.doc, "choices")) != 1 || !form.says("Minutes a day") || value(form.doc, "minutes") == "" {
		t.Error("the form does not say what minutes bring")
	}
	for field, typed := range map[string]string{"day": "2020-01-01", "start": "never", "known": "150", "minutes": "0", "from": "x"} {
		a := owner.assign(class, field, typed, "aim", "known").want(t, 422)
		if len(of(a.doc, "problem")) == 0 || value(a.doc, field) != typed {
			t.Errorf("%s %q: %d problems, shown %q", field, typed, len(of(a.doc, "problem")), value(a.doc, field))
		}
	}
	// An insufficient number of minutes is reported before the assignment is created.
	short := owner.assign(class, "minutes", "1", "known", "95", "anyhow", "").want(t, 422)
	if !short.says("With these minutes, students") {
		t.Errorf("%.300s", textOf(short.doc))
	}
	to := owner.assign(class, "minutes", "12").want(t, 303).to()
	at := class + "/assignments/" + to[strings.LastIndex(to, "=")+1:]
	mine, theirs := owner.get(at).want(t, 200), second.get(at).want(t, 200)
	owner.post(at, owner.assignment("minutes", "15", "version", value(mine.doc, "version"))...).want(t, 303)
	clash := second.post(at, owner.assignment("minutes", "25", "version", value(theirs.doc, "version"))...).want(t, 409)
	if !clash.says("Someone else changed this assignment while you were editing") || !clash.says("15 minutes a day") || value(clash.doc, "minutes") != "25" {
		t.Errorf("%.400s", textOf(clash.doc))
	}
	second.post(at, owner.assignment("minutes", "25", "version", value(clash.doc, "version"))...).want(t, 303)
	if got := value(owner.get(at).doc, "minutes"); got != "25" {
		t.Errorf("%s minutes", got)
	}
	// To another class.
	other := owner.newClass("History 10C")
	link := regexp.MustCompile(`href="(/classes/[^"]+/assign\?[^"]+copy=[^"]+)"`).FindStringSubmatch(owner.get(at).body)
	if link == nil {
		t.Fatal("it cannot be given to another class")
	}
	copied := owner.get(strings.ReplaceAll(link[1], "&amp;", "&")).want(t, 200)
	if value(copied.doc, "minutes") != "25" || !strings.HasPrefix(link[1], other) {
		t.Errorf("%s: %s minutes", link[1], value(copied.doc, "minutes"))
	}
	owner.post(at+"/remove").want(t, 303)
	owner.get(at).want(t, 404)
	owner.post(at+"/restore").want(t, 303)
	owner.get(at).want(t, 200)
}

// TestClassReportPage checks the page, the table and the quiz of a class that has practised.
func TestClassReportPage(t *testing.T) {
	t.Parallel()
	h := open(t)
	owner := h.browser()
	owner.teacher("Leyla")
	class := owner.newClass("History 10B")
	to := owner.assign(class).want(t, 303).to()
	at := class + "/assignments/" + to[strings.LastIndex(to, "=")+1:]
	var pupils []*browser
	for i, alias := range []string{"Aysel", "=1+1", `Bogdan "B", <b>`} {
		b := h.browser()
		b.joins(owner, class, alias)
		if i > 0 {
			b.answer(6, i-1)
		}
		pupils = append(pupils, b)
	}
	page := owner.get(class).want(t, 200)
	if !page.says("One has not started") || len(all(page.doc, "table")) != 1 {
		t.Errorf("%.400s", textOf(page.doc))
	}
	rows := all(all(page.doc, "tbody")[0], "tr")
	if len(rows) != 3 || len(all(rows[0], "td")) != len(h.deck.Facts)+3 {
		t.Errorf("%d rows", len(rows))
	}
	known := owner.get(class+"?sort=known").want(t, 200)
	if first := textOf(all(all(all(known.doc, "tbody")[0], "tr")[0], "th")[0]); first != "Aysel" {
		t.Errorf("%s knows least", first)
	}
	file := owner.get(at+"/table.csv").want(t, 200)
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.body, "\ufeff"))).ReadAll()
	if err != nil || len(lines) != 4 || len(lines[0]) != len(h.deck.Facts)+7 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	for _, line := range lines[1:] {
		if strings.HasPrefix(line[0], "=") {
			t.Errorf("a name is a formula: %q", line[0])
		}
	}
	for _, r := range pupils[2].reviews() {
		for _, f := range h.deck.Facts {
			if f.ID == r.Question.Fact {
				if fact := owner.get(at+"/facts/"+f.Key).want(t, 200); r.ConfusedWith != 0 && len(of(fact.doc, "wrongs")) != 1 {
					t.Errorf("%s: no wrong answer is told", f.Key)
				}
			}
		}
	}
	owner.get(at+"/facts/none").want(t, 404)
	link := owner.post(at+"/quiz").want(t, 303).to()
	for _, b := range []*browser{owner, pupils[0]} {
		if a := b.get(link).want(t, 200); len(of(a.doc, "problem")) != 0 {
			t.Errorf("the quiz: %s", textOf(a.doc))
		}
	}
	if a := pupils[1].get(class).want(t, 200); !strings.Contains(a.body, strings.ReplaceAll(link, "&", "&amp;")) {
		t.Error("the class does not see its quiz")
	}
	h.wait(26 * time.Hour)
	if a := pupils[1].get(class).want(t, 200); strings.Contains(a.body, "Take today") {
		t.Error("yesterday's quiz is today's")
	}
	h.wait(5 * 24 * time.Hour)
	if a := owner.get(class).want(t, 200); !a.says("2 are stuck") || !a.says("Not seen for 6 days") {
		t.Errorf("%.500s", textOf(a.doc))
	}
	h.wait(20 * 24 * time.Hour)
	if a := owner.get(class).want(t, 200); !a.says("The target date for") {
		t.Errorf("%.300s", textOf(a.doc))
	}
	student := regexp.MustCompile(`/students/(\d+)\?`).FindStringSubmatch(owner.get(class).body)[1]
	for field, deed := range map[string]string{"alias": class + "/students/" + student + "/alias", "days": at + "/time"} {
		if a := owner.post(deed, field, "-1\u200b", "student", student).want(t, 422); len(of(a.doc, "problem")) != 1 {
			t.Errorf("%s: %.300s", field, textOf(a.doc))
		}
	}
	// With two assignments the one in the form is used, with valid input or not.
	second := owner.assign(class, "minutes", "20").want(t, 303).to()
	second = class + "/assignments/" + second[strings.LastIndex(second, "=")+1:]
	for _, one := range []string{at, second} {
		if a := owner.post(one+"/time", "student", student, "days", "500").want(t, 422); !strings.Contains(a.body, `action="`+one+`/time"`) {
			t.Errorf("%s/time leads elsewhere", one)
		}
	}
	owner.post(second+"/remove").want(t, 303)
	owner.post(second+"/remove").want(t, 303) // a repeated request
	owner.post(at+"/time", "student", student, "days", "7").want(t, 303)
	owner.post(class+"/students/"+student+"/alias", "alias", "Renamed").want(t, 303)
	other := owner.newClass("History 10C")
	owner.post(class+"/students/"+student+"/move", "to", strings.TrimPrefix(other, "/classes/")).want(t, 303)
	if a := owner.get(other+"/students").want(t, 200); !a.says("Renamed") {
		t.Error("the student is not in the other class")
	}
	owner.post(class+"/students/"+student+"/move", "to", "none").want(t, 404)
}

// TestForecastsComeLater checks that forecasts computed in the background appear on the next page view, and that
// today's forecast stays while a lesson goes on.
func TestForecastsComeLater(t *testing.T) {
	t.Parallel()
	h := open(t)
	teacher := h.browser()
	teacher.teacher("Leyla")
	class := teacher.newClass("History 10B")
	teacher.assign(class).want(t, 303)
	var pupil *browser
	for i := range smallClass + 2 {
		pupil = h.browser()
		pupil.joins(teacher, class, fmt.Sprint("Pupil ", i))
		pupil.answer(1, 0)
	}
	if a := teacher.get(class).want(t, 200); !a.says("Chronicle is still working") || strings.Contains(a.body, "on track") || a.says("Nobody is stuck") {
		t.Errorf("a page waited: %.400s", textOf(a.doc))
	}
	for range 100 {
		if a := teacher.get(class).want(t, 200); !a.says("Chronicle is still working") {
			if !a.says("are on track") {
				t.Errorf("%.400s", textOf(a.doc))
			}
			for range 4 { // the forecast changes
				pupil.answer(1, 0)
				if a := teacher.get(class).want(t, 200); a.says("Chronicle is still working") {
					t.Error("what was worked out is forgotten with an answer")
				}
			}
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("it is never worked out")
}
