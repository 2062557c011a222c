package edtf

// qualifier is a set of two bits; both together are written %.
type qualifier uint8

const (
	uncertain   qualifier = 1 << iota // ?
	approximate                       // ~
)

var qualifierMarks = [...]string{"", "?", "~", "%"}

func (q qualifier) String() string { return qualifierMarks[q&3] }

func qualifierOf(c byte) qualifier {
	switch c {
	case '?':
		return uncertain
	case '~':
		return approximate
	case '%':
		return uncertain | approximate
	}
	return 0
}

// qualifierWidths is how far a qualifier moves each bound. Seasons and quarters
// move by one season or quarter, millennia by a quarter of a millennium.
var qualifierWidths = map[Precision]struct{ days, months int64 }{
	Day:        {days: 3},
	Month:      {months: 1},
	Season:     {months: 3},
	Quarter:    {months: 3},
	Year:       {months: 2 * 12},
	Decade:     {months: 5 * 12},
	Century:    {months: 25 * 12},
	Millennium: {months: 250 * 12},
}

// widenBounds moves both bounds outwards by the width for p.
func widenBounds(p Precision, lo, hi int64) (int64, int64) {
	w := qualifierWidths[p]
	if w.months == 0 {
		return lo - w.days, hi + w.days
	}
	// Move the day after hi, so that the last day of a month becomes the last day
	// of another month.
	return addMonths(lo, -w.months, true), addMonths(hi+1, w.months, false) - 1
}

// widenedBounds returns the widened bounds of a unit. A qualifier after a part
// applies to all parts up to it and has the width of the finest of them. A
// qualifier before a part has the width of that part alone.
func (u unit) widenedBounds(lo, hi int64) (int64, int64) {
	lo, hi = u.hemispheres(lo, hi)
	run := u.sharedQualifierCount()
	if run > 0 {
		lo, hi = widenBounds(u.partPrecision(run-1), lo, hi)
	}
	for i := run; i < u.parts(); i++ {
		if u.qualifiers[i] != 0 {
			lo, hi = widenBounds(u.partPrecision(i), lo, hi)
		}
	}
	return lo, hi
}

// sharedQualifierCount counts the leading parts that share the year's qualifier; 0
// if the year has none.
func (u unit) sharedQualifierCount() int {
	if u.qualifiers[0] == 0 {
		return 0
	}
	n := 1
	for n < u.parts() && u.qualifiers[n] == u.qualifiers[0] {
		n++
	}
	return n
}

// hemispheres widens a season to everything its name can mean: half a year later in
// the south, and winter (or southern summer) at either turn of the year. The outer
// bounds include the equinox or solstice, because not everyone counts seasons in
// whole months.
func (u unit) hemispheres(lo, hi int64) (int64, int64) {
	if !u.isSeason() {
		return lo, hi
	}
	first, _, _ := CivilDate(lo)
	last, month, _ := CivilDate(hi)
	if month < 3 {
		last-- // winter ends in the following year
	}
	switch u.month {
	case "21", "23":
		return DayNumber(first, 3, 1), DayNumber(last, 12, 22)
	default:
		return DayNumber(first-1, 12, 1), DayNumber(last+1, 3, 22)
	}
}
