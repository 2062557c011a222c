package recall_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/recall"
)

// Values from Newcombe 1998, Two-sided confidence intervals for the single proportion, table I.
func TestWilson(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		right, n  int
		low, high float64
	}{{0, 0, 0, 1}, {81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		low, high := recall.Wilson(c.right, c.n)
		if math.Abs(low-c.low) > 5e-5 || math.Abs(high-c.high) > 5e-5 {
			t.Errorf("%d of %d: %v to %v, want %v to %v", c.right, c.n, low, high, c.low, c.high)
		}
	}
	for n := 1; n < 200; n += 7 {
		for right := range n + 1 {
			low, high := recall.Wilson(right, n)
			back, forth := recall.Wilson(n-right, n)
			p := float64(right) / float64(n)
			if low > p+1e-12 || high < p-1e-12 || low < 0 || high > 1 || math.Abs(low-(1-forth)) > 1e-9 || math.Abs(high-(1-back)) > 1e-9 {
				t.Fatalf("%d of %d: %v to %v", right, n, low, high)
			}
		}
	}
}

// drawn is a log of answers that come out as expected.
func drawn(seed uint64, n int) []recall.Answer {
	rnd := rand.New(rand.NewPCG(seed, 8))
	all := make([]recall.Answer, n)
	for i := range all {
		a := &all[i]
		a.Fact, a.Facet = rnd.Int64N(20), quiz.Facets[rnd.IntN(3)]
		a.Kind, a.Day = quiz.Kinds[rnd.IntN(len(quiz.Kinds))], 20000+rnd.Int64N(1+rnd.Int64N(300))
		a.Expected, a.Rating, a.Verdict = rnd.Float64(), fsrs.Good, quiz.Right
		if rnd.IntN(5) == 0 {
			a.Expected = []float64{-1, 0, 0.5, 0.95, 1}[rnd.IntN(5)]
		}
		if rnd.Float64() > a.Expected {
			a.Rating, a.Verdict = fsrs.Again, quiz.Wrong
			a.Confused = rnd.Int64N(5)
		}
		a.Contrast = max(0, rnd.Int64N(15)-10)
	}
	return all
}

// Every way to sort answers has each of them once, and sums stay what they are.
func TestSortingLosesNothing(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		all := recall.Foreseen(drawn(seed, int(seed)*3))
		whole := recall.Of(all)
		var byTime, byForm, byBin recall.Share
		add := func(to *recall.Share, s recall.Share) {
			to.N, to.Right, to.Sum = to.N+s.N, to.Right+s.Right, to.Sum+s.Sum
		}
		times, monthly := recall.Times(all)
		for i, one := range times {
			add(&byTime, one.Share)
			if i > 0 && one.Day <= times[i-1].Day || !monthly && len(times) > 12 {
				t.Errorf("seed %d: %d times, %v", seed, len(times), times)
			}
		}
		for _, one := range recall.Forms(all) {
			add(&byForm, one.Share)
		}
		for _, b := range recall.Bins(all) {
			add(&byBin, b.Share)
			if e := b.Expected(); b.N == 0 || e < b.From-1e-9 || e > b.To+1e-9 {
				t.Errorf("seed %d: of %v to %v %v was expected", seed, b.From, b.To, e)
			}
		}
		for _, s := range []recall.Share{byTime, byForm, byBin} {
			if s.N != whole.N || s.Right != whole.Right || math.Abs(s.Sum-whole.Sum) > 1e-6 {
				t.Errorf("seed %d: %+v, not %+v", seed, s, whole)
			}
		}
	}
}

func TestTimes(t *testing.T) {
	t.Parallel()
	day := func(text string) int64 {
		at, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return at.Unix() / 86400
	}
	on := func(days ...string) (out []recall.Answer) {
		for _, d := range days {
			out = append(out, recall.Answer{Day: day(d), Expected: 0.9, Rating: fsrs.Good})
		}
		return out
	}
	weeks, monthly := recall.Times(on("2026-03-08", "2026-03-02", "2026-03-09"))
	if monthly || len(weeks) != 2 || weeks[0].Day != day("2026-03-02") || weeks[0].N != 2 || weeks[1].Day != day("2026-03-09") {
		t.Errorf("%v %v", monthly, weeks)
	}
	months, monthly := recall.Times(on("2025-12-31", "2026-03-02", "2026-03-31"))
	if !monthly || len(months) != 4 || months[0].Day != day("2025-12-01") || months[2].N != 0 || months[3].Day != day("2026-03-01") || months[3].N != 2 {
		t.Errorf("%v %v", monthly, months)
	}
	if recall.Monday(-4) != -10 || recall.Monday(-3) != -3 || recall.Monday(0) != -3 || recall.Monday(4) != 4 {
		t.Error("weeks begin on another day")
	}
}

