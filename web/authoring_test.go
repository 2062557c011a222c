package web

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"regexp"
	"strings"
	"testing"

	"chronicle/quiz/textfile"
)

// article is a text as a teacher pastes it.
const article = `The Treaty of Lune was signed on 3 May 1815 by the king and the duke. On 10 June it was ratified in the capital.

The Lune Canal was opened in 1832. The railway reached Lune in October 1848, and a bridge was built in 1851.
The minister claimed that a tunnel had been dug in 1860. Queen Ada of Lune died on 2 March 1871.`

// teacher signs up a teacher.
func (b *browser) teacher(name string) {
	b.h.t.Helper()
	b.post("/sign-up", "alias", name, "password", "correct horse battery", "teaches", "yes", "email", strings.ToLower(name)+"@example.org").want(b.h.t, 303)
}

// newDeck creates a deck and returns its URL.
func (b *browser) newDeck(visible string) string {
	b.h.t.Helper()
	to := b.post("/decks", "title", "History of Lune", "about", "A town.", "language", "en", "precision", "day", "visible", visible).want(b.h.t, 303).to()
	return strings.TrimSuffix(to, "/edit")
}

// addSourceText adds a text as a multipart form, with a file if content is given.
func (b *browser) addSourceText(deck, title, text, file string, content []byte) answer {
	b.h.t.Helper()
	return b.addSourceTextForm(deck, "", title, text, file, content)
}

// addSourceTextForm adds a text with the given form key.
func (b *browser) addSourceTextForm(deck, form, title, text, file string, content []byte) answer {
	b.h.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	_ = w.WriteField("form", form)
	_ = w.WriteField("title", title)
	_ = w.WriteField("text", text)
	if file != "" {
		part, err := w.CreateFormFile("file", file)
		if err != nil {
			b.h.t.Fatal(err)
		}
		_, _ = part.Write(content)
	}
	_ = w.Close()
	return b.ask("POST", deck+"/texts", &body, w.FormDataContentType())
}

var place = regexp.MustCompile(`name="place" value="(\d+)"`)

// items returns the positions of the proposals on the page, in order.
func (a answer) items() []string {
	var out []string
	for _, m := range place.FindAllStringSubmatch(a.body[strings.Index(a.body, "<ol>"):], -1) {
		out = append(out, m[1])
	}
	return out
}

func (a answer) tells(t testing.TB, words ...string) answer {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(a.body, w) {
			t.Errorf("%s does not say %q", a.Request.URL, w)
		}
	}
	return a
}

func (a answer) hides(t testing.TB, words ...string) answer {
	t.Helper()
	for _, w := range words {
		if strings.Contains(a.body, w) {
			t.Errorf("%s says %q", a.Request.URL, w)
		}
	}
	return a
}

