package views

import (
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/mark"
)

// kinds are a question of every kind that Chronicle marks, as it waits and as
// it was answered, with something wrong in the answer.
func (g gallery) kinds() []Sample {
	var out []Sample
	for _, k := range quiz.Scored {
		if k == quiz.WhenChoice || k == quiz.WhatChoice { // among the studies
			continue
		}
		s, ok := g.posed(k)
		if !ok {
			continue
		}
		q := s.Sitting.Question
		waits := g.asking(s, "")
		waits.Put = dealt(q)
		if k == quiz.Place {
			waits.Given = "1900"
		}
		out = append(out, Sample{"asking-" + string(k), waits}, Sample{"told-" + string(k), g.missed(s)})
	}
	again, _ := g.posed(quiz.WhenTyped)
	screen := g.asking(again, g.guest.T("problem.date.word", "Word", "Octobr"))
	screen.Given = "3 Octobr <1902>"
	clock, _ := g.posed(quiz.First)
	clock.Sitting.Run, clock.Sitting.Quiz.Clock, clock.Reported = "run", true, true
	return append(out, Sample{"asking-typed-again", screen}, Sample{"asking-clock", g.asking(clock, "")})
}

// posed is a place in study with a question of that kind, of the first fact
// that allows it.
func (g gallery) posed(k quiz.Kind) (Studying, bool) {
	for _, f := range g.pool.Facts() {
		id := quiz.CardID{Fact: f.ID, Facet: ask.FacetOf(k, quiz.When)}
		if _, ok := g.pool.Make(id, k, 4, 7); ok {
			s := g.sitting(id, k)
			s.Report = ToReport
			return s, true
		}
	}
	return Studying{}, false
}

// dealt is how an order or a match stands before anything was done.
func dealt(q quiz.Question) []int {
	var put []int
	for i := range q.Options {
		if q.Kind == quiz.Match {
			i = -1
		}
		put = append(put, i)
	}
	return put
}

// missed is the verdict on an answer that is not right.
func (g gallery) missed(s Studying) Told {
	q := s.Sitting.Question
	a := quiz.Answer{Chosen: -1}
	switch {
	case q.Kind.Chooses():
		a.Chosen = (q.Answer + 1) % len(q.Options)
	case q.Kind == quiz.Order:
		a.Given = places(q.Order[len(q.Order)-1], q.Order[:len(q.Order)-1]...)
	case q.Kind == quiz.Match:
		a.Given = places(q.Order[1], append([]int{q.Order[0]}, q.Order[2:]...)...)
	case q.Kind == quiz.Place:
		a.Given = "1900"
	case q.Kind == quiz.WhenTyped:
		a.Given = "1 June 1903"
	default:
		a.Given = "square market"
	}
	m, _ := mark.Answer(q, a)
	fact, _ := g.pool.Deck.Fact(q.Fact)
	s.Told = true
	t := Told{Studying: s, Fact: fact, Mark: m, Source: g.pool.Deck.Sources[0], Now: g.now, Cal: g.cal}
	t.Lure, _ = g.pool.Deck.Fact(m.Confused)
	t.Review = quiz.Review{
		Question: q, Chosen: a.Chosen, Given: a.Given, Verdict: m.Verdict, Rating: fsrs.Again, Score: m.Score,
		After: quiz.Card{Due: g.now},
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

// quizzes are the form, the result and a report.
func (g gallery) quizzes() []Sample {
	var problems quiz.Problems
	problems.Add("length", "problem.quiz.length", "Min", quiz.QuizLeast, "Max", quiz.QuizMost)
	problems.Add("kinds", "problem.quiz.kinds")
	problems.Add("to", "problem.quiz.turned")
	form := Quiz{Frame: g.guest, Deck: g.pool.Deck, Length: "10"}
	wrong, same := form, form
	wrong.Length, wrong.Kinds, wrong.Clock, wrong.Problems = "<two>", []quiz.Kind{quiz.Order}, true, problems
	wrong.From, wrong.To = "1900", "1800"
	same.Seed, same.Kinds, same.Clock = "123456", []quiz.Kind{quiz.Order, quiz.Place}, true
	same.From, same.To = "1804", "1902"

	result := Result{
		Frame: g.guest, Deck: g.pool.Deck, Link: "http://example.org/decks/roads/quiz?length=3&seed=1",
		Run: quiz.Run{ID: "run", Quiz: quiz.Quiz{Length: 14, Clock: true}}, InTime: 3,
	}
	for _, k := range quiz.Scored {
		s, ok := g.posed(k)
		if !ok {
			continue
		}
		t := g.missed(s)
		if k == quiz.First {
			t.Review.Verdict, t.Review.Chosen = quiz.Right, t.Review.Question.Answer
		}
		result.Answers = append(result.Answers, Answered{
			Review: t.Review, Fact: t.Fact, Source: t.Source, Given: g.guest.Given(t.Review), Right: g.guest.Right(t.Review, t.Fact),
		})
		result.Run.Quiz.Asks = append(result.Run.Quiz.Asks, quiz.Asked{})
		result.Score += t.Review.Score
	}
	begun, all := result, result
	begun.Answers, begun.Link = result.Answers[:2], ""
	all.Answers, all.Run.Quiz.Asks, all.Score = []Answered{result.Answers[1]}, make([]quiz.Asked, 1), 1
	all.Answers[0].Review.Verdict = quiz.Right

	again := result
	again.Answers = append([]Answered{}, result.Answers[:3]...)
	again.Run.Quiz.Asks = again.Run.Quiz.Asks[:3]
	again.Answers[1].Review.Verdict, again.Answers[1].Review.Remarked = quiz.Void, true

	asked, _ := g.posed(quiz.During)
	report := Reporting{Studying: asked, Question: asked.Sitting.Question, Form: quiz.Report{Token: "waiting"}, Back: ToStudy}
	bad := report
	bad.Form.Reason, bad.Form.Note = "other", strings.Repeat(" ", 3)
	bad.Problems = bad.Form.Check()
	none := report
	none.Form.Note = "</textarea><script>"
	none.Problems = none.Form.Check()
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
