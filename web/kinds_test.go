package web

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/study"
	"chronicle/storage/storagetest"
)

func itoa(n int) string { return strconv.Itoa(n) }

// askQuestion makes a question the current one of the browser's person.
func (b *browser) askQuestion(q quiz.Question) quiz.StudySession {
	b.h.t.Helper()
	p := b.who()
	at := study.NewLearnerTime(p, b.h.time())
	s, err := b.h.db.OpenStudySession(context.Background(), p.Who(), b.h.deck.ID, at, func(d study.Queue) quiz.StudySession {
		s := d.Session
		s.Deck, s.Token, s.Question, s.AskedAt = b.h.deck.ID, newToken(), q, b.h.time()
		return s
	})
	if err != nil {
		b.h.t.Fatal(err)
	}
	return s
}

// TestEveryKindIsGraded answers every question kind rightly, wrongly and not at all, and checks the feedback.
func TestEveryKindIsGraded(t *testing.T) {
	t.Parallel()
	for _, k := range quiz.GradedKinds {
		t.Run(string(k), func(t *testing.T) {
			t.Parallel()
			b := open(t).browser()
			s := b.quizOf(k, "8")
			for _, c := range []struct {
				answer quiz.Answer
				word   string
			}{{storagetest.Right(s), "Right."}, {}, {}} {
				s = b.studySession()
				switch {
				case c.word != "":
				case s.QuizIndex == 1:
					c.answer, c.word = storagetest.Wrong(s), "Wrong."
				default:
					c.answer, c.word = quiz.Answer{Token: s.Token, ChosenOption: -1, DontKnow: true}, "Wrong."
				}
				a := b.give(c.answer).want(t, 303)
				told := b.get(a.to()).want(t, 200)
				if !told.says(c.word) || !told.says("Azerbaijan–Russia relations") {
					t.Errorf("the answer %+v to %q: %s", c.answer, s.Question.Stem, textOf(told.doc))
				}
				if again := b.giveTo(s, c.answer); again.to() != a.to() {
					t.Errorf("the same answer again leads to %q, not %q", again.to(), a.to())
				}
			}
			if all := b.reviews(); len(all) != 3 {
				t.Errorf("%d reviews", len(all))
			}
		})
	}
}

// giveTo is give for a question that is no longer open.
func (b *browser) giveTo(s quiz.StudySession, a quiz.Answer) answer {
	b.h.t.Helper()
	pairs := []string{"token", s.Token, "chosen", itoa(a.ChosenOption)}
	if a.DontKnow {
		pairs = append(pairs, "passed", "yes")
	}
	if s.Question.Kind == quiz.KindOrder || s.Question.Kind == quiz.KindMatch {
		for _, one := range strings.Split(a.Given, ",") {
			pairs = append(pairs, "order", one)
		}
	}
	return b.post("/study/answers", append(pairs, "given", a.Given)...)
}

