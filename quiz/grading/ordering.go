package grading

import (
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
)

// gradePlace grades a place on the line of years by its distance from the event.
func gradePlace(q quiz.Question, given string) (Grade, error) {
	year, err := ParseYear(q.Scale, given)
	if err != nil {
		return Grade{}, err
	}
	away := yearsOff(q, year)
	m := Grade{Verdict: quiz.VerdictWrong, Rating: fsrs.Again, Form: FormOf(q), YearsOff: away}
	credit := 0.0
	switch far := max(away, -away); {
	case far <= q.Scale.Tolerance:
		m.Verdict, m.Rating, credit = quiz.VerdictRight, fsrs.Good, 1
	case far <= 2*q.Scale.Tolerance:
		m.Verdict, m.Rating, credit = quiz.VerdictPartly, fsrs.Hard, quiz.NearPlaceCredit
		m.Form = fsrs.NearForm(coveredShare(q, 2))
	}
	m.Score = subtractConstantScore(credit, q.Scale.Constant)
	return m, nil
}

// yearsOff returns how many years a place is away from the event, negative if it is too
// early; 0 within the event's date or its uncertainty.
func yearsOff(q quiz.Question, year int64) float64 {
	lo, hi := q.RightDate.Lo(), q.RightDate.Hi()
	if q.UncertainDate != q.UncertainDate.Plain() {
		lo, hi = q.UncertainDate.WidenedBounds()
	}
	away := yearsOutside(year, yearOf(lo), yearOf(hi))
	if !q.OtherDate.IsZero() {
		if other := yearsOutside(year, yearOf(q.OtherDate.Lo()), yearOf(q.OtherDate.Hi())); max(other, -other) < max(away, -away) {
			away = other
		}
	}
	return away
}

func yearsOutside(year, lo, hi int64) float64 {
	switch {
	case year < lo:
		return float64(year - lo)
	case year > hi:
		return float64(year - hi)
	}
	return 0
}

// coveredShare returns the share of the line that counts as right within the given
// number of tolerances, which is the chance of guessing. For a typed year, which has no
// line, it is the share of the years that the deck spans.
func coveredShare(q quiz.Question, tolerances float64) float64 {
	span := float64(q.Scale.Last - q.Scale.First + 1)
	width := float64(yearOf(q.RightDate.Hi())-yearOf(q.RightDate.Lo())) + 1 + 2*tolerances*q.Scale.Tolerance
	if span <= width {
		return 0.9
	}
	return width / span
}

// gradeOrder grades an order by its pairs. The score is max(0, 2 · right / all − 1), so
// that a random order earns little and an order with half of its pairs right earns
// nothing.
func gradeOrder(q quiz.Question, given string) (Grade, error) {
	n := len(q.Options)
	put, err := parsePermutation(given, n)
	if err != nil {
		return Grade{}, err
	}
	at := make([]int, n) // position in time of each option
	for place, option := range q.RightOrder {
		at[option] = place
	}
	m := Grade{Form: FormOf(q), OptionsRight: make([]bool, n)}
	line := make([]int, n) // in the order that was given
	for i, option := range put {
		line[i] = at[option]
	}
	for i, stays := range unmovedItems(line) {
		m.OptionsRight[put[i]] = stays
	}
	right := 0
	for i := range line {
		for j := i + 1; j < n; j++ {
			if line[i] < line[j] {
				right++
			} else if a, b := q.Options[put[i]].Fact, q.Options[put[j]].Fact; m.ConfusedWith == 0 && (a == q.Fact || b == q.Fact) {
				m.ConfusedWith = a + b - q.Fact
			}
		}
	}
	m.RightPairs, m.TotalPairs = right, n*(n-1)/2
	m.Score = max(0, 2*float64(right)/float64(m.TotalPairs)-1)
	m.setVerdict()
	m.setCompanions(q, func(isRight bool) fsrs.Form {
		if m.Verdict != quiz.VerdictRight && isRight {
			return fsrs.MatchForm(n) // placed correctly among n
		}
		return fsrs.OrderForm(n)
	})
	return m, nil
}

// unmovedItems reports for each item whether it can stay where it is to sort the line:
// it belongs to every longest increasing subsequence. An event far from its place is
// thus wrong by itself, and the events it was put before are not.
func unmovedItems(line []int) []bool {
	n := len(line)
	to, from := make([]int, n), make([]int, n) // length of the longest increasing subsequence ending and starting here
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
	at := map[int]int{} // number of items possible at each position of such a subsequence
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

// gradeMatch grades each pair of an event and a date. The score is (right − 1) / (n −
// 1), at least 0, because one pair is right by chance.
func gradeMatch(q quiz.Question, given string) (Grade, error) {
	n := len(q.Options)
	for _, one := range strings.Split(given, ",") {
		if strings.TrimSpace(one) == "" {
			return Grade{}, invalidAnswer("problem.match.missing")
		}
	}
	put, err := parsePermutation(given, n)
	if quiz.Is(err, quiz.Invalid) && strings.Contains(err.Error(), "problem.order.twice") {
		return Grade{}, invalidAnswer("problem.match.twice")
	}
	if err != nil {
		return Grade{}, err
	}
	m := Grade{Form: FormOf(q), OptionsRight: make([]bool, n)}
	right := 0
	for i, date := range put {
		m.OptionsRight[i] = date == q.RightOrder[i]
		if m.OptionsRight[i] {
			right++
		} else if q.Options[i].Fact == q.Fact {
			m.ConfusedWith = q.Dates[date].Fact
		}
	}
	m.RightPairs, m.TotalPairs = right, n
	m.Score = max(0, float64(right-1)/float64(n-1))
	m.setVerdict()
	m.setCompanions(q, func(bool) fsrs.Form { return fsrs.MatchForm(n) })
	return m, nil
}

// setVerdict sets the verdict that follows from the score.
func (m *Grade) setVerdict() {
	switch {
	case m.Score == 1:
		m.Verdict = quiz.VerdictRight
	case m.Score > 0:
		m.Verdict = quiz.VerdictPartly
	default:
		m.Verdict = quiz.VerdictWrong
	}
}

// setCompanions sets the rating of the asked fact and the grades of the others by
// whether each was in its right place. form returns the form for a right or wrong
// placement.
func (m *Grade) setCompanions(q quiz.Question, form func(right bool) fsrs.Form) {
	for i, o := range q.Options {
		one := Grade{Verdict: quiz.VerdictWrong, Rating: fsrs.Again, Form: form(m.OptionsRight[i])}
		if m.OptionsRight[i] {
			one.Verdict, one.Rating, one.Score = quiz.VerdictRight, fsrs.Good, 1
		}
		if o.Fact == q.Fact {
			m.Rating, m.Form = one.Rating, one.Form
		} else {
			m.Companions = append(m.Companions, CompanionGrade{Fact: o.Fact, Grade: one})
		}
	}
}

// parsePermutation parses a permutation of 0 to n−1, separated by commas.
func parsePermutation(given string, n int) ([]int, error) {
	if len(given) > maxGivenLength {
		return nil, invalidAnswer("problem.order")
	}
	texts := strings.Split(given, ",")
	seen := make([]bool, n)
	var out []int
	for _, text := range texts {
		at, err := strconv.Atoi(strings.TrimSpace(text))
		switch {
		case err != nil || at < 0 || at >= n:
			return nil, invalidAnswer("problem.order")
		case seen[at]:
			return nil, invalidAnswer("problem.order.twice")
		}
		seen[at] = true
		out = append(out, at)
	}
	if len(out) != n {
		return nil, invalidAnswer("problem.order")
	}
	return out, nil
}
