package extract

import (
	"chronicle/quiz/edtf"
)

// resolve assigns dates to the expressions. Those without a year take it from an
// anchor. In order of preference, anchors are: the last main date in the paragraph,
// the heading, the last date before, and a later year in the same paragraph; a year
// later in the sentence takes precedence if the paragraph has no date yet. Dates in
// brackets and years inside names are only fallback anchors. Excerpts have their
// own anchors. A month well before the anchor's month is in the following year.
// Expressions that cannot be dated keep a zero date and are omitted later.
func (d *document) resolve(all []*dateMatch, g *grammar) {
	r := &resolver{all: all, state: map[blockKind]*lineState{blockText: {}, blockExcerpt: {}}}
	for i, x := range all {
		if d.isDone(wordSteps) {
			return
		}
		r.resolveOne(i, x)
	}
}

// lineState holds the current anchors while a text or an excerpt is read.
type lineState struct {
	last      *dateMatch // last date that can be an anchor
	heading   *dateMatch // date of the heading above, if no date followed it yet
	block     *block     // block of last
	strayDate *dateMatch // previous date, if it strayed from the narrative
	aside     *dateMatch // fallback anchor
	day       *dateMatch // last date with a day, for relative dates
}

type resolver struct {
	stop  stop
	all   []*dateMatch
	state map[blockKind]*lineState
}

func (r *resolver) resolveOne(i int, x *dateMatch) {
	kind := x.b.kind
	if kind == blockDropped || kind == blockHeading {
		kind = blockText
	}
	s := r.state[kind]
	if kind == blockExcerpt && s.block != x.b {
		*s = lineState{block: x.b}
	}
	if x.date.IsZero() && !x.isAmbiguous {
		r.date(i, x, s)
	}
	if x.date.IsZero() {
		return
	}
	r.setAnchor(x, s)
}

// setAnchor makes an expression the anchor for what follows, if it is suitable.
func (r *resolver) setAnchor(x *dateMatch, s *lineState) {
	if x.b.kind == blockDropped {
		return
	}
	if x.b.kind == blockHeading {
		s.heading, s.last = x, nil
		return
	}
	if x.kind == KindCentury || x.kind == KindDecade || x.start.unit != unitSingle {
		return
	}
	if x.isAside || x.preposition == PrepositionSince && x.start.month == 0 || x.kind == KindLife {
		s.aside = x
		if x.start.day != 0 && s.day == nil {
			s.day = x
		}
		return
	}
	if s.last != nil && r.isStray(x, s) {
		s.aside, s.strayDate = x, x
		return
	}
	s.strayDate = nil
	s.last, s.block = x, x.b
	if x.start.day != 0 {
		s.day = x
	} else if s.day != nil && s.day.start.year != x.start.year {
		s.day = nil
	}
}

// isStray reports whether a date strays from the narrative: back to an earlier year
// in the middle of a paragraph, or far ahead. A second date near the stray one
// shows that the narrative itself moved there.
func (r *resolver) isStray(x *dateMatch, s *lineState) bool {
	if x.kind == KindRelative || x.anchor != nil {
		return false
	}
	if s.strayDate != nil && s.strayDate.b == x.b && absInt(x.start.year-yearOf(s.strayDate)) <= 1 {
		return false
	}
	far := x.start.year - yearOf(s.last)
	switch {
	case far < 0 && s.block == x.b:
		return true
	case far < -1:
		return x.preposition != PrepositionNone || x.b.past(x)
	}
	return far > 3 && (x.preposition == PrepositionUntil || x.preposition == PrepositionBy || x.b.ahead(x))
}

func absInt(n int) int { return max(n, -n) }

