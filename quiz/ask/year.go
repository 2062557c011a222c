package ask

import (
	"cmp"
	"slices"

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
	case prec > edtf.Interval || prec == edtf.Millennium, !plain.Exact() && prec != edtf.Season:
		return edtf.Date{}, false
	case prec == edtf.Interval && plain.Century() == 0:
		return p.coarsened(plain), true
	case prec < p.Deck.Precision:
		if at, ok := plain.At(p.Deck.Precision); ok {
			return at, true
		}
	}
	return plain, true
}

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

// What placing earns: all within the tolerance, a part of it within twice that.
// A typed year is either right or, within the tolerance, near.
const (
	NearPlace = 0.5
	NearYear  = 0.5
)

func (p *Pool) constantPlace() float64 {
	var all []worth
	n := 0
	for i := range p.items {
		right, ok := p.placed(i)
		if !ok {
			continue
		}
		n++
		lo, hi := float64(p.year(right.Lo())), float64(p.year(right.Hi()))
		t := p.scale.tolerance(int64(lo), int64(hi))
		all = append(all, worth{lo - 2*t, hi + 2*t, NearPlace}, worth{lo - t, hi + t, 1 - NearPlace})
	}
	return constant(all, n)
}

// constantDate is the most that one typed date earns on average: a year, or a
// month or day of it, which is as good as the year where only that is asked.
func (p *Pool) constantDate() float64 {
	var years []worth
	finer := map[edtf.Date]float64{} // months and days
	n := 0
	for i := range p.items {
		right, ok := p.typed(i)
		if !ok {
			continue
		}
		n++
		y := float64(p.year(right.Lo()))
		switch right.Precision() {
		case edtf.Year:
			t := p.scale.tolerance(int64(y), int64(y))
			years = append(years, worth{y - t, y + t, NearYear}, worth{y, y, 1 - NearYear})
		case edtf.Decade, edtf.Century:
			years = append(years, worth{y, float64(p.year(right.Hi())), 1})
		case edtf.Month:
			years = append(years, worth{y, y, 1.0 / 2})
			finer[right] += 1.0 / 2
		case edtf.Day:
			years = append(years, worth{y, y, 1.0 / 3})
			month, _ := right.At(edtf.Month)
			finer[right] += 2.0 / 3
			finer[month] += 1.0 / 3
		}
	}
	extra := 0.0
	for _, more := range finer {
		extra = max(extra, more)
	}
	return min(1, constant(years, n)+extra/float64(max(n, 1)))
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
