package extract

import (
	"fmt"

	"chronicle/quiz/edtf"
)

// point is a date as far as it is told: any of its parts may be missing.
type point struct {
	year   int // astronomical
	told   bool
	month  int // 1 to 12
	day    int
	season int // 21 to 24
	unit   unit
	part   part
	about  bool
	era    bool
	styled bool // an Old Style day stands beside
}

type unit uint8

const (
	single   unit = iota
	decade        // year is its first: 1990
	years100      // 1900s: year is its first
	century       // year is its number, below 0 for BC
)

type part uint8

const (
	whole part = iota
	early
	middle
	late
	half1
	half2
	quarter1
	quarter2
	quarter3
	quarter4
)

func yearText(y int) string {
	if y < 0 {
		return fmt.Sprintf("-%04d", -y)
	}
	return fmt.Sprintf("%04d", y)
}

// edtf writes the point, as far as it has a year.
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
	case !p.told:
		return ""
	case p.unit == century:
		return p.ofCentury()
	case p.unit == decade:
		return p.ofDecade()
	case p.unit == years100:
		if p.part != whole {
			return ""
		}
		return y[:len(y)-2] + "XX"
	case p.season != 0:
		return fmt.Sprintf("%s-%d", y, p.season)
	case p.day != 0:
		return fmt.Sprintf("%s-%02d-%02d", y, p.month, p.day)
	case p.month != 0:
		return fmt.Sprintf("%s-%02d", y, p.month) // early June is some time in June
	}
	return p.ofYear(y)
}

func (p point) ofYear(y string) string {
	switch p.part {
	case early:
		return y + "-01~/" + y + "-04~"
	case middle:
		return y + "-05~/" + y + "-08~"
	case late:
		return y + "-09~/" + y + "-12~"
	case half1:
		return y + "-01/" + y + "-06"
	case half2:
		return y + "-07/" + y + "-12"
	case quarter1, quarter2, quarter3, quarter4:
		return fmt.Sprintf("%s-%d", y, 33+int(p.part-quarter1))
	}
	return y
}

// thirds of ten and of a hundred years, as offsets of the first and the last
// year; quiz/edtf reads the same.
var (
	decadeParts  = map[part][2]int{early: {0, 3}, middle: {4, 6}, late: {7, 9}, half1: {0, 4}, half2: {5, 9}}
	centuryParts = map[part][2]int{
		early: {0, 32}, middle: {33, 65}, late: {66, 99}, half1: {0, 49}, half2: {50, 99},
		quarter1: {0, 24}, quarter2: {25, 49}, quarter3: {50, 74}, quarter4: {75, 99},
	}
)

func (p point) ofDecade() string {
	if p.part == whole {
		y := yearText(p.year)
		return y[:len(y)-1] + "X"
	}
	return spanOf(p.year, decadeParts[p.part], p.part)
}

func (p point) ofCentury() string {
	first := (p.year-1)*100 + 1
	if p.year < 0 {
		first = p.year*100 + 1
	}
	if p.part == whole {
		return yearText(first) + "/" + yearText(first+99)
	}
	return spanOf(first, centuryParts[p.part], p.part)
}

func spanOf(first int, of [2]int, p part) string {
	about := "~"
	if p >= half1 {
		about = ""
	}
	return yearText(first+of[0]) + about + "/" + yearText(first+of[1]) + about
}

// date is the point as a date; false where it has no year or no such day.
func (p point) date() (edtf.Date, bool) {
	d, err := edtf.Parse(p.edtf())
	return d, err == nil
}

// between is the interval of two points.
func between(a, z point) (edtf.Date, bool) {
	from, ok := a.date()
	to, ok2 := z.date()
	if !ok || !ok2 {
		return edtf.Date{}, false
	}
	if a.about && z.unit == single && z.plain() != "" {
		z.about = true
	}
	if d, err := edtf.Parse(a.edtf() + "/" + z.edtf()); err == nil {
		return d, true
	}
	return stretch(from, to)
}

// stretch is the interval from the first day of one date to the last of another.
func stretch(from, to edtf.Date) (edtf.Date, bool) {
	y1, m1, d1 := edtf.Civil(from.Lo())
	y2, m2, d2 := edtf.Civil(to.Hi())
	a, z := yearText(int(y1)), yearText(int(y2))
	if m1 != 1 || d1 != 1 || m2 != 12 || d2 != 31 {
		a, z = fmt.Sprintf("%s-%02d-%02d", a, m1, d1), fmt.Sprintf("%s-%02d-%02d", z, m2, d2)
	}
	d, err := edtf.Parse(a + "/" + z)
	return d, err == nil && from.Lo() <= to.Hi()
}
