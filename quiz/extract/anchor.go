package extract

import (
	"chronicle/quiz/edtf"
)

// resolve gives dates to the expressions: those that lack a year take it from
// an anchor. Anchors are, first to last in weight: the main line's last date in
// the paragraph, the heading, a later year in the same paragraph, the last date
// before. Brackets, excerpts and years inside names are none, and a month that
// lies far before the anchor's is of the next year. What cannot be given a date
// is taken out.
func (d *document) resolve(all []*found, g *grammar) {
	r := &resolver{all: all, state: map[blockKind]*line_{mainText: {}, excerpt: {}}}
	for i, x := range all {
		if d.over(wordSteps) {
			return
		}
		r.one(i, x)
	}
}

// line_ is where the telling of one line of text stands.
type line_ struct {
	last    *found // the last date that can be an anchor
	heading *found // the date of the heading above, if no date came since
	block   *block // that last stands in
	stray   *found // the date before, if it led away from the story
	aside   *found // a date that is no good anchor, for want of a better
	day     *found // the last date told to the day, for relative ones
}

type resolver struct {
	stop  stop
	all   []*found
	state map[blockKind]*line_
}

func (r *resolver) one(i int, x *found) {
	kind := x.b.kind
	if kind == dropped || kind == heading {
		kind = mainText
	}
	s := r.state[kind]
	if kind == excerpt && s.block != x.b {
		*s = line_{block: x.b}
	}
	if x.date.IsZero() && !x.twofold {
		r.date(i, x, s)
	}
	if x.date.IsZero() {
		return
	}
	r.note(x, s)
}

// note makes an expression the anchor of what follows, where it is fit.
func (r *resolver) note(x *found, s *line_) {
	if x.b.kind == dropped {
		return
	}
	if x.b.kind == heading {
		s.heading, s.last = x, nil
		return
	}
	if x.kind == Century || x.kind == Decade || x.a.unit != single {
		return
	}
	if x.aside || x.rel == Since && x.a.month == 0 || x.kind == Life {
		s.aside = x
		if x.a.day != 0 && s.day == nil {
			s.day = x
		}
		return
	}
	if s.last != nil && r.strays(x, s) {
		s.aside, s.stray = x, x
		return
	}
	s.stray = nil
	s.last, s.block = x, x.b
	if x.a.day != 0 {
		s.day = x
	} else if s.day != nil && s.day.a.year != x.a.year {
		s.day = nil
	}
}

// strays tells whether a date leads away from the line of the story: back to
// an earlier year in the middle of a paragraph, or far ahead. A second date of
// that time shows that the story itself went there.
func (r *resolver) strays(x *found, s *line_) bool {
	if x.kind == Relative || x.anchor != nil {
		return false
	}
	if s.stray != nil && s.stray.b == x.b && abs(x.a.year-anchorYear(s.stray)) <= 1 {
		return false
	}
	far := x.a.year - anchorYear(s.last)
	switch {
	case far < 0 && s.block == x.b:
		return true
	case far < -1:
		return x.rel != At || x.b.past(x)
	}
	return far > 3 && (x.rel == Until || x.rel == By || x.b.ahead(x))
}

func abs(n int) int { return max(n, -n) }

// ahead tells whether the clause of a date looks ahead: would be built in 1921.
func (b *block) ahead(x *found) bool {
	for i := x.from - 1; i >= 0 && i > x.from-14; i-- {
		switch b.words[i].low {
		case ".", ";":
			return false
		case "would", "today", "later", "eventually", "now":
			return true
		}
	}
	return false
}

// past tells whether the clause of a date looks back: had been signed in 1922.
func (b *block) past(x *found) bool {
	for i := x.from - 1; i >= 0 && i > x.from-14; i-- {
		switch b.words[i].low {
		case ".", ";":
			return false
		case "had", "since", "originally", "previously", "earlier":
			return true
		}
	}
	return false
}

// anchorYear is the year that a date lends.
func anchorYear(x *found) int {
	if x.z != nil && x.z.told && x.z.month != 0 {
		return x.z.year
	}
	return x.a.year
}

func anchorMonth(x *found) int {
	if x.z != nil && x.z.month != 0 {
		return x.z.month
	}
	return x.a.month
}

// date finds the date of one expression, and its second reading.
func (r *resolver) date(i int, x *found, s *line_) {
	if x.shift != nil {
		r.shifted(x, s)
		return
	}
	if x.a.told {
		x.date, _ = x.a.date()
		if x.open {
			x.date, _ = edtf.Parse(x.a.edtf() + "/..")
		}
		return
	}
	anchor, ahead := r.anchor(i, x, s)
	if anchor == nil {
		return
	}
	x.anchor = anchor
	year := anchorYear(anchor)
	second := year - 1
	if gap := anchorMonth(anchor) - x.a.month; !ahead && anchorMonth(anchor) != 0 && x.a.month != 0 {
		switch {
		case gap >= farMonths:
			year, second = year+1, year
		case gap > 0:
			second = year + 1
		}
	}
	if ahead && x.a.month != 0 && anchorMonth(anchor) != 0 && x.a.month > anchorMonth(anchor) {
		year, second = year-1, year
	}
	x.date, x.second = x.in(year), x.at(second)
}

