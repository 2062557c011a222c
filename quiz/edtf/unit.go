package edtf

import (
	"strconv"
	"strings"
)

// unit is a single date: year, month and day in canonical text, with masks and a
// qualifier for each.
type unit struct {
	year       string // "1813", "-004X", "Y-17000", "1950S2"
	month, day string // "" if not given
	qualifiers [3]qualifier
}

func (u unit) parts() int {
	switch {
	case u.month == "":
		return 1
	case u.day == "":
		return 2
	}
	return 3
}

// text returns the canonical text. A qualifier shared from the year on follows the
// last part that shares it; every other qualifier precedes its part.
func (u unit) text() string {
	run, n := u.sharedQualifierCount(), u.parts()
	if run == 1 && n > 1 {
		run = 0
	}
	var b strings.Builder
	for i, part := range []string{u.year, u.month, u.day}[:n] {
		if i > 0 {
			b.WriteByte('-')
		}
		if i >= run {
			b.WriteString(u.qualifiers[i].String())
		}
		b.WriteString(part)
		if i == run-1 {
			b.WriteString(u.qualifiers[0].String())
		}
	}
	return b.String()
}

func (u unit) isSeason() bool  { return u.month >= "21" && u.month <= "24" }
func (u unit) isQuarter() bool { return u.month >= "33" && u.month <= "36" }

// wholeQualifier returns the qualifier that all parts share, or false if they
// differ.
func (u unit) wholeQualifier() (qualifier, bool) {
	for i := range u.parts() {
		if u.qualifiers[i] != u.qualifiers[0] {
			return 0, false
		}
	}
	return u.qualifiers[0], true
}

// digits returns the digits and masks of all parts without signs.
func (u unit) digits() string { return strings.TrimLeft(u.year, "Y-") + u.month + u.day }

// hasGap reports whether known digits follow a mask, so that not every day between
// the bounds is meant.
func (u unit) hasGap() bool {
	s := u.digits()
	i := strings.IndexByte(s, 'X')
	return i >= 0 && strings.Trim(s[i:], "X") != ""
}

func (u unit) isExact() bool {
	q, _ := u.wholeQualifier()
	return q == 0 && u.qualifiers == [3]qualifier{} && !u.hasGap() && !u.isSeason() && !strings.Contains(u.year, "S")
}

// precision returns the finest known unit or, if there is a gap, the finest unit
// given.
func (u unit) precision() Precision {
	if u.hasGap() {
		return [...]Precision{Year, u.monthPrecision(), Day}[u.parts()-1]
	}
	return u.partPrecision(u.parts() - 1)
}

func (u unit) monthPrecision() Precision {
	switch {
	case u.isSeason():
		return Season
	case u.isQuarter():
		return Quarter
	}
	return Month
}

// partPrecision returns the unit of one part; a masked part counts as the next
// coarser unit.
func (u unit) partPrecision(part int) Precision {
	if part == 2 && !masked(u.day) {
		return Day
	}
	if part >= 1 && !masked(u.month) {
		return u.monthPrecision()
	}
	return u.yearPrecision()
}

func (u unit) yearPrecision() Precision {
	digits, significant, isSig := strings.Cut(strings.TrimLeft(u.year, "Y-"), "S")
	unknown := len(digits) - len(strings.TrimRight(digits, "X"))
	if isSig {
		n, _ := strconv.Atoi(significant)
		unknown = len(digits) - n
	}
	return [...]Precision{Year, Decade, Century, Millennium}[min(unknown, 3)]
}

func masked(s string) bool { return strings.IndexByte(s, 'X') >= 0 }
