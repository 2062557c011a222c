package edtf

// MinDay and MaxDay are the bounds of open and unknown ends. They are beyond every
// day of a year that Parse accepts, and their difference still fits in an int64.
const (
	MinDay int64 = -1 << 60
	MaxDay int64 = 1 << 60
)

// maxYear is the largest year accepted, AD or BC. Its days are between MinDay and
// MaxDay.
const maxYear int64 = 999_999_999_999_999

const (
	daysPer400Years = 146097
	epochShift      = 719468 // days from 0000-03-01 to 1970-01-01
)

// DayNumber returns the number of days from 1970-01-01 to a day of the proleptic
// Gregorian calendar. The year is astronomical and month is 1 to 12. A day after
// the end of the month counts into the next month.
func DayNumber(year int64, month, day int) int64 {
	if month <= 2 {
		year-- // years start in March here, so that the leap day is the last day
	}
	era := floorDiv(year, 400)
	ofEra := year - era*400
	return era*daysPer400Years + ofEra*365 + ofEra/4 - ofEra/100 + dayOfYear(month, day) - epochShift
}

// dayOfYear returns the number of days since 1 March.
func dayOfYear(month, day int) int64 {
	return int64((153*((month+9)%12)+2)/5 + day - 1)
}

// CivilDate is the inverse of DayNumber.
func CivilDate(day int64) (year int64, month, dayOfMonth int) {
	day += epochShift
	era := floorDiv(day, daysPer400Years)
	ofEra := day - era*daysPer400Years
	years := (ofEra - ofEra/1460 + ofEra/36524 - ofEra/146096) / 365
	ofYear := ofEra - (365*years + years/4 - years/100)
	m := (5*ofYear + 2) / 153
	dayOfMonth = int(ofYear - (153*m+2)/5 + 1)
	month = int((m+2)%12 + 1)
	year = years + era*400
	if month <= 2 {
		year++
	}
	return year, month, dayOfMonth
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func daysIn(year int64, month int) int {
	if month == 12 {
		return 31
	}
	return int(DayNumber(year, month+1, 1) - DayNumber(year, month, 1))
}

// addMonths adds months to a day. If the resulting month is too short, clamp
// selects its last day; otherwise the day counts into the next month.
func addMonths(day int64, months int64, clamp bool) int64 {
	y, m, d := CivilDate(day)
	total := y*12 + int64(m-1) + months
	year := floorDiv(total, 12)
	month := int(total-year*12) + 1
	if clamp {
		d = min(d, daysIn(year, month))
	}
	return DayNumber(year, month, d)
}
