package study

import (
	"chronicle/quiz"
	"chronicle/quiz/grading"
)

// Regrade is an answer judged by the date that a fact has now in its deck. The
// review is of that fact, or has it in a line; the lead is the answer that it had a
// part in, or itself. An answer to a question that has no right answer any more is
// Void: it counts as if it had never been given.
func Regrade(r, lead quiz.Review, f quiz.Fact, d *quiz.Deck) quiz.Review {
	q, ok := grading.CorrectQuestion(lead.Question, f, d)
	if !ok {
		r.Verdict, r.Score = quiz.VerdictVoid, 0
		return r
	}
	m, err := grading.GradeAnswer(q, quiz.Answer{
		ChosenOption: lead.ChosenOption, Given: lead.Given, Rating: lead.Rating, Duration: lead.Duration,
		DontKnow: lead.ChosenOption < 0 && lead.Given == "" && lead.Question.Kind != quiz.KindFlashcard,
	})
	if err != nil { // it was judged when it was given, so it reads
		return r
	}
	for _, beside := range m.Companions {
		if r.LeadToken != "" && beside.Fact == f.ID {
			m = beside.Grade
		}
	}
	r.Verdict, r.Rating, r.Score, r.Form = m.Verdict, m.Rating, m.Score, m.Form
	return r
}
