package edtf

import "fmt"

// CoarsenTo returns the unit of precision p (Day to Millennium) that contains all
// of [Lo, Hi]. It returns false if there is none, for example if d is coarser than
// p. The result has no qualifiers; CoarsenTo(Century) is written 18XX and means
// 1800 to 1899. Years with more than four digits have no decades or centuries.
func (d Date) CoarsenTo(p Precision) (Date, bool) {
	if d.IsZero() || d.open {
		return Date{}, false
	}
	text, ok := unitAt(p, d.lo)
	if !ok {
		return Date{}, false
	}
	at, err := Parse(text)
	return at, err == nil && at.lo <= d.lo && d.hi <= at.hi
}

// unitAt returns the unit of precision p that contains the day.
func unitAt(p Precision, day int64) (string, bool) {
	year, month, dom := CivilDate(day)
	text := yearText(year)
	switch p {
	case Day:
		text += fmt.Sprintf("-%02d-%02d", month, dom)
	case Month:
		text += fmt.Sprintf("-%02d", month)
	case Season:
		if month < 3 {
			text, month = yearText(year-1), 12 // January belongs to the winter that began in the previous year
		}
		text += fmt.Sprintf("-%d", 20+month/3)
	case Quarter:
		text += fmt.Sprintf("-%d", 33+(month-1)/3)
	case Year:
	case Decade, Century, Millennium:
		keep := len(text) - int(p-Year)
		return text[:keep] + "XXX"[:p-Year], text[0] != 'Y'
	default:
		return "", false
	}
	return text, p == Year || text[0] != 'Y'
}

// yearText formats an astronomical year as EDTF.
func yearText(year int64) string {
	switch {
	case year > 9999 || year < -9999:
		return fmt.Sprintf("Y%d", year)
	case year < 0:
		return fmt.Sprintf("-%04d", -year)
	}
	return fmt.Sprintf("%04d", year)
}

// YearDate returns the date of an astronomical year and its English text.
func YearDate(year int64) (Date, string) {
	d := MustParse(yearText(year))
	return d, d.Format("en")
}