// farMonths is how many months before its anchor a month is taken to be of the
// next year.
const farMonths = 6

// in gives an expression a year, at is the date it would have.
func (x *found) in(year int) edtf.Date {
	d := x.at(year)
	x.a.year, x.a.told = year, true
	if x.z != nil {
		x.z.told, x.z.year = true, year
		if x.z.month < x.a.month {
			x.z.year++
		}
	}
	return d
}

func (x *found) at(year int) edtf.Date {
	a := x.a
	a.year, a.told = year, true
	if x.z == nil {
		d, _ := a.date()
		return d
	}
	z := *x.z
	z.year, z.told = year, true
	if z.month < a.month {
		z.year++
	}
	d, _ := between(a, z)
	return d
}

// anchor chooses where an expression takes its year from; ahead tells whether
// that stands after it.
func (r *resolver) anchor(i int, x *found, s *line_) (anchor *found, ahead bool) {
	if next := r.joinedWith(i, x); next != nil {
		return next, true
	}
	if next := r.ahead(i, x, true); next != nil && (s.last == nil || s.block != x.b) {
		return next, true
	}
	switch {
	case s.last != nil && s.block == x.b:
		return s.last, false
	case s.heading != nil && s.last == nil:
		return s.heading, false
	}
	if s.last != nil {
		return s.last, false
	}
	if next := r.ahead(i, x, false); next != nil {
		return next, true
	}
	return s.aside, false
}

// joinedWith is the date that stands right behind an expression and shares its
// year with it: in May and June 1944.
func (r *resolver) joinedWith(i int, x *found) *found {
	if i+1 >= len(r.all) {
		return nil
	}
	y := r.all[i+1]
	w := x.b.words
	if y.b != x.b || !y.a.told || y.a.month == 0 || y.shift != nil || y.from-x.to > 3 || y.from == x.to {
		return nil
	}
	switch w[x.to].low {
	case "and", "or", ",", "–", "-", "to":
		return y
	}
	return nil
}

// farAhead is through how many dates a year is looked for.
const farAhead = 40

// ahead finds the first year after an expression, in its sentence or in its
// paragraph.
func (r *resolver) ahead(i int, x *found, sentence bool) *found {
	for _, y := range r.all[i+1 : min(len(r.all), i+1+farAhead)] {
		if y.b != x.b && y.b.kind == x.b.kind || sentence && y.b == x.b && r.ended(x.b, x.to, y.from) {
			return nil
		}
		if y.b == x.b && y.a.told && y.shift == nil && !y.aside && y.a.unit == single && y.rel == At {
			return y
		}
	}
	return nil
}

// stop is the end of a sentence that was found last: no sentence of the block
// ends from one word on before another.
type stop struct {
	b        *block
	from, at int
}

// ended tells whether a sentence ends between two words. The end of a sentence
// is looked for once for all the dates in it.
func (r *resolver) ended(b *block, from, to int) bool {
	if s := r.stop; s.b != b || from < s.from || from > s.at {
		at := from
		for at < len(b.words) && !b.endsAt(at) {
			at++
		}
		r.stop = stop{b, from, at}
	}
	return r.stop.at < min(to, from+1000)
}

// endsAt tells whether a sentence ends with a word.
func (b *block) endsAt(i int) bool {
	w := b.words[i].low
	return (w == "." || w == "?" || w == "!") && i+1 < len(b.words) && !b.words[i+1].glued
}

// shifted finds the date of a relative expression.
func (r *resolver) shifted(x *found, s *line_) {
	base := s.last
	if s.stray != nil && s.stray.b == x.b {
		base = s.stray // it was told last
	}
	if base == nil {
		base = s.heading
	}
	if base == nil {
		base = s.aside
	}
	if base == nil || base.date.IsZero() {
		return
	}
	x.anchor = base
	if base.a.day == 0 && (x.shift.unit == ofDay || x.shift.unit == ofWeek) && s.day != nil {
		base = s.day
	}
	x.anchor = base
	p := base.a
	if base.z != nil && x.shift.n >= 0 {
		p = *base.z
	}
	if base.date.Lo() != edtf.MinDay && !p.told {
		return
	}
	text, ok := x.shift.of(p, x.a)
	if !ok {
		return
	}
	x.a = text
	x.date, _ = text.date()
}
