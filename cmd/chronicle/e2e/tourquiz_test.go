package e2e

import (
	"strings"

	"chronicle/quiz"
)

// tourQuiz shows a quiz of every kind, before and after an answer, and its result.
func (b *tab) tourQuiz(show func(string)) {
	b.t.Helper()
	b.open(deckPath() + "/quiz")
	show("quiz-form")
	b.write("#length", "two")
	b.follow("button.primary", "Start")
	b.expect(422)
	show("quiz-form-errors")
	for _, k := range quiz.GradedKinds {
		b.open(deckPath() + "/quiz?seed=5&length=3&clock=yes&kinds=" + string(k))
		if k == quiz.KindOrder {
			show("quiz-same")
		}
		b.follow("button.primary", "Start")
		show("quiz-" + string(k))
		b.halfRight(k)
		if !k.IsChoice() || k == quiz.KindDuring { // the other choice questions look alike
			show("quiz-" + string(k) + "-told")
		}
	}
	b.open("/study/report")
	b.follow("button.primary", "Send")
	b.expect(422)
	show("report-errors")
	b.tourResult(show)
}

// halfRight gives an answer that is partly wrong.
func (b *tab) halfRight(k quiz.Kind) {
	b.t.Helper()
	switch k {
	case quiz.KindWhenTyped:
		b.write("#given", "1 February 2007")
		b.follow("button.primary", "Check")
	case quiz.KindGapTyped:
		b.write("#given", "Petrograd")
		b.follow("button.primary", "Check")
	case quiz.KindPlace:
		b.write("#given", "1900")
		b.follow("button.primary", "Check")
	case quiz.KindOrder:
		b.follow("button.primary", "Check")
	case quiz.KindMatch:
		for i := range eval[int](b, `document.querySelectorAll(".matching fieldset").length`) {
			b.pressNth(".matching fieldset:nth-of-type("+string(rune('1'+i))+") label", i)
		}
		b.follow("button.primary", "Check")
	default:
		b.loads(func() { b.pressNth(".option", 0) })
	}
}

// tourResult takes a short quiz to its end.
func (b *tab) tourResult(show func(string)) {
	b.t.Helper()
	b.open(deckPath() + "/quiz?seed=11&length=5&clock=yes")
	b.follow("button.primary", "Start")
	for range 2 {
		b.halfRight(b.kind())
		b.follow("a.button.primary", "Continue")
	}
	b.open("/")
	show("today-quiz-waits")
	b.open("/study")
	for range 3 {
		b.halfRight(b.kind())
		b.follow("a.button.primary", "Continue")
	}
	show("result")
}

// kind returns the kind of the current question.
func (b *tab) kind() quiz.Kind {
	b.t.Helper()
	return quiz.Kind(strings.TrimPrefix(eval[string](b, `document.querySelector("article.question").classList[1]`), "is-"))
}
