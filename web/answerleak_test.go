package web

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/storage/storagetest"
)

// quizOf starts a quiz of one kind and returns its question.
func (b *browser) quizOf(k quiz.Kind, seed string) quiz.StudySession {
	b.h.t.Helper()
	b.post("/quizzes", "deck", b.h.deck.Name, "seed", seed, "length", "3", "kinds", string(k)).sends(b.h.t, "/study")
	s := b.studySession()
	if s.Question.Kind != k {
		b.h.t.Fatalf("a quiz of %s asks %s", k, s.Question.Kind)
	}
	return s
}

// waits lists all URLs that respond while a question is open.
var waits = []string{
	"/study", "/study/report", "/study/back", "/study?given=1900", "/study?given=1900&step=-10", "/study?step=1",
	"/study?order=1&order=0&order=2&order=3&up=2", "/study?order=0&order=1&order=2&order=3&down=0", "/study?reported=yes",
	"/keys",
}

// TestPagesDoNotContainAnswer checks that no page, attribute, header or cookie sent before the answer reveals it,
// for every question kind and every view of it.
func TestPagesDoNotContainAnswer(t *testing.T) {
	t.Parallel()
	for _, k := range quiz.GradedKinds {
		t.Run(string(k), func(t *testing.T) {
			t.Parallel()
			h := open(t)
			for _, seed := range []string{"1", "2", "3", "4", "5"} {
				b := h.browser()
				s := b.quizOf(k, seed)
				for range 3 {
					for _, at := range waits {
						page := b.get(at)
						if page.StatusCode == 303 {
							continue
						}
						closed(t, h, at, page.want(t, 200), s.Question)
					}
					refused := b.post("/study/answers", "token", s.Token, "chosen", "99", "given", "?!").want(t, 422)
					closed(t, h, "a refused answer", refused, s.Question)
					a := storagetest.Right(s)
					b.give(a).want(t, 303)
					s = b.studySession()
				}
			}
		})
	}
}

// closed fails when a response reveals the answer to the open question.
func closed(t *testing.T, h *testServer, at string, page answer, q quiz.Question) {
	t.Helper()
	sent := page.body
	for name, values := range page.Header {
		if name != "Date" && name != "Content-Length" {
			sent += "\n" + strings.Join(values, " ")
		}
	}
	shown := shownBy(q)
	for _, text := range answersOf(h, q) {
		if strings.Contains(shown, text) || len([]rune(text)) < 4 {
			continue
		}
		if where := strings.Index(plainText(sent), text); where >= 0 {
			t.Errorf("%s: before the answer to %s %q it sends %q:\n…%s…", at, q.Kind, q.Stem, text, plainText(sent)[max(0, where-80):min(len(plainText(sent)), where+80)])
		}
	}
	alikeControls(t, at, page)
}

// answersOf returns the texts that would reveal the answer: the right one in every format, and everything known
// about the facts in the question.
func answersOf(h *testServer, q quiz.Question) []string {
	out := append([]string{q.Term, q.BackText}, q.Accepted...)
	facts := append(q.AffectedFacts(), q.ShownOption.Fact)
	for _, o := range q.Options {
		facts = append(facts, o.Fact)
	}
	for _, id := range facts {
		f, ok := h.deck.Fact(id)
		if !ok {
			continue
		}
		out = append(out, f.Key, f.Detail, f.Label, f.Event)
		if !slices.Contains([]quiz.Kind{quiz.KindWhatChoice, quiz.KindGapChoice, quiz.KindGapTyped}, q.Kind) || id != q.Fact {
			out = append(out, dates(f.Date)...)
		}
	}
	return out
}

// dates returns the formats of a date that is more than a year: years are always visible on the ruler.
func dates(d edtf.Date) []string {
	if plain := d.String(); len(plain) == 4 {
		return nil
	}
	return []string{d.Format("en"), d.FormatWithPreposition("en"), d.String()}
}

// shownBy returns what the question itself shows.
func shownBy(q quiz.Question) string {
	out := q.Stem + "\n" + q.ShownOption.Text + "\n" + q.ShownOption.Date.FormatWithPreposition("en")
	for _, o := range append(slices.Clone(q.Options), q.Dates...) {
		out += "\n" + o.Text
	}
	return out
}

