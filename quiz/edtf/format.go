package edtf

import "strings"

// Format returns the date in words, to be used alone: "24 October 1813",
// "1804–1813", "about 1300", "18th century". lang is a BCP 47 tag as in HTML;
// languages without a locale use English. Similar dates are worded differently:
//
//	[..1990] "before 1991"    one day up to then, as an event has
//	../1990  "until 1990"     a period with an open start
//	[1922..] "1922 or later", 1922/.. "from 1922", 1922/ "from 1922, end unknown"
//
// Dates that have no wording (2004-1X, 19X5) are written as EDTF. [ParseText]
// parses all English output.
func (d Date) Format(lang string) string { return d.format(lang, false) }

// FormatWithPreposition returns the date with its preposition, to be used in a
// sentence: "on 8 June 2007", "in the 1990s", "from 1804 to 1813". [ParseText]
// parses English output.
func (d Date) FormatWithPreposition(lang string) string { return d.format(lang, true) }

func (d Date) format(lang string, when bool) string {
	if d.IsZero() {
		return ""
	}
	t, v := localeOf(lang), d.value()
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

// raw reports whether some part has no wording; then the whole value is written as
// EDTF.
func (v value) raw() bool {
	for _, s := range v.spans {
		if s.a.raw() || s.b.raw() {
			return true
		}
	}
	return false
}

func (s side) raw() bool { return s.end == known && kindOf(s.unit).kind == phraseRaw }

func (t *locale) interval(v value, when bool) string {
	s := v.spans[0]
	switch {
	case s.a.end == open:
		return t.around(phraseUntil, s.b, when)
	case s.a.end == unknown:
		return t.around(phraseUntilUnknown, s.b, when)
	case s.b.end == open:
		return t.around(phraseFrom, s.a, when)
	case s.b.end == unknown:
		return t.around(phraseFromUnknown, s.a, when)
	}
	if p, ok := periodOf(v); ok {
		return t.period(p, when)
	}
	return t.span(s, when)
}

// around formats a unit inside another phrase; {w} includes its preposition.
func (t *locale) around(k phraseKind, s side, when bool) string {
	p := t.phrases[k]
	return fillPhrase(choose(when, p.in, p.when), "{x}", t.unit(s.unit, false), "{w}", t.unit(s.unit, true))
}

// span formats an interval with two known ends. A qualifier that both share is
// written once, before the pair. If the qualifiers differ, the mixedEnds phrase
// shows which end each belongs to.
func (t *locale) span(s span, when bool) string {
	q, wholeA := s.a.unit.wholeQualifier()
	r, wholeB := s.b.unit.wholeQualifier()
	if !wholeA || !wholeB || q != r {
		return fillPhrase(t.mixedEnds, "{a}", t.unit(s.a.unit, false), "{b}", t.unit(s.b.unit, false))
	}
	s.a.unit.qualifiers, s.b.unit.qualifiers = [3]qualifier{}, [3]qualifier{}
	fromTo := t.spanWhen
	if sharedPartsOf(s.a.unit, s.b.unit) == sharesNothing && s.a.unit.day == "" {
		fromTo = t.mixedEnds
	}
	fromTo = choose(when && q == 0, "", fromTo)
	a, b, spaced := t.pair(s.a.unit, s.b.unit, fromTo != "")
	if fromTo != "" {
		return fillPhrase(fromTo, "{a}", a, "{b}", b)
	}
	text := "{q}" + dashed(a, b, spaced)
	if when {
		text = choose(s.a.unit.day != "", t.spanIn, t.spanOn) + text
	}
	return t.doubted(text, q)
}

// pair formats two units without qualifiers, omitting from the first what the
// second repeats.
func (t *locale) pair(a, b unit, fromTo bool) (first, second string, spaced bool) {
	second = t.unit(b, false)
	switch sharedPartsOf(a, b) {
	case sharesMonth:
		return strings.TrimPrefix(a.day, "0"), second, false
	case sharesYearDays:
		return fillPhrase(t.shortDay, t.blanks(a, kindOf(a))...), second, true
	case sharesYearMonths:
		months := choose(fromTo, "{m}", "{mg}")
		return fillPhrase(months, t.blanks(a, kindOf(a))...), second, false
	case sharesYears:
		lo, _ := yearRange(a.year)
		hi, _ := yearRange(b.year)
		return t.yearPair(lo, hi)
	}
	return t.unit(a, false), second, true
}

// sharedParts is what two units share, so that the first can omit it.
type sharedParts uint8

const (
	sharesNothing sharedParts = iota
	sharesMonth
	sharesYearDays
	sharesYearMonths
	sharesYears
)

func sharedPartsOf(a, b unit) sharedParts {
	k := kindOf(a).kind
	switch {
	case k != kindOf(b).kind:
		return sharesNothing
	case k == phraseYear:
		return sharesYears
	case a.year != b.year:
		return sharesNothing
	case k == phraseMonth:
		return sharesYearMonths
	case k == phraseDay && a.month == b.month:
		return sharesMonth
	case k == phraseDay:
		return sharesYearDays
	}
	return sharesNothing
}
