package study_test

import (
	"math"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"
)

// A year in which more is to be remembered takes more answers, and more of it is
// remembered: by the model's own measure, what comes back at a chance r is
// remembered a little better than r on average.
func TestAYearOfPractice(t *testing.T) {
	t.Parallel()
	var last study.Load
	for _, wanted := range []float64{0.75, 0.85, 0.9, 0.95} {
		load := study.Year(study.Plan{Fresh: 800, NewPerDay: 10, Wanted: wanted, Day: 20000}, 1)
		if load.Answers <= last.Answers || load.Recall <= last.Recall {
			t.Errorf("at %v: %+v, at less %+v", wanted, load, last)
		}
		if load.Recall < wanted || load.Recall > wanted+0.7*(1-wanted) {
			t.Errorf("at %v, %v is remembered", wanted, load.Recall)
		}
		if again := study.Year(study.Plan{Fresh: 800, NewPerDay: 10, Wanted: wanted, Day: 20000}, 1); again != load {
			t.Errorf("%+v, then %+v", load, again)
		}
		last = load
	}
}

// Many cards are imagined by some of them.
func TestAYearOfManyCards(t *testing.T) {
	t.Parallel()
	some := study.Year(study.Plan{Fresh: 1400, NewPerDay: 4, Wanted: 0.9, Day: 1}, 1)
	many := study.Year(study.Plan{Fresh: 14000, NewPerDay: 40, Wanted: 0.9, Day: 1}, 1)
	if math.Abs(many.Answers/some.Answers-10) > 0.5 {
		t.Errorf("ten times as many cards take %v answers, not ten times %v", many.Answers, some.Answers)
	}
	if none := study.Year(study.Plan{Wanted: 0.9, Day: 1}, 1); none != (study.Load{}) {
		t.Errorf("no cards: %+v", none)
	}
	if none := study.Year(study.Plan{Fresh: 100, Wanted: 0.9, Day: 1}, 1); none != (study.Load{}) {
		t.Errorf("none is met: %+v", none)
	}
	known := quiz.Card{Memory: fsrs.Card{Phase: fsrs.PhaseReview, Memory: fsrs.Memory{Stability: 10000, Difficulty: 3}, LastDay: 1}, DueDay: 5000}
	if load := study.Year(study.Plan{Cards: []quiz.Card{known}, Wanted: 0.9, Day: 1}, 1); load.Answers != 0 || load.Recall < 0.99 {
		t.Errorf("what lasts for years: %+v", load)
	}
}

// BenchmarkYear is a year of three thousand cards, as the settings show it.
func BenchmarkYear(b *testing.B) {
	for b.Loop() {
		study.Year(study.Plan{Fresh: 3000, NewPerDay: 20, Wanted: 0.9, Day: 1}, 1)
	}
}
