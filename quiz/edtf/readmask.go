package edtf

import (
	"fmt"
	"strings"
)

// roundedYear reads "roughly 1950 (1900–1999)" by trying how many digits count.
func (r *reader) roundedYear(m []string) string {
	year, okYear := r.year(m[1])
	lo, hi, ok := r.years(m[2])
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

// some adds masked parts to a date of so many parts.
func (r *reader) some(s, suffix string, parts int) string {
	text, ok := r.unit(s)
	if !ok {
		return ""
	}
	u, _ := scanUnit(text, 0)
	if u.parts() != parts || u.doubt != [3]doubt{} {
		return ""
	}
	return text + suffix
}

func (r *reader) someDay(m []string) string {
	if text := r.some(m[1], "-XX", 2); text != "" {
		return text
	}
	return r.some(m[1], "-XX-XX", 1)
}

// in adds a month, season or quarter to a masked year: October in the 1560s.
func (r *reader) in(s string, code int64) string {
	text := r.some(s, "", 1)
	if !masked(text) {
		return ""
	}
	return fmt.Sprintf("%s-%02d", text, code)
}

func (r *reader) maskedDay(year, month, day string) string {
	text := r.in(year, r.g.months[month])
	if text == "" {
		return ""
	}
	return text + "-" + pad(day)
}