// TestSourceTextToDeck goes from a text to a deck that another person practises.
func TestSourceTextToDeck(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	b.teacher("Leyla")
	deck := b.newDeck("everybody")
	b.get(deck+"/edit").want(t, 200).tells(t, "No facts yet")
	review := b.addSourceText(deck, "A History of Lune", article, "", nil).want(t, 303).to()
	page := b.get(review).want(t, 200).tells(t, "Year inferred from “3 May 1815”", "Accept as 10 June 1814", "A claim: “claimed”", "mark inferred")
	if n := len(page.items()); n < 6 {
		t.Fatalf("%d items", n)
	}
	if other := h.browser(); strings.Contains(other.get(deck).want(t, 200).body, "Canal") {
		t.Error("it is asked before anybody kept it")
	}
	b.post(review, "do", "sure").want(t, 303)
	b.get(review).want(t, 200).tells(t, "In the deck")
	b.get(deck+"/edit").want(t, 200).tells(t, "The Lune Canal was opened", "To check")
	stranger := h.browser()
	stranger.get(deck).want(t, 200).tells(t, "The Lune Canal was opened", "A History of Lune")
	stranger.post("/study", "deck", strings.TrimPrefix(deck, "/decks/")).sends(t, "/study")
	stranger.get("/study").want(t, 200)

	// One at a time: rejected, accepted after editing, decided again, undone.
	var open []string
	for _, at := range b.get(review).items() {
		if strings.Contains(b.get(review+"?at="+at).body, `id="date`+at+`"`) {
			open = append(open, at)
		}
	}
	if len(open) == 0 {
		t.Fatal("nothing is left to decide")
	}
	at := open[0]
	b.post(review, "do", "keep", "place", at, "date", "soon", "event", "In May 1815 it was ratified", "label", "x").want(t, 422).
		tells(t, "Chronicle cannot read this date", "gives the date away", "In May 1815 it was ratified")
	b.post(review, "do", "keep", "place", at, "date", "10 June 1815", "event", "The treaty is ratified in the capital", "label", "Ratified", "term", "capital").want(t, 303)
	b.get(deck).tells(t, "The treaty is ratified in the capital")
	b.post(review, "do", "keep", "place", at, "date", "10 June 1815", "event", "The treaty is ratified in the capital").want(t, 303) // a repeated request
	b.post(review, "do", "keep", "place", at, "date", "10 June 1815", "event", "The treaty is ratified twice").want(t, 409).
		tells(t, "already decided this", "The treaty is ratified twice")
	b.post(review, "do", "skip", "place", at).want(t, 409)
	b.get(deck).hides(t, "ratified twice")
	b.post(review, "do", "undo").want(t, 303)
	b.get(deck).hides(t, "The treaty is ratified in the capital")
	b.post(review, "do", "second", "place", at, "second", "10 June 1814", "event", "The treaty is ratified").want(t, 303)
	b.get(deck).tells(t, "10 June 1814")
	b.post(review, "do", "reopen", "place", at).want(t, 303)
	b.get(deck).hides(t, "10 June 1814")
	b.post(review, "do", "skip", "place", at).want(t, 303)
	b.get(review).tells(t, "Skipped")
	b.post(review, "do", "split", "place", at).want(t, 303)
	before := len(b.get(review).items())
	b.post(review, "do", "undo").want(t, 303)
	if after := len(b.get(review).items()); after != before-1 {
		t.Errorf("a split that was undone left %d items of %d", after, before)
	}
	b.post(review, "do", "words", "words", "a  bridge was\nbuilt in 1851", "near", "0").want(t, 303)
	b.get(review).tells(t, "A bridge was built")
	b.post(review, "do", "words", "words", "a palace was built", "near", "0").want(t, 422).tells(t, "These words are not in the text", "a palace was built")
	b.post(review, "do", "undo-text").want(t, 303)
	b.get(deck).hides(t, "The Lune Canal was opened")
	b.post(review, "do", "undo").want(t, 303)
	b.get(deck).tells(t, "The Lune Canal was opened")
	b.post(review, "do", "dance").want(t, 422)
}