// plainText unescapes HTML for comparison.
func plainText(html string) string {
	return strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&amp;", "&", "&lt;", "<", "&gt;", ">").Replace(html)
}

var countless = regexp.MustCompile(`\d+`)

// alikeControls fails when one option, event or date is marked up differently from the others: by class,
// attributes or their order.
func alikeControls(t *testing.T, at string, page answer) {
	t.Helper()
	for _, name := range []string{"chosen", "order", "up", "down", "pair0", "pair1", "pair2", "pair3"} {
		first := ""
		for _, e := range named(page.doc, name) {
			shape := e.Data
			for _, a := range e.Attr {
				if a.Key == "value" || a.Key == "data-key" || a.Key == "aria-label" || a.Key == "disabled" || a.Key == "checked" {
					continue
				}
				shape += " " + a.Key + "=" + countless.ReplaceAllString(a.Val, "N")
			}
			if first == "" {
				first = shape
			}
			if shape != first {
				t.Errorf("%s: %s is marked up as %q and as %q", at, name, first, shape)
			}
		}
	}
}

// give submits an answer as the page's form does.
func (b *browser) give(a quiz.Answer) answer {
	b.h.t.Helper()
	pairs := []string{"token", a.Token}
	q := b.studySession().Question
	switch {
	case a.DontKnow:
		pairs = append(pairs, "passed", "yes")
	case q.Kind.IsChoice():
		pairs = append(pairs, "chosen", itoa(a.ChosenOption))
	case q.Kind == quiz.KindFlashcard:
		pairs = append(pairs, "rating", itoa(int(a.Rating)))
	case q.Kind == quiz.KindOrder:
		for _, one := range strings.Split(a.Given, ",") {
			pairs = append(pairs, "order", one)
		}
	case q.Kind == quiz.KindMatch:
		texts := strings.Split(a.Given, ",")
		pairs = append(pairs, "pairs", itoa(len(texts)))
		for i, one := range texts {
			pairs = append(pairs, "pair"+itoa(i), one)
		}
	default:
		pairs = append(pairs, "given", a.Given)
	}
	return b.post("/study/answers", pairs...)
}

// TestPageSizeDoesNotDependOnAnswer checks that the page of a typing or placing question is the same to the byte
// when two events swap their dates: nothing on it depends on the answer.
func TestPageSizeDoesNotDependOnAnswer(t *testing.T) {
	t.Parallel()
	for _, k := range []quiz.Kind{quiz.KindWhenTyped, quiz.KindPlace} {
		pages := map[string]bool{}
		for _, swapped := range []bool{false, true} {
			h := open(t)
			d := storagetest.Shipped(t)
			d.Name = "swapped"
			a, b := byKey(d, "murid-war-end"), byKey(d, "petrograd-naming")
			if swapped {
				a.Date, b.Date = b.Date, a.Date
			}
			for i := range d.Facts {
				d.Facts[i].Retired = false
			}
			h.deck = storagetest.PutDeck(t, h.db, d, "swapped")
			person := h.browser()
			person.begin(false)
			pool, err := h.db.DeckIndex(context.Background(), quiz.Who{}, h.deck.ID)
			if err != nil {
				t.Fatal(err)
			}
			id := byKey(h.deck, "murid-war-end").ID
			q, ok := pool.Generate(quiz.CardID{Fact: id, Facet: quiz.FacetWhen}, k, 4, 1)
			if !ok {
				t.Fatalf("no %s", k)
			}
			person.askQuestion(q)
			page := person.get("/study").want(t, 200).body
			page = regexp.MustCompile(`\d+ of \d+|value="[^"]{36}"`).ReplaceAllString(page, "")
			pages[page] = true
		}
		if len(pages) != 1 {
			t.Errorf("the page of %s hangs on the date of its event", k)
		}
	}
}

func byKey(d *quiz.Deck, key string) *quiz.Fact {
	for i := range d.Facts {
		if d.Facts[i].Key == key {
			return &d.Facts[i]
		}
	}
	panic("no fact " + key)
}
