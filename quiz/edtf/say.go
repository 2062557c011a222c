package edtf

import "strings"

// In writes the date for people, standing alone: "24 October 1813", "1804–1813",
// "about 1300", "18th century". Languages are named as in HTML; one without a
// table gets English. Three things that look alike are told apart:
//
//	[..1990] "before 1991"    one day, some time up to then; what an event has
//	../1990  "until 1990"     a stretch of time with an open beginning
//	[1922..] "1922 or later", 1922/.. "from 1922", 1922/ "from 1922, end unknown"
//
// What no words fit (2004-1X, 19X5) is written as EDTF. [Read] understands all of it.
func (d Date) In(lang string) string { return d.say(lang, false) }

// When writes the date with its preposition, to stand in a sentence: "on 8 June
// 2007", "in the 1990s", "from 1804 to 1813". [Read] understands it too.
func (d Date) When(lang string) string { return d.say(lang, true) }

func (d Date) say(lang string, when bool) string {
	if d.IsZero() {
		return ""
	}
	t, v := tongueOf(lang), d.value()
	if v.raw() {
		return d.text
	}
	switch {
	case d.oldStyle:
		return t.oldStyleDay(d, when)
	case v.form == single:
		return t.unit(v.spans[0].a.unit, when)
	case v.form == interval:
		return t.interval(v, when)
	}
	return t.set(v, when)
}

// raw reports that some part has no words; then the whole is written as EDTF.
func (v value) raw() bool {
	for _, s := range v.spans {
		if s.a.raw() || s.b.raw() {
			return true
		}
	}
	return false
}

func (s side) raw() bool { return s.end == known && kindOf(s.unit).kind == sayRaw }

func (t *tongue) interval(v value, when bool) string {
	s := v.spans[0]
	switch {
	case s.a.end == open:
		return t.around(sayUntil, s.b, when)
	case s.a.end == unknown:
		return t.around(sayUntilUnknown, s.b, when)
	case s.b.end == open:
		return t.around(sayFrom, s.a, when)
	case s.b.end == unknown:
		return t.around(sayFromUnknown, s.a, when)
	}
	if p, ok := periodOf(v); ok {
		return t.period(p, when)
	}
	return t.span(s, when)
}

// around says a unit within another phrase; {w} has its preposition.
func (t *tongue) around(k kind, s side, when bool) string {
	p := t.phrases[k]
	return fill(pick(when, p.in, p.when), "{x}", t.unit(s.unit, false), "{w}", t.unit(s.unit, true))
}

// span says two known ends. A doubt that both share stands once before the pair;
// ends of unlike doubt are said with from and to, which binds each word to its end.
func (t *tongue) span(s span, when bool) string {
	q, wholeA := s.a.unit.wholeDoubt()
	r, wholeB := s.b.unit.wholeDoubt()
	if !wholeA || !wholeB || q != r {
		return fill(t.mixedEnds, "{a}", t.unit(s.a.unit, false), "{b}", t.unit(s.b.unit, false))
	}
	s.a.unit.doubt, s.b.unit.doubt = [3]doubt{}, [3]doubt{}
	fromTo := t.spanWhen
	if likeness(s.a.unit, s.b.unit) == unlike && s.a.unit.day == "" {
		fromTo = t.mixedEnds
	}
	fromTo = pick(when && q == 0, "", fromTo)
	a, b, spaced := t.pair(s.a.unit, s.b.unit, fromTo != "")
	if fromTo != "" {
		return fill(fromTo, "{a}", a, "{b}", b)
	}
	text := "{q}" + dashed(a, b, spaced)
	if when {
		text = pick(s.a.unit.day != "", t.spanIn, t.spanOn) + text
	}
	return t.doubted(text, q)
}

// pair says two plain units, leaving out of the first what the second repeats.
func (t *tongue) pair(a, b unit, fromTo bool) (first, second string, spaced bool) {
	second = t.unit(b, false)
	switch likeness(a, b) {
	case sameMonth:
		return strings.TrimPrefix(a.day, "0"), second, false
	case sameYearDays:
		return fill(t.shortDay, t.blanks(a, kindOf(a))...), second, true
	case sameYearMonths:
		months := pick(fromTo, "{m}", "{mg}")
		return fill(months, t.blanks(a, kindOf(a))...), second, false
	case twoYears:
		lo, _ := yearRange(a.year)
		hi, _ := yearRange(b.year)
		return t.yearPair(lo, hi)
	}
	return t.unit(a, false), second, true
}

// alike says what two units share, for leaving it out.
type alike uint8

const (
	unlike alike = iota
	sameMonth
	sameYearDays
	sameYearMonths
	twoYears
)

func likeness(a, b unit) alike {
	k := kindOf(a).kind
	switch {
	case k != kindOf(b).kind:
		return unlike
	case k == sayYear:
		return twoYears
	case a.year != b.year:
		return unlike
	case k == sayMonth:
		return sameYearMonths
	case k == sayDay && a.month == b.month:
		return sameMonth
	case k == sayDay:
		return sameYearDays
	}
	return unlike
}
