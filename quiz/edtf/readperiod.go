package edtf

import (
	"strconv"
	"strings"
)

// period reads 18th century, 5th century BC, early 2009, the mid 1990s.
func (r *reader) period(s string) (string, bool) {
	s = r.g.bare(s)
	if n, ok := r.century(s); ok {
		return checked(period{sayCentury, n, 0})
	}
	m := r.g.days.part.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	part := int(r.g.parts[strings.TrimPrefix(m[1], "the ")])
	if n, ok := r.century(m[2]); ok {
		return checked(period{sayPartOfCentury, n, part})
	}
	if y, ok := r.year(m[2]); ok {
		return checked(period{sayPartOfYear, y, part})
	}
	return r.partOfTens(m[2], part)
}

// checked gives the text of a period whose years exist.
func checked(p period) (string, bool) {
	text := p.text()
	return text, valid(text)
}

func (r *reader) century(s string) (int64, bool) {
	m := r.g.days.period.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	n := r.g.ordinals[m[1]]
	switch {
	case m[2] == "" || r.g.ad[m[2]]:
		return n, true
	case r.g.bc[m[2]]:
		return -n, true
	}
	return 0, false
}

// partOfTens reads early 1990s; the early 1900s can be of a decade or a century.
func (r *reader) partOfTens(s string, part int) (string, bool) {
	text, ok := r.plain(s)
	if !ok || !strings.Contains(s, "0s") && !strings.Contains(s, "0's") {
		return "", false
	}
	lo, _ := yearRange(text)
	if tensAreDecade(lo) {
		return checked(period{sayPartOfTens, lo, part})
	}
	rims := [...]int64{0, 33, 34, 66, 67, 99}
	r.ask(period{sayPartOfTens, lo, part}.text(),
		yearText(lo+rims[2*part])+"~/"+yearText(lo+rims[2*part+1])+"~")
	return "", false
}

// periods reads ends that are themselves periods: from the 18th to the 19th century.
func (r *reader) periods(a, b string) (first, second string, ok bool) {
	if _, hasNoun := r.century(r.g.bare(a)); !hasNoun && r.g.ordinals[r.g.bare(a)] > 0 {
		a += r.g.century
	}
	first, okA := r.periodEnd(a, 0)
	second, okB := r.periodEnd(b, 1)
	return first, second, okA && okB
}

// periodEnd is one end of a period, or a date itself.
func (r *reader) periodEnd(s string, end int) (string, bool) {
	if text, ok := r.period(s); ok {
		return strings.Split(text, "/")[end], true
	}
	return r.unit(s)
}

// bounds reads a date or period for before and after and gives its exact days.
func (r *reader) bounds(s string) (Date, bool) {
	text, ok := r.unit(s)
	if !ok {
		text, ok = r.period(s)
	}
	if !ok {
		return Date{}, false
	}
	d, err := Parse(text)
	return d, err == nil
}

// near gives the unit before (or after) a date: a day for days, a month for months
// and quarters, a year for the rest. False where doubt makes that meaningless.
func near(d Date, step int64) (string, bool) {
	if !d.exact {
		return "", false
	}
	day := pick(step > 0, d.lo, d.hi) + step
	switch d.prec {
	case Day:
		return unitAt(Day, day)
	case Month, Quarter:
		return unitAt(Month, day)
	}
	year, _, _ := Civil(day)
	text := yearText(year)
	if n, err := strconv.ParseInt(strings.TrimLeft(text, "Y-"), 10, 64); err != nil || n > maxYear {
		return "", false
	}
	return text, true
}
