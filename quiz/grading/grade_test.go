package grading_test

import (
	"reflect"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/grading"
)

func choice(options, answer int) quiz.Question {
	return quiz.Question{Kind: quiz.KindWhenChoice, Facet: quiz.FacetWhen, Options: make([]quiz.Option, options), RightOption: answer}
}

func TestGradeAnswer(t *testing.T) {
	flip := quiz.Question{Kind: quiz.KindFlashcard, Facet: quiz.FacetWhen, RightOption: -1}
	what := choice(3, 0)
	what.Kind, what.Facet = quiz.KindWhatChoice, quiz.FacetWhat
	cases := []struct {
		name    string
		q       quiz.Question
		a       quiz.Answer
		verdict quiz.Verdict
		rating  fsrs.Rating
		form    fsrs.Form
	}{
		{"right", choice(3, 1), quiz.Answer{ChosenOption: 1, Duration: 4 * time.Second}, quiz.VerdictRight, fsrs.Good, fsrs.ChoiceForm(3)},
		{"right, time not known", choice(4, 3), quiz.Answer{ChosenOption: 3}, quiz.VerdictRight, fsrs.Good, fsrs.ChoiceForm(4)},
		{"right, at the limit", choice(4, 0), quiz.Answer{Duration: 25 * time.Second}, quiz.VerdictRight, fsrs.Good, fsrs.ChoiceForm(4)},
		{"right, slow", choice(4, 0), quiz.Answer{Duration: 25*time.Second + 1}, quiz.VerdictRight, fsrs.Hard, fsrs.ChoiceForm(4)},
		{"right, an hour", choice(2, 0), quiz.Answer{Duration: time.Hour}, quiz.VerdictRight, fsrs.Hard, fsrs.ChoiceForm(2)},
		{"right, a negative time", choice(2, 0), quiz.Answer{Duration: -time.Hour}, quiz.VerdictRight, fsrs.Good, fsrs.ChoiceForm(2)},
		{"wrong", choice(3, 1), quiz.Answer{ChosenOption: 2}, quiz.VerdictWrong, fsrs.Again, fsrs.ChoiceForm(3)},
		{"wrong, slow", choice(3, 1), quiz.Answer{ChosenOption: 0, Duration: time.Hour}, quiz.VerdictWrong, fsrs.Again, fsrs.ChoiceForm(3)},
		{"a rating says nothing of a choice", choice(3, 1), quiz.Answer{ChosenOption: 0, Rating: fsrs.Easy}, quiz.VerdictWrong, fsrs.Again, fsrs.ChoiceForm(3)},
		{"events", what, quiz.Answer{}, quiz.VerdictRight, fsrs.Good, fsrs.ChoiceForm(3)},
		{"flip, again", flip, quiz.Answer{ChosenOption: -1, Rating: fsrs.Again}, quiz.VerdictWrong, fsrs.Again, fsrs.PlainForm},
		{"flip, hard", flip, quiz.Answer{ChosenOption: -1, Rating: fsrs.Hard}, quiz.VerdictRight, fsrs.Hard, fsrs.PlainForm},
		{"flip, good", flip, quiz.Answer{ChosenOption: -1, Rating: fsrs.Good}, quiz.VerdictRight, fsrs.Good, fsrs.PlainForm},
		{"flip, easy", flip, quiz.Answer{ChosenOption: -1, Rating: fsrs.Easy, Duration: time.Hour}, quiz.VerdictRight, fsrs.Easy, fsrs.PlainForm},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			score := map[quiz.Verdict]float64{quiz.VerdictRight: 1}[c.verdict]
			want := grading.Grade{Verdict: c.verdict, Rating: c.rating, Form: c.form, Score: score}
			if got, err := grading.GradeAnswer(c.q, c.a); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, %v, want %+v", got, err, want)
			}
		})
	}
}

func TestGradeAnswerRejects(t *testing.T) {
	flip := quiz.Question{Kind: quiz.KindFlashcard, RightOption: -1}
	for name, c := range map[string]struct {
		q quiz.Question
		a quiz.Answer
	}{
		"before the first option": {choice(3, 0), quiz.Answer{ChosenOption: -1}},
		"behind the last":         {choice(3, 0), quiz.Answer{ChosenOption: 3}},
		"far behind":              {choice(3, 0), quiz.Answer{ChosenOption: 1 << 40}},
		"no options":              {choice(0, 0), quiz.Answer{}},
		"no question":             {quiz.Question{}, quiz.Answer{}},
		"a flip without rating":   {flip, quiz.Answer{ChosenOption: -1}},
		"a rating too high":       {flip, quiz.Answer{ChosenOption: -1, Rating: 5}},
	} {
		if got, err := grading.GradeAnswer(c.q, c.a); !quiz.Is(err, quiz.Invalid) || !reflect.DeepEqual(got, grading.Grade{}) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// TestFormOf checks that forms are valid for the memory model.
func TestFormOf(t *testing.T) {
	for n := 2; n <= 4; n++ {
		if f := grading.FormOf(choice(n, 0)); f != fsrs.ChoiceForm(n) || f.Validate() != nil {
			t.Errorf("%d options: %+v", n, f)
		}
	}
	if f := grading.FormOf(quiz.Question{Kind: quiz.KindFlashcard}); f != fsrs.PlainForm || f.Validate() != nil {
		t.Errorf("flip: %+v", f)
	}
}
