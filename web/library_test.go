package web

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/deckfile"
)

// towns is a table of a deck that supports every question kind.
const towns = "1902\tMiners strike for better wages in Ganja\t\tGanja\n1905\tPainters found a gallery beside Shusha\t\tShusha\n" +
	"1908\tLankaran gets its railway station\t\tLankaran\n1911\tA flood destroys bridges around Nakhchivan\t\tNakhchivan\n" +
	"1914\tSilk weavers exhibit carpets of Shamakhi\t\tShamakhi\n1917\tSheki restores an old palace\t\tSheki\n"

// withTowns returns a teacher with that deck.
func withTowns(t *testing.T, visible string) (h *testServer, b *browser, deck string) {
	t.Helper()
	h = open(t)
	b = h.browser()
	b.teacher("Leyla")
	deck = b.newDeck(visible)
	b.post(deck+"/rows", "rows", towns).want(t, 303)
	return h, b, deck
}

// key returns the URL of the fact that contains these words.
func (b *browser) key(deck, words string) string {
	b.h.t.Helper()
	m := regexp.MustCompile(`href="(` + deck + `/facts/[a-z0-9-]+)">` + words).FindStringSubmatch(b.get(deck + "/edit").body)
	if m == nil {
		b.h.t.Fatalf("no fact with %q", words)
	}
	return m[1]
}

func (b *browser) revision(fact string) string {
	b.h.t.Helper()
	return regexp.MustCompile(`name="revision" value="(\d+)"`).FindStringSubmatch(b.get(fact).want(b.h.t, 200).body)[1]
}

// TestLibrary finds, follows, practises and unfollows another person's deck.
func TestLibrary(t *testing.T) {
	t.Parallel()
	h, b, deck := withTowns(t, "everybody")
	other := h.browser()
	other.get("/decks").want(t, 200).tells(t, "Open to everyone", "History of Lune", "6 facts")
	other.get("/").hides(t, "History of Lune")
	other.get("/decks?q=what+happened+1908").want(t, 200).tells(t, "Date: 1908.", "Lankaran gets its railway station", deck+"#")
	other.get("/decks?q=LUNE").tells(t, "History of Lune", "0 facts found.")
	other.get("/decks?q=%3Cscript%3E").tells(t, "No decks or facts match", "&lt;script&gt;")
	other.get("/decks?q="+strings.Repeat("x", 3000)).want(t, 200)
	other.get("/decks?q=%FF%00").want(t, 200)
	other.get("/decks?after=junk").want(t, 200)
	other.get(deck).tells(t, "Follow deck")
	other.post(deck+"/follow").sends(t, deck)
	other.post(deck+"/follow").sends(t, deck) // a repeated request
	other.get(deck).tells(t, "Unfollow deck")
	other.get("/decks").tells(t, "following").hides(t, "Open to everyone")
	h.wait(time.Hour)
	b.post(deck+"/facts", "date", "1930", "event", "A lighthouse begins to shine").want(t, 303)
	other.get("/decks").tells(t, "1 new fact")
	other.post(deck+"/unfollow").sends(t, deck)
	other.get("/decks").tells(t, "Open to everyone")
	b.get(deck).hides(t, "Follow deck")
	b.post(deck+"/about", "title", "History of Lune", "language", "en", "precision", "day", "visible", "me").want(t, 303)
	other.post(deck+"/follow").want(t, 404)
	other.get("/decks?q=lankaran").tells(t, "0 facts found.")
	b.get("/decks?q=lankaran").tells(t, "One fact found.")
	// More than one page of decks.
	for i := range publicDecksPerPage + 3 {
		b.post("/decks", "title", "Deck "+strconv.Itoa(i), "language", "en", "precision", "day", "visible", "everybody").want(t, 303)
	}
	page := other.get("/decks").tells(t, "More decks")
	more := regexp.MustCompile(`href="(/decks\?after=\d+)#open"`).FindStringSubmatch(page.body)
	if n := strings.Count(page.body, "View Deck") + strings.Count(other.get(more[1]).hides(t, "More decks").body, "View Deck"); n != publicDecksPerPage+3 {
		t.Errorf("%d decks on two pages", n)
	}
}

