package edtf

// MinDay and MaxDay stand for open and unknown ends. They lie beyond every day of
// a year that Parse takes, and their difference still fits into an int64.
const (
	MinDay int64 = -1 << 60
	MaxDay int64 = 1 << 60
)

// maxYear is the largest year read, before and after Christ; its days stay within MaxDay.
const maxYear int64 = 999_999_999_999_999

const (
	daysPer400Years = 146097
	epochShift      = 719468 // days from 0000-03-01 to 1970-01-01
)

// DayNumber counts the days from 1970-01-01 to a day of the proleptic Gregorian
// calendar. The year is astronomical, month 1 to 12; a day past the month's end
// runs on into the next.
func DayNumber(year int64, month, day int) int64 {
	if month <= 2 {
		year-- // years begin in March here, so that the leap day is the last
	}
	era := floorDiv(year, 400)
	ofEra := year - era*400
	return era*daysPer400Years + ofEra*365 + ofEra/4 - ofEra/100 + dayOfYear(month, day) - epochShift
}

// dayOfYear counts from 1 March.
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

// addMonths moves a day by months. Where the month is too short the last day is
// taken if clamp is set; otherwise the count runs on into the next month.
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
