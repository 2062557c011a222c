package edtf

import (
	"strconv"
	"strings"
)

// yearRange returns the first and last year that a canonical year text can mean.
func yearRange(text string) (lo, hi int64) {
	negative := strings.Contains(text, "-")
	digits, significant, isSig := strings.Cut(strings.TrimLeft(text, "Y-"), "S")
	low, high := strings.ReplaceAll(digits, "X", "0"), strings.ReplaceAll(digits, "X", "9")
	if isSig {
		keep, _ := strconv.Atoi(significant)
		low = digits[:keep] + strings.Repeat("0", len(digits)-keep)
		high = digits[:keep] + strings.Repeat("9", len(digits)-keep)
	}
	lo, _ = strconv.ParseInt(low, 10, 64)
	hi, _ = strconv.ParseInt(high, 10, 64)
	if negative {
		// -000X excludes year 0 (1 BC), because EDTF has no -0000; year 0 belongs
		// only to 000X.
		return -hi, -max(lo, 1)
	}
	return lo, hi
}

// bounds returns the first and the last possible day, or false if there is none (30
// February, 29 February of a common year).
func (u unit) bounds() (lo, hi int64, ok bool) {
	if lo, ok = u.boundaryDay(false); !ok {
		return 0, 0, false
	}
	hi, ok = u.boundaryDay(true)
	return lo, hi, ok
}

// boundaryDay finds the first (or last) possible day, year by year. A masked year
// covers at most 10,000 years, and only dates without any possible day visit all of
// them.
func (u unit) boundaryDay(last bool) (int64, bool) {
	year, end := yearRange(u.year)
	step := int64(1)
	if last {
		year, end, step = end, year, -1
	}
	if !masked(u.year) {
		return u.boundaryDayInYear(year, last)
	}
	pattern := strings.TrimLeft(u.year, "-")
	for ; ; year += step {
		if fits(pattern, int(max(year, -year))) {
			if day, ok := u.boundaryDayInYear(year, last); ok {
				return day, true
			}
		}
		if year == end {
			return 0, false
		}
	}
}

// boundaryDayInYear is boundaryDay within one year.
func (u unit) boundaryDayInYear(year int64, last bool) (int64, bool) {
	switch {
	case u.month == "":
		return choose(last, DayNumber(year, 1, 1), DayNumber(year, 12, 31)), true
	case u.isSeason():
		start := DayNumber(year, 3*int(u.month[1]-'0'), 1) // 21 begins in March
		return choose(last, start, addMonths(start, 3, true)-1), true
	case u.isQuarter():
		start := DayNumber(year, 3*int(u.month[1]-'3')+1, 1)
		return choose(last, start, addMonths(start, 3, true)-1), true
	}
	for i := range 12 {
		month := choose(last, i+1, 12-i)
		if !fits(u.month, month) {
			continue
		}
		if day, ok := u.boundaryDayInMonth(year, month, last); ok {
			return day, true
		}
	}
	return 0, false
}

// boundaryDayInMonth is boundaryDay within one month.
func (u unit) boundaryDayInMonth(year int64, month int, last bool) (int64, bool) {
	n := daysIn(year, month)
	if u.day == "" {
		return DayNumber(year, month, choose(last, 1, n)), true
	}
	for i := range n {
		if day := choose(last, i+1, n-i); fits(u.day, day) {
			return DayNumber(year, month, day), true
		}
	}
	return 0, false
}

// fits reports whether a number matches a pattern of digits and X.
func fits(pattern string, n int) bool {
	for i := len(pattern) - 1; i >= 0; i-- {
		if c := pattern[i]; c != 'X' && c != byte('0'+n%10) {
			return false
		}
		n /= 10
	}
	return n == 0
}

func choose[T any](second bool, a, b T) T {
	if second {
		return b
	}
	return a
}
