// Package mark judges answers and turns them into what the memory learns.
package mark

import (
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// slow is how long a right choice may take before it counts as hard. Slow
// right answers are forgotten sooner; time refines, it never decides.
const slow = 25 * time.Second

// Mark is what an answer was judged to be.
type Mark struct {
	Verdict quiz.Verdict
	Rating  fsrs.Rating
	Form    fsrs.Form
}

// Answer judges an answer to a question. It fails with Invalid when the
// option was not offered or a flip has no rating.
func Answer(q quiz.Question, a quiz.Answer) (Mark, error) {
	if q.Kind == quiz.Flip {
		return flip(a)
	}
	if a.Chosen < 0 || a.Chosen >= len(q.Options) {
		return Mark{}, quiz.Fail(quiz.Invalid, "error.option")
	}
	m := Mark{Verdict: quiz.Wrong, Rating: fsrs.Again, Form: Form(q)}
	if a.Chosen == q.Answer {
		m.Verdict, m.Rating = quiz.Right, fsrs.Good
		if a.Took > slow {
			m.Rating = fsrs.Hard
		}
	}
	return m, nil
}

func flip(a quiz.Answer) (Mark, error) {
	if a.Rating < fsrs.Again || a.Rating > fsrs.Easy {
		return Mark{}, quiz.Fail(quiz.Invalid, "error.rating")
	}
	m := Mark{Verdict: quiz.Right, Rating: a.Rating, Form: fsrs.Plain}
	if a.Rating == fsrs.Again {
		m.Verdict = quiz.Wrong
	}
	return m, nil
}

// Form gives how a question can be guessed, with the start values that hold
// until answers fit better ones.
func Form(q quiz.Question) fsrs.Form {
	if q.Kind == quiz.Flip {
		return fsrs.Plain
	}
	return fsrs.Choice(len(q.Options))
}