// TestEditor adds, saves, concurrently saves, removes and restores a fact.
func TestEditor(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	b.teacher("Leyla")
	deck := b.newDeck("link")
	b.post(deck+"/undo").sends(t, deck+"/edit?done=nothing")
	b.post(deck+"/facts", "date", "03/04/2005", "event", "", "label", "").want(t, 422).tells(t, "Write the month as a word", "This is missing")
	fact := strings.TrimSuffix(b.post(deck+"/facts", "date", "24 October 1813", "event", "The Treaty of Gulistan is signed", "term", "Gulistan | Гюлистан").want(t, 303).to(), "?done=added")
	for _, d := range []string{"1828", "1851", "1900", "about 1300"} {
		b.post(deck+"/facts", "date", d, "event", "Something else happens of "+strings.Repeat("x", len(d)), "label", "Thing").want(t, 303)
	}
	page := b.get(fact).want(t, 200).tells(t, "This fact’s questions", "24 October 1813", "No source", "Gulistan | Гюлистан")
	first := regexp.MustCompile(`name="revision" value="(\d+)"`).FindStringSubmatch(page.body)[1]
	b.post(fact, "revision", first, "date", "24 October 1813", "event", "Iran and Russia sign a treaty at Gulistan", "label", "Gulistan").want(t, 303)
	late := b.post(fact, "revision", first, "date", "25 October 1813", "event", "A treaty is signed", "label", "Mine").want(t, 409).
		tells(t, "changed while you were editing", "Iran and Russia sign a treaty at Gulistan", "A treaty is signed")
	now := regexp.MustCompile(`name="revision" value="(\d+)"`).FindStringSubmatch(late.body)[1]
	b.post(fact, "revision", now, "date", "25 October 1813", "event", "A treaty is signed", "label", "Mine").want(t, 303)
	b.post(deck+"/undo").sends(t, deck+"/edit?done=undone")
	b.get(fact).tells(t, "Iran and Russia sign a treaty at Gulistan")
	b.post(fact+"/remove").sends(t, deck+"/edit?done=removed")
	b.get(fact).want(t, 404)
	b.post(deck+"/undo").want(t, 303)
	b.get(fact).want(t, 200)
	b.get(deck+"/edit?look=no-source").want(t, 200).tells(t, "No source 5")
	b.get(deck+"/edit?look=<x>").want(t, 200)

	// Visible by link only: for those who have it, but not listed.
	other := h.browser()
	other.get(deck).want(t, 200)
	other.get("/decks").hides(t, "History of Lune")
	b.post(deck+"/about", "title", "Lune", "language", "en", "precision", "year", "visible", "me").want(t, 303)
	other.get(deck).want(t, 404)
	b.get(deck).want(t, 200).tells(t, "Lune")
	b.post(deck+"/about", "title", "", "language", "klingon?", "precision", "hour", "visible", "all").want(t, 422).tells(t, "This is missing", "Use a language tag", "Choose one")
	b.post(deck+"/delete").sends(t, "/decks")
	b.get("/decks").tells(t, "deleted")
	b.get(deck+"/edit").tells(t, "Restore deck")
	b.post(deck+"/restore").want(t, 303)
	b.get(deck+"/edit").hides(t, "Restore deck")
}

// TestInbox checks that a teacher can close a pupil's report and send a reply.
func TestInbox(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	b.teacher("Leyla")
	deck := b.newDeck("everybody")
	b.post(deck+"/rows", "rows", "1813\tA treaty is signed at Gulistan\t\tGulistan\n1828\tA treaty is signed at Turkmenchay\t\tTurkmenchay\n1920\tThe Red Army takes Baku\t\tBaku\n").want(t, 303)
	b.get(deck+"/reports").want(t, 200).tells(t, "There are no open reports")
	pupil := h.browser()
	report := func(kind, given, reason string) {
		t.Helper()
		pupil.post("/quizzes", "deck", strings.TrimPrefix(deck, "/decks/"), "length", "3", "kinds", kind).sends(t, "/study")
		s := pupil.studySession()
		pupil.post("/study/answers", "token", s.Token, "given", given, "chosen", "0").want(t, 303)
		pupil.post("/study/reports", "token", s.Token, "reason", reason, "note", "<i>Is it?</i>").want(t, 303)
	}
	report("gap-typed", "Gülüstan qalası", "two-right")
	report("when-choice", "", "date")
	b.get(deck+"/edit").tells(t, "2 reports")
	page := b.get(deck+"/reports").want(t, 200).tells(t, "Accept “Gülüstan qalası” as right", "&lt;i&gt;Is it?", "The date or the fact is wrong")
	ids := regexp.MustCompile(`name="report" value="(\d+)"`).FindAllStringSubmatch(page.body, -1)
	if len(ids) != 2 {
		t.Fatalf("%d reports", len(ids))
	}
	b.post(deck+"/reports", "report", ids[0][1], "do", "dismiss", "reply", strings.Repeat("x", 501)).want(t, 422).tells(t, "Use at most 500 characters")
	b.post(deck+"/reports", "report", ids[0][1], "do", "accept", "reply", "Yes, that too.").want(t, 303)
	b.post(deck+"/reports", "report", ids[1][1], "do", "accept").want(t, 422) // a choice question has no spelling to accept
	b.post(deck+"/reports", "report", ids[1][1], "do", "dismiss").want(t, 303)
	b.get(deck+"/reports").tells(t, "There are no open reports")
	b.post(deck+"/reports", "report", "999", "do", "dismiss").want(t, 404)
	pupil.get(deck).tells(t, "Yes, that too.", "More than one answer is right")
	h.browser().get(deck).hides(t, "Yes, that too.")
	export := b.get(deck + "/edit").body
	key := regexp.MustCompile(`/facts/(a-treaty-is-signed-at-gulistan)"`).FindStringSubmatch(export)
	if key == nil {
		t.Fatal("the fact is gone")
	}
	all := ""
	for _, k := range regexp.MustCompile(`/facts/([a-z0-9-]+)"`).FindAllStringSubmatch(export, -1) {
		all += b.get(deck + "/facts/" + k[1]).body
	}
	if !strings.Contains(all, "| Gülüstan qalası") {
		t.Error("the spelling was not taken")
	}
}

