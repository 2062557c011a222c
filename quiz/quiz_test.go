package quiz_test

import (
	"slices"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

func TestYearsOfAQuiz(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to int
		bad      []string
	}{
		{0, 0, nil},
		{1800, 1899, nil},
		{1900, 1900, nil},
		{-44, 14, nil},
		{-200, -100, nil},
		{-quiz.QuizYear, quiz.QuizYear, nil},
		{1800, 0, []string{"to"}},
		{0, 1800, []string{"from"}},
		{1900, 1899, []string{"to"}},
		{-quiz.QuizYear - 1, 3, []string{"from"}},
		{3, quiz.QuizYear + 1, []string{"to"}},
	} {
		q := quiz.Quiz{Length: 10, From: c.from, To: c.to}
		var bad []string
		for _, p := range q.Check() {
			bad = append(bad, p.Field)
		}
		if !slices.Equal(bad, c.bad) {
			t.Errorf("%d to %d: wrong are %v, want %v", c.from, c.to, bad, c.bad)
		}
	}
	first, last := quiz.Quiz{From: -1, To: 1}.Days()
	if first != edtf.MustParse("0000").Lo() || last != edtf.MustParse("0001").Hi() {
		t.Errorf("1 BC to AD 1 is %d to %d", first, last)
	}
	for y := int64(-5); y < 5; y++ {
		if c := quiz.Counted(y); c == 0 || quiz.Astronomical(c) != y {
			t.Errorf("%d is counted as %d", y, c)
		}
	}
}
