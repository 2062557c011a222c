package edtf

import "strings"

// set formats one of several dates (or) or all of them (and).
func (t *locale) set(v value, when bool) string {
	word, k := t.or, phraseOneOf
	if v.form == allOf {
		word, k = t.and, phraseAllOf
	}
	if len(v.spans) > 1 {
		return t.list(v.spans, word, when)
	}
	s := v.spans[0]
	if v.form == oneOf && s.a.end == open {
		return t.atMost(s.b, when)
	}
	if v.form == oneOf && s.b.end == open {
		return t.around(phraseOrLater, s.a, when)
	}
	p := t.phrases[k]
	return fillPhrase(choose(when, p.in, p.when), "{x}", t.member(s, false))
}

// atMost formats [..X]: "before" the next day, month or year if X is one of these,
// otherwise "X or earlier".
func (t *locale) atMost(s side, when bool) string {
	if next, ok := s.unit.next(); ok {
		return t.around(phraseBefore, side{known, next}, when)
	}
	return t.around(phraseOrEarlier, s, when)
}

// next returns the following day, month or year of a unit without qualifiers.
func (u unit) next() (unit, bool) {
	k := kindOf(u).kind
	if k != phraseDay && k != phraseMonth && k != phraseYear || u.qualifiers != [3]qualifier{} {
		return unit{}, false
	}
	_, hi, _ := u.bounds()
	text, ok := unitAt(u.precision(), hi+1)
	if !ok {
		return unit{}, false
	}
	next, err := scanUnit(text, 0)
	return next, err == nil
}

func (t *locale) list(spans []span, word string, when bool) string {
	var b strings.Builder
	for i, s := range spans {
		switch {
		case i == 0:
		case i == len(spans)-1:
			b.WriteString(word)
		default:
			b.WriteString(t.comma)
		}
		b.WriteString(t.member(s, when && i == 0))
	}
	return b.String()
}

// member formats one member of a set.
func (t *locale) member(s span, when bool) string {
	switch {
	case s.a.end == open:
		return fillPhrase(t.upTo, "{x}", t.unit(s.b.unit, false))
	case s.b.end == open:
		return fillPhrase(t.onwards, "{x}", t.unit(s.a.unit, when))
	case s.b.end == known:
		return t.interval(value{interval, []span{s}}, false)
	}
	return t.unit(s.a.unit, when)
}
