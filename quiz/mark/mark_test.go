package mark_test

import (
	"reflect"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/mark"
)

func choice(options, answer int) quiz.Question {
	return quiz.Question{Kind: quiz.WhenChoice, Facet: quiz.When, Options: make([]quiz.Option, options), Answer: answer}
}

func TestAnswer(t *testing.T) {
	flip := quiz.Question{Kind: quiz.Flip, Facet: quiz.When, Answer: -1}
	what := choice(3, 0)
	what.Kind, what.Facet = quiz.WhatChoice, quiz.What
	cases := []struct {
		name    string
		q       quiz.Question
		a       quiz.Answer
		verdict quiz.Verdict
		rating  fsrs.Rating
		form    fsrs.Form
	}{
		{"right", choice(3, 1), quiz.Answer{Chosen: 1, Took: 4 * time.Second}, quiz.Right, fsrs.Good, fsrs.Choice(3)},
		{"right, time not known", choice(4, 3), quiz.Answer{Chosen: 3}, quiz.Right, fsrs.Good, fsrs.Choice(4)},
		{"right, at the limit", choice(4, 0), quiz.Answer{Took: 25 * time.Second}, quiz.Right, fsrs.Good, fsrs.Choice(4)},
		{"right, slow", choice(4, 0), quiz.Answer{Took: 25*time.Second + 1}, quiz.Right, fsrs.Hard, fsrs.Choice(4)},
		{"right, an hour", choice(2, 0), quiz.Answer{Took: time.Hour}, quiz.Right, fsrs.Hard, fsrs.Choice(2)},
		{"right, a negative time", choice(2, 0), quiz.Answer{Took: -time.Hour}, quiz.Right, fsrs.Good, fsrs.Choice(2)},
		{"wrong", choice(3, 1), quiz.Answer{Chosen: 2}, quiz.Wrong, fsrs.Again, fsrs.Choice(3)},
		{"wrong, slow", choice(3, 1), quiz.Answer{Chosen: 0, Took: time.Hour}, quiz.Wrong, fsrs.Again, fsrs.Choice(3)},
		{"a rating says nothing of a choice", choice(3, 1), quiz.Answer{Chosen: 0, Rating: fsrs.Easy}, quiz.Wrong, fsrs.Again, fsrs.Choice(3)},
		{"events", what, quiz.Answer{}, quiz.Right, fsrs.Good, fsrs.Choice(3)},
		{"flip, again", flip, quiz.Answer{Chosen: -1, Rating: fsrs.Again}, quiz.Wrong, fsrs.Again, fsrs.Plain},
		{"flip, hard", flip, quiz.Answer{Chosen: -1, Rating: fsrs.Hard}, quiz.Right, fsrs.Hard, fsrs.Plain},
		{"flip, good", flip, quiz.Answer{Chosen: -1, Rating: fsrs.Good}, quiz.Right, fsrs.Good, fsrs.Plain},
		{"flip, easy", flip, quiz.Answer{Chosen: -1, Rating: fsrs.Easy, Took: time.Hour}, quiz.Right, fsrs.Easy, fsrs.Plain},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			score := map[quiz.Verdict]float64{quiz.Right: 1}[c.verdict]
			want := mark.Mark{Verdict: c.verdict, Rating: c.rating, Form: c.form, Score: score}
			if got, err := mark.Answer(c.q, c.a); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, %v, want %+v", got, err, want)
			}
		})
	}
}

func TestAnswerRefuses(t *testing.T) {
	flip := quiz.Question{Kind: quiz.Flip, Answer: -1}
	for name, c := range map[string]struct {
		q quiz.Question
		a quiz.Answer
	}{
		"before the first option": {choice(3, 0), quiz.Answer{Chosen: -1}},
		"behind the last":         {choice(3, 0), quiz.Answer{Chosen: 3}},
		"far behind":              {choice(3, 0), quiz.Answer{Chosen: 1 << 40}},
		"no options":              {choice(0, 0), quiz.Answer{}},
		"no question":             {quiz.Question{}, quiz.Answer{}},
		"a flip without rating":   {flip, quiz.Answer{Chosen: -1}},
		"a rating too high":       {flip, quiz.Answer{Chosen: -1, Rating: 5}},
	} {
		if got, err := mark.Answer(c.q, c.a); !quiz.Is(err, quiz.Invalid) || !reflect.DeepEqual(got, mark.Mark{}) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// A form is one that the memory takes.
func TestForm(t *testing.T) {
	for n := 2; n <= 4; n++ {
		if f := mark.Form(choice(n, 0)); f != fsrs.Choice(n) || f.Check() != nil {
			t.Errorf("%d options: %+v", n, f)
		}
	}
	if f := mark.Form(quiz.Question{Kind: quiz.Flip}); f != fsrs.Plain || f.Check() != nil {
		t.Errorf("flip: %+v", f)
	}
}
