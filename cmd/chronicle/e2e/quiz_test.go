package e2e

import (
	"strings"
	"testing"

	"chronicle/quiz"
)

// startQuiz starts a quiz by its URL.
func (b *tab) startQuiz(query string) {
	b.t.Helper()
	b.open(deckPath() + "/quiz?" + query)
	b.wants(".lead", "the same questions")
	b.fits()
	b.follow("button.primary", "Start")
}

// TestEveryKind answers every question kind rightly with its own controls, with and without script, and checks the
// feedback.
func TestEveryKind(t *testing.T) {
	each(t, []viewport{desktop, phoneNoScript}, func(t *testing.T, p *profile) {
		b := p.tab()
		for _, k := range quiz.GradedKinds {
			b.startQuiz("seed=3&length=3&kinds=" + string(k))
			s := b.asking()
			if s.Kind != string(k) || s.Count != "1 of 3" {
				t.Fatalf("the quiz of %s asks %+v", k, s)
			}
			told := b.right(s)
			if told.Verdict != "right" || told.Word != "Right." || told.Place == "" {
				t.Errorf("the right answer to %s %q %q is judged %q: %s", k, s.Stem, s.Events, told.Word, told.Feedback)
			}
		}
		if n := p.server.counted(); n != len(quiz.GradedKinds) {
			t.Errorf("%d answers were kept, want %d", n, len(quiz.GradedKinds))
		}
	})
}

// TestQuiz takes a quiz from the deck page to its result, repeats the missed questions, and shares the same
// questions with a friend.
func TestQuiz(t *testing.T) {
	each(t, scriptModes, func(t *testing.T, p *profile) {
		b := p.tab()
		b.open(deckPath())
		b.follow("a.button", "Quiz")
		b.write("#length", "2")
		b.follow("button.primary", "Start")
		b.expect(422)
		b.wants(".problem", "A quiz has 3 to 50 questions.")
		b.write("#length", "4")
		b.press("#clock", "")
		b.follow("button.primary", "Start")
		asked := b.quizOf(4, 1)
		b.wants(".answers .state", "Right")
		b.wants(".answers .mine", "You ")
		link := eval[string](b, `new URL(document.querySelector("#link").value).search`)

		b.follow("button.primary", "Practise the one I missed")
		b.asking()
		b.right(b.screen())
		b.follow("a.button.primary", "Continue")
		b.wants("h1", "1 of one point")

		friend := p.server.profile(t, p.view).tab()
		friend.open(deckPath() + "/quiz" + link)
		friend.follow("button.primary", "Start")
		if same := friend.quizOf(4, -1); strings.Join(same, "\n") != strings.Join(asked, "\n") {
			t.Errorf("the friend was asked\n%q, not\n%q", same, asked)
		}
		friend.wants("h1", "4 of 4 points")
	})
}

// quizOf takes a quiz of n questions with one passed or, in a choice, missed, and the others right; it lists the
// questions.
func (b *tab) quizOf(n, pass int) (asked []string) {
	b.t.Helper()
	for i := range n {
		s := b.asking()
		texts := []string{s.Kind, s.Stem}
		for _, o := range s.Options {
			texts = append(texts, o.Text)
		}
		asked = append(asked, strings.Join(append(texts, s.Events...), " | "))
		switch {
		case i != pass:
			b.right(s)
		case len(s.Options) == 0:
			b.follow("button", "I don’t know")
		default:
			right, _ := solve(b.t, s)
			if told := b.answer(s, (right+1)%len(s.Options)); told.Verdict != "wrong" {
				b.t.Errorf("a wrong answer is judged %+v", told)
			}
		}
		b.follow("a.button.primary", "Continue")
	}
	return asked
}
