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

// qualifierWidths is the one table of what doubt costs: how far each bound moves.
// Seasons and quarters move by one of their kind, millennia by a quarter of one.
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

// widenBounds moves both bounds outwards by the table's row.
func widenBounds(p Precision, lo, hi int64) (int64, int64) {
	w := qualifierWidths[p]
	if w.months == 0 {
		return lo - w.days, hi + w.days
	}
	// A month's last day must become the last day of another month, so the day after is moved.
	return addMonths(lo, -w.months, true), addMonths(hi+1, w.months, false) - 1
}

// widenedBounds widens the bounds of a unit. A mark behind a part doubts all up to there
// and costs what its finest part costs; a mark before a part costs for that part alone.
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

// sharedQualifierCount counts the leading parts that share the year's doubt; 0 if the year has none.
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

// hemispheres widens a season to all that its name can mean: half a year away in
// the south, and winter (or the south's summer) of either turn of the year. The
// outer rims reach to the equinox or solstice, for not all count by whole months.
func (u unit) hemispheres(lo, hi int64) (int64, int64) {
	if !u.isSeason() {
		return lo, hi
	}
	first, _, _ := CivilDate(lo)
	last, month, _ := CivilDate(hi)
	if month < 3 {
		last-- // winter ends in the year after its own
	}
	switch u.month {
	case "21", "23":
		return DayNumber(first, 3, 1), DayNumber(last, 12, 22)
	default:
		return DayNumber(first-1, 12, 1), DayNumber(last+1, 3, 22)
	}
}
