package fsrs

import "testing"

func TestFuzzRange(t *testing.T) {
	for _, c := range []struct{ days, longest, least, most int }{
		{0, 36500, 1, 1},
		{1, 36500, 1, 1},
		{2, 36500, 2, 2},
		{3, 36500, 2, 4},      // 1.075
		{7, 36500, 5, 9},      // 1.675
		{8, 36500, 6, 10},     // 1.775
		{20, 36500, 17, 23},   // 2.975
		{100, 36500, 93, 107}, // 6.975
		{100, 100, 93, 100},   // never above the longest
		{40000, 100, 93, 100}, // also for longer intervals
		{1000, 900, 853, 900}, // 46.975
		{3, 3, 2, 3},          // also for short intervals
		{36500, 36500, 34673, 36500},
	} {
		if least, most := FuzzRange(c.days, c.longest); least != c.least || most != c.most {
			t.Errorf("FuzzRange(%d, %d) = %d, %d, want %d, %d", c.days, c.longest, least, most, c.least, c.most)
		}
	}
}

// TestFuzzIsMonotonic checks that both ends of the range and the chosen day increase
// with the interval.
func TestFuzzIsMonotonic(t *testing.T) {
	for _, longest := range []int{1, 2, 3, 50, 36500} {
		for days := 1; days < 3000; days++ {
			a, b := FuzzRange(days, longest)
			c, d := FuzzRange(days+1, longest)
			if a > b || c < a || d < b || a < 1 || b > longest {
				t.Fatalf("longest %d: %d to %d at %d days, %d to %d a day later", longest, a, b, days, c, d)
			}
			for _, x := range []float64{0, 0.3, 0.7, 0.9999999} {
				if FuzzedDay(c, d, x) < FuzzedDay(a, b, x) {
					t.Fatalf("longest %d: chance %v falls after %d days", longest, x, days)
				}
			}
		}
	}
}

// TestFuzzCoversRange checks that every day of the range is chosen about equally
// often, none outside it, and always the same for the same card and number of reviews.
func TestFuzzCoversRange(t *testing.T) {
	const draws = 20000
	least, most := FuzzRange(100, 36500)
	seen := map[int]int{}
	for seed := range uint64(draws / 10) {
		for reps := range uint32(10) {
			x := fuzzFraction(seed, reps)
			if x < 0 || x >= 1 || x != fuzzFraction(seed, reps) {
				t.Fatalf("chance(%d, %d) = %v", seed, reps, x)
			}
			seen[FuzzedDay(least, most, x)]++
		}
	}
	if len(seen) != most-least+1 {
		t.Errorf("%d days drawn, want %d to %d", len(seen), least, most)
	}
	for day, n := range seen {
		if mean := draws / (most - least + 1); day < least || day > most || n < mean*8/10 || n > mean*12/10 {
			t.Errorf("day %d drawn %d times of %d", day, n, draws)
		}
	}
}
