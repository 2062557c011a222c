package edtf

import (
	"fmt"
	"regexp"
	"strconv"
)

// patterns compiles the patterns and rules of the grammar.
func (g *grammar) patterns() {
	g.days = regexps{
		oldStyles: []*regexp.Regexp{
			g.pattern(`(?P<new>.+) \((?P<old>.+) (?:old style|o\.s\.|\(o\.s\.\))\)`),
			g.pattern(`(?P<new>.+) \((?:old style|o\.s\.):? (?P<old>.+)\)`),
			g.pattern(`(?P<new>.+) \[(?:old style|o\.s\.) (?P<old>[^\]]+)\](?P<rest>.*)`),
		},
		dayMonth: g.pattern(`{D} {M}`), monthDay: g.pattern(`{M} {D}`), dayYear: g.pattern(`{D},? {Y}`),
		lastYear: regexp.MustCompile(`[ ,]` + enYear + "$"),
		part:     g.pattern(`{P}[ -](?:the )?(.+)`),
		period:   g.pattern(`{O}[ -]century(?: (.+))?`),
		doubts:   regexp.MustCompile(`^(.+) \(([a-z]+ [a-z]+(?:; [a-z]+ [a-z]+){0,2})\)$`),
	}
	g.rules = []rule{
		{g.pattern(`{Y}`), func(r *reader, m []string) string { return r.joined(m[1]) }},
		{g.pattern(`{D} (?:of )?{M},? {Y}`), func(r *reader, m []string) string { return r.day(m[3], m[2], m[1]) }},
		{g.pattern(`{M} {D},? {Y}`), func(r *reader, m []string) string { return r.day(m[3], m[1], m[2]) }},
		{g.pattern(`{M},? (?:of )?{Y}`), func(r *reader, m []string) string { return r.joined(m[2], r.grammar.months[m[1]]) }},
		{g.pattern(`{S},? (?:of )?{Y}`), func(r *reader, m []string) string { return r.joined(m[2], r.grammar.seasons[m[1]]) }},
		{g.pattern(`{O} quarter (?:of )?{Y}`), func(r *reader, m []string) string { return r.quarter(m[2], m[1]) }},
		{g.pattern(`q([1-4]),? {Y}`), func(r *reader, m []string) string { return r.quarter(m[2], m[1]) }},
		{g.pattern(`{Y}[ -]?q([1-4])`), func(r *reader, m []string) string { return r.quarter(m[1], m[2]) }},
		{g.pattern(`(\d{2,4})'?s( ad| ce)?`), func(_ *reader, m []string) string { return tensText(m[1], m[2] != "") }},
		{g.pattern(`years (.+)`), func(r *reader, m []string) string { return r.maskOf(m[1]) }},
		{g.pattern(`roughly {Y} \((.+)\)`), (*reader).readRoundedYear},
		{g.pattern(`{D} {M} in (.+)`), func(r *reader, m []string) string { return r.maskedDay(m[3], m[2], m[1]) }},
		{g.pattern(`{M} in (.+)`), func(r *reader, m []string) string { return r.inMaskedYear(m[2], r.grammar.months[m[1]]) }},
		{g.pattern(`{S} in (.+)`), func(r *reader, m []string) string { return r.inMaskedYear(m[2], r.grammar.seasons[m[1]]) }},
		{g.pattern(`{O} quarter of a year in (.+)`), func(r *reader, m []string) string {
			return r.inMaskedYear(m[2], quarterCode(r.grammar, m[1]))
		}},
		{g.pattern(`day {D} of some month of (.+)`), func(r *reader, m []string) string {
			return r.withMaskedParts(m[2], "-XX-"+padTwo(m[1]), 1)
		}},
		{g.pattern(`some day of (.+)`), (*reader).readSomeDay},
		{g.pattern(`some month of (.+)`), func(r *reader, m []string) string { return r.withMaskedParts(m[1], "-XX", 1) }},
		{g.pattern(`(\d{1,2})([./-])(\d{1,2})([./-])(\d{4})`), (*reader).readNumeric},
		{g.pattern(`(\d{4})([./])(\d{1,2})([./])(\d{1,2})`), func(_ *reader, m []string) string {
			return m[1] + "-" + padTwo(m[3]) + "-" + padTwo(m[5])
		}},
		{g.pattern(`(\d{1,2})[./-](\d{4})`), func(_ *reader, m []string) string { return m[2] + "-" + padTwo(m[1]) }},
	}
}

func padTwo(n string) string {
	if len(n) == 1 {
		return "0" + n
	}
	return n
}

// joined returns the EDTF of a year and, if given, a month, season or quarter.
func (r *reader) joined(year string, month ...int64) string {
	n, ok := r.readYear(year)
	if !ok {
		return ""
	}
	text := yearText(n)
	for _, m := range month {
		text += fmt.Sprintf("-%02d", m)
	}
	return text
}

func (r *reader) day(year, month, day string) string {
	text := r.joined(year, r.grammar.months[month])
	if text == "" {
		return ""
	}
	return text + "-" + padTwo(day)
}

func (r *reader) quarter(year, quarter string) string {
	code := quarterCode(r.grammar, quarter)
	if code == 0 {
		return ""
	}
	return r.joined(year, code)
}

// quarterCode returns 33 to 36, or 0 if name is not a quarter.
func quarterCode(g *grammar, name string) int64 {
	n, ok := g.ordinals[name]
	if !ok {
		n, _ = strconv.ParseInt(name, 10, 64)
	}
	if n < 1 || n > 4 {
		return 0
	}
	return 32 + n
}

// readNumeric parses 8.6.2007. If both orders of day and month are possible, it
// records both readings.
func (r *reader) readNumeric(m []string) string {
	a, b, year := padTwo(m[1]), padTwo(m[3]), m[5]
	dayFirst, monthFirst := year+"-"+b+"-"+a, year+"-"+a+"-"+b
	switch {
	case m[2] != m[4]:
		return ""
	case a > "12" || a == b:
		return dayFirst
	case b > "12":
		return monthFirst
	}
	r.addReadings(dayFirst, monthFirst)
	return ""
}
