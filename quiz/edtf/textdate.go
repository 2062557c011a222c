package edtf

import (
	"regexp"
	"strings"
)

// readDate parses a whole date of any form, without its first preposition.
func (r *reader) readDate(s string) (string, bool) {
	for _, try := range []func(string) (string, bool){r.readOpenEnded, r.readSpan, r.readSet, r.readUnit} {
		if text, ok := try(s); ok && valid(text) {
			return text, true
		}
	}
	return "", false
}

// readOpenEnded parses dates with an open or unknown end.
func (r *reader) readOpenEnded(s string) (string, bool) {
	if x, ok := cutSuffix(s, r.grammar.orEarlier); ok {
		return r.wrap("[..", x, "]")
	}
	if x, ok := cutSuffix(s, r.grammar.orLater); ok {
		return r.wrap("[", x, "..]")
	}
	if x, ok := cutPrefix(s, r.grammar.before); ok {
		return r.readBeforeAfter(x, -1, "[..", "]")
	}
	if x, ok := cutPrefix(s, r.grammar.after); ok {
		return r.readBeforeAfter(x, 1, "[", "..]")
	}
	if x, ok := cutPrefix(s, r.grammar.until); ok {
		if x, ok := strings.CutSuffix(x, r.grammar.unknownStart); ok {
			return r.wrap("/", x, "")
		}
		return r.wrap("../", x, "")
	}
	if x, ok := cutPrefix(s, r.grammar.since); ok {
		if x, ok := strings.CutSuffix(x, r.grammar.unknownEnd); ok {
			return r.wrap("", x, "/")
		}
		x, _ = cutSuffix(x, r.grammar.onwards)
		return r.wrap("", x, "/..")
	}
	return "", false
}

// wrap parses one date and puts brackets or slashes around it.
func (r *reader) wrap(before, s, after string) (string, bool) {
	text, ok := r.readUnit(s)
	return before + text + after, ok
}

// readBeforeAfter parses the date after "before" or "after". An inexact date is
// used unchanged, because no adjacent day is certain.
func (r *reader) readBeforeAfter(s string, step int64, before, after string) (string, bool) {
	d, ok := r.readBounds(s)
	if !ok {
		return "", false
	}
	text, ok := adjacentUnit(d, step)
	if !ok {
		return before + d.text + after, d.precision < Interval
	}
	return before + text + after, true
}

// readSet parses lists: 1667, 1668 or 1670–1672; 1960 and December 1961.
func (r *reader) readSet(s string) (string, bool) {
	if x, ok := strings.CutPrefix(s, r.grammar.oneOf); ok {
		return r.readMembers([]string{x}, "[", "]")
	}
	if x, ok := strings.CutPrefix(s, r.grammar.allOf); ok {
		return r.readMembers([]string{x}, "{", "}")
	}
	if i := strings.LastIndex(s, r.grammar.or); i >= 0 {
		return r.readMembers(r.split(s[:i], s[i+len(r.grammar.or):]), "[", "]")
	}
	if i := strings.LastIndex(s, r.grammar.and); i >= 0 {
		return r.readMembers(r.split(s[:i], s[i+len(r.grammar.and):]), "{", "}")
	}
	return "", false
}

// split splits a list at its commas, but keeps dates such as June 8, 2007 together.
func (r *reader) split(list, last string) []string {
	var members []string
	parts := strings.Split(list, ", ")
	for i := 0; i < len(parts); i++ {
		m := parts[i]
		if _, ok := r.readMember(m); !ok && i+1 < len(parts) {
			i++
			m += ", " + parts[i]
		}
		members = append(members, m)
	}
	return append(members, last)
}

func (r *reader) readMembers(list []string, before, after string) (string, bool) {
	texts := make([]string, len(list))
	for i, s := range list {
		text, ok := r.readMember(s)
		if !ok {
			return r.readPair(list, before, after)
		}
		texts[i] = text
	}
	return before + strings.Join(texts, ",") + after, true
}

// readPair parses two dates, the first of which omits something: 5 or 6 June 2007.
func (r *reader) readPair(list []string, before, after string) (string, bool) {
	if len(list) != 2 {
		return "", false
	}
	if first := r.grammar.cutPreposition(list[0]); r.grammar.ordinals[first] > 0 {
		if _, ok := r.readCentury(r.grammar.cutPreposition(list[1])); ok { // 18th and 19th century
			return r.readMembers([]string{first + r.grammar.century, list[1]}, before, after)
		}
	}
	text, ok := r.readEnds(list[0], list[1])
	return before + strings.Replace(text, "/", ",", 1) + after, ok
}

// readMember parses one member of a set.
func (r *reader) readMember(s string) (string, bool) {
	if x, ok := strings.CutPrefix(s, r.grammar.upTo); ok {
		return r.wrap("..", x, "")
	}
	if x, ok := cutSuffix(s, r.grammar.onwards); ok {
		return r.wrap("", x, "..")
	}
	if text, ok := r.readSpan(s); ok {
		return strings.Replace(text, "/", "..", 1), true
	}
	return r.readUnit(s)
}

// readOldStyle parses a day that is followed by its Julian day.
func (r *reader) readOldStyle(s string) (Date, bool) {
	for _, re := range r.grammar.days.oldStyles {
		m := re.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		text, ok := r.readUnit(named(re, m, "new") + named(re, m, "rest"))
		if !ok {
			continue
		}
		d, err := Parse(text)
		if err != nil {
			continue
		}
		if d, ok = r.withJulianDay(d, named(re, m, "old")); ok {
			return d, true
		}
		r.problem = "the Old Style day is not the same day"
	}
	return Date{}, false
}

func named(re *regexp.Regexp, m []string, name string) string {
	if i := re.SubexpIndex(name); i >= 0 {
		return m[i]
	}
	return ""
}

// withJulianDay checks the Julian day, whose year is omitted if it is the same.
func (r *reader) withJulianDay(d Date, old string) (Date, bool) {
	year, _, _ := CivilDate(d.lo)
	if m := r.grammar.days.lastYear.FindStringSubmatchIndex(old); m != nil && !r.grammar.days.monthDay.MatchString(old) {
		n, ok := r.readYear(old[m[2]:m[3]])
		if !ok {
			return d, false
		}
		year, old = n, strings.TrimRight(old[:m[0]], ", ")
	}
	if m := r.grammar.days.dayMonth.FindStringSubmatch(old); m != nil {
		return d.withJulian(year, int(r.grammar.months[m[2]]), int(number(m[1])))
	}
	if m := r.grammar.days.monthDay.FindStringSubmatch(old); m != nil {
		return d.withJulian(year, int(r.grammar.months[m[1]]), int(number(m[2])))
	}
	return d, false
}
