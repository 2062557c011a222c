package grading

import (
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
)

// RightAnswer returns an answer to a question that is graded right.
func RightAnswer(q quiz.Question) quiz.Answer {
	a := quiz.Answer{ChosenOption: -1}
	switch {
	case q.Kind == quiz.KindFlashcard:
		a.Rating = fsrs.Good
	case q.Kind.IsChoice():
		a.ChosenOption = q.RightOption
	case q.Kind == quiz.KindWhenTyped:
		a.Given = q.RightDate.String()
	case q.Kind == quiz.KindPlace:
		y, _, _ := edtf.CivilDate(q.RightDate.Lo())
		a.Given = strconv.FormatInt(y, 10)
	case q.Kind == quiz.KindGapTyped:
		a.Given = q.Term
	default:
		var places []string
		for _, one := range q.RightOrder {
			places = append(places, strconv.Itoa(one))
		}
		a.Given = strings.Join(places, ",")
	}
	return a
}
