package edtf

import (
	"fmt"
	"strings"
)

// readRoundedYear parses "roughly 1950 (1900–1999)" by trying each number of
// significant digits.
func (r *reader) readRoundedYear(m []string) string {
	year, okYear := r.readYear(m[1])
	lo, hi, ok := r.readYears(m[2])
	if !ok || !okYear {
		return ""
	}
	text := yearText(year)
	for n := 1; n < len(strings.TrimLeft(text, "Y-")); n++ {
		rounded := fmt.Sprintf("%sS%d", text, n)
		if a, b := yearRange(rounded); a == lo && b == hi {
			return rounded
		}
	}
	return ""
}

// withMaskedParts appends masked parts to a date that has the given number of
// parts.
func (r *reader) withMaskedParts(s, suffix string, parts int) string {
	text, ok := r.readUnit(s)
	if !ok {
		return ""
	}
	u, _ := scanUnit(text, 0)
	if u.parts() != parts || u.qualifiers != [3]qualifier{} {
		return ""
	}
	return text + suffix
}

func (r *reader) readSomeDay(m []string) string {
	if text := r.withMaskedParts(m[1], "-XX", 2); text != "" {
		return text
	}
	return r.withMaskedParts(m[1], "-XX-XX", 1)
}

// inMaskedYear adds a month, season or quarter to a masked year: October in the
// 1560s.
func (r *reader) inMaskedYear(s string, code int64) string {
	text := r.withMaskedParts(s, "", 1)
	if !masked(text) {
		return ""
	}
	return fmt.Sprintf("%s-%02d", text, code)
}

func (r *reader) maskedDay(year, month, day string) string {
	text := r.inMaskedYear(year, r.grammar.months[month])
	if text == "" {
		return ""
	}
	return text + "-" + padTwo(day)
}
