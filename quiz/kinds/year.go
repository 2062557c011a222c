package kinds

import (
	"cmp"
	"slices"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// whenTyped builds a question that shows an event and a text field for its date.
func (d *draft) whenTyped() (quiz.Question, bool) {
	it := d.item()
	right, ok := d.typedDate(d.itemIndex)
	if !ok {
		return quiz.Question{}, false
	}
	q := quiz.Question{Stem: it.Event, Precision: right.Precision(), RightOption: -1, RightDate: right, UncertainDate: it.Date, OtherDate: it.OtherDate}
	if at, ok := it.OtherDate.Plain().CoarsenTo(d.Deck.Precision); ok && it.OtherDate.Precision() < d.Deck.Precision {
		q.OtherDate = at
	}
	q.Accepted = []string{right.Format(d.Deck.Language), right.FormatWithPreposition(d.Deck.Language)}
	if right.Precision() == edtf.Year {
		q.Scale = d.scales.scaleFor(d.yearOf(right.Lo()), d.yearOf(right.Hi()))
	}
	q.Scale.Constant = d.scales.typedConstant
	return q, true
}

// typedDate returns the date to be typed for an item. It returns false if the date is
// neither one unit nor a span of units, or if another wording of the event has a
// different date.
func (p *DeckIndex) typedDate(i int) (edtf.Date, bool) {
	it := &p.items[i]
	plain := it.Date.Plain()
	if !p.wordingsAgree(i) {
		return edtf.Date{}, false
	}
	switch prec := plain.Precision(); {
	case prec > edtf.Interval || prec == edtf.Millennium, !plain.Exact() && prec != edtf.Season, !isSayable(plain):
		return edtf.Date{}, false
	case prec == edtf.Interval && plain.Century() == 0:
		return p.coarsenSpan(plain), true
	case prec < p.Deck.Precision:
		return plain.CoarsenTo(p.Deck.Precision) // a winter has no year
	}
	return plain, true
}

// isSayable reports whether a date can be put into words: 1813-1X cannot.
func isSayable(d edtf.Date) bool { return !strings.HasPrefix(d.Shape(), "edtf ") }

// coarsenSpan returns a span whose ends are no finer than the deck asks for, or a single
// unit if both ends then fall in it.
func (p *DeckIndex) coarsenSpan(span edtf.Date) edtf.Date {
	from, okFrom := span.Start()
	to, okTo := span.End()
	if !okFrom || !okTo {
		return span
	}
	if at, ok := from.CoarsenTo(p.Deck.Precision); ok && from.Precision() < p.Deck.Precision {
		from = at
	}
	if at, ok := to.CoarsenTo(p.Deck.Precision); ok && to.Precision() < p.Deck.Precision {
		to = at
	}
	if from == to {
		return from
	}
	out, err := edtf.Parse(from.String() + "/" + to.String())
	if err != nil {
		return span
	}
	return out
}

// place builds a question that shows an event and a line of years.
func (d *draft) place() (quiz.Question, bool) {
	right, ok := d.placeableDate(d.itemIndex)
	if !ok {
		return quiz.Question{}, false
	}
	scale := d.scales.scaleFor(d.yearOf(right.Lo()), d.yearOf(right.Hi()))
	return quiz.Question{
		Stem: d.item().Event, Precision: edtf.Year, RightOption: -1, RightDate: right, UncertainDate: d.item().Date, OtherDate: d.item().OtherDate, Scale: scale,
	}, true
}

// maxRightShare is the maximum share of the line that may be right.
const maxRightShare = 0.25

// placeableDate returns the date of an item on the line of years. It returns false if
// the date covers too much of the line or another wording of the event has a different
// date.
func (p *DeckIndex) placeableDate(i int) (edtf.Date, bool) {
	plain := p.items[i].Date.Plain()
	prec := plain.Precision()
	if !plain.Exact() || prec > edtf.Decade && prec != edtf.Interval || !p.wordingsAgree(i) {
		return edtf.Date{}, false
	}
	scale := p.scales.scaleFor(p.yearOf(plain.Lo()), p.yearOf(plain.Hi()))
	return plain, rightShare(scale, p.yearOf(plain.Lo()), p.yearOf(plain.Hi())) <= maxRightShare
}

// rightShare returns the share of the line that is right for years from lo to hi.
func rightShare(s quiz.YearScale, lo, hi int64) float64 {
	return (float64(hi-lo+1) + 2*s.Tolerance) / float64(s.Last-s.First+1)
}

func (p *DeckIndex) yearOf(day int64) int64 {
	y, _, _ := edtf.CivilDate(day)
	return y
}

// yearScales holds what is needed to grade years in a deck.
type yearScales struct {
	years         []int64 // years of the deck's dates, ascending, without duplicates
	first, last   int64   // ends of the line of years
	placeConstant float64 // mean score of the best constant place
	typedConstant float64 // mean score of the best constant date
}

// findScales computes the years of the deck, the line they are placed on, and the mean
// score of giving the single best answer to every question.
func (p *DeckIndex) findScales() {
	s := &p.scales
	for _, it := range p.items {
		for _, day := range []int64{it.Date.Lo(), it.Date.Hi()} {
			if day != edtf.MinDay && day != edtf.MaxDay && it.Date.Precision() != edtf.Set {
				s.years = append(s.years, p.yearOf(day))
			}
		}
	}
	slices.Sort(s.years)
	s.years = slices.Compact(s.years)
	if len(s.years) == 0 {
		return
	}
	s.first, s.last = roundedRange(s.years[0], s.years[len(s.years)-1])
	s.placeConstant = p.bestConstantPlace()
	s.typedConstant = p.bestConstantDate()
}

// roundedRange widens a range of years to round numbers, so that the first and last
// events are not at the ends of the line.
func roundedRange(first, last int64) (int64, int64) {
	room, round := max(2, (last-first)/40), int64(5)
	if last-first > 100 {
		round = 10
	}
	down := func(y int64) int64 { return y - ((y%round)+round)%round }
	return down(first - room), down(last+room) + round
}

// scaleFor returns the scale for a date covering those years.
func (s yearScales) scaleFor(lo, hi int64) quiz.YearScale {
	return quiz.YearScale{First: s.first, Last: s.last, Tolerance: s.tolerance(lo, hi), Constant: s.placeConstant}
}

// tolerance returns half the mean gap, in years, between a date and the deck's dates
// before and after it, at least 1.
func (s yearScales) tolerance(lo, hi int64) float64 {
	sum, n := int64(0), int64(0)
	at, _ := slices.BinarySearch(s.years, lo)
	if at > 0 {
		sum, n = lo-s.years[at-1], 1
	}
	if at, _ = slices.BinarySearch(s.years, hi+1); at < len(s.years) {
		sum, n = sum+s.years[at]-hi, n+1
	}
	if n == 0 {
		return 1
	}
	return max(1, float64(sum)/float64(n)/2)
}

// scoredRange is a range of years in which an answer earns a score.
type scoredRange struct {
	lo, hi float64
	score  float64
}

// bestConstantScore returns the highest mean score that one fixed year earns over n
// questions.
func bestConstantScore(all []scoredRange, n int) float64 {
	type edge struct{ at, by float64 }
	var edges []edge
	for _, w := range all {
		edges = append(edges, edge{w.lo, w.score}, edge{w.hi + 0.5, -w.score})
	}
	slices.SortFunc(edges, func(a, b edge) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.by, b.by)) })
	most, now := 0.0, 0.0
	for i, e := range edges {
		now += e.by
		if i+1 == len(edges) || edges[i+1].at > e.at {
			most = max(most, now)
		}
	}
	return most / float64(max(n, 1))
}

