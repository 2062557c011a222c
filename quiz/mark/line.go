package mark

import (
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// placed judges a place on the line of years by its distance from the event.
func placed(q quiz.Question, given string) (Mark, error) {
	year, err := Year(q.Scale, given)
	if err != nil {
		return Mark{}, err
	}
	away := distance(q, year)
	m := Mark{Verdict: quiz.Wrong, Rating: fsrs.Again, Form: Form(q), Away: away}
	credit := 0.0
	switch far := max(away, -away); {
	case far <= q.Scale.Tolerance:
		m.Verdict, m.Rating, credit = quiz.Right, fsrs.Good, 1
	case far <= 2*q.Scale.Tolerance:
		m.Verdict, m.Rating, credit = quiz.Partly, fsrs.Hard, quiz.NearPlace
		m.Form = fsrs.Near(covered(q, 2))
	}
	m.Score = corrected(credit, q.Scale.Constant)
	return m, nil
}

// distance is how many years a place is away from the event, below 0 when it
// is too early; within the event, or the source's doubt of it, it is 0.
func distance(q quiz.Question, year int64) float64 {
	lo, hi := q.Right.Lo(), q.Right.Hi()
	if q.Doubt != q.Doubt.Plain() {
		lo, hi = q.Doubt.Fuzzy()
	}
	away := outside(year, yearOf(lo), yearOf(hi))
	if !q.Also.IsZero() {
		if other := outside(year, yearOf(q.Also.Lo()), yearOf(q.Also.Hi())); max(other, -other) < max(away, -away) {
			away = other
		}
	}
	return away
}

func outside(year, lo, hi int64) float64 {
	switch {
	case year < lo:
		return float64(year - lo)
	case year > hi:
		return float64(year - hi)
	}
	return 0
}

// covered is the part of the line that counts for an answer within so many
// tolerances, by which it can be guessed. A typed year has no line: there it is
// the part of the years that the deck spans.
func covered(q quiz.Question, tolerances float64) float64 {
	span := float64(q.Scale.Last - q.Scale.First + 1)
	width := float64(yearOf(q.Right.Hi())-yearOf(q.Right.Lo())) + 1 + 2*tolerances*q.Scale.Tolerance
	if span <= width {
		return 0.9
	}
	return width / span
}

// ordered judges an order by its pairs: max(0, 2 · right / all − 1), so that
// chance earns little and pairs that stand half right nothing.
func ordered(q quiz.Question, given string) (Mark, error) {
	n := len(q.Options)
	put, err := places(given, n)
	if err != nil {
		return Mark{}, err
	}
	at := make([]int, n) // where each option stands in time
	for place, option := range q.Order {
		at[option] = place
	}
	m := Mark{Form: Form(q), Each: make([]bool, n)}
	line := make([]int, n) // in the order that was given
	for i, option := range put {
		line[i] = at[option]
	}
	for i, stays := range inPlace(line) {
		m.Each[put[i]] = stays
	}
	right := 0
	for i := range line {
		for j := i + 1; j < n; j++ {
			if line[i] < line[j] {
				right++
			} else if a, b := q.Options[put[i]].Fact, q.Options[put[j]].Fact; m.Confused == 0 && (a == q.Fact || b == q.Fact) {
				m.Confused = a + b - q.Fact
			}
		}
	}
	m.Hits, m.Of = right, n*(n-1)/2
	m.Score = max(0, 2*float64(right)/float64(m.Of)-1)
	m.judge()
	m.spread(q, func(isRight bool) fsrs.Form {
		if m.Verdict != quiz.Right && isRight {
			return fsrs.Matching(n) // it found its own place among n
		}
		return fsrs.Ordering(n)
	})
	return m, nil
}

// inPlace finds what need not move for the line to ascend: the items that all of
// its longest ascending parts have in common. An event far out of its place is
// to blame for its wrong pairs, not those that it was put before.
func inPlace(line []int) []bool {
	n := len(line)
	to, from := make([]int, n), make([]int, n) // longest ascending parts that end and begin here
	longest := 0
	for i := range line {
		to[i] = 1
		for j := range i {
			if line[j] < line[i] {
				to[i] = max(to[i], to[j]+1)
			}
		}
	}
	for i := n - 1; i >= 0; i-- {
		from[i] = 1
		for j := i + 1; j < n; j++ {
			if line[j] > line[i] {
				from[i] = max(from[i], from[j]+1)
			}
		}
		longest = max(longest, to[i]+from[i]-1)
	}
	at := map[int]int{} // how many items can stand at each place of such a part
	for i := range line {
		if to[i]+from[i]-1 == longest {
			at[to[i]]++
		}
	}
	out := make([]bool, n)
	for i := range line {
		out[i] = to[i]+from[i]-1 == longest && at[to[i]] == 1
	}
	return out
}

// matched judges each pair of an event and a date. Chance finds one of them.
func matched(q quiz.Question, given string) (Mark, error) {
	n := len(q.Options)
	for _, one := range strings.Split(given, ",") {
		if strings.TrimSpace(one) == "" {
			return Mark{}, invalid("problem.match.missing")
		}
	}
	put, err := places(given, n)
	if quiz.Is(err, quiz.Invalid) && strings.Contains(err.Error(), "problem.order.twice") {
		return Mark{}, invalid("problem.match.twice")
	}
	if err != nil {
		return Mark{}, err
	}
	m := Mark{Form: Form(q), Each: make([]bool, n)}
	right := 0
	for i, date := range put {
		m.Each[i] = date == q.Order[i]
		if m.Each[i] {
			right++
		} else if q.Options[i].Fact == q.Fact {
			m.Confused = q.Dates[date].Fact
		}
	}
	m.Hits, m.Of = right, n
	m.Score = max(0, float64(right-1)/float64(n-1))
	m.judge()
	m.spread(q, func(bool) fsrs.Form { return fsrs.Matching(n) })
	return m, nil
}

// judge gives the verdict that a score means.
func (m *Mark) judge() {
	switch {
	case m.Score == 1:
		m.Verdict = quiz.Right
	case m.Score > 0:
		m.Verdict = quiz.Partly
	default:
		m.Verdict = quiz.Wrong
	}
}

// spread says of each fact whether it was put right, and by which form.
func (m *Mark) spread(q quiz.Question, form func(right bool) fsrs.Form) {
	for i, o := range q.Options {
		one := Mark{Verdict: quiz.Wrong, Rating: fsrs.Again, Form: form(m.Each[i])}
		if m.Each[i] {
			one.Verdict, one.Rating, one.Score = quiz.Right, fsrs.Good, 1
		}
		if o.Fact == q.Fact {
			m.Rating, m.Form = one.Rating, one.Form
		} else {
			m.Beside = append(m.Beside, Beside{Fact: o.Fact, Mark: one})
		}
	}
}

// places reads a permutation of n places with commas between them.
func places(given string, n int) ([]int, error) {
	if len(given) > longestGiven {
		return nil, invalid("problem.order")
	}
	texts := strings.Split(given, ",")
	seen := make([]bool, n)
	var out []int
	for _, text := range texts {
		at, err := strconv.Atoi(strings.TrimSpace(text))
		switch {
		case err != nil || at < 0 || at >= n:
			return nil, invalid("problem.order")
		case seen[at]:
			return nil, invalid("problem.order.twice")
		}
		seen[at] = true
		out = append(out, at)
	}
	if len(out) != n {
		return nil, invalid("problem.order")
	}
	return out, nil
}