// TestInvalidAnswers checks that an invalid answer is reported next to the field with its input, that nothing is
// saved and that the question stays open.
func TestInvalidAnswers(t *testing.T) {
	t.Parallel()
	digits := strings.Repeat("9", 400)
	cases := []struct {
		kind  quiz.Kind
		pairs []string
		says  string
	}{
		{quiz.KindWhenTyped, []string{"given", ""}, "Type a date, or choose “I don’t know”."},
		{quiz.KindWhenTyped, []string{"given", "1813-13-01"}, "Months go from 1 to 12"},
		{quiz.KindWhenTyped, []string{"given", "30 February 1990"}, "That month does not have this day."},
		{quiz.KindWhenTyped, []string{"given", "year 0"}, "There is no year 0"},
		{quiz.KindWhenTyped, []string{"given", "yesterday"}, "Write the date itself"},
		{quiz.KindWhenTyped, []string{"given", digits}, "Your answer is too long"},
		{quiz.KindWhenTyped, []string{"given", "03/04/2005"}, "“03/04/2005” can be 3 April 2005 or 4 March 2005."},
		{quiz.KindWhenTyped, []string{"given", "24 October"}, "The year is missing."},
		{quiz.KindWhenTyped, []string{"given", "1991/1922"}, "The end is before the beginning."},
		{quiz.KindWhenTyped, []string{"given", "24 Octobr 1813"}, "“Octobr” is not part of a date."},
		{quiz.KindWhenTyped, []string{"given", "1813 or 1814"}, "Enter one date"},
		{quiz.KindWhenTyped, []string{"given", "\x00\xff"}, "Chronicle cannot read this date."},
		{quiz.KindWhenTyped, []string{"chosen", "0"}, "Type a date"},
		{quiz.KindGapTyped, []string{"given", "  "}, "Type what is missing"},
		{quiz.KindGapTyped, []string{"given", "?!…"}, "Use letters or digits in your answer."},
		{quiz.KindGapTyped, []string{"given", digits}, "Your answer is too long"},
		{quiz.KindPlace, []string{"given", ""}, "Tap the timeline or type the year"},
		{quiz.KindPlace, []string{"given", "3000"}, "The timeline goes from"},
		{quiz.KindPlace, []string{"given", "1813/1828"}, "Enter one year."},
		{quiz.KindPlace, []string{"given", "far right"}, "is not part of a date."},
		{quiz.KindOrder, []string{"order", "0", "order", "0", "order", "1", "order", "2"}, "Use each event only once."},
		{quiz.KindOrder, []string{"order", "0", "order", "1", "order", "2", "order", "7"}, "Some events are missing."},
		{quiz.KindOrder, []string{"order", "0", "order", "1"}, "Some events are missing."},
		{quiz.KindOrder, []string{"order", "a", "order", "-1", "order", "", "order", digits}, "Some events are missing."},
		{quiz.KindOrder, []string{}, "Some events are missing."},
		{quiz.KindMatch, []string{"pairs", "4"}, "Choose a date for every event."},
		{quiz.KindMatch, []string{"pairs", "4", "pair0", "1", "pair1", "1", "pair2", "2", "pair3", "3"}, "Each date belongs to one event only."},
		{quiz.KindMatch, []string{"pairs", "4", "pair0", "1", "pair1", "0", "pair2", "2", "pair3", "9"}, "Some events are missing."},
		{quiz.KindMatch, []string{"pairs", "999999999", "pair0", "1"}, "Choose a date for every event."},
		{quiz.KindTrueFalse, []string{"chosen", "2"}, "Choose one of the options."},
		{quiz.KindFirst, []string{"chosen", "-1"}, "Choose one of the options."},
		{quiz.KindDuring, []string{}, "Choose one of the options."},
		{quiz.KindTimeBetween, []string{"chosen", "15 years"}, "Choose one of the options."},
		{quiz.KindGapChoice, []string{"given", "Baku"}, "Choose one of the options."},
	}
	h := open(t)
	b := h.browser()
	for _, c := range cases {
		s := b.quizOf(c.kind, "6")
		page := b.post("/study/answers", append([]string{"token", s.Token}, c.pairs...)...).want(t, 422)
		if !page.says(c.says) {
			t.Errorf("%s %.60q: the page does not say %q: %.300s", c.kind, c.pairs, c.says, textOf(page.doc))
		}
		if field := named(page.doc, "given"); len(c.pairs) == 2 && c.pairs[0] == "given" && len(field) == 1 && !strings.Contains(c.pairs[1], "\x00") {
			if attr(field[0], "value") != c.pairs[1] || attr(field[0], "aria-invalid") != "true" {
				t.Errorf("%s: the field holds %.40q after %.40q", c.kind, attr(field[0], "value"), c.pairs[1])
			}
		}
		if now := b.studySession(); now.Token != s.Token {
			t.Errorf("%s %.60q: another question waits", c.kind, c.pairs)
		}
	}
	if n := len(b.reviews()); n != 0 {
		t.Errorf("%d answers were kept", n)
	}
}

// TestStepsWithoutScript checks that ordering and placing work step by step without script, that nothing is
// stored, and that invalid parameters are ignored.
func TestStepsWithoutScript(t *testing.T) {
	t.Parallel()
	b := open(t).browser()
	s := b.quizOf(quiz.KindOrder, "6")
	order := func(query string) string {
		var out []string
		for _, e := range named(b.get("/study?"+query).want(t, 200).doc, "order") {
			out = append(out, attr(e, "value"))
		}
		return strings.Join(out, "")
	}
	n := len(s.Question.Options)
	dealt := "012345"[:n]
	for query, want := range map[string]string{
		"":                          dealt,
		"order=1&order=0&order=2":   map[bool]string{true: "102", false: dealt}[n == 3],
		"up=1":                      "10" + dealt[2:],
		"down=0":                    "10" + dealt[2:],
		"up=0":                      dealt,
		"down=" + itoa(n-1):         dealt,
		"up=99":                     dealt,
		"down=-5":                   dealt,
		"order=0&order=0&order=0":   dealt,
		"order=" + "x" + "&up=zwei": dealt,
	} {
		if got := order(query); got != want {
			t.Errorf("%q shows the order %s, want %s", query, got, want)
		}
	}
	s = b.quizOf(quiz.KindPlace, "6")
	year := func(query string) string {
		return attr(named(b.get("/study?"+query).want(t, 200).doc, "given")[0], "value")
	}
	first, last := itoa(int(s.Question.Scale.First)), itoa(int(s.Question.Scale.Last))
	middle := int(s.Question.Scale.First+s.Question.Scale.Last) / 2
	for query, want := range map[string]string{
		"": "", "given=1900": "1900", "given=1900&step=10": "1910", "given=1900&step=-1": "1899",
		"step=1": itoa(middle + 1), "given=" + first + "&step=-10": first, "given=" + last + "&step=10": last,
		"given=3000": "", "given=soon": "", "given=1900&step=far": "1900",
	} {
		if got := year(query); got != want {
			t.Errorf("%q shows the year %q, want %q", query, got, want)
		}
	}
	if b.studySession().Token != s.Token || len(b.reviews()) != 0 {
		t.Error("looking changed something")
	}
}