func (p *DeckIndex) bestConstantPlace() float64 {
	var all []scoredRange
	n := 0
	for i := range p.items {
		right, ok := p.placeableDate(i)
		if !ok {
			continue
		}
		n++
		it := &p.items[i]
		days := [][2]int64{{right.Lo(), right.Hi()}}
		if it.Date != it.Date.Plain() {
			days[0][0], days[0][1] = it.Date.WidenedBounds()
		}
		if !it.OtherDate.IsZero() && !it.OtherDate.Open() {
			days = append(days, [2]int64{it.OtherDate.Lo(), it.OtherDate.Hi()})
		}
		t := p.scales.tolerance(p.yearOf(right.Lo()), p.yearOf(right.Hi()))
		all = append(all, p.scoredRangesAround(days, 2*t, quiz.NearPlaceCredit)...)
		all = append(all, p.scoredRangesAround(days, t, 1-quiz.NearPlaceCredit)...)
	}
	return bestConstantScore(all, n)
}

// scoredRangesAround returns the score earned within so many years of any of the day
// ranges. Overlapping ranges are merged, so that a year counts once.
func (p *DeckIndex) scoredRangesAround(days [][2]int64, years, earns float64) []scoredRange {
	var out []scoredRange
	for _, d := range days {
		w := scoredRange{float64(p.yearOf(d[0])) - years, float64(p.yearOf(d[1])) + years, earns}
		if n := len(out); n > 0 && w.lo <= out[n-1].hi && out[n-1].lo <= w.hi {
			out[n-1].lo, out[n-1].hi = min(w.lo, out[n-1].lo), max(w.hi, out[n-1].hi)
			continue
		}
		out = append(out, w)
	}
	return out
}

