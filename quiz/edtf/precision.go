package edtf

// Precision is the unit a date is told in, ordered from fine to coarse.
type Precision uint8

// The precisions. Millennium stands for everything coarser than a century as well.
const (
	NoPrecision Precision = iota // of the zero Date
	Day
	Month
	Season
	Quarter
	Year
	Decade
	Century
	Millennium
	Interval
	Set
)

var precisionNames = [...]string{
	"none", "day", "month", "season", "quarter", "year",
	"decade", "century", "millennium", "interval", "set",
}

// String names the precision in English, in lower case.
func (p Precision) String() string {
	if int(p) < len(precisionNames) {
		return precisionNames[p]
	}
	return "unknown"
}