// TestDisableKindAndExcludeDistractor checks that a question kind can be disabled and a distractor replaced, and
// that both can be reverted by their own buttons or by undo, which names the change.
func TestDisableKindAndExcludeDistractor(t *testing.T) {
	t.Parallel()
	_, b, deck := withTowns(t, "me")
	fact := b.key(deck, "Lankaran")
	page := b.get(fact).want(t, 200).tells(t, "Turn off: "+asksTrueFalse, "Exclude “")
	b.post(fact+"/holds", "kind", "truth", "do", "hold").sends(t, fact+"?done=held#asks")
	b.get(fact).tells(t, "Turned off", "Turn on: "+asksTrueFalse, "Undo: a question about “Lankaran gets its railway station” turned off").hides(t, "Turn off: "+asksTrueFalse)
	b.get(deck+"/edit?look=held").tells(t, "Question off 1")
	b.post(fact+"/holds", "kind", "truth", "do", "release").want(t, 303)
	b.get(fact).tells(t, "Turn off: "+asksTrueFalse)
	for _, kind := range []string{"", "dance"} {
		b.post(fact+"/holds", "kind", kind, "do", "hold").want(t, 422)
	}
	bar := regexp.MustCompile(`name="bar" value="([a-z0-9-]+)"`).FindStringSubmatch(page.body)[1]
	b.post(fact+"/bars", "bar", bar, "do", "bar").sends(t, fact+"?done=barred#asks")
	page = b.get(fact+"?done=barred").tells(t, "Excluded options", "Option excluded.")
	if n := strings.Count(page.body, `name="bar" value="`+bar+`"`); n != 1 {
		t.Errorf("what is kept away stands there %d times", n)
	}
	b.post(deck+"/undo", "fact", fact[strings.LastIndex(fact, "/")+1:]).sends(t, fact+"?done=undone")
	b.get(fact).hides(t, "Excluded options")
	b.post(fact+"/bars", "term", "Ganja", "do", "bar").want(t, 303)
	b.get(fact).tells(t, "Allow again: Ganja")
	for _, bad := range [][]string{{"bar", "", "term", ""}, {"bar", "x", "term", "y"}, {"bar", "No Name!", "term", ""}, {"term", strings.Repeat("x", 401)}} {
		b.post(fact+"/bars", append(bad, "do", "bar")...).want(t, 422)
	}
	b.post(deck+"/facts/nothing/holds", "kind", "truth", "do", "hold").want(t, 404)
}

// asksTrueFalse is the stem of a true-or-false question.
const asksTrueFalse = "True or false?"

// TestMoveFacts moves facts to another deck of the same teacher and back by undo.
func TestMoveFacts(t *testing.T) {
	t.Parallel()
	h, b, deck := withTowns(t, "everybody")
	b.get(deck+"/edit").hides(t, "Move selected facts")
	to := strings.TrimSuffix(b.post("/decks", "title", "Another", "language", "en", "precision", "day", "visible", "me").want(t, 303).to(), "/edit")
	b.get(deck+"/edit").tells(t, "Move selected facts")
	name, key := strings.TrimPrefix(to, "/decks/"), b.key(deck, "Sheki")
	key = key[strings.LastIndex(key, "/")+1:]
	b.post(deck+"/moves", "to", name).want(t, 422).tells(t, "Select the facts to move first.")
	b.post(deck+"/moves", "to", "nowhere", "fact", key).want(t, 404)
	b.post(deck+"/moves", "to", strings.TrimPrefix(deck, "/decks/"), "fact", key).want(t, 422)
	b.post(deck+"/moves", "to", name, "fact", key, "fact", "no-such").sends(t, deck+"/edit?done=moved")
	b.get(deck).hides(t, "Sheki restores")
	b.get(to).tells(t, "Sheki restores")
	b.post(deck+"/undo").sends(t, deck+"/edit?done=undone")
	b.get(deck).tells(t, "Sheki restores")
	b.get(to).hides(t, "Sheki restores")
	rauf := h.browser()
	rauf.teacher("Rauf")
	theirs := strings.TrimPrefix(rauf.newDeck("everybody"), "/decks/")
	b.post(deck+"/moves", "to", theirs, "fact", key).want(t, 403)
}

