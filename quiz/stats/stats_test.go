package stats_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/stats"
)

// TestWilsonInterval uses values from Newcombe 1998, Two-sided confidence intervals for
// the single proportion, table I.
func TestWilsonInterval(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		right, n  int
		low, high float64
	}{{0, 0, 0, 1}, {81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		low, high := stats.WilsonInterval(c.right, c.n)
		if math.Abs(low-c.low) > 5e-5 || math.Abs(high-c.high) > 5e-5 {
			t.Errorf("%d of %d: %v to %v, want %v to %v", c.right, c.n, low, high, c.low, c.high)
		}
	}
	for n := 1; n < 200; n += 7 {
		for right := range n + 1 {
			low, high := stats.WilsonInterval(right, n)
			back, forth := stats.WilsonInterval(n-right, n)
			p := float64(right) / float64(n)
			if low > p+1e-12 || high < p-1e-12 || low < 0 || high > 1 || math.Abs(low-(1-forth)) > 1e-9 || math.Abs(high-(1-back)) > 1e-9 {
				t.Fatalf("%d of %d: %v to %v", right, n, low, high)
			}
		}
	}
}

// randomOutcomes returns a random review log whose answers come out as expected.
func randomOutcomes(seed uint64, n int) []stats.ReviewOutcome {
	rnd := rand.New(rand.NewPCG(seed, 8))
	all := make([]stats.ReviewOutcome, n)
	for i := range all {
		a := &all[i]
		a.Fact, a.Facet = rnd.Int64N(20), quiz.Facets[rnd.IntN(3)]
		a.Kind, a.Day = quiz.Kinds[rnd.IntN(len(quiz.Kinds))], 20000+rnd.Int64N(1+rnd.Int64N(300))
		a.Expected, a.Rating, a.Verdict = rnd.Float64(), fsrs.Good, quiz.VerdictRight
		if rnd.IntN(5) == 0 {
			a.Expected = []float64{-1, 0, 0.5, 0.95, 1}[rnd.IntN(5)]
		}
		if rnd.Float64() > a.Expected {
			a.Rating, a.Verdict = fsrs.Again, quiz.VerdictWrong
			a.ConfusedWith = rnd.Int64N(5)
		}
		a.ContrastFact = max(0, rnd.Int64N(15)-10)
	}
	return all
}

// TestGroupingKeepsAllOutcomes checks that every grouping contains each review once and
// does not change the totals.
func TestGroupingKeepsAllOutcomes(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		all := stats.WithExpectation(randomOutcomes(seed, int(seed)*3))
		whole := stats.NewRecallShare(all)
		var byTime, byForm, byBin stats.RecallShare
		add := func(to *stats.RecallShare, s stats.RecallShare) {
			to.Count, to.Right, to.ExpectedSum = to.Count+s.Count, to.Right+s.Right, to.ExpectedSum+s.ExpectedSum
		}
		times, monthly := stats.GroupByTime(all)
		for i, one := range times {
			add(&byTime, one.RecallShare)
			if i > 0 && one.FirstDay <= times[i-1].FirstDay || !monthly && len(times) > 12 {
				t.Errorf("seed %d: %d times, %v", seed, len(times), times)
			}
		}
		for _, one := range stats.GroupByKind(all) {
			add(&byForm, one.RecallShare)
		}
		for _, b := range stats.CalibrationBins(all) {
			add(&byBin, b.RecallShare)
			if e := b.Expected(); b.Count == 0 || e < b.From-1e-9 || e > b.To+1e-9 {
				t.Errorf("seed %d: of %v to %v %v was expected", seed, b.From, b.To, e)
			}
		}
		for _, s := range []stats.RecallShare{byTime, byForm, byBin} {
			if s.Count != whole.Count || s.Right != whole.Right || math.Abs(s.ExpectedSum-whole.ExpectedSum) > 1e-6 {
				t.Errorf("seed %d: %+v, not %+v", seed, s, whole)
			}
		}
	}
}

