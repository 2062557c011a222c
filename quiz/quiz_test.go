package quiz_test

import (
	"slices"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

func TestQuizDayRange(t *testing.T) {
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
		{-quiz.MaxQuizYear, quiz.MaxQuizYear, nil},
		{1800, 0, []string{"to"}},
		{0, 1800, []string{"from"}},
		{1900, 1899, []string{"to"}},
		{-quiz.MaxQuizYear - 1, 3, []string{"from"}},
		{3, quiz.MaxQuizYear + 1, []string{"to"}},
	} {
		q := quiz.Quiz{Length: 10, FromYear: c.from, ToYear: c.to}
		var bad []string
		for _, p := range q.Validate() {
			bad = append(bad, p.Field)
		}
		if !slices.Equal(bad, c.bad) {
			t.Errorf("%d to %d: wrong are %v, want %v", c.from, c.to, bad, c.bad)
		}
	}
	first, last := quiz.Quiz{FromYear: -1, ToYear: 1}.DayRange()
	if first != edtf.MustParse("0000").Lo() || last != edtf.MustParse("0001").Hi() {
		t.Errorf("1 BC to AD 1 is %d to %d", first, last)
	}
	for y := int64(-5); y < 5; y++ {
		if c := quiz.HistoricalYear(y); c == 0 || quiz.AstronomicalYear(c) != y {
			t.Errorf("%d is counted as %d", y, c)
		}
	}
}
