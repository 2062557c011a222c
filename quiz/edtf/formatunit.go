package edtf

import (
	"strconv"
	"strings"
)

// phrasedUnit is the phrase kind of a unit, with values for its blanks.
type phrasedUnit struct {
	kind phraseKind
	tens int64 // first year, for phraseTens: 1990 or 1700
	lo   int64 // first and last year
	hi   int64
}

// kindOf chooses the phrase kind from the parts that a unit has and those that are
// masked.
func kindOf(u unit) phrasedUnit {
	s := phrasedUnit{}
	s.lo, s.hi = yearRange(u.year)
	year := s.yearKind(u)
	switch {
	case year == phraseRaw || u.hasGap() && (u.month != "XX" && masked(u.month) || masked(u.day)):
		s.kind = phraseRaw
	case u.month == "":
		s.kind = year
	case u.month == "XX":
		s.kind = maskedMonth(u.day)
	case masked(u.month):
		s.kind = phraseRaw
	case u.day == "XX" && year == phraseYear:
		s.kind = phraseSomeDayOf
	case masked(u.day):
		s.kind = phraseRaw
	default:
		s.kind = kindOfParts(u, year != phraseYear)
	}
	return s
}

// kindOfParts returns the kind of a unit whose month, and day if any, are known.
func kindOfParts(u unit, yearMasked bool) phraseKind {
	k := phraseMonth
	switch u.precision() {
	case Day:
		k = phraseDay
	case Season:
		k = phraseSeason
	case Quarter:
		k = phraseQuarter
	}
	if yearMasked {
		k = map[phraseKind]phraseKind{phraseDay: phraseDayIn, phraseMonth: phraseMonthIn, phraseSeason: phraseSeasonIn, phraseQuarter: phraseQuarterIn}[k]
	}
	return k
}

func maskedMonth(day string) phraseKind {
	switch {
	case day == "":
		return phraseSomeMonth
	case day == "XX":
		return phraseSomeDay
	case masked(day):
		return phraseRaw
	}
	return phraseDayOfSome
}

// yearKind returns the phrase kind of a year: plain, tens, a range of years,
// rounded, or raw.
func (s *phrasedUnit) yearKind(u unit) phraseKind {
	digits := strings.TrimLeft(u.year, "Y-")
	if strings.Contains(digits, "S") {
		return phraseRounded
	}
	if !masked(digits) {
		return phraseYear
	}
	if strings.Trim(digits[strings.IndexByte(digits, 'X'):], "X") != "" {
		return phraseRaw
	}
	if tens, ok := namedTens(u.year, s.lo); ok {
		s.tens = tens
		return phraseTens
	}
	return phraseYears
}

// namedTens returns the first year of masks that are written as "the 1990s" or "the
// 1700s". "The 1900s" usually means the century, so 190X has no such name; "the
// 2000s" usually means the decade. BC masks do not start at round years (-004X is
// 50 to 41 BC), so they have no such name either.
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

// unit formats a unit, with its preposition if when is set.
func (t *locale) unit(u unit, when bool) string {
	q, whole := u.wholeQualifier()
	if !whole {
		plain := u
		plain.qualifiers = [3]qualifier{}
		return t.unit(plain, when) + " (" + t.doubtList(u) + ")"
	}
	s := kindOf(u)
	if s.kind == phraseRaw {
		return u.text()
	}
	p := t.phrases[s.kind]
	text := fillPhrase(choose(when, p.in, p.when), t.blanks(u, s)...)
	return t.doubted(text, q)
}

// doubted fills {q} and adds the word for "possibly" to uncertain dates.
func (t *locale) doubted(text string, q qualifier) string {
	about := ""
	if q&approximate != 0 {
		about = t.about
	}
	text = fillPhrase(text, "{q}", about)
	if q&uncertain != 0 {
		text = fillPhrase(t.possibly, "{x}", text)
	}
	return text
}

// doubtList lists the qualifier of each part in words.
func (t *locale) doubtList(u unit) string {
	var list []string
	for i := range u.parts() {
		if u.qualifiers[i] == 0 {
			continue
		}
		name := t.fields[i]
		if i == 1 && (u.isSeason() || u.isQuarter()) {
			name = t.fields[3]
		}
		list = append(list, name+" "+t.doubts[u.qualifiers[i]])
	}
	return strings.Join(list, "; ")
}

// blanks returns the values of a unit for fillPhrase.
func (t *locale) blanks(u unit, s phrasedUnit) []string {
	number, _ := t.yearWords(s.lo)
	pairs := []string{
		"{d}", strings.TrimPrefix(u.day, "0"), "{n}", number, "{e}", "",
		"{y}", t.yearPhrase(u, s), "{yin}", t.yearIn(u, s), "{a}", t.yearSpan(s.lo, s.hi),
	}
	if s.kind == phraseTens {
		pairs = append([]string{"{n}", strconv.FormatInt(s.tens, 10), "{no}", t.ending(strconv.FormatInt(s.tens, 10)), "{e}", t.tensEra(s.tens)}, pairs...)
	}
	if s.kind == phraseRounded {
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

func (t *locale) tensEra(tens int64) string {
	if tens < 1000 {
		return t.eraAD
	}
	return ""
}

// rounded returns the year in a text with significant digits (S), before rounding.
func rounded(year string) int64 {
	text, _, _ := strings.Cut(strings.TrimPrefix(year, "Y"), "S")
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

// yearPhrase formats the year of a unit alone: 2004, the 1560s.
func (t *locale) yearPhrase(u unit, s phrasedUnit) string {
	if !masked(u.year) {
		return t.yearText(s.lo)
	}
	return t.maskedYear(u, false)
}

// yearForm formats the year of a unit in a grammatical case.
func (t *locale) yearForm(u unit, s phrasedUnit, form string) string {
	if masked(u.year) {
		return t.maskedYear(u, true)
	}
	return t.yearCase(s.lo, form)
}

// yearIn formats a masked year with its preposition: in the 1560s.
func (t *locale) yearIn(u unit, s phrasedUnit) string {
	if !masked(u.year) {
		return t.yearText(s.lo)
	}
	return t.maskedYear(u, true)
}

func (t *locale) maskedYear(u unit, when bool) string {
	if u.month == "" {
		return "" // the phrase consists of the year itself and uses {n} or {a}
	}
	return t.unit(unit{year: u.year}, when)
}
