package web

import (
	"strings"
	"testing"

	"chronicle/quiz"
	"chronicle/views"
)

// cardOf returns the URL of the card of a question.
func (b *browser) cardOf(q quiz.Question) string {
	f, _ := b.h.deck.Fact(q.Fact)
	return string(views.ToCard(b.h.deck.Name, f.Key, q.Facet))
}

// TestSuspendAllCards checks the pages when all started cards are suspended: they say so and show no recall.
func TestSuspendAllCards(t *testing.T) {
	t.Parallel()
	b := open(t).browser()
	first := b.begin(false)
	b.post("/study/answers", "token", first.Token, "chosen", "0").want(t, 303)
	b.post(b.cardOf(first.Question), "deed", "suspend").want(t, 303)
	for _, address := range []string{"/", "/progress"} {
		page := b.get(address).want(t, 200)
		if !page.says("You have set aside all the cards you started.") || strings.Contains(page.body, "NaN") || strings.Contains(page.body, "-92") {
			t.Errorf("%s says %s", address, textOf(page.doc))
		}
	}
	b.post(b.cardOf(first.Question), "deed", "resume").want(t, 303)
	if page := b.get("/").want(t, 200); page.says("You have set aside all the cards you started.") {
		t.Error("it is still put aside")
	}
}

func TestCardActionInput(t *testing.T) {
	t.Parallel()
	b := open(t).browser()
	first := b.begin(false)
	name := questionName(first)
	for range 2 { // a repeated request is no error
		b.post("/study/aside", "card", name, "deed", "bury").sends(t, "/study?done=bury")
	}
	b.post("/study/aside", "card", "x", "deed", "forget").want(t, 303) // a moment later
	page := b.cardOf(first.Question)
	b.post(page, "deed", "forget").want(t, 404) // was never answered
	b.post(page, "deed", "burn").want(t, 422)
	b.post(page, "deed", "set", "day", "1066-10-14").want(t, 422)
	b.get(page+"?done=%3Cscript%3E").want(t, 200)
	for _, address := range []string{"/decks/none/cards/x/when", strings.TrimSuffix(page, "/when") + "/whither"} {
		b.get(address).want(t, 404)
	}
	other := b.h.browser()
	other.begin(false)
	other.post("/study/undo-care", "care", "1").want(t, 409)
}

func TestTestDatePage(t *testing.T) {
	t.Parallel()
	b := open(t).browser()
	b.begin(false)
	test := "/decks/" + b.h.deck.Name + "/test-date"
	for _, bad := range [][2]string{{"", "10"}, {"2020-01-01", "10"}, {"2999-01-01", "10"}, {"tomorrow", "10"}, {"2026-04-01", "0"}, {"2026-04-01", "241"}, {"2026-04-01", "ten"}} {
		page := b.post(test, "day", bad[0], "minutes", bad[1]).want(t, 422)
		if value(page.doc, "day") != bad[0] || value(page.doc, "minutes") != bad[1] {
			t.Errorf("%v: what was typed is lost", bad)
		}
	}
	b.post(test, "day", "2026-04-01", "minutes", "20").sends(t, test+"?done=set")
	if page := b.get(test).want(t, 200); !page.says("Test on 2026-04-01.") || !page.says("Expected on the day") {
		t.Errorf("it says %s", textOf(page.doc))
	}
	if page := b.get("/decks/"+b.h.deck.Name).want(t, 200); !page.says("Test on 2026-04-01.") {
		t.Error("the deck's page does not tell")
	}
	for range 2 {
		b.post(test+"/drop").sends(t, test+"?done=dropped")
	}
	b.get("/decks/none/test-date").want(t, 404)
}
