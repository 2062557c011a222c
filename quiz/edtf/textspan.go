package edtf

import (
	"strconv"
	"strings"
)

// readSpan parses an interval with both ends: a named period, or two dates
// separated by a dash or words. A qualifier before it applies to both ends.
func (r *reader) readSpan(s string) (string, bool) {
	q, rest := r.cutQualifier(s)
	if text, ok := r.readPeriod(rest); ok {
		return qualifySpan(text, q)
	}
	if inner, ok := strings.CutPrefix(rest, r.grammar.between); ok {
		return r.cutAtSeparator(inner, []string{r.grammar.and}, q)
	}
	if inner, ok := strings.CutPrefix(rest, r.grammar.from); ok {
		return r.cutAtSeparator(inner, r.grammar.to, q)
	}
	if text, ok := r.cutAtSeparator(rest, []string{"–", "-"}, q); ok {
		return text, true
	}
	return r.cutAtSeparator(rest, r.grammar.to, q)
}

// cutAtSeparator tries every occurrence of each separator.
func (r *reader) cutAtSeparator(s string, separators []string, q qualifier) (string, bool) {
	for _, sep := range separators {
		for at := 0; ; {
			i := strings.Index(s[at:], sep)
			if i < 0 {
				break
			}
			a, b := s[:at+i], s[at+i+len(sep):]
			at += i + len(sep)
			if len(a) > maxUnit || len(b) > maxUnit {
				continue
			}
			if text, ok := r.readEnds(a, b); ok {
				return qualifySpan(text, q)
			}
		}
	}
	return "", false
}

// qualifySpan adds a qualifier to both ends of an interval.
func qualifySpan(text string, q qualifier) (string, bool) {
	v, err := scan(text)
	if err != nil {
		return "", false
	}
	s := &v.spans[0]
	for i := range 3 {
		if i < s.a.unit.parts() {
			s.a.unit.qualifiers[i] |= q
		}
		if i < s.b.unit.parts() {
			s.b.unit.qualifiers[i] |= q
		}
	}
	return v.text(), true
}

// readEnds parses two dates, one of which may omit what the other contains.
func (r *reader) readEnds(a, b string) (string, bool) {
	for _, try := range []func(a, b string) (string, string, bool){
		r.lastEra, r.lastDigits, r.readBoth, r.sameMonthDays, r.lastYearOf, r.monthFirst, r.readPeriods,
	} {
		first, second, ok := try(a, b)
		if !ok {
			continue
		}
		if text := first + "/" + second; valid(text) {
			return text, true
		}
	}
	return "", false
}

func valid(text string) bool {
	_, err := scan(text)
	return err == nil
}

// readBoth parses two complete dates.
func (r *reader) readBoth(a, b string) (first, second string, ok bool) {
	if first, ok = r.readUnit(a); !ok {
		return "", "", false
	}
	second, ok = r.readUnit(b)
	return first, second, ok
}

// lastEra parses 49–44 BC.
func (r *reader) lastEra(a, b string) (first, second string, ok bool) {
	if !allDigits(a) || allDigits(b) {
		return "", "", false
	}
	lo, hi, ok := r.readYears(a + "–" + b)
	return yearText(lo), yearText(hi), ok
}

// lastDigits parses 1804–13.
func (r *reader) lastDigits(a, b string) (first, second string, ok bool) {
	if !allDigits(a) || !allDigits(b) || len(b) > 2 || len(a) < 3 || len(a) > 4 {
		return "", "", false
	}
	lo, _ := strconv.ParseInt(a, 10, 64)
	hi, _ := strconv.ParseInt(a[:len(a)-len(b)]+b, 10, 64)
	return yearText(lo), yearText(hi), hi > lo
}

// sameMonthDays parses 23–25 January 2006.
func (r *reader) sameMonthDays(a, b string) (first, second string, ok bool) {
	day := strings.TrimRight(r.grammar.cutPreposition(a), "stndrh")
	second, ok = r.readUnit(b)
	u, err := scanUnit(second, 0)
	if !ok || err != nil || !allDigits(day) || len(day) > 2 || u.parts() != 3 || u.qualifiers != [3]qualifier{} {
		return "", "", false
	}
	u.day = padTwo(day)
	return u.text(), second, true
}

// lastYearOf parses January–April 2009 and 18 August – 15 September 1951.
func (r *reader) lastYearOf(a, b string) (first, second string, ok bool) {
	m := r.grammar.days.lastYear.FindStringSubmatch(b)
	if m == nil {
		return "", "", false
	}
	return r.readBoth(a+" "+m[1], b)
}

// monthFirst parses January 23–25, 2006.
func (r *reader) monthFirst(a, b string) (first, second string, ok bool) {
	m := r.grammar.days.monthDay.FindStringSubmatch(r.grammar.cutPreposition(a))
	y := r.grammar.days.dayYear.FindStringSubmatch(b)
	if m == nil || y == nil {
		return "", "", false
	}
	return r.readBoth(m[1]+" "+m[2]+" "+y[2], m[1]+" "+b)
}