// TestRows pastes a table: valid rows are saved, the others stay in the field for correction.
func TestRows(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	b.teacher("Leyla")
	deck := b.newDeck("me")
	b.get(deck+"/new-rows").want(t, 200)
	b.post(deck+"/rows", "rows", " ").want(t, 422).tells(t, "Paste at least one row")
	a := b.post(deck+"/rows", "rows", "When\tWhat\n1900\tA thing happens\nsoon\t<b>Another</b> thing happens\n1902\tA third thing happens").want(t, 422).
		tells(t, "2 facts added to the deck", "1 row was not added", "Row 3.", "Chronicle cannot read this date", "soon\t&lt;b&gt;Another")
	a.hides(t, "A third thing")
	b.post(deck+"/rows", "rows", "1901\tAnother thing happens").sends(t, deck+"/edit?done=rows")
	b.get(deck+"/edit").tells(t, "A third thing happens", "Another thing happens")
	b.post(deck+"/undo").want(t, 303)
	b.get(deck+"/edit").hides(t, "Another thing happens")
}

// TestCopy checks that a copied deck belongs to the visitor and names its original.
func TestCopy(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	b.teacher("Leyla")
	b.get("/decks/"+h.deck.Name).tells(t, "Copy to my decks")
	mine := strings.TrimSuffix(b.post("/decks/"+h.deck.Name+"/copies").want(t, 303).to(), "/edit?done=copied")
	b.get(mine).want(t, 200).tells(t, "Copied from “"+h.deck.Title+"”", h.deck.Facts[0].Event, h.deck.Sources[0].Title)
	b.post(mine+"/facts/"+h.deck.Facts[0].Key+"/remove").want(t, 303)
	b.get(mine).hides(t, ">"+h.deck.Facts[0].Key+"<", h.deck.Facts[0].Event)
	other := h.browser()
	other.get("/decks/"+h.deck.Name).tells(t, h.deck.Facts[0].Event)
	other.get(mine).want(t, 404)
}

// TestRejectedSourceTexts checks that invalid source texts are reported next to the field.
func TestRejectedSourceTexts(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	b.teacher("Leyla")
	deck := b.newDeck("me")
	cases := map[string]struct {
		text, file string
		content    []byte
		status     int
		says       string
	}{
		"nothing":     {status: 422, says: "Paste a text, or choose a file"},
		"spaces":      {text: " \n\t ", status: 422, says: "Paste a text, or choose a file"},
		"no dates":    {text: "Nothing happened here. Nobody came.", status: 422, says: "found no dated facts"},
		"binary":      {file: "a.txt", content: []byte("PNG\x00\x01\x02"), status: 422, says: "can’t read"},
		"broken":      {file: "a.txt", content: []byte("In 1941 \xff\xfe it"), status: 422, says: "UTF-8"},
		"no docx":     {file: "a.docx", content: []byte("In 1941 it was"), status: 422, says: "damaged or too large"},
		"large":       {file: "a.txt", content: bytes.Repeat([]byte("In 1941 it was so. "), textfile.MaxTextBytes/19+2), status: 422, says: "larger than 10 MB"},
		"long":        {file: "a.txt", content: bytes.Repeat([]byte("In 1941 it was so. "), 60_000), status: 422, says: "more than 1,000,000 characters"},
		"script":      {file: "a.html", content: []byte("<html><script>" + strings.Repeat("var x = 1941;", 50_000) + "</script></html>"), status: 422, says: "There is no text"},
		"one line":    {text: "In 1941 " + strings.Repeat("word ", 100_000) + "ended.", status: 303},
		"many dates":  {text: manyDates(5000), status: 303},
		"title alone": {text: "In 1941 the town was taken by the army.", status: 303},
	}
	for name, c := range cases {
		a := b.addSourceText(deck, "A text", c.text, c.file, c.content)
		if a.StatusCode != c.status {
			t.Errorf("%s: status %d", name, a.StatusCode)
			continue
		}
		if c.says != "" {
			a.tells(t, c.says, "A text")
		} else {
			b.get(a.to()).want(t, 200)
		}
	}
	b.addSourceText(deck, "", "In 1941 the town was taken.", "", nil).want(t, 422).tells(t, "This is missing", "In 1941 the town was taken.")
	b.addSourceText(deck, "Beyond", "", "a.docx", make([]byte, 20<<20)).want(t, 422).tells(t, "larger than 10 MB")
	b.post(deck+"/facts", "event", strings.Repeat("x", formLimit+1)).want(t, 413)
}

