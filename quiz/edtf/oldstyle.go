package edtf

import (
	"fmt"
	"strings"
)

// WithOldStyle returns d with its Julian day shown too, as sources do for Russia
// before 1918. It returns false if d is not one exact day, or if julian (a day with
// the digits as written) is not the Julian date of that day.
func (d Date) WithOldStyle(julian Date) (Date, bool) {
	if julian.precision != Day || !julian.exact || julian.lo != julian.hi {
		return d, false
	}
	year, month, day := CivilDate(julian.lo)
	return d.withJulian(year, month, day)
}

func (d Date) withJulian(year int64, month, day int) (Date, bool) {
	if d.precision != Day || !d.exact || d.lo != d.hi {
		return d, false
	}
	y, m, dom := julian(d.lo)
	if y != year || m != month || dom != day {
		return d, false
	}
	d.oldStyle = true
	return d, true
}

// OldStyle returns the Julian day that is shown, as a date with the same digits. It
// is for display only, because its bounds are those of the Gregorian day with these
// digits. It returns false if no Julian day is shown, and for Julian leap days that
// the Gregorian calendar does not have.
func (d Date) OldStyle() (Date, bool) {
	if !d.oldStyle {
		return Date{}, false
	}
	y, m, dom := julian(d.lo)
	old, err := Parse(fmt.Sprintf("%s-%02d-%02d", yearText(y), m, dom))
	return old, err == nil
}

// julian returns a day's date in the Julian calendar.
func julian(day int64) (year int64, month, dayOfMonth int) {
	const (
		toMarch   = 719470 // days from the Julian 0000-03-01 to 1970-01-01
		fourYears = 1461
	)
	day += toMarch
	cycle := floorDiv(day, fourYears)
	ofCycle := day - cycle*fourYears
	years := (ofCycle - ofCycle/1460) / 365
	ofYear := ofCycle - 365*years
	m := (5*ofYear + 2) / 153
	month = int((m+2)%12 + 1)
	year = cycle*4 + years
	if month <= 2 {
		year++
	}
	return year, month, int(ofYear - (153*m+2)/5 + 1)
}

// oldStyleDay formats a day together with its Julian day, whose year is shown only
// if it differs.
func (t *locale) oldStyleDay(d Date, when bool) string {
	u := d.value().spans[0].a.unit
	y, m, dom := julian(d.lo)
	old := fillPhrase(t.shortDay, "{d}", fmt.Sprint(dom), "{mg}", t.monthsOf[m-1])
	if text := yearText(y); text != u.year {
		old = strings.TrimSpace(old + " " + t.yearText(y))
	}
	return fillPhrase(t.oldStyle, "{x}", t.unit(u, when), "{a}", old)
}