func TestGroupByTime(t *testing.T) {
	t.Parallel()
	day := func(text string) int64 {
		at, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return at.Unix() / 86400
	}
	on := func(days ...string) (out []stats.ReviewOutcome) {
		for _, d := range days {
			out = append(out, stats.ReviewOutcome{Day: day(d), Expected: 0.9, Rating: fsrs.Good})
		}
		return out
	}
	weeks, monthly := stats.GroupByTime(on("2026-03-08", "2026-03-02", "2026-03-09"))
	if monthly || len(weeks) != 2 || weeks[0].FirstDay != day("2026-03-02") || weeks[0].Count != 2 || weeks[1].FirstDay != day("2026-03-09") {
		t.Errorf("%v %v", monthly, weeks)
	}
	months, monthly := stats.GroupByTime(on("2025-12-31", "2026-03-02", "2026-03-31"))
	if !monthly || len(months) != 4 || months[0].FirstDay != day("2025-12-01") || months[2].Count != 0 || months[3].FirstDay != day("2026-03-01") || months[3].Count != 2 {
		t.Errorf("%v %v", monthly, months)
	}
	if stats.StartOfWeek(-4) != -10 || stats.StartOfWeek(-3) != -3 || stats.StartOfWeek(0) != -3 || stats.StartOfWeek(4) != 4 {
		t.Error("weeks begin on another day")
	}
}

