package edtf

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// English patterns for the blanks {D}, {Y} and {P} (see pattern).
const (
	enDay  = `(\d{1,2})(?:st|nd|rd|th)?`
	enYear = `((?:ad |a\.d\. ?)?\d{1,16}(?: ?(?:bce|bc|ce|ad|b\.c\.e\.|b\.c\.|c\.e\.|a\.d\.))?)`
	enPart = `(early|mid|middle|late|(?:the )?beginning of|(?:the )?start of|(?:the )?middle of|(?:the )?end of)`
)

func englishGrammar() *grammar {
	g := &grammar{
		months: englishMonthNames(), seasons: englishSeasonNames(),
		ordinals: englishOrdinals(),
		parts: map[string]int64{
			"early": 0, "beginning of": 0, "start of": 0, "mid": 1, "middle": 1, "middle of": 1,
			"late": 2, "end of": 2,
		},
		bc: map[string]bool{"bc": true, "bce": true, "b.c.": true, "b.c.e.": true},
		ad: map[string]bool{"ad": true, "ce": true, "a.d.": true, "c.e.": true},
		prepositions: []string{
			"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", ", ", "in ", "on ", "at ", "during ", "the year ", "the ",
		},
		about: []string{
			"about ", "around ", "circa ", "approximately ", "approx. ", "approx ",
			"ca. ", "ca.", "ca ", "c. ", "c.", "c ", "~",
		},
		possibly:  []string{"possibly ", "perhaps ", "probably ", "maybe "},
		before:    []string{"before ", "prior to "},
		after:     []string{"after "},
		until:     []string{"until ", "till ", "up to "},
		since:     []string{"from ", "since "},
		orEarlier: []string{" or earlier", " or before"}, orLater: []string{" or later", " or after"},
		onwards:    []string{" onwards", " onward", " on"},
		unknownEnd: ", end unknown", unknownStart: ", beginning unknown",
		oneOf: "one of ", allOf: "all of ", upTo: "up to ", from: "from ", between: "between ",
		to: []string{" to ", " until ", " till ", " through "}, or: " or ", and: " and ", century: " century",
		doubtOf: map[string]qualifier{"uncertain": uncertain, "approximate": approximate, "doubtful": uncertain | approximate},
		partOf:  map[string]int{"year": 0, "month": 1, "season": 1, "day": 2},
	}
	g.patterns()
	g.known = g.vocabulary()
	return g
}

func englishMonthNames() map[string]int64 {
	names := map[string]int64{"sept": 9}
	for i, name := range englishMonths {
		name = strings.ToLower(name)
		names[name], names[name[:3]] = int64(i+1), int64(i+1)
	}
	return names
}

func englishSeasonNames() map[string]int64 {
	return map[string]int64{"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
}

var englishNumerals = strings.Fields(`first second third fourth fifth sixth seventh eighth ninth tenth
	eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
	twentieth twenty-first`)

func englishOrdinals() map[string]int64 {
	all := map[string]int64{}
	for n := int64(1); n <= 99; n++ {
		all[englishOrdinal(n)] = n
	}
	for i, name := range englishNumerals {
		all[name] = int64(i + 1)
	}
	return all
}

// alternation returns a pattern that matches any of the names, longest first.
func alternation(names map[string]int64) string {
	list := slices.Collect(maps.Keys(names))
	slices.SortFunc(list, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return "(" + strings.Join(list, "|") + ")"
}

// pattern compiles a pattern with the blanks {M} month, {D} day, {Y} year, {S}
// season, {O} ordinal and {P} part.
func (g *grammar) pattern(s string) *regexp.Regexp {
	return regexp.MustCompile("^" + fillPhrase(s, "{M}", alternation(g.months)+`\.?`, "{D}", enDay,
		"{Y}", enYear, "{S}", alternation(g.seasons), "{O}", alternation(g.ordinals), "{P}", enPart) + "$")
}

// vocabulary returns the words that dates can contain.
func (g *grammar) vocabulary() map[string]bool {
	known := map[string]bool{}
	add := func(s string) {
		for _, word := range wordPattern.FindAllString(s, -1) {
			known[word] = true
		}
	}
	for _, names := range []map[string]int64{g.months, g.seasons, g.ordinals, g.parts} {
		for name := range names {
			add(name)
		}
	}
	for _, list := range [][]string{
		g.prepositions, g.about, g.possibly, g.before, g.after, g.until, g.since,
		g.orEarlier, g.orLater, g.onwards, g.to,
	} {
		add(strings.Join(list, " "))
	}
	add(`bc bce ad ce b c e a d x y s q st nd rd th of the some day days month year years decade season quarter
		century uncertain approximate doubtful roughly old style o end beginning unknown one all or and between to from`)
	for _, quarter := range []string{"q", "xx", "xxx", "xxxx"} {
		known[quarter] = true
	}
	return known
}
