package edtf

import "fmt"

// period is an interval that has a name: a century, or the early, middle or late
// part of a year, a decade or a century.
type period struct {
	kind phraseKind // phraseCentury, phrasePartOfYear, phrasePartOfTens, phrasePartOfCentury
	n    int64      // century (negative for BC), year, or first year of the decade
	part int        // 0 early, 1 mid, 2 late
}

// text returns the period as EDTF. Named centuries start with year 1 (the 18th is
// 1701 to 1800). Parts of periods have approximate ends, which distinguishes early
// 2009 from January to April 2009.
func (p period) text() string {
	switch p.kind {
	case phrasePartOfYear:
		y := yearText(p.n)
		return fmt.Sprintf("%s-%02d~/%s-%02d~", y, 4*p.part+1, y, 4*p.part+4)
	case phrasePartOfTens:
		rims := [...]int64{0, 3, 4, 6, 7, 9}
		return yearText(p.n+rims[2*p.part]) + "~/" + yearText(p.n+rims[2*p.part+1]) + "~"
	}
	first, last := centuryYears(p.n)
	if p.kind == phraseCentury {
		return yearText(first) + "/" + yearText(last)
	}
	rims := [...]int64{0, 32, 33, 65, 66, 99}
	return yearText(first+rims[2*p.part]) + "~/" + yearText(first+rims[2*p.part+1]) + "~"
}

// centuryYears returns the astronomical years of a named century; -5 is the 5th
// century BC.
func centuryYears(n int64) (first, last int64) {
	if n < 0 {
		return 100*n + 1, 100*n + 100
	}
	return 100*n - 99, 100 * n
}

// centuryOf returns the named century of an astronomical year.
func centuryOf(year int64) int64 {
	if year < 1 {
		return -((1-year-1)/100 + 1)
	}
	return (year-1)/100 + 1
}

// periodOf returns the period that an interval is, by comparing it with the text of
// each candidate.
func periodOf(v value) (period, bool) {
	if v.form != interval || v.spans[0].a.end != known || v.spans[0].b.end != known {
		return period{}, false
	}
	text := v.text()
	first, _ := yearRange(v.spans[0].a.unit.year)
	if first < -9999 || first > 9900 {
		return period{}, false
	}
	century := centuryOf(first)
	if p := (period{phraseCentury, century, 0}); p.text() == text {
		return p, true
	}
	for part := range 3 {
		candidates := []period{{phrasePartOfYear, first, part}, {phrasePartOfCentury, century, part}}
		if tens := first / 10 * 10; tensAreDecade(tens) {
			candidates = append(candidates, period{phrasePartOfTens, tens, part})
		}
		for _, p := range candidates {
			if p.text() == text {
				return p, true
			}
		}
	}
	return period{}, false
}

// tensAreDecade reports whether "the 1990s" with these tens is a decade (see
// namedTens).
func tensAreDecade(tens int64) bool { return tens >= 10 && (tens%100 != 0 || tens == 2000) }

// period formats a named period.
func (t *locale) period(p period, when bool) string {
	era, n := "", p.n
	switch {
	case n < 0:
		era, n = t.eraBC, -n
	case p.kind == phrasePartOfTens:
		era = t.tensEra(n)
	}
	pairs := []string{"{e}", era, "{n}", fmt.Sprint(n), "{no}", t.ending(fmt.Sprint(n)), "{p}", t.parts[p.part], "{pl}", t.partsIn[p.part]}
	if p.kind == phrasePartOfYear {
		pairs = append(pairs, "{y}", t.yearText(p.n), "{yg}", t.yearCase(p.n, t.yearOf))
	} else {
		pairs = append(pairs, "{o}", t.ordinal(n))
	}
	phrase := t.phrases[p.kind]
	return fillPhrase(choose(when, phrase.in, phrase.when), pairs...)
}

// Century returns the number of the century that the date covers as a whole,
// counted from year 00 (18XX) or from year 01 (1801/1900). It is negative for BC
// and 0 for every other date.
func (d Date) Century() int64 {
	if d.IsZero() || d.open {
		return 0
	}
	first, _, _ := CivilDate(d.lo)
	last, _, _ := CivilDate(d.hi)
	switch {
	case d.lo != DayNumber(first, 1, 1), d.hi != DayNumber(last, 12, 31):
		return 0
	case last-first == 99 && first >= 0 && first%100 <= 1:
		return first/100 + 1
	case first < 0 && -first%100 == 99 && (last-first == 99 || last == -1 && first == -99):
		return (first - 1) / 100
	}
	return 0
}
