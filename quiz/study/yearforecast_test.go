package study_test

import (
	"math"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"
)

// TestForecastYear checks that a higher desired retention needs more answers and gives
// higher recall. By the model itself, cards reviewed at retrievability r have a mean
// recall slightly above r.
func TestForecastYear(t *testing.T) {
	t.Parallel()
	var last study.YearForecast
	for _, wanted := range []float64{0.75, 0.85, 0.9, 0.95} {
		load := study.ForecastYear(study.ForecastInput{NewCards: 800, NewPerDay: 10, DesiredRetention: wanted, Today: 20000}, 1)
		if load.Answers <= last.Answers || load.RecallAtEnd <= last.RecallAtEnd {
			t.Errorf("at %v: %+v, at less %+v", wanted, load, last)
		}
		if load.RecallAtEnd < wanted || load.RecallAtEnd > wanted+0.7*(1-wanted) {
			t.Errorf("at %v, %v is remembered", wanted, load.RecallAtEnd)
		}
		if again := study.ForecastYear(study.ForecastInput{NewCards: 800, NewPerDay: 10, DesiredRetention: wanted, Today: 20000}, 1); again != load {
			t.Errorf("%+v, then %+v", load, again)
		}
		last = load
	}
}

// TestForecastYearWithManyCards checks the forecast from a sample of many cards.
func TestForecastYearWithManyCards(t *testing.T) {
	t.Parallel()
	some := study.ForecastYear(study.ForecastInput{NewCards: 1400, NewPerDay: 4, DesiredRetention: 0.9, Today: 1}, 1)
	many := study.ForecastYear(study.ForecastInput{NewCards: 14000, NewPerDay: 40, DesiredRetention: 0.9, Today: 1}, 1)
	if math.Abs(many.Answers/some.Answers-10) > 0.5 {
		t.Errorf("ten times as many cards take %v answers, not ten times %v", many.Answers, some.Answers)
	}
	if none := study.ForecastYear(study.ForecastInput{DesiredRetention: 0.9, Today: 1}, 1); none != (study.YearForecast{}) {
		t.Errorf("no cards: %+v", none)
	}
	if none := study.ForecastYear(study.ForecastInput{NewCards: 100, DesiredRetention: 0.9, Today: 1}, 1); none != (study.YearForecast{}) {
		t.Errorf("none is met: %+v", none)
	}
	known := quiz.Card{State: fsrs.CardState{Phase: fsrs.PhaseReview, Memory: fsrs.Memory{Stability: 10000, Difficulty: 3}, LastDay: 1}, DueDay: 5000}
	if load := study.ForecastYear(study.ForecastInput{Cards: []quiz.Card{known}, DesiredRetention: 0.9, Today: 1}, 1); load.Answers != 0 || load.RecallAtEnd < 0.99 {
		t.Errorf("what lasts for years: %+v", load)
	}
}

// BenchmarkForecastYear forecasts a year for three thousand cards, as the settings
// page does.
func BenchmarkForecastYear(b *testing.B) {
	for b.Loop() {
		study.ForecastYear(study.ForecastInput{NewCards: 3000, NewPerDay: 20, DesiredRetention: 0.9, Today: 1}, 1)
	}
}
