package study_test

import (
	"slices"
	"testing"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/study"
)

// cardsInState returns a card in review, due on a day.
func cardsInState(stability float64, last, due int64) quiz.Card {
	return quiz.Card{
		State: fsrs.CardState{Phase: fsrs.PhaseReview, Memory: fsrs.Memory{Stability: stability, Difficulty: 5}, LastDay: last, Reps: 3}, DueDay: due,
	}
}

// TestForecastLoad checks that every card is asked on its due day, overdue ones today,
// and that cards with short intervals are due again within the month.
func TestForecastLoad(t *testing.T) {
	t.Parallel()
	const today = 20000
	lasting := study.ForecastInput{Today: today}
	for i := range int64(40) { // none of them is due again within a month
		lasting.Cards = append(lasting.Cards, cardsInState(5000, today-400, today-5+i))
	}
	days := study.ForecastLoad(lasting, 30, 1)
	want := make([]int, 30)
	for i := range want {
		want[i] = 1
	}
	want[0] = 6
	for i, n := range days { // up to three more for forgotten cards
		if n < want[i] || n > want[i]+3 {
			t.Errorf("day %d: %d cards, want %d", i, n, want[i])
		}
	}
	young := study.ForecastInput{Today: today}
	for range 50 {
		young.Cards = append(young.Cards, cardsInState(2, today-2, today))
	}
	days = study.ForecastLoad(young, 30, 1)
	sum := 0
	for _, n := range days {
		sum += n
	}
	if days[0] != 50 || sum < 100 || sum > 300 {
		t.Errorf("fifty young cards: %v", days)
	}
	if again := study.ForecastLoad(young, 30, 1); !slices.Equal(days, again) {
		t.Errorf("%v, then %v", days, again)
	}
	steady := young
	steady.DesiredRetention = 0.97
	more := 0
	for _, n := range study.ForecastLoad(steady, 30, 1) {
		more += n
	}
	if more <= sum {
		t.Errorf("to remember more takes %d, not more than %d", more, sum)
	}
	if none := study.ForecastLoad(study.ForecastInput{Today: today}, 3, 1); !slices.Equal(none, []int{0, 0, 0}) {
		t.Errorf("no cards: %v", none)
	}
}

// BenchmarkForecastLoad forecasts a month for three thousand cards.
func BenchmarkForecastLoad(b *testing.B) {
	p := study.ForecastInput{Today: 20000}
	for i := range int64(3000) {
		p.Cards = append(p.Cards, cardsInState(float64(1+i%60), 20000-i%30, 20000+i%60))
	}
	for b.Loop() {
		study.ForecastLoad(p, 30, 1)
	}
}