// TestCorrectedDate checks that correcting a date asks about past answers, regrades them and notifies the
// learners.
func TestCorrectedDate(t *testing.T) {
	t.Parallel()
	h, b, deck := withTowns(t, "everybody")
	fact := b.key(deck, "Sheki")
	b.post(fact, "revision", b.revision(fact), "date", "1918", "event", "Sheki restores an old palace").want(t, 303) // no answers yet: nothing is asked
	b.post(deck+"/undo").want(t, 303)
	pupil := h.browser()
	for range 3 { // until the date of that fact was asked
		pupil.post("/quizzes", "deck", strings.TrimPrefix(deck, "/decks/"), "length", "6", "kinds", "when-choice").sends(t, "/study")
		for {
			s := pupil.studySession()
			if !s.HasQuestion() {
				break
			}
			pupil.post("/study/answers", "token", s.Token, "chosen", strconv.Itoa(s.Question.RightOption)).want(t, 303)
			h.wait(10 * time.Second)
		}
	}
	b.post(fact, "revision", b.revision(fact), "date", "1950", "event", "Sheki restores an old palace", "detail", "A new word.").want(t, 422).
		tells(t, "You changed the date. What about past answers?", "People who answered with the old date: 1.", `value="1950"`, "A new word.")
	b.post(fact, "revision", b.revision(fact), "date", "1950", "event", "Sheki restores an old palace", "past", "dance").want(t, 422)
	b.post(fact, "revision", b.revision(fact), "date", "1950", "event", "Sheki restores an old palace", "past", "again").want(t, 303)
	page := pupil.get("/").want(t, 200).tells(t, "A date was corrected", "1917 is now 1950.", "no longer count")
	pupil.get(deck).tells(t, "A date was corrected")
	h.browser().get(deck).hides(t, "A date was corrected")
	result := regexp.MustCompile(`/quizzes/[^"/]+`).FindString(pupil.get(deck + "/quiz").body)
	_ = result
	until := regexp.MustCompile(`name="until" value="(\d+)"`).FindStringSubmatch(page.body)[1]
	pupil.post("/notices", "until", "1", "deck", "").sends(t, "/")
	pupil.get("/").tells(t, "A date was corrected")
	pupil.post("/notices", "until", until, "deck", strings.TrimPrefix(deck, "/decks/")).sends(t, deck)
	pupil.get("/").hides(t, "A date was corrected")
	void := 0
	for _, r := range pupil.reviews() {
		if r.Verdict == quiz.VerdictVoid && r.Regraded {
			void++
		}
	}
	if void == 0 {
		t.Error("no answer was marked again")
	}
}

// TestExport checks that an exported deck can be imported again.
func TestExport(t *testing.T) {
	t.Parallel()
	_, b, deck := withTowns(t, "me")
	fact := b.key(deck, "Sheki")
	b.post(fact+"/holds", "kind", "order", "do", "hold").want(t, 303)
	a := b.get(deck+"/export").want(t, 200)
	d, notes := deckfile.ReadDeck([]byte(a.body))
	if d == nil || len(d.Facts) != 6 || !strings.Contains(a.Header.Get("Content-Disposition"), ".deck") {
		t.Errorf("%v %v %s", d, notes, a.Header)
	}
}

// TestTwoTabs checks that the changes of two tabs are both saved, and that a description is never overwritten
// unseen.
func TestTwoTabs(t *testing.T) {
	t.Parallel()
	_, b, deck := withTowns(t, "me")
	fact := b.key(deck, "Sheki")
	first := b.revision(fact)
	b.post(fact, "revision", first, "date", "1917", "event", "Sheki restores an old palace", "label", "Palace").want(t, 303)
	b.post(fact, "revision", first, "date", "1917", "event", "Sheki restores an old palace", "label", "Sheki restores an old palace", "tags", "stone").want(t, 303)
	b.get(fact).tells(t, `value="Palace"`, `value="stone"`)
	was := regexp.MustCompile(`name="was" value="([^"]+)"`).FindStringSubmatch(b.get(deck + "/about").body)[1]
	form := []string{"was", was, "language", "en", "precision", "day", "visible", "me", "title"}
	b.post(deck+"/about", append(form, "First")...).want(t, 303)
	again := b.post(deck+"/about", append(form, "Second")...).want(t, 409).tells(t, "changed while you were editing", "First.", `value="Second"`)
	form[1] = regexp.MustCompile(`name="was" value="([^"]+)"`).FindStringSubmatch(again.body)[1]
	b.post(deck+"/about", append(form, "Second")...).want(t, 303)
	b.get(deck).tells(t, "Second")
}

// TestRemoveText checks that a text can be removed and restored and that its facts stay.
func TestRemoveText(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	b.teacher("Leyla")
	deck := b.newDeck("me")
	review := b.addSourceText(deck, "A History of Lune", article, "", nil).want(t, 303).to()
	b.post(review, "do", "sure").want(t, 303)
	b.post(review+"/remove").sends(t, deck+"/edit?done=text-removed")
	b.get(deck+"/edit").tells(t, "1 removed text", "Restore A History of Lune", "The Lune Canal was opened")
	b.get(review).tells(t, "This text is no longer on the list.")
	b.post(review+"/restore").sends(t, review)
	b.get(deck+"/edit").hides(t, "removed text")
	b.post(deck+"/texts/99999/remove").want(t, 404)
}
