package study

import (
	"chronicle/quiz"
	"chronicle/quiz/mark"
)

// Remark is an answer judged by the date that a fact has now in its deck. The
// review is of that fact, or has it in a line; the lead is the answer that it had a
// part in, or itself. An answer to a question that has no right answer any more is
// Void: it counts as if it had never been given.
func Remark(r, lead quiz.Review, f quiz.Fact, d *quiz.Deck) quiz.Review {
	q, ok := mark.Corrected(lead.Question, f, d)
	if !ok {
		r.Verdict, r.Score = quiz.Void, 0
		return r
	}
	m, err := mark.Answer(q, quiz.Answer{
		Chosen: lead.Chosen, Given: lead.Given, Rating: lead.Rating, Took: lead.Took,
		Passed: lead.Chosen < 0 && lead.Given == "" && lead.Question.Kind != quiz.Flip,
	})
	if err != nil { // it was judged when it was given, so it reads
		return r
	}
	for _, beside := range m.Beside {
		if r.Lead != "" && beside.Fact == f.ID {
			m = beside.Mark
		}
	}
	r.Verdict, r.Rating, r.Score, r.Form = m.Verdict, m.Rating, m.Score, m.Form
	return r
}
