package ask

import (
	"cmp"
	"slices"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// whenTyped shows an event and a field for its date.
func (d *draft) whenTyped() (quiz.Question, bool) {
	it := d.it()
	right, ok := d.typed(d.i)
	if !ok {
		return quiz.Question{}, false
	}
	q := quiz.Question{Stem: it.Event, Precision: right.Precision(), Answer: -1, Right: right, Doubt: it.Date, Also: it.Also}
	if at, ok := it.Also.Plain().At(d.Deck.Precision); ok && it.Also.Precision() < d.Deck.Precision {
		q.Also = at
	}
	q.Accepted = []string{right.In(d.Deck.Language), right.When(d.Deck.Language)}
	if right.Precision() == edtf.Year {
		q.Scale = d.scale.of(d.year(right.Lo()), d.year(right.Hi()))
	}
	q.Scale.Constant = d.scale.typed
	return q, true
}

// typed gives the date that has to be typed for an item; false where it cannot
// be said as one unit or as a span of such, or where another wording of the
// event has another date.
func (p *Pool) typed(i int) (edtf.Date, bool) {
	it := &p.items[i]
	plain := it.Date.Plain()
	if !p.agreed(i) {
		return edtf.Date{}, false
	}
	switch prec := plain.Precision(); {
	case prec > edtf.Interval || prec == edtf.Millennium, !plain.Exact() && prec != edtf.Season, !said(plain):
		return edtf.Date{}, false
	case prec == edtf.Interval && plain.Century() == 0:
		return p.coarsened(plain), true
	case prec < p.Deck.Precision:
		return plain.At(p.Deck.Precision) // a winter has no year
	}
	return plain, true
}

// said tells whether there are words for a date: 1813-1X has none.
func said(d edtf.Date) bool { return !strings.HasPrefix(d.Shape(), "edtf ") }

// coarsened is a span whose ends are no finer than the deck asks for; one that
// lies in a single unit then is that unit.
func (p *Pool) coarsened(span edtf.Date) edtf.Date {
	from, okFrom := span.Start()
	to, okTo := span.End()
	if !okFrom || !okTo {
		return span
	}
	if at, ok := from.At(p.Deck.Precision); ok && from.Precision() < p.Deck.Precision {
		from = at
	}
	if at, ok := to.At(p.Deck.Precision); ok && to.Precision() < p.Deck.Precision {
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

// place shows an event and a line of years.
func (d *draft) place() (quiz.Question, bool) {
	right, ok := d.placed(d.i)
	if !ok {
		return quiz.Question{}, false
	}
	scale := d.scale.of(d.year(right.Lo()), d.year(right.Hi()))
	return quiz.Question{
		Stem: d.it().Event, Precision: edtf.Year, Answer: -1, Right: right, Doubt: d.it().Date, Also: d.it().Also, Scale: scale,
	}, true
}

// widest is the largest part of the line that may be right for an event to be
// placed on it.
const widest = 0.25

// placed gives the date that an item has on the line of years; false where it
// covers too much of it, or another wording of the event has another date.
func (p *Pool) placed(i int) (edtf.Date, bool) {
	plain := p.items[i].Date.Plain()
	prec := plain.Precision()
	if !plain.Exact() || prec > edtf.Decade && prec != edtf.Interval || !p.agreed(i) {
		return edtf.Date{}, false
	}
	scale := p.scale.of(p.year(plain.Lo()), p.year(plain.Hi()))
	return plain, share(scale, p.year(plain.Lo()), p.year(plain.Hi())) <= widest
}

// share is the part of the line that is right for years from lo to hi.
func share(s quiz.Scale, lo, hi int64) float64 {
	return (float64(hi-lo+1) + 2*s.Tolerance) / float64(s.Last-s.First+1)
}

func (p *Pool) year(day int64) int64 {
	y, _, _ := edtf.Civil(day)
	return y
}

// scales is what years are judged by in a deck.
type scales struct {
	years       []int64 // of the deck's dates, each once, ascending
	first, last int64   // the line of years
	placed      float64 // what the best constant place earns
	typed       float64 // what the best constant date earns
}

// findScales finds the years of the deck, the line they are placed on, and what
// the one best answer to every question would earn.
func (p *Pool) findScales() {
	s := &p.scale
	for _, it := range p.items {
		for _, day := range []int64{it.Date.Lo(), it.Date.Hi()} {
			if day != edtf.MinDay && day != edtf.MaxDay && it.Date.Precision() != edtf.Set {
				s.years = append(s.years, p.year(day))
			}
		}
	}
	slices.Sort(s.years)
	s.years = slices.Compact(s.years)
	if len(s.years) == 0 {
		return
	}
	s.first, s.last = roomy(s.years[0], s.years[len(s.years)-1])
	s.placed = p.constantPlace()
	s.typed = p.constantDate()
}

// roomy widens a range of years to round numbers, so that the first and the
// last event do not stand at the ends of the line.
func roomy(first, last int64) (int64, int64) {
	room, round := max(2, (last-first)/40), int64(5)
	if last-first > 100 {
		round = 10
	}
	down := func(y int64) int64 { return y - ((y%round)+round)%round }
	return down(first - room), down(last+room) + round
}

// of is the scale for a date of those years.
func (s scales) of(lo, hi int64) quiz.Scale {
	return quiz.Scale{First: s.first, Last: s.last, Tolerance: s.tolerance(lo, hi), Constant: s.placed}
}

// tolerance is half the mean gap, in years, between a date and the deck's dates
// before and after it, one at least.
func (s scales) tolerance(lo, hi int64) float64 {
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

// worth is a range of years for which an answer earns something.
type worth struct {
	lo, hi float64
	earns  float64
}

// constant is the most that one year earns over n questions, on average.
func constant(all []worth, n int) float64 {
	type edge struct{ at, by float64 }
	var edges []edge
	for _, w := range all {
		edges = append(edges, edge{w.lo, w.earns}, edge{w.hi + 0.5, -w.earns})
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

func (p *Pool) constantPlace() float64 {
	var all []worth
	n := 0
	for i := range p.items {
		right, ok := p.placed(i)
		if !ok {
			continue
		}
		n++
		it := &p.items[i]
		days := [][2]int64{{right.Lo(), right.Hi()}}
		if it.Date != it.Date.Plain() {
			days[0][0], days[0][1] = it.Date.Fuzzy()
		}
		if !it.Also.IsZero() && !it.Also.Open() {
			days = append(days, [2]int64{it.Also.Lo(), it.Also.Hi()})
		}
		t := p.scale.tolerance(p.year(right.Lo()), p.year(right.Hi()))
		all = append(all, p.around(days, 2*t, quiz.NearPlace)...)
		all = append(all, p.around(days, t, 1-quiz.NearPlace)...)
	}
	return constant(all, n)
}

// around is what is earned within so many years of any of some ranges of days,
// by each year once.
func (p *Pool) around(days [][2]int64, years, earns float64) []worth {
	var out []worth
	for _, d := range days {
		w := worth{float64(p.year(d[0])) - years, float64(p.year(d[1])) + years, earns}
		if n := len(out); n > 0 && w.lo <= out[n-1].hi && out[n-1].lo <= w.hi {
			out[n-1].lo, out[n-1].hi = min(w.lo, out[n-1].lo), max(w.hi, out[n-1].hi)
			continue
		}
		out = append(out, w)
	}
	return out
}

// constantDate is no less than what one typed date earns on average, whichever
// it is: a year; a month or a day, which is as good as its year where only that
// is asked; or a span.
func (p *Pool) constantDate() float64 {
	c := typedWorth{Pool: p, finer: map[edtf.Date]float64{}, months: map[edtf.Date]float64{}, spans: map[edtf.Date]float64{}}
	n := 0
	for i := range p.items {
		right, ok := p.typed(i)
		if !ok {
			continue
		}
		n++
		it := &p.items[i]
		c.add(right, it.Date)
		if !it.Also.IsZero() && !it.Also.Open() {
			c.add(it.Also.Plain(), it.Also)
		}
	}
	extra := 0.0
	for day, more := range c.finer {
		if month, ok := day.At(edtf.Month); ok {
			more += c.months[month]
		}
		extra = max(extra, more)
	}
	for _, more := range c.months {
		extra = max(extra, more)
	}
	most := constant(c.years, n) + extra/float64(max(n, 1))
	for _, same := range c.spans {
		most = max(most, same/float64(max(n, 1)))
	}
	return min(1, most)
}

// typedWorth is what typed dates would earn.
type typedWorth struct {
	*Pool
	years  []worth               // by years, whatever is typed in them
	months map[edtf.Date]float64 // what a month or a day in it earns beside
	finer  map[edtf.Date]float64 // what a day, or a month for days, earns beside
	spans  map[edtf.Date]float64
}

// add notes what can be earned with a question whose right answer is that date.
func (c *typedWorth) add(right, doubt edtf.Date) {
	first, last := float64(c.year(right.Lo())), float64(c.year(right.Hi()))
	at := func(earns float64) { c.years = append(c.years, worth{first, last, earns}) }
	near := [][2]int64{}
	if doubt != doubt.Plain() {
		lo, hi := doubt.Fuzzy()
		near = append(near, [2]int64{lo, hi})
	}
	if right.Precision() != edtf.Year {
		c.years = append(c.years, c.around(near, 0, quiz.NearYear)...)
	}
	switch right.Precision() {
	case edtf.Year:
		t := int64(c.scale.tolerance(int64(first), int64(last)))
		from, to := edtf.DayNumber(c.year(right.Lo())-t, 1, 1), edtf.DayNumber(c.year(right.Hi())+t, 12, 31)
		c.years = append(c.years, c.around(append(near, [2]int64{from, to}), 0, quiz.NearYear)...)
		at(1 - quiz.NearYear)
	case edtf.Month:
		at(1.0 / 2)
		c.months[right] += 1.0 / 2
	case edtf.Day:
		at(1.0 / 3)
		month, _ := right.At(edtf.Month)
		c.finer[right] += 2.0 / 3
		c.finer[month] += 1.0 / 3
	case edtf.Interval:
		if n := right.Century(); n == 0 {
			c.years = append(c.years, worth{first, first, 1.0 / 2}, worth{last, last, 1.0 / 2})
			c.spans[right]++
			return
		}
		fallthrough
	case edtf.Century: // counted from its year 0 or 1
		c.years = append(c.years, worth{first - 1, last + 1, 1})
	default:
		at(1)
	}
}

// Whose gives another fact that a date typed for this one is the date of, 0
// where there is none: with it the two were confused.
func (p *Pool) Whose(d edtf.Date, fact int64) int64 {
	i, ok := p.at[fact]
	if !ok || d.IsZero() {
		return 0
	}
	from, _ := slices.BinarySearchFunc(p.items, d.Lo(), func(it item, lo int64) int { return cmp.Compare(it.Date.Lo(), lo) })
	for j := from; j < len(p.items) && p.items[j].Date.Lo() == d.Lo(); j++ {
		if j != i && !p.items[j].crowded && edtf.Compare(p.items[j].Date, d) == edtf.Same {
			return p.items[j].ID
		}
	}
	return 0
}
