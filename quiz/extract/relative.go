package extract

import "chronicle/quiz/edtf"

// shift is the distance of a relative date from its anchor.
type shift struct {
	unit  shiftUnit
	n     int
	exact bool // "the following decade" is the next calendar decade, not ten years later
}

type shiftUnit uint8

const (
	shiftDayOfMonth shiftUnit = iota // the 6th: a day in the anchor's month
	shiftDays
	shiftWeeks
	shiftMonths
	shiftYears
	shiftDecades
	shiftCenturies
	shiftSeasons
)

var shiftUnits = map[string]shiftUnit{
	"day": shiftDays, "days": shiftDays, "week": shiftWeeks, "weeks": shiftWeeks, "month": shiftMonths, "months": shiftMonths, "year": shiftYears, "years": shiftYears,
	"decade": shiftDecades, "decades": shiftDecades, "century": shiftCenturies, "centuries": shiftCenturies,
	"morning": shiftDays, "evening": shiftDays, "night": shiftDays, "afternoon": shiftDays,
	"spring": shiftSeasons, "summer": shiftSeasons, "autumn": shiftSeasons, "winter": shiftSeasons, "fall": shiftSeasons,
}

// relative parses a date relative to another: that year, the following day, two
// years later, the end of the year.
func (p *parser) relative(i int) *dateMatch {
	for _, try := range []func(int) *dateMatch{p.same, p.next, p.later, p.beforeAfter, p.ofTheYear, p.nextMonth, p.ofThatYear} {
		if x := try(i); x != nil {
			x.kind = KindRelative
			return x
		}
	}
	return nil
}

// same parses that year, the same day.
func (p *parser) same(i int) *dateMatch {
	j := i
	switch {
	case p.low(i) == "that" && (p.low(i+1) == "same" || p.low(i+1) == "very"), p.low(i) == "the" && p.low(i+1) == "same", p.low(i) == "the" && p.low(i+1) == "very" && p.low(i+2) == "same":
		j += 2
		j = p.skip(j, "same")
	case p.low(i) == "that":
		j++
	default:
		return nil
	}
	u, ok := shiftUnits[p.low(j)]
	if m, n := p.month(j); n > 0 && p.low(i) == "that" { // that December
		return &dateMatch{to: j + n, start: point{month: m}, shift: &shift{unit: shiftMonths}}
	}
	if !ok || u == shiftWeeks || u == shiftDecades && p.low(i) != "that" || u == shiftCenturies || p.dash(j+1) {
		return nil
	}
	if p.letter(j+1) && (p.low(j+1) == "of" || p.low(j+1) == "when" && u == shiftDays) {
		return nil
	}
	x := &dateMatch{to: j + 1, shift: &shift{unit: u}}
	x.start.season = p.g.seasons[p.low(j)]
	return x
}

// next parses the following day, next morning, the previous year.
func (p *parser) next(i int) *dateMatch {
	j := p.skip(i, "the")
	j = p.skip(j, "very")
	n := 0
	switch p.low(j) {
	case "following", "next", "ensuing", "succeeding":
		n = 1
	case "previous", "preceding":
		n = -1
	default:
		return nil
	}
	if j == i && (p.low(j) != "next" || p.low(j+1) != "day" && p.low(j+1) != "morning") && p.low(j) != "following" {
		return nil
	}
	u, ok := shiftUnits[p.low(j+1)]
	if !ok || p.dash(j+2) || p.low(j+1) == "days" || p.low(j+1) == "years" || p.low(j+1) == "months" || p.low(j+1) == "weeks" || u == shiftDecades && n > 0 && p.low(i-1) == "over" || u == shiftCenturies {
		return nil
	}
	if before := p.low(i - 1); before == "over" || before == "for" || before == "throughout" || before == "during" && u != shiftSeasons {
		return nil
	}
	x := &dateMatch{to: j + 2, shift: &shift{unit: u, n: n, exact: true}}
	x.start.season = p.g.seasons[p.low(j+1)]
	return x
}

// later parses two years later, a month earlier, three days after.
func (p *parser) later(i int) *dateMatch {
	n := p.g.small[p.low(i)]
	if p.number(i) && p.w[i].num > 0 && p.w[i].num < 200 && !p.attached(i) {
		n = p.w[i].num
	}
	u, ok := shiftUnits[p.low(i+1)]
	if n == 0 || !ok || u == shiftSeasons || p.low(i+1) == "morning" || p.low(i+1) == "night" {
		return nil
	}
	switch p.low(i + 2) {
	case "later", "afterwards", "afterward":
	case "earlier", "previously":
		n = -n
	case "before", "after":
		if p.letter(i+3) && p.low(i+3) != "that" || p.number(i+3) {
			return nil
		}
		if p.low(i+2) == "before" {
			n = -n
		}
	default:
		return nil
	}
	if w := p.low(i - 1); w == "than" || w == "no" || w == "about" || w == "until" {
		return nil
	}
	return &dateMatch{to: i + 3, shift: &shift{unit: u, n: n}}
}

