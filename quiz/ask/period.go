package ask

import (
	"cmp"
	"fmt"
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// findSpans lists the items that are a period: exact, longer than a year, of
// one date in all wordings.
func (p *Pool) findSpans() {
	for i := range p.items {
		it := &p.items[i]
		it.span = -1
		if it.Date.Exact() && it.Date.Hi()-it.Date.Lo() > 366 && it.Also.IsZero() && !it.crowded && it.lo == it.Date.Lo() && it.hi == it.Date.Hi() {
			it.span = len(p.spans)
			p.spans = append(p.spans, i)
		}
	}
}

// during shows a period and events of which only one fell within it.
func (d *draft) during() (quiz.Question, bool) {
	periods := d.periods()
	d.rnd.Shuffle(len(periods), func(a, b int) { periods[a], periods[b] = periods[b], periods[a] })
	for _, period := range periods {
		options := []quiz.Option{{Text: d.it().Event, Date: d.it().Date, Fact: d.it().ID, Relation: edtf.Within}}
		chosen := []int{d.i}
		for _, j := range d.lures(d.all) {
			if len(options) == d.most {
				break
			}
			other := &d.items[j]
			outside := other.hi < period.Date.Lo() || other.lo > period.Date.Hi()
			if outside && !other.crowded && other.ID != period.Fact && d.fits(chosen, j) && !d.tells(period, j) {
				chosen = append(chosen, j)
				options = append(options, quiz.Option{
					Text: other.Event, Date: other.Date, Fact: other.ID, Relation: edtf.Compare(other.Date, period.Date),
				})
			}
		}
		if len(options) < 2 {
			continue
		}
		q := quiz.Question{Stem: period.Date.When(d.Deck.Language), Precision: period.Date.Precision(), Shown: period}
		deal(&q, options, d.rnd)
		return q, true
	}
	return quiz.Question{}, false
}

// periods lists what the event provably fell within and is not all of: spans of
// the deck, and its decade and century.
func (d *draft) periods() []quiz.Option {
	it := d.it()
	var out []quiz.Option
	within := func(date edtf.Date) bool {
		return date.Lo() <= it.lo && it.hi <= date.Hi() && (date.Lo() < it.lo || it.hi < date.Hi())
	}
	at, _ := slices.BinarySearchFunc(d.spans, it.lo, func(s int, lo int64) int { return cmp.Compare(d.items[s].Date.Lo(), lo+1) })
	for k := at - 1; k >= max(0, at-window); k-- {
		s := &d.items[d.spans[k]]
		period := quiz.Option{Text: s.Label, Date: s.Date, Fact: s.ID, Relation: edtf.Contains}
		if d.spans[k] != d.i && within(s.Date) && !slices.Contains(s.twins, d.i) && !d.tells(period, d.i) {
			out = append(out, period)
		}
	}
	if !it.Date.Exact() {
		return out
	}
	// "The 1900s" could be a century too.
	if date, ok := it.Date.At(edtf.Decade); ok && within(date) && d.year(date.Lo())%100 != 0 {
		out = append(out, quiz.Option{Date: date, Relation: edtf.Contains})
	}
	if date, ok := century(d.year(it.lo)); ok && within(date) {
		out = append(out, quiz.Option{Date: date, Relation: edtf.Contains})
	}
	return out
}

// century is the century of a year as people count it, from its year 1; "the
// 1900s" could be ten years.
func century(year int64) (edtf.Date, bool) {
	if year < 1 || year > 9900 {
		return edtf.Date{}, false
	}
	first := (year-1)/100*100 + 1
	date, err := edtf.Parse(fmt.Sprintf("%04d/%04d", first, first+99))
	return date, err == nil
}

// tells tells whether an event shares a word with the name of a period, by
// which it could be found.
func (p *Pool) tells(period quiz.Option, j int) bool {
	if period.Text == "" {
		return false
	}
	for _, w := range quiz.Content(period.Text) {
		if slices.Contains(p.items[j].words, w) {
			return true
		}
	}
	return false
}
