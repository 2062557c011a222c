package views

import (
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/grading"
	"chronicle/quiz/kinds"
)

// kinds returns a question of every graded kind, before the answer and with feedback on a wrong one.
func (g gallery) kinds() []Sample {
	var out []Sample
	for _, k := range quiz.GradedKinds {
		if k == quiz.KindWhenChoice || k == quiz.KindWhatChoice { // already among the study samples
			continue
		}
		s, ok := g.questionFrame(k)
		if !ok {
			continue
		}
		q := s.Session.Question
		waits := g.questionScreen(s, "")
		waits.Arrangement = dealt(q)
		if k == quiz.KindPlace {
			waits.GivenText = "1900"
		}
		out = append(out, Sample{"asking-" + string(k), waits}, Sample{"told-" + string(k), g.wrongFeedback(s)})
	}
	again, _ := g.questionFrame(quiz.KindWhenTyped)
	screen := g.questionScreen(again, g.guest.T("problem.date.word", "Word", "Octobr"))
	screen.GivenText = "3 Octobr <1902>"
	clock, _ := g.questionFrame(quiz.KindFirst)
	clock.Session.QuizAttempt, clock.Session.Quiz.Timed, clock.Reported = "run", true, true
	return append(out, Sample{"asking-typed-again", screen}, Sample{"asking-clock", g.questionScreen(clock, "")})
}

// questionFrame returns a study session with a question of that kind, of the first fact that allows it.
func (g gallery) questionFrame(k quiz.Kind) (StudyFrame, bool) {
	for _, f := range g.index.Facts() {
		id := quiz.CardID{Fact: f.ID, Facet: kinds.FacetOf(k, quiz.FacetWhen)}
		if _, ok := g.index.Generate(id, k, 4, 7); ok {
			s := g.studyFrame(id, k)
			s.ReportURL = ToReport
			return s, true
		}
	}
	return StudyFrame{}, false
}

// dealt returns the initial arrangement of an ordering or matching question.
func dealt(q quiz.Question) []int {
	var put []int
	for i := range q.Options {
		if q.Kind == quiz.KindMatch {
			i = -1
		}
		put = append(put, i)
	}
	return put
}

// wrongFeedback returns the feedback on an answer that is not right.
func (g gallery) wrongFeedback(s StudyFrame) FeedbackScreen {
	q := s.Session.Question
	a := quiz.Answer{ChosenOption: -1}
	switch {
	case q.Kind.IsChoice():
		a.ChosenOption = (q.RightOption + 1) % len(q.Options)
	case q.Kind == quiz.KindOrder:
		a.Given = places(q.RightOrder[len(q.RightOrder)-1], q.RightOrder[:len(q.RightOrder)-1]...)
	case q.Kind == quiz.KindMatch:
		a.Given = places(q.RightOrder[1], append([]int{q.RightOrder[0]}, q.RightOrder[2:]...)...)
	case q.Kind == quiz.KindPlace:
		a.Given = "1900"
	case q.Kind == quiz.KindWhenTyped:
		a.Given = "1 June 1903"
	default:
		a.Given = "square market"
	}
	m, _ := grading.GradeAnswer(q, a)
	fact, _ := g.index.Deck.Fact(q.Fact)
	s.ShowsFeedback = true
	t := FeedbackScreen{StudyFrame: s, Fact: fact, Grade: m, Source: g.index.Deck.Sources[0], Now: g.now, Cal: g.cal}
	t.ConfusedFact, _ = g.index.Deck.Fact(m.ConfusedWith)
	t.Review = quiz.Review{
		Question: q, ChosenOption: a.ChosenOption, Given: a.Given, Verdict: m.Verdict, Rating: fsrs.Again, Score: m.Score,
		CardAfter: quiz.Card{Due: g.now},
	}
	return t
}

func places(first int, rest ...int) string {
	texts := []string{strconv.Itoa(first)}
	for _, one := range rest {
		texts = append(texts, strconv.Itoa(one))
	}
	return strings.Join(texts, ",")
}

// quizzes returns the quiz form, the result and a report.
func (g gallery) quizzes() []Sample {
	var problems quiz.Problems
	problems.Add("length", "problem.quiz.length", "Min", quiz.MinQuizLength, "Max", quiz.MaxQuizLength)
	problems.Add("kinds", "problem.quiz.kinds")
	problems.Add("to", "problem.quiz.turned")
	form := QuizSetupScreen{Frame: g.guest, Deck: g.index.Deck, Length: "10"}
	wrong, same := form, form
	wrong.Length, wrong.Kinds, wrong.Timed, wrong.Problems = "<two>", []quiz.Kind{quiz.KindOrder}, true, problems
	wrong.From, wrong.To = "1900", "1800"
	same.Seed, same.Kinds, same.Timed = "123456", []quiz.Kind{quiz.KindOrder, quiz.KindPlace}, true
	same.From, same.To = "1804", "1902"

	result := QuizResultScreen{
		Frame: g.guest, Deck: g.index.Deck, Link: "http://example.org/decks/roads/quiz?length=3&seed=1",
		QuizAttempt: quiz.QuizAttempt{ID: "run", Quiz: quiz.Quiz{Length: 14, Timed: true}}, InTime: 3,
	}
	for _, k := range quiz.GradedKinds {
		s, ok := g.questionFrame(k)
		if !ok {
			continue
		}
		t := g.wrongFeedback(s)
		if k == quiz.KindFirst {
			t.Review.Verdict, t.Review.ChosenOption = quiz.VerdictRight, t.Review.Question.RightOption
		}
		result.Answers = append(result.Answers, QuizAnswer{
			Review: t.Review, Fact: t.Fact, Source: t.Source, Given: g.guest.GivenText(t.Review), Right: g.guest.RightAnswerText(t.Review, t.Fact),
		})
		result.QuizAttempt.Quiz.Items = append(result.QuizAttempt.Quiz.Items, quiz.QuizItem{})
		result.Score += t.Review.Score
	}
	begun, all := result, result
	begun.Answers, begun.Link = result.Answers[:2], ""
	all.Answers, all.QuizAttempt.Quiz.Items, all.Score = []QuizAnswer{result.Answers[1]}, make([]quiz.QuizItem, 1), 1
	all.Answers[0].Review.Verdict = quiz.VerdictRight

	again := result
	again.Answers = append([]QuizAnswer{}, result.Answers[:3]...)
	again.QuizAttempt.Quiz.Items = again.QuizAttempt.Quiz.Items[:3]
	again.Answers[1].Review.Verdict, again.Answers[1].Review.Regraded = quiz.VerdictVoid, true

	asked, _ := g.questionFrame(quiz.KindDuring)
	report := ReportScreen{StudyFrame: asked, Question: asked.Session.Question, Form: quiz.QuestionReport{Token: "waiting"}, Back: ToStudy}
	bad := report
	bad.Form.Reason, bad.Form.Note = "other", strings.Repeat(" ", 3)
	bad.Problems = bad.Form.Validate()
	none := report
	none.Form.Note = "</textarea><script>"
	none.Problems = none.Form.Validate()
	return []Sample{
		{"quiz", form},
		{"quiz-problems", wrong},
		{"quiz-same", same},
		{"result-again", again},
		{"result", result},
		{"result-begun", begun},
		{"result-all-right", all},
		{"report", report},
		{"report-problems", bad},
		{"report-none", none},
	}
}
