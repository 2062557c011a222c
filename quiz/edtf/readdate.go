package edtf

import (
	"regexp"
	"strings"
)

// date reads a whole date of any form, without its first preposition.
func (r *reader) date(s string) (string, bool) {
	for _, try := range []func(string) (string, bool){r.opened, r.span, r.set, r.unit} {
		if text, ok := try(s); ok && valid(text) {
			return text, true
		}
	}
	return "", false
}

// opened reads the dates with an open or unknown end.
func (r *reader) opened(s string) (string, bool) {
	if x, ok := cutEnd(s, r.g.orEarlier); ok {
		return r.wrap("[..", x, "]")
	}
	if x, ok := cutEnd(s, r.g.orLater); ok {
		return r.wrap("[", x, "..]")
	}
	if x, ok := cutAny(s, r.g.before); ok {
		return r.beyond(x, -1, "[..", "]")
	}
	if x, ok := cutAny(s, r.g.after); ok {
		return r.beyond(x, 1, "[", "..]")
	}
	if x, ok := cutAny(s, r.g.until); ok {
		if x, ok := strings.CutSuffix(x, r.g.unknownStart); ok {
			return r.wrap("/", x, "")
		}
		return r.wrap("../", x, "")
	}
	if x, ok := cutAny(s, r.g.since); ok {
		if x, ok := strings.CutSuffix(x, r.g.unknownEnd); ok {
			return r.wrap("", x, "/")
		}
		x, _ = cutEnd(x, r.g.onwards)
		return r.wrap("", x, "/..")
	}
	return "", false
}

// wrap puts one date between brackets or slashes.
func (r *reader) wrap(before, s, after string) (string, bool) {
	text, ok := r.unit(s)
	return before + text + after, ok
}

// beyond reads before and after; a doubtful date stays itself, for no day can be
// named that is surely before.
func (r *reader) beyond(s string, step int64, before, after string) (string, bool) {
	d, ok := r.bounds(s)
	if !ok {
		return "", false
	}
	text, ok := near(d, step)
	if !ok {
		return before + d.text + after, d.prec < Interval
	}
	return before + text + after, true
}

// set reads lists: 1667, 1668 or 1670–1672; 1960 and December 1961.
func (r *reader) set(s string) (string, bool) {
	if x, ok := strings.CutPrefix(s, r.g.oneOf); ok {
		return r.members([]string{x}, "[", "]")
	}
	if x, ok := strings.CutPrefix(s, r.g.allOf); ok {
		return r.members([]string{x}, "{", "}")
	}
	if i := strings.LastIndex(s, r.g.or); i >= 0 {
		return r.members(r.split(s[:i], s[i+len(r.g.or):]), "[", "]")
	}
	if i := strings.LastIndex(s, r.g.and); i >= 0 {
		return r.members(r.split(s[:i], s[i+len(r.g.and):]), "{", "}")
	}
	return "", false
}

// split cuts a list at its commas, but not June 8, 2007.
func (r *reader) split(list, last string) []string {
	var members []string
	parts := strings.Split(list, ", ")
	for i := 0; i < len(parts); i++ {
		m := parts[i]
		if _, ok := r.member(m); !ok && i+1 < len(parts) {
			i++
			m += ", " + parts[i]
		}
		members = append(members, m)
	}
	return append(members, last)
}

func (r *reader) members(list []string, before, after string) (string, bool) {
	texts := make([]string, len(list))
	for i, s := range list {
		text, ok := r.member(s)
		if !ok {
			return r.pairOf(list, before, after)
		}
		texts[i] = text
	}
	return before + strings.Join(texts, ",") + after, true
}

// pairOf reads two dates of which the first leaves something out: 5 or 6 June 2007.
func (r *reader) pairOf(list []string, before, after string) (string, bool) {
	if len(list) != 2 {
		return "", false
	}
	if first := r.g.bare(list[0]); r.g.ordinals[first] > 0 {
		if _, ok := r.century(r.g.bare(list[1])); ok { // 18th and 19th century
			return r.members([]string{first + r.g.century, list[1]}, before, after)
		}
	}
	text, ok := r.ends(list[0], list[1])
	return before + strings.Replace(text, "/", ",", 1) + after, ok
}

// member reads one member of a set.
func (r *reader) member(s string) (string, bool) {
	if x, ok := strings.CutPrefix(s, r.g.upTo); ok {
		return r.wrap("..", x, "")
	}
	if x, ok := cutEnd(s, r.g.onwards); ok {
		return r.wrap("", x, "..")
	}
	if text, ok := r.span(s); ok {
		return strings.Replace(text, "/", "..", 1), true
	}
	return r.unit(s)
}

// oldStyle reads a day with its Julian day beside.
func (r *reader) oldStyle(s string) (Date, bool) {
	for _, re := range r.g.days.oldStyles {
		m := re.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		text, ok := r.unit(named(re, m, "new") + named(re, m, "rest"))
		if !ok {
			continue
		}
		d, err := Parse(text)
		if err != nil {
			continue
		}
		if d, ok = r.beside(d, named(re, m, "old")); ok {
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

// beside checks the Julian day, whose year is left out where it is the same.
func (r *reader) beside(d Date, old string) (Date, bool) {
	year, _, _ := Civil(d.lo)
	if m := r.g.days.lastYear.FindStringSubmatchIndex(old); m != nil && !r.g.days.monthDay.MatchString(old) {
		n, ok := r.year(old[m[2]:m[3]])
		if !ok {
			return d, false
		}
		year, old = n, strings.TrimRight(old[:m[0]], ", ")
	}
	if m := r.g.days.dayMonth.FindStringSubmatch(old); m != nil {
		return d.withJulian(year, int(r.g.months[m[2]]), int(number(m[1])))
	}
	if m := r.g.days.monthDay.FindStringSubmatch(old); m != nil {
		return d.withJulian(year, int(r.g.months[m[1]]), int(number(m[2])))
	}
	return d, false
}