// beforeAfter parses the year before, the day after.
func (p *parser) beforeAfter(i int) *dateMatch {
	u, ok := shiftUnits[p.low(i+1)]
	if p.low(i) != "the" || !ok || u == shiftSeasons || u == shiftCenturies || u == shiftDecades {
		return nil
	}
	n := 1
	switch p.low(i + 2) {
	case "before":
		n = -1
	case "after":
	default:
		return nil
	}
	if p.letter(i+3) || p.number(i+3) {
		return nil
	}
	return &dateMatch{to: i + 3, shift: &shift{unit: u, n: n}}
}

// ofTheYear parses the end of the year, the beginning of that year.
func (p *parser) ofTheYear(i int) *dateMatch {
	j := p.skip(i, "the")
	w := p.g.partsOf[p.low(j)]
	if w == partWhole || p.low(j+1) != "of" || p.low(j+2) != "the" && p.low(j+2) != "that" {
		return nil
	}
	k := p.skip(j+3, "same")
	u, ok := shiftUnits[p.low(k)]
	if !ok || u != shiftYears && u != shiftMonths || p.low(k) == "years" || p.low(k) == "months" || p.letter(k+1) && !p.g.function[p.low(k+1)] {
		return nil
	}
	x := &dateMatch{to: k + 1, shift: &shift{unit: u}}
	x.start.part = w
	return x
}

// ofThatYear parses July 31 of that year, the autumn of the following year.
func (p *parser) ofThatYear(i int) *dateMatch {
	j := i
	if p.low(i) == "the" {
		j++
	}
	a, n := p.core(j)
	if n == 0 || a.hasYear || j > i && a.season == 0 {
		return nil
	}
	k := p.skip(j+n, "of")
	x := p.same(k)
	if x == nil {
		x = p.next(k)
	}
	if x == nil || x.shift.unit != shiftYears {
		return nil
	}
	x.start = a
	return x
}

// nextMonth parses the following June, next March.
func (p *parser) nextMonth(i int) *dateMatch {
	j := p.skip(i, "the")
	switch p.low(j) {
	case "following", "next":
	default:
		return nil
	}
	m, n := p.month(j + 1)
	if n == 0 {
		return nil
	}
	x := &dateMatch{to: j + 1 + n, shift: &shift{unit: shiftMonths, n: 1, exact: true}}
	x.start.month = m
	return x
}

// of shifts a point; like holds what the expression itself contains, such as a
// season.
func (s *shift) of(p, like point) (point, bool) {
	p.about, p.hasEra = false, false
	switch s.unit {
	case shiftDayOfMonth:
		p.day = like.day
		return p, p.month != 0
	case shiftDays, shiftWeeks:
		if p.day == 0 {
			return p, false
		}
		n := int64(s.n)
		if s.unit == shiftWeeks {
			n *= 7
		}
		y, m, d := edtf.CivilDate(edtf.DayNumber(int64(p.year), p.month, p.day) + n)
		return point{year: int(y), hasYear: true, month: int(m), day: int(d)}, true
	case shiftMonths:
		return s.months(p, like)
	case shiftSeasons:
		return s.seasons(p, like)
	case shiftYears:
		like.year, like.hasYear = p.year+s.n, true
		return like, true
	case shiftDecades:
		if s.exact {
			return point{year: (p.year/10 + s.n) * 10, hasYear: true, unit: unitDecade}, true
		}
		if s.n == 0 {
			return point{year: p.year / 10 * 10, hasYear: true, unit: unitDecade}, true
		}
		return point{year: p.year + 10*s.n, hasYear: true}, true
	case shiftCenturies:
		return point{year: p.year + 100*s.n, hasYear: true}, true
	}
	return p, false
}

func (s *shift) months(p, like point) (point, bool) {
	if like.month != 0 { // the following June
		year := p.year
		if s.n > 0 && (p.month >= like.month || p.month == 0) {
			year++
		}
		return point{year: year, hasYear: true, month: like.month}, true
	}
	if p.month == 0 {
		return p, false
	}
	n := p.year*12 + p.month - 1 + s.n
	year := n / 12
	if n < 0 && n%12 != 0 {
		year--
	}
	return point{year: year, hasYear: true, month: n - year*12 + 1, part: like.part}, true
}

// seasonFrom is the first month of each season.
var seasonFrom = map[int]int{21: 3, 22: 6, 23: 9, 24: 12}

func (s *shift) seasons(p, like point) (point, bool) {
	year := p.year
	month := p.month
	if p.season != 0 {
		month = seasonFrom[p.season]
	}
	from := seasonFrom[like.season]
	switch {
	case s.n > 0 && (month == 0 || month >= from):
		year++
	case s.n < 0 && month < from:
		year--
	case s.n == 0 && like.season == 24 && month != 0 && month <= 3: // winter began in the previous year
		year--
	}
	return point{year: year, hasYear: true, season: like.season}, true
}
