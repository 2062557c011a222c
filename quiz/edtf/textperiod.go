package edtf

import (
	"strconv"
	"strings"
)

// readPeriod parses 18th century, 5th century BC, early 2009, the mid 1990s.
func (r *reader) readPeriod(s string) (string, bool) {
	s = r.grammar.cutPreposition(s)
	if n, ok := r.readCentury(s); ok {
		return checkedPeriod(period{phraseCentury, n, 0})
	}
	m := r.grammar.days.part.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	part := int(r.grammar.parts[strings.TrimPrefix(m[1], "the ")])
	if n, ok := r.readCentury(m[2]); ok {
		return checkedPeriod(period{phrasePartOfCentury, n, part})
	}
	if y, ok := r.readYear(m[2]); ok {
		return checkedPeriod(period{phrasePartOfYear, y, part})
	}
	return r.readPartOfTens(m[2], part)
}

// checkedPeriod returns the EDTF of a period if it is valid.
func checkedPeriod(p period) (string, bool) {
	text := p.text()
	return text, valid(text)
}

func (r *reader) readCentury(s string) (int64, bool) {
	m := r.grammar.days.period.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	n := r.grammar.ordinals[m[1]]
	switch {
	case m[2] == "" || r.grammar.ad[m[2]]:
		return n, true
	case r.grammar.bc[m[2]]:
		return -n, true
	}
	return 0, false
}

// readPartOfTens parses early 1990s. Early 1900s is ambiguous: it can mean a decade
// or a century.
func (r *reader) readPartOfTens(s string, part int) (string, bool) {
	text, ok := r.readPlain(s)
	if !ok || !strings.Contains(s, "0s") && !strings.Contains(s, "0's") {
		return "", false
	}
	lo, _ := yearRange(text)
	if tensAreDecade(lo) {
		return checkedPeriod(period{phrasePartOfTens, lo, part})
	}
	rims := [...]int64{0, 33, 34, 66, 67, 99}
	r.addReadings(period{phrasePartOfTens, lo, part}.text(),
		yearText(lo+rims[2*part])+"~/"+yearText(lo+rims[2*part+1])+"~")
	return "", false
}

// readPeriods parses an interval whose ends are periods: from the 18th to the 19th
// century.
func (r *reader) readPeriods(a, b string) (first, second string, ok bool) {
	if _, hasNoun := r.readCentury(r.grammar.cutPreposition(a)); !hasNoun && r.grammar.ordinals[r.grammar.cutPreposition(a)] > 0 {
		a += r.grammar.century
	}
	first, okA := r.readPeriodEnd(a, 0)
	second, okB := r.readPeriodEnd(b, 1)
	return first, second, okA && okB
}

// readPeriodEnd returns one end of a period, or a date itself.
func (r *reader) readPeriodEnd(s string, end int) (string, bool) {
	if text, ok := r.readPeriod(s); ok {
		return strings.Split(text, "/")[end], true
	}
	return r.readUnit(s)
}

// readBounds parses the date or period after "before" or "after".
func (r *reader) readBounds(s string) (Date, bool) {
	text, ok := r.readUnit(s)
	if !ok {
		text, ok = r.readPeriod(s)
	}
	if !ok {
		return Date{}, false
	}
	d, err := Parse(text)
	return d, err == nil
}

// adjacentUnit returns the unit before (or after) a date: a day for days, a month
// for months and quarters, a year for the rest. It returns false if the date is not
// exact.
func adjacentUnit(d Date, step int64) (string, bool) {
	if !d.exact {
		return "", false
	}
	day := choose(step > 0, d.lo, d.hi) + step
	switch d.precision {
	case Day:
		return unitAt(Day, day)
	case Month, Quarter:
		return unitAt(Month, day)
	}
	year, _, _ := CivilDate(day)
	text := yearText(year)
	if n, err := strconv.ParseInt(strings.TrimLeft(text, "Y-"), 10, 64); err != nil || n > maxYear {
		return "", false
	}
	return text, true
}