func TestSpend(t *testing.T) {
	t.Parallel()
	const today = 20000 // a Friday
	minute := func(day int64) quiz.Day { return quiz.Day{Day: day, Answers: 6, Took: time.Minute} }
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
		var days []quiz.Day
		for _, d := range c.days {
			days = append(days, minute(d))
		}
		s := recall.Spend(days, today, func(int64) bool { return false })
		if s.Week != time.Duration(c.week)*time.Minute || s.LastWeek != time.Duration(c.last)*time.Minute || s.Row != c.row ||
			s.All != time.Duration(len(days))*time.Minute || len(days) > 0 && s.PerAnswer() != 10*time.Second {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// A day of rest does not end a row, nor does it make one longer unless it was
// practised.
func TestRestDoesNotEndARow(t *testing.T) {
	t.Parallel()
	const today = 20000
	rests := func(day int64) bool { return (today-day)%7 == 1 || (today-day)%7 == 2 }
	for row, practised := range map[int][]int64{
		2: {today, today - 3}, 3: {today, today - 1, today - 3}, 1: {today - 3}, 0: {today - 4},
	} {
		var days []quiz.Day
		for _, d := range practised {
			days = append(days, quiz.Day{Day: d, Answers: 1})
		}
		if s := recall.Spend(days, today, rests); s.Row != row {
			t.Errorf("%v: %d in a row, want %d", practised, s.Row, row)
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

func TestSlips(t *testing.T) {
	t.Parallel()
	one := quiz.CardID{Fact: 1, Facet: quiz.When}
	two := quiz.CardID{Fact: 2, Facet: quiz.When}
	wrong := func(id quiz.CardID, with int64) recall.Answer {
		return recall.Answer{CardID: id, Expected: 0.9, Rating: fsrs.Again, Confused: with}
	}
	right := recall.Answer{CardID: two, Expected: 0.9, Rating: fsrs.Good}
	all := []recall.Answer{wrong(two, 0), right, right, wrong(one, 5), wrong(one, 4), wrong(one, 4), {CardID: one, Expected: -1, Rating: fsrs.Again, Confused: 5}}
	slips := recall.Slips(all)
	if len(slips) != 2 || slips[0].CardID != one || !slips[0].Keeps() || slips[1].Keeps() || slips[0].Wrong() != 3 {
		t.Fatalf("%+v", slips)
	}
	if math.Abs(slips[0].Chance-0.001) > 1e-9 || math.Abs(slips[0].ExpectedWrong()-0.3) > 1e-9 || !slices.Equal(slips[0].With, []int64{4, 5}) {
		t.Errorf("%+v", slips[0])
	}
	for seed := range uint64(100) {
		last := -1.0
		for _, s := range recall.Slips(drawn(seed, 300)) {
			if s.Chance < last || s.Chance <= 0 || s.Chance > 1 || s.Wrong() == 0 {
				t.Errorf("seed %d: %+v", seed, s)
			}
			last = s.Chance
		}
	}
}

func TestConfusions(t *testing.T) {
	t.Parallel()
	when := quiz.CardID{Fact: 1, Facet: quiz.When}
	took := recall.Answer{CardID: when, Confused: 2, Verdict: quiz.Wrong}
	other := recall.Answer{CardID: quiz.CardID{Fact: 1, Facet: quiz.What}, Confused: 2, Verdict: quiz.Wrong}
	told := recall.Answer{CardID: when, Contrast: 2, Verdict: quiz.Right}
	missed := recall.Answer{CardID: when, Contrast: 2, Confused: 2, Verdict: quiz.Wrong}
	for name, c := range map[string]struct {
		all  []recall.Answer
		want []recall.Confusion
	}{
		"none":                {nil, nil},
		"twice":               {[]recall.Answer{took, took}, []recall.Confusion{{Fact: 1, With: 2, N: 2}}},
		"both sides":          {[]recall.Answer{took, other}, []recall.Confusion{{Fact: 1, With: 2, N: 2}}},
		"told apart":          {[]recall.Answer{took, told}, nil},
		"told apart one way":  {[]recall.Answer{took, other, told}, []recall.Confusion{{Fact: 1, With: 2, N: 1}}},
		"and taken for again": {[]recall.Answer{took, took, told, took}, []recall.Confusion{{Fact: 1, With: 2, N: 1}}},
		"missed":              {[]recall.Answer{took, missed}, []recall.Confusion{{Fact: 1, With: 2, N: 2}}},
	} {
		if got := recall.Confusions(c.all); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Periods are few, in order, apart, and hold what lies within them.
func TestPeriods(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		rnd := rand.New(rand.NewPCG(seed, 9))
		var all []recall.Moment
		middle, width := rnd.Int64N(6000)-3000, 1+rnd.Int64N(1+rnd.Int64N(5000))
		for range rnd.IntN(60) {
			from := middle + rnd.Int64N(width)
			to := from + rnd.Int64N(1+rnd.Int64N(30))
			all = append(all, recall.Moment{First: edtf.DayNumber(from, 1, 1), Last: edtf.DayNumber(to, 12, 31), Ink: rnd.Float64()})
		}
		all = append(all, recall.Moment{First: edtf.MinDay, Last: 3}, recall.Moment{First: 3, Last: edtf.MaxDay})
		periods := recall.Periods(all)
		if len(periods) > 8 {
			t.Errorf("seed %d: %d periods", seed, len(periods))
		}
		for i, p := range periods {
			n := 0
			for _, m := range all {
				if m.First >= edtf.DayNumber(p.From, 1, 1) && m.Last <= edtf.DayNumber(p.To, 12, 31) {
					n++
				}
			}
			if n != p.Facts || n == 0 || p.Ink() < 0 || p.Ink() > 1 || i > 0 && p.From <= periods[i-1].To {
				t.Errorf("seed %d: %+v holds %d", seed, p, n)
			}
		}
	}
}
