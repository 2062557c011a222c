package edtf

import (
	"strconv"
	"strings"
)

// phraseKind is a way of wording a unit or period. Every locale has a phrase for
// each kind.
type phraseKind uint8

const (
	phraseRaw phraseKind = iota // the EDTF itself, for dates without a wording
	phraseDay
	phraseMonth
	phraseSeason
	phraseQuarter
	phraseYear
	phraseTens     // the 1990s, or the 1700s for a century
	phraseYears    // the years 1000–1999: masks without a name
	phraseDayIn    // 25 December in the 1560s
	phraseMonthIn  // October in the 1560s
	phraseSeasonIn // spring in the 1560s
	phraseQuarterIn
	phraseDayOfSome // day 15 of some month of 2004
	phraseSomeDay   // some day of 2004
	phraseSomeDayOf // some day of June 2004
	phraseSomeMonth // some month of 2004
	phraseRounded   // about 1950 (1900–1999)
	phraseCentury   // 18th century
	phrasePartOfYear
	phrasePartOfTens
	phrasePartOfCentury
	phraseBefore
	phraseOrEarlier
	phraseOrLater
	phraseUntil
	phraseFrom
	phraseUntilUnknown
	phraseFromUnknown
	phraseOneOf
	phraseAllOf
	phraseKinds
)

// phrase is the wording of one kind: alone, and in a sentence with its preposition.
// Its blanks are {d} day, {m} {mg} {ml} month (alone, after a day, after the
// preposition), {s} {sl} season, {n} number, {e} era, {y} year with era, {yg} {yl}
// year after its month and with its preposition, {yin} masked year with its
// preposition, {o} ordinal number, {no} ordinal ending of {n}, {p} {pl}
// early/mid/late, {x} {w} another phrase without and with its preposition, {a} {b}
// ends, {q} the word for "about".
type phrase struct{ in, when string }

// locale holds what formatting dates in one language needs. To add a language, add
// a locale and an entry in locales.
type locale struct {
	months, monthsOf, monthsIn    [12]string
	seasons, seasonsIn            [4]string
	parts, partsIn                [3]string // early, mid, late
	year, bc, ad                  string    // {n} and the era; years 1000 to 9999 have no era
	eraBC, eraAD                  string    // {e}
	about, possibly               string    // {q}; a phrase around {x}
	fields, doubts                [4]string // year, month, day, season; "", ?, ~, %
	phrases                       [phraseKinds]phrase
	shortDay, spanWhen            string // day and month of a range in one year; from {a} to {b}
	mixedEnds                     string // ends with different qualifiers: from {a} to {b}
	spanIn, spanOn                string // before a range with a qualifier: in, on
	upTo, onwards, or, and, comma string
	oldStyle                      string // {x} is the Gregorian day, {a} the Julian day
	yearOf, yearAt                string // {yg}, {yl}: year after its month, year with its preposition; blanks {n} {o}
	ordinal, yearOrdinal          func(n int64) string
}

var locales = map[string]*locale{"en": &english, "az": &azerbaijani, "ru": &russian}

// localeOf returns the locale for a language, or the English one; "ru-RU" is
// treated as "ru".
func localeOf(lang string) *locale { return locales[localeName(lang)] }

func localeName(lang string) string {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	if _, ok := locales[base]; ok {
		return base
	}
	return "en"
}

// fillPhrase replaces the blanks of a phrase with values; pairs alternates blanks
// and values.
func fillPhrase(phrase string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		phrase = strings.ReplaceAll(phrase, pairs[i], pairs[i+1])
	}
	return phrase
}

// yearWords returns the number of an astronomical year and the phrase with its era.
func (t *locale) yearWords(year int64) (number, era string) {
	switch {
	case year < 1:
		return strconv.FormatInt(1-year, 10), t.bc
	case year < 1000 || year > 9999:
		return strconv.FormatInt(year, 10), t.ad
	}
	return strconv.FormatInt(year, 10), t.year
}

// yearText formats one year with its era.
func (t *locale) yearText(year int64) string {
	n, form := t.yearWords(year)
	return fillPhrase(form, "{n}", n)
}

// yearCase formats one year with the phrase yearOf or yearAt.
func (t *locale) yearCase(year int64, form string) string {
	n, era := t.yearWords(year)
	return fillPhrase(era, "{n}", fillPhrase(form, "{n}", n, "{o}", t.ending(n)))
}

// ending returns the ordinal ending of a number, for languages that write years as
// ordinals.
func (t *locale) ending(number string) string {
	if t.yearOrdinal == nil {
		return ""
	}
	n, _ := strconv.ParseInt(number, 10, 64)
	return t.yearOrdinal(n)
}

// yearPair formats two years, with the era only once if it is the same.
func (t *locale) yearPair(a, b int64) (first, second string, spaced bool) {
	number, eraA := t.yearWords(a)
	_, eraB := t.yearWords(b)
	if eraA == eraB {
		return number, t.yearText(b), false
	}
	return t.yearText(a), t.yearText(b), true
}

func (t *locale) yearSpan(a, b int64) string {
	first, second, spaced := t.yearPair(a, b)
	return dashed(first, second, spaced)
}

func dashed(a, b string, spaced bool) string {
	if spaced {
		return a + " – " + b
	}
	return a + "–" + b
}
