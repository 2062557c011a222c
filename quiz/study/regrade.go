package study

import (
	"chronicle/quiz"
	"chronicle/quiz/grading"
)

// Regrade grades a review again by the date that the fact now has in the deck. The
// review is of that fact, or has it as a companion; lead is the review of the question
// that was asked, which may be r itself. If the question no longer has a right answer,
// the verdict is Void and the review counts as if it had never been given.
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
	if err != nil { // it was graded before, so this cannot happen
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