// ahead reports whether the clause of a date looks ahead: would be built in 1921.
func (b *block) ahead(x *dateMatch) bool {
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

// past reports whether the clause of a date looks back: had been signed in 1922.
func (b *block) past(x *dateMatch) bool {
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

// yearOf returns the year that an anchor provides.
func yearOf(x *dateMatch) int {
	if x.end != nil && x.end.hasYear && x.end.month != 0 {
		return x.end.year
	}
	return x.start.year
}

func monthOf(x *dateMatch) int {
	if x.end != nil && x.end.month != 0 {
		return x.end.month
	}
	return x.start.month
}

// date finds the date of one expression and its second reading.
func (r *resolver) date(i int, x *dateMatch, s *lineState) {
	if x.shift != nil {
		r.shifted(x, s)
		return
	}
	if x.start.hasYear {
		x.date, _ = x.start.date()
		if x.open {
			x.date, _ = edtf.Parse(x.start.edtf() + "/..")
		}
		return
	}
	anchor, ahead := r.anchor(i, x, s)
	if anchor == nil {
		return
	}
	x.anchor = anchor
	year := yearOf(anchor)
	second := year - 1
	if gap := monthOf(anchor) - x.start.month; !ahead && monthOf(anchor) != 0 && x.start.month != 0 {
		switch {
		case gap >= maxMonthsBefore:
			year, second = year+1, year
		case gap > 0:
			second = year + 1
		}
	}
	if ahead && x.start.month != 0 && monthOf(anchor) != 0 && x.start.month > monthOf(anchor) {
		year, second = year-1, year
	}
	x.date, x.secondDate = x.in(year), x.at(second)
}

// maxMonthsBefore is the number of months before its anchor from which a month
// counts as being in the following year.
const maxMonthsBefore = 6

// in sets the year of an expression and returns its date; at returns the date that
// it would have in a year.
func (x *dateMatch) in(year int) edtf.Date {
	d := x.at(year)
	x.start.year, x.start.hasYear = year, true
	if x.end != nil {
		x.end.hasYear, x.end.year = true, year
		if x.end.month < x.start.month {
			x.end.year++
		}
	}
	return d
}

func (x *dateMatch) at(year int) edtf.Date {
	a := x.start
	a.year, a.hasYear = year, true
	if x.end == nil {
		d, _ := a.date()
		return d
	}
	z := *x.end
	z.year, z.hasYear = year, true
	if z.month < a.month {
		z.year++
	}
	d, _ := intervalOfPoints(a, z)
	return d
}

// anchor chooses the date that an expression takes its year from; ahead reports
// whether that date follows the expression.
func (r *resolver) anchor(i int, x *dateMatch, s *lineState) (anchor *dateMatch, ahead bool) {
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

// joinedWith returns the date that directly follows an expression and shares its
// year with it: in May and June 1944.
func (r *resolver) joinedWith(i int, x *dateMatch) *dateMatch {
	if i+1 >= len(r.all) {
		return nil
	}
	y := r.all[i+1]
	w := x.b.words
	if y.b != x.b || !y.start.hasYear || y.start.month == 0 || y.shift != nil || y.from-x.to > 3 || y.from == x.to {
		return nil
	}
	switch w[x.to].low {
	case "and", "or", ",", "–", "-", "to":
		return y
	}
	return nil
}

// maxLookahead is the maximum number of dates searched for a year.
const maxLookahead = 40

// ahead finds the first year after an expression, in its sentence or in its
// paragraph.
func (r *resolver) ahead(i int, x *dateMatch, sentence bool) *dateMatch {
	for _, y := range r.all[i+1 : min(len(r.all), i+1+maxLookahead)] {
		if y.b != x.b && y.b.kind == x.b.kind || sentence && y.b == x.b && r.ended(x.b, x.to, y.from) {
			return nil
		}
		if y.b == x.b && y.start.hasYear && y.shift == nil && !y.isAside && y.start.unit == unitSingle && y.preposition == PrepositionNone {
			return y
		}
	}
	return nil
}

// stop caches the last sentence end found: no sentence of the block ends between
// the words from and at.
type stop struct {
	b        *block
	from, at int
}

// ended reports whether a sentence ends between two words. The search is cached for
// all dates in the sentence.
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

// endsAt reports whether a sentence ends with a word.
func (b *block) endsAt(i int) bool {
	w := b.words[i].low
	return (w == "." || w == "?" || w == "!") && i+1 < len(b.words) && !b.words[i+1].glued
}

// shifted finds the date of a relative expression.
func (r *resolver) shifted(x *dateMatch, s *lineState) {
	base := s.last
	if s.strayDate != nil && s.strayDate.b == x.b {
		base = s.strayDate // mentioned last
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
	if base.start.day == 0 && (x.shift.unit == shiftDays || x.shift.unit == shiftWeeks) && s.day != nil {
		base = s.day
	}
	x.anchor = base
	p := base.start
	if base.end != nil && x.shift.n >= 0 {
		p = *base.end
	}
	if base.date.Lo() != edtf.MinDay && !p.hasYear {
		return
	}
	text, ok := x.shift.of(p, x.start)
	if !ok {
		return
	}
	x.start = text
	x.date, _ = text.date()
}
