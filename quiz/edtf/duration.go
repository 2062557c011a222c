package edtf

import "strconv"

// AverageDays returns the average number of days in a unit: 1, 30.436875 or
// 365.2425 for Day, Month and Year. Any other unit counts as a year.
func AverageDays(unit Precision) float64 {
	switch unit {
	case Day:
		return 1
	case Month:
		return 365.2425 / 12
	}
	return 365.2425
}

// DurationUnit returns the unit for stating a duration of least to most days: the
// coarsest one of which there are at least two (for years, on average). It returns
// false if the bounds are too far apart to state the duration in that unit.
func DurationUnit(least, most int64) (Precision, bool) {
	for _, unit := range []Precision{Year, Month, Day} {
		if size := AverageDays(unit); float64(least) >= 2*size || unit == Year && float64(least+most) >= 4*size {
			return unit, float64(most-least) <= 2*size+1
		}
	}
	return Day, false
}

// FormatDuration formats a duration: "15 years", "3 months", "2 дня". Languages
// without a locale use English.
func FormatDuration(n int64, unit Precision, lang string) string {
	words := durationForms[unit]
	if words == nil {
		words = durationForms[Year]
	}
	base := localeName(lang)
	forms := words[base]
	form := forms[1]
	switch {
	case base == "ru":
		form = forms[russianPlural(n)]
	case n == 1:
		form = forms[0]
	}
	return strconv.FormatInt(n, 10) + " " + form
}

// durationForms holds the forms for one, for many and, where a language has it, for
// a few.
var durationForms = map[Precision]map[string][3]string{
	Day:   {"en": {"day", "days"}, "az": {"gün", "gün"}, "ru": {"день", "дней", "дня"}},
	Month: {"en": {"month", "months"}, "az": {"ay", "ay"}, "ru": {"месяц", "месяцев", "месяца"}},
	Year:  {"en": {"year", "years"}, "az": {"il", "il"}, "ru": {"год", "лет", "года"}},
}

// russianPlural follows CLDR: one for 1, 21; few for 2–4, 22–24; many for all
// others.
func russianPlural(n int64) int {
	switch tens, ones := n/10%10, n%10; {
	case tens == 1:
		return 1
	case ones == 1:
		return 0
	case ones >= 2 && ones <= 4:
		return 2
	}
	return 1
}
