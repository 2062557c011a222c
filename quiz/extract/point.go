package extract

import (
	"fmt"

	"chronicle/quiz/edtf"
)

// point is a date as given in the text; any of its parts may be missing.
type point struct {
	year        int // astronomical
	hasYear     bool
	month       int // 1 to 12
	day         int
	season      int // 21 to 24
	unit        unit
	part        part
	about       bool
	hasEra      bool
	hasOldStyle bool // an Old Style day is given too
}

type unit uint8

const (
	unitSingle       unit = iota
	unitDecade            // year is the first year: 1990
	unitHundredYears      // 1900s: year is the first year
	unitCentury           // year is the number of the century, negative for BC
)

type part uint8

const (
	partWhole part = iota
	partEarly
	partMiddle
	partLate
	partFirstHalf
	partSecondHalf
	partFirstQuarter
	partSecondQuarter
	partThirdQuarter
	partFourthQuarter
)

func yearText(y int) string {
	if y < 0 {
		return fmt.Sprintf("-%04d", -y)
	}
	return fmt.Sprintf("%04d", y)
}

// edtf returns the point as EDTF, or "" if it has no year.
func (p point) edtf() string {
	text := p.plain()
	if p.about && text != "" && len(text) < 12 {
		return text + "~"
	}
	return text
}

func (p point) plain() string {
	y := yearText(p.year)
	switch {
	case !p.hasYear:
		return ""
	case p.unit == unitCentury:
		return p.edtfOfCentury()
	case p.unit == unitDecade:
		return p.edtfOfDecade()
	case p.unit == unitHundredYears:
		if p.part != partWhole {
			return ""
		}
		return y[:len(y)-2] + "XX"
	case p.season != 0:
		return fmt.Sprintf("%s-%d", y, p.season)
	case p.day != 0:
		return fmt.Sprintf("%s-%02d-%02d", y, p.month, p.day)
	case p.month != 0:
		return fmt.Sprintf("%s-%02d", y, p.month) // early June becomes June
	}
	return p.edtfOfYear(y)
}

func (p point) edtfOfYear(y string) string {
	switch p.part {
	case partEarly:
		return y + "-01~/" + y + "-04~"
	case partMiddle:
		return y + "-05~/" + y + "-08~"
	case partLate:
		return y + "-09~/" + y + "-12~"
	case partFirstHalf:
		return y + "-01/" + y + "-06"
	case partSecondHalf:
		return y + "-07/" + y + "-12"
	case partFirstQuarter, partSecondQuarter, partThirdQuarter, partFourthQuarter:
		return fmt.Sprintf("%s-%d", y, 33+int(p.part-partFirstQuarter))
	}
	return y
}

// Parts of ten and of a hundred years, as offsets of the first and the last year.
// The thirds of decades and named centuries match package edtf.
var (
	decadeParts  = map[part][2]int{partEarly: {0, 3}, partMiddle: {4, 6}, partLate: {7, 9}, partFirstHalf: {0, 4}, partSecondHalf: {5, 9}}
	centuryParts = map[part][2]int{
		partEarly: {0, 32}, partMiddle: {33, 65}, partLate: {66, 99}, partFirstHalf: {0, 49}, partSecondHalf: {50, 99},
		partFirstQuarter: {0, 24}, partSecondQuarter: {25, 49}, partThirdQuarter: {50, 74}, partFourthQuarter: {75, 99},
	}
)

func (p point) edtfOfDecade() string {
	if p.part == partWhole {
		y := yearText(p.year)
		return y[:len(y)-1] + "X"
	}
	return spanOf(p.year, decadeParts[p.part], p.part)
}

func (p point) edtfOfCentury() string {
	first := (p.year-1)*100 + 1
	if p.year < 0 {
		first = p.year*100 + 1
	}
	if p.part == partWhole {
		return yearText(first) + "/" + yearText(first+99)
	}
	return spanOf(first, centuryParts[p.part], p.part)
}

func spanOf(first int, of [2]int, p part) string {
	about := "~"
	if p >= partFirstHalf {
		about = ""
	}
	return yearText(first+of[0]) + about + "/" + yearText(first+of[1]) + about
}

// date returns the point as a date, or false if it has no year or the day does not
// exist.
func (p point) date() (edtf.Date, bool) {
	d, err := edtf.Parse(p.edtf())
	return d, err == nil
}

// intervalOfPoints returns the interval between two points.
func intervalOfPoints(a, z point) (edtf.Date, bool) {
	from, ok := a.date()
	to, ok2 := z.date()
	if !ok || !ok2 {
		return edtf.Date{}, false
	}
	if a.about && z.unit == unitSingle && z.plain() != "" {
		z.about = true
	}
	if d, err := edtf.Parse(a.edtf() + "/" + z.edtf()); err == nil {
		return d, true
	}
	return intervalOfDates(from, to)
}

// intervalOfDates returns the interval from the first day of one date to the last
// day of another.
func intervalOfDates(from, to edtf.Date) (edtf.Date, bool) {
	y1, m1, d1 := edtf.CivilDate(from.Lo())
	y2, m2, d2 := edtf.CivilDate(to.Hi())
	a, z := yearText(int(y1)), yearText(int(y2))
	if m1 != 1 || d1 != 1 || m2 != 12 || d2 != 31 {
		a, z = fmt.Sprintf("%s-%02d-%02d", a, m1, d1), fmt.Sprintf("%s-%02d-%02d", z, m2, d2)
	}
	d, err := edtf.Parse(a + "/" + z)
	return d, err == nil && from.Lo() <= to.Hi()
}