func TestSumPractice(t *testing.T) {
	t.Parallel()
	const today = 20000 // a Friday
	minute := func(day int64) quiz.PracticeDay { return quiz.PracticeDay{Day: day, Answers: 6, Duration: time.Minute} }
	for name, c := range map[string]struct {
		days            []int64
		week, last, row int
	}{
		"none":                     {nil, 0, 0, 0},
		"today alone":              {[]int64{today}, 1, 0, 1},
		"today is young":           {[]int64{today - 3, today - 2, today - 1}, 3, 0, 3},
		"yesterday was missed":     {[]int64{today - 3, today - 2}, 2, 0, 0},
		"a gap":                    {[]int64{today - 9, today - 4, today - 2, today - 1, today}, 4, 1, 3},
		"the first of this year":   {[]int64{today - 200}, 0, 0, 0},
		"a year without a day off": {slices.Collect(between(today-364, today)), 5, 7, 365},
	} {
		var days []quiz.PracticeDay
		for _, d := range c.days {
			days = append(days, minute(d))
		}
		s := stats.SumPractice(days, today, func(int64) bool { return false })
		if s.Week != time.Duration(c.week)*time.Minute || s.LastWeek != time.Duration(c.last)*time.Minute || s.StreakDays != c.row ||
			s.Total != time.Duration(len(days))*time.Minute || len(days) > 0 && s.PerAnswer() != 10*time.Second {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// TestRestDaysKeepStreak checks that a rest day does not end a streak, and counts only
// if something was answered on it.
func TestRestDaysKeepStreak(t *testing.T) {
	t.Parallel()
	const today = 20000
	rests := func(day int64) bool { return (today-day)%7 == 1 || (today-day)%7 == 2 }
	for row, practised := range map[int][]int64{
		2: {today, today - 3}, 3: {today, today - 1, today - 3}, 1: {today - 3}, 0: {today - 4},
	} {
		var days []quiz.PracticeDay
		for _, d := range practised {
			days = append(days, quiz.PracticeDay{Day: d, Answers: 1})
		}
		if s := stats.SumPractice(days, today, rests); s.StreakDays != row {
			t.Errorf("%v: %d in a row, want %d", practised, s.StreakDays, row)
		}
	}
}

func between(first, last int64) func(func(int64) bool) {
	return func(yield func(int64) bool) {
		for d := first; d <= last; d++ {
			if !yield(d) {
				return
			}
		}
	}
}

func TestFindWeakCards(t *testing.T) {
	t.Parallel()
	one := quiz.CardID{Fact: 1, Facet: quiz.FacetWhen}
	two := quiz.CardID{Fact: 2, Facet: quiz.FacetWhen}
	wrong := func(id quiz.CardID, with int64) stats.ReviewOutcome {
		return stats.ReviewOutcome{CardID: id, Expected: 0.9, Rating: fsrs.Again, ConfusedWith: with}
	}
	right := stats.ReviewOutcome{CardID: two, Expected: 0.9, Rating: fsrs.Good}
	all := []stats.ReviewOutcome{wrong(two, 0), right, right, wrong(one, 5), wrong(one, 4), wrong(one, 4), {CardID: one, Expected: -1, Rating: fsrs.Again, ConfusedWith: 5}}
	slips := stats.FindWeakCards(all)
	if len(slips) != 2 || slips[0].CardID != one || !slips[0].IsWeak() || slips[1].IsWeak() || slips[0].WrongCount() != 3 {
		t.Fatalf("%+v", slips)
	}
	if math.Abs(slips[0].Probability-0.001) > 1e-9 || math.Abs(slips[0].ExpectedWrongCount()-0.3) > 1e-9 || !slices.Equal(slips[0].ConfusedWith, []int64{4, 5}) {
		t.Errorf("%+v", slips[0])
	}
	for seed := range uint64(100) {
		last := -1.0
		for _, s := range stats.FindWeakCards(randomOutcomes(seed, 300)) {
			if s.Probability < last || s.Probability <= 0 || s.Probability > 1 || s.WrongCount() == 0 {
				t.Errorf("seed %d: %+v", seed, s)
			}
			last = s.Probability
		}
	}
}

func TestFindConfusions(t *testing.T) {
	t.Parallel()
	when := quiz.CardID{Fact: 1, Facet: quiz.FacetWhen}
	took := stats.ReviewOutcome{CardID: when, ConfusedWith: 2, Verdict: quiz.VerdictWrong}
	other := stats.ReviewOutcome{CardID: quiz.CardID{Fact: 1, Facet: quiz.FacetWhat}, ConfusedWith: 2, Verdict: quiz.VerdictWrong}
	told := stats.ReviewOutcome{CardID: when, ContrastFact: 2, Verdict: quiz.VerdictRight}
	missed := stats.ReviewOutcome{CardID: when, ContrastFact: 2, ConfusedWith: 2, Verdict: quiz.VerdictWrong}
	for name, c := range map[string]struct {
		all  []stats.ReviewOutcome
		want []stats.Confusion
	}{
		"none":                {nil, nil},
		"twice":               {[]stats.ReviewOutcome{took, took}, []stats.Confusion{{Fact: 1, ConfusedWith: 2, Count: 2}}},
		"both sides":          {[]stats.ReviewOutcome{took, other}, []stats.Confusion{{Fact: 1, ConfusedWith: 2, Count: 2}}},
		"told apart":          {[]stats.ReviewOutcome{took, told}, nil},
		"told apart one way":  {[]stats.ReviewOutcome{took, other, told}, []stats.Confusion{{Fact: 1, ConfusedWith: 2, Count: 1}}},
		"and taken for again": {[]stats.ReviewOutcome{took, took, told, took}, []stats.Confusion{{Fact: 1, ConfusedWith: 2, Count: 1}}},
		"missed":              {[]stats.ReviewOutcome{took, missed}, []stats.Confusion{{Fact: 1, ConfusedWith: 2, Count: 2}}},
	} {
		if got := stats.FindConfusions(c.all); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestSplitPeriods checks that periods are few, ordered and disjoint, and contain only
// facts within them.
func TestSplitPeriods(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		rnd := rand.New(rand.NewPCG(seed, 9))
		var all []stats.TimelineFact
		middle, width := rnd.Int64N(6000)-3000, 1+rnd.Int64N(1+rnd.Int64N(5000))
		for range rnd.IntN(60) {
			from := middle + rnd.Int64N(width)
			to := from + rnd.Int64N(1+rnd.Int64N(30))
			all = append(all, stats.TimelineFact{FirstDay: edtf.DayNumber(from, 1, 1), LastDay: edtf.DayNumber(to, 12, 31), Recall: rnd.Float64()})
		}
		all = append(all, stats.TimelineFact{FirstDay: edtf.MinDay, LastDay: 3}, stats.TimelineFact{FirstDay: 3, LastDay: edtf.MaxDay})
		periods := stats.SplitPeriods(all)
		if len(periods) > 8 {
			t.Errorf("seed %d: %d periods", seed, len(periods))
		}
		for i, p := range periods {
			n := 0
			for _, m := range all {
				if m.FirstDay >= edtf.DayNumber(p.FromYear, 1, 1) && m.LastDay <= edtf.DayNumber(p.ToYear, 12, 31) {
					n++
				}
			}
			if n != p.Facts || n == 0 || p.Recall() < 0 || p.Recall() > 1 || i > 0 && p.FromYear <= periods[i-1].ToYear {
				t.Errorf("seed %d: %+v holds %d", seed, p, n)
			}
		}
	}
}