// bestConstantDate returns an upper bound on the mean score of typing one fixed date for
// every question: a year; a month or a day, which counts as its year where only the year
// is asked; or a span.
func (p *DeckIndex) bestConstantDate() float64 {
	c := typedScores{DeckIndex: p, finer: map[edtf.Date]float64{}, months: map[edtf.Date]float64{}, spans: map[edtf.Date]float64{}}
	n := 0
	for i := range p.items {
		right, ok := p.typedDate(i)
		if !ok {
			continue
		}
		n++
		it := &p.items[i]
		c.add(right, it.Date)
		if !it.OtherDate.IsZero() && !it.OtherDate.Open() {
			c.add(it.OtherDate.Plain(), it.OtherDate)
		}
	}
	extra := 0.0
	for day, more := range c.finer {
		if month, ok := day.CoarsenTo(edtf.Month); ok {
			more += c.months[month]
		}
		extra = max(extra, more)
	}
	for _, more := range c.months {
		extra = max(extra, more)
	}
	most := bestConstantScore(c.years, n) + extra/float64(max(n, 1))
	for _, same := range c.spans {
		most = max(most, same/float64(max(n, 1)))
	}
	return min(1, most)
}

// typedScores accumulates what typed dates would earn.
type typedScores struct {
	*DeckIndex
	years  []scoredRange         // by year, whatever is typed within it
	months map[edtf.Date]float64 // extra score of a month, or of a day in it
	finer  map[edtf.Date]float64 // extra score of a day, or of the month in questions about days
	spans  map[edtf.Date]float64
}

// add records what can be earned on a question with that right answer.
func (c *typedScores) add(right, doubt edtf.Date) {
	first, last := float64(c.yearOf(right.Lo())), float64(c.yearOf(right.Hi()))
	at := func(earns float64) { c.years = append(c.years, scoredRange{first, last, earns}) }
	near := [][2]int64{}
	if doubt != doubt.Plain() {
		lo, hi := doubt.WidenedBounds()
		near = append(near, [2]int64{lo, hi})
	}
	if right.Precision() != edtf.Year {
		c.years = append(c.years, c.scoredRangesAround(near, 0, quiz.NearYearCredit)...)
	}
	switch right.Precision() {
	case edtf.Year:
		t := int64(c.scales.tolerance(int64(first), int64(last)))
		from, to := edtf.DayNumber(c.yearOf(right.Lo())-t, 1, 1), edtf.DayNumber(c.yearOf(right.Hi())+t, 12, 31)
		c.years = append(c.years, c.scoredRangesAround(append(near, [2]int64{from, to}), 0, quiz.NearYearCredit)...)
		at(1 - quiz.NearYearCredit)
	case edtf.Month:
		at(1.0 / 2)
		c.months[right] += 1.0 / 2
	case edtf.Day:
		at(1.0 / 3)
		month, _ := right.CoarsenTo(edtf.Month)
		c.finer[right] += 2.0 / 3
		c.finer[month] += 1.0 / 3
	case edtf.Interval:
		if n := right.Century(); n == 0 {
			c.years = append(c.years, scoredRange{first, first, 1.0 / 2}, scoredRange{last, last, 1.0 / 2})
			c.spans[right]++
			return
		}
		fallthrough
	case edtf.Century: // counted from its year 0 or 1
		c.years = append(c.years, scoredRange{first - 1, last + 1, 1})
	default:
		at(1)
	}
}

// FactWithDate returns another fact whose date is d, which was typed as the date of this
// fact, or 0 if there is none: the learner confused the two.
func (p *DeckIndex) FactWithDate(d edtf.Date, fact int64) int64 {
	i, ok := p.itemByFact[fact]
	if !ok || d.IsZero() {
		return 0
	}
	from, _ := slices.BinarySearchFunc(p.items, d.Lo(), func(it item, lo int64) int { return cmp.Compare(it.Date.Lo(), lo) })
	for j := from; j < len(p.items) && p.items[j].Date.Lo() == d.Lo(); j++ {
		if j != i && !p.items[j].tooManySame && edtf.Compare(p.items[j].Date, d) == edtf.Same {
			return p.items[j].ID
		}
	}
	return 0
}