func manyDates(n int) string {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, "The town number %d was founded on %d May %d by a count.\n\n", i, i%28+1, 1200+i%800)
	}
	return text.String()
}

// TestOnlyOwnerChangesDeck checks that only its teacher can change a deck: everyone else is refused at every URL,
// and gets NotFound where they may not see it.
func TestOnlyOwnerChangesDeck(t *testing.T) {
	t.Parallel()
	h := open(t)
	owner, other, student, guest := h.browser(), h.browser(), h.browser(), h.browser()
	owner.teacher("Leyla")
	other.teacher("Rauf")
	student.signUp("Pupil")
	guest.begin(false)
	deck := owner.newDeck("everybody")
	review := owner.addSourceText(deck, "A History", article, "", nil).want(t, 303).to()
	owner.post(review, "do", "sure").want(t, 303)
	key := regexp.MustCompile(`/facts/([a-z0-9-]+)"`).FindStringSubmatch(owner.get(deck + "/edit").body)[1]
	before := owner.get(deck + "/edit").body
	tried := 0
	for _, r := range (&server{}).routes() {
		if !strings.HasPrefix(r.Path, "/decks/:name/") || r.Access != accessSignedIn || strings.HasSuffix(r.Path, "/copies") {
			continue
		}
		tried++
		path := strings.NewReplacer(":name", strings.TrimPrefix(deck, "/decks/"), ":key", key, ":facet", "when", ":text", review[strings.LastIndex(review, "/")+1:]).Replace(r.Path)
		try := func(b *browser) int {
			if r.Method == "GET" {
				return b.get(path).StatusCode
			}
			return b.post(path, "do", "undo-text", "date", "1900", "event", "Somebody meddles", "title", "Mine now", "language", "en",
				"precision", "day", "visible", "me", "revision", "1", "text", article).StatusCode
		}
		turned := map[string]int{"GET": 303, "POST": 401}[r.Method]
		for who, want := range map[*browser]int{h.browser(): turned, guest: turned, student: 403, other: 403} {
			if got := try(who); got != want {
				t.Errorf("%s %s: status %d, want %d", r.Method, r.Path, got, want)
			}
		}
	}
	if tried < 15 {
		t.Errorf("%d routes", tried)
	}
	if after := owner.get(deck + "/edit").body; after != before {
		t.Error("somebody else changed the deck")
	}
	owner.post(deck+"/about", "title", "History of Lune", "language", "en", "precision", "day", "visible", "me").want(t, 303)
	for _, path := range []string{deck, deck + "/edit", deck + "/facts/" + key, review, deck + "/quiz"} {
		if got := other.get(path).StatusCode; got != 404 {
			t.Errorf("%s: another teacher gets %d", path, got)
		}
	}
	owner.get(deck+"/texts/999999").want(t, 404)
	owner.get(deck+"/texts/x").want(t, 404)
}
