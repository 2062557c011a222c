package mark

import (
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
)

// Right is the answer to a question that is marked right.
func Right(q quiz.Question) quiz.Answer {
	a := quiz.Answer{Chosen: -1}
	switch {
	case q.Kind == quiz.Flip:
		a.Rating = fsrs.Good
	case q.Kind.Chooses():
		a.Chosen = q.Answer
	case q.Kind == quiz.WhenTyped:
		a.Given = q.Right.String()
	case q.Kind == quiz.Place:
		y, _, _ := edtf.Civil(q.Right.Lo())
		a.Given = strconv.FormatInt(y, 10)
	case q.Kind == quiz.GapTyped:
		a.Given = q.Term
	default:
		var places []string
		for _, one := range q.Order {
			places = append(places, strconv.Itoa(one))
		}
		a.Given = strings.Join(places, ",")
	}
	return a
}
