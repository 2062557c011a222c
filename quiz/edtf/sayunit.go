package edtf

import (
	"strconv"
	"strings"
)

// said is a unit sorted into its kind, with what fills the blanks.
type said struct {
	kind kind
	tens int64 // of sayTens: the first year, 1990 or 1700
	lo   int64 // first and last year
	hi   int64
}

// kindOf sorts a unit, looking at what is told and what is masked.
func kindOf(u unit) said {
	s := said{}
	s.lo, s.hi = yearRange(u.year)
	year := s.yearKind(u)
	switch {
	case year == sayRaw || u.gappy() && (u.month != "XX" && masked(u.month) || masked(u.day)):
		s.kind = sayRaw
	case u.month == "":
		s.kind = year
	case u.month == "XX":
		s.kind = maskedMonth(u.day)
	case masked(u.month):
		s.kind = sayRaw
	case u.day == "XX" && year == sayYear:
		s.kind = saySomeDayOf
	case masked(u.day):
		s.kind = sayRaw
	default:
		s.kind = told(u, year != sayYear)
	}
	return s
}

// told is the kind of a unit whose month, and day if any, are known.
func told(u unit, yearMasked bool) kind {
	k := sayMonth
	switch u.precision() {
	case Day:
		k = sayDay
	case Season:
		k = saySeason
	case Quarter:
		k = sayQuarter
	}
	if yearMasked {
		k = map[kind]kind{sayDay: sayDayIn, sayMonth: sayMonthIn, saySeason: saySeasonIn, sayQuarter: sayQuarterIn}[k]
	}
	return k
}

func maskedMonth(day string) kind {
	switch {
	case day == "":
		return saySomeMonth
	case day == "XX":
		return saySomeDay
	case masked(day):
		return sayRaw
	}
	return sayDayOfSome
}

// yearKind says whether a year is plain, tens, other years in a row, or none of these.
func (s *said) yearKind(u unit) kind {
	digits := strings.TrimLeft(u.year, "Y-")
	if strings.Contains(digits, "S") {
		return sayRounded
	}
	if !masked(digits) {
		return sayYear
	}
	if strings.Trim(digits[strings.IndexByte(digits, 'X'):], "X") != "" {
		return sayRaw
	}
	if tens, ok := namedTens(u.year, s.lo); ok {
		s.tens = tens
		return sayTens
	}
	return sayYears
}

// namedTens tells which masks are said as "the 1990s" or "the 1700s". "The 1900s"
// are taken for the century, so 190X has no such name; but "the 2000s" are the
// decade, as nearly everybody means today. Before Christ the masks do not begin
// at round years (-004X is 50 to 41 BC), so they have no such name either.
func namedTens(year string, lo int64) (int64, bool) {
	if len(year) != 4 || lo < 10 {
		return 0, false
	}
	decade := strings.Count(year, "X") == 1
	century := strings.Count(year, "X") == 2
	switch {
	case lo == 2000:
		return lo, decade
	case lo%100 == 0:
		return lo, century
	}
	return lo, decade
}

// unit says a unit, with its preposition if when is set.
func (t *tongue) unit(u unit, when bool) string {
	q, whole := u.wholeDoubt()
	if !whole {
		plain := u
		plain.doubt = [3]doubt{}
		return t.unit(plain, when) + " (" + t.doubtList(u) + ")"
	}
	s := kindOf(u)
	if s.kind == sayRaw {
		return u.text()
	}
	p := t.phrases[s.kind]
	text := fill(pick(when, p.in, p.when), t.blanks(u, s)...)
	return t.doubted(text, q)
}

// doubted fills {q} and wraps what is uncertain.
func (t *tongue) doubted(text string, q doubt) string {
	about := ""
	if q&approximate != 0 {
		about = t.about
	}
	text = fill(text, "{q}", about)
	if q&uncertain != 0 {
		text = fill(t.possibly, "{x}", text)
	}
	return text
}

// doubtList names the doubt of each part.
func (t *tongue) doubtList(u unit) string {
	var list []string
	for i := range u.parts() {
		if u.doubt[i] == 0 {
			continue
		}
		name := t.fields[i]
		if i == 1 && (u.isSeason() || u.isQuarter()) {
			name = t.fields[3]
		}
		list = append(list, name+" "+t.doubts[u.doubt[i]])
	}
	return strings.Join(list, "; ")
}

// blanks gives the values of a unit for fill.
func (t *tongue) blanks(u unit, s said) []string {
	number, _ := t.yearWords(s.lo)
	pairs := []string{
		"{d}", strings.TrimPrefix(u.day, "0"), "{n}", number, "{e}", "",
		"{y}", t.yearPhrase(u, s), "{yin}", t.yearIn(u, s), "{a}", t.yearSpan(s.lo, s.hi),
	}
	if s.kind == sayTens {
		pairs = append([]string{"{n}", strconv.FormatInt(s.tens, 10), "{no}", t.ending(strconv.FormatInt(s.tens, 10)), "{e}", t.tensEra(s.tens)}, pairs...)
	}
	if s.kind == sayRounded {
		pairs = append([]string{"{y}", t.yearText(rounded(u.year))}, pairs...)
	}
	pairs = append(pairs, "{no}", t.ending(number), "{yg}", t.yearForm(u, s, t.yearOf), "{yl}", t.yearForm(u, s, t.yearAt))
	n, err := strconv.Atoi(u.month)
	switch {
	case err != nil:
	case u.isSeason():
		pairs = append(pairs, "{s}", t.seasons[n-21], "{sl}", t.seasonsIn[n-21])
	case u.isQuarter():
		pairs = append(pairs, "{o}", t.ordinal(int64(n-32)))
	default:
		pairs = append(pairs, "{m}", t.months[n-1], "{mg}", t.monthsOf[n-1], "{ml}", t.monthsIn[n-1])
	}
	return pairs
}

func (t *tongue) tensEra(tens int64) string {
	if tens < 1000 {
		return t.eraAD
	}
	return ""
}

// rounded is the year that a text with S names, before it is rounded.
func rounded(year string) int64 {
	text, _, _ := strings.Cut(strings.TrimPrefix(year, "Y"), "S")
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

// yearPhrase says the year of a unit alone: 2004, the 1560s.
func (t *tongue) yearPhrase(u unit, s said) string {
	if !masked(u.year) {
		return t.yearText(s.lo)
	}
	return t.maskedYear(u, false)
}

// yearForm says the year of a unit in a case of the language.
func (t *tongue) yearForm(u unit, s said, form string) string {
	if masked(u.year) {
		return t.maskedYear(u, true)
	}
	return t.yearCase(s.lo, form)
}

// yearIn says a masked year with its preposition: in the 1560s.
func (t *tongue) yearIn(u unit, s said) string {
	if !masked(u.year) {
		return t.yearText(s.lo)
	}
	return t.maskedYear(u, true)
}

func (t *tongue) maskedYear(u unit, when bool) string {
	if u.month == "" {
		return "" // the phrase is about the year itself and has {n} or {a}
	}
	return t.unit(unit{year: u.year}, when)
}
