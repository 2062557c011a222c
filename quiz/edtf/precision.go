package edtf

// Precision is the unit of a date. Day to Millennium are ordered from fine to
// coarse.
type Precision uint8

// The precisions. Millennium also covers everything coarser than a century.
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

// String returns the English name of the precision in lower case.
func (p Precision) String() string {
	if int(p) < len(precisionNames) {
		return precisionNames[p]
	}
	return "unknown"
}
