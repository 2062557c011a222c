package edtf

import (
	"fmt"
	"strings"
)

// WithOldStyle gives d with its Julian day shown beside, as sources do for Russia
// before 1918. False if d is not one exact day, or julian (a day, its digits as
// written) is not the Julian name of that day.
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

// OldStyle gives the Julian day shown beside, as a date of the same digits: it is
// for printing, its bounds are those of the Gregorian day so called. False where
// none is shown, and for the Julian leap days that Gregorian years lack.
func (d Date) OldStyle() (Date, bool) {
	if !d.oldStyle {
		return Date{}, false
	}
	y, m, dom := julian(d.lo)
	old, err := Parse(fmt.Sprintf("%s-%02d-%02d", yearText(y), m, dom))
	return old, err == nil
}

// julian gives a day's date in the Julian calendar.
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

// oldStyleDay says a day with the Julian one; its year only where it is another.
func (t *locale) oldStyleDay(d Date, when bool) string {
	u := d.value().spans[0].a.unit
	y, m, dom := julian(d.lo)
	old := fillPhrase(t.shortDay, "{d}", fmt.Sprint(dom), "{mg}", t.monthsOf[m-1])
	if text := yearText(y); text != u.year {
		old = strings.TrimSpace(old + " " + t.yearText(y))
	}
	return fillPhrase(t.oldStyle, "{x}", t.unit(u, when), "{a}", old)
}
