package extract

import (
	"strings"
)

// good tells whether what can be read as a date at a place is one there.
func (p *parser) good(a point, i, to int) bool {
	switch {
	case a.day != 0, a.unit != single, a.era:
		return true
	case a.month != 0 && a.told:
		return true
	case a.month != 0:
		return p.goodMonth(a, i, to)
	case a.season != 0 && a.told:
		return true
	case a.season != 0:
		return p.goodSeason(a, i, to)
	}
	return p.goodYear(a, i, to)
}

// goodMonth tells whether a month's name that stands alone is a month: after a
// preposition, and not before another name.
func (p *parser) goodMonth(a point, i, to int) bool {
	name, before := p.low(to-1), p.low(i-1)
	if p.number(to) && p.glued(to) || p.upper(to) && p.g.months[p.low(to)] == 0 && before != "in" && before != "by" && before != "until" && before != "since" {
		return false
	}
	if a.part != whole {
		return true
	}
	if before == "that" || before == "same" {
		return true
	}
	if !p.g.in[before] && before != "of" || p.g.short[name] && name != "may" {
		return false
	}
	if p.g.verbs[name] || name == "" {
		switch before {
		case "and", "or", "to", "through":
			return p.g.months[p.low(i-2)] != 0
		case "of", "from", "for", "between", "about", "around", "but":
			return before == "between" && p.low(to) == "and" || before == "from" && (p.low(to) == "to" || p.low(to) == "until") || before == "from" && p.low(to) == ","
		}
	}
	return before != "of" || p.low(i-2) == "day" || p.low(i-2) == "month" || p.low(i-2) == "days" || p.low(i-2) == "weeks" || p.low(i-2) == "week" || p.low(i-2) == "part"
}

// goodSeason tells whether a season without a year is a time: in the spring.
func (p *parser) goodSeason(a point, i, to int) bool {
	if p.upper(i) && !p.upper(i-1) && i > 0 && p.low(i-1) != "the" || p.low(to) == "of" || p.upper(to) {
		return false
	}
	before := p.low(i - 1)
	if before == "that" || before == "following" || before == "same" {
		return true
	}
	if p.letter(to) && !p.g.function[p.low(to)] { // the spring offensive
		return false
	}
	in := before == "the" && (p.low(i-2) == "in" || p.low(i-2) == "by" || p.low(i-2) == "during" || p.low(i-2) == "until" || p.low(i-2) == "since" || p.low(i-2) == "over")
	return in || a.part != whole && (p.low(i-1) == "in" || p.low(i-1) == "by" || p.low(i-1) == "the")
}

// goodYear tells whether a bare number is a year, by the words around.
func (p *parser) goodYear(a point, i, to int) bool {
	at := to - 1
	before, after := p.low(i-1), p.low(to)
	if p.w[at].digits == 3 {
		return p.goodShortYear(a, before, to)
	}
	if p.counts(to) || p.g.amount[before] || p.g.numbered[before] || before == "at" || p.code(i, to) {
		return false
	}
	if before == "." && p.g.numbered[p.low(i-2)] && p.glued(i-1) || before == ":" && p.glued(i) || p.g.numbered[after] && p.dash(to) {
		return false
	}
	if before == "of" && measures[p.low(i-2)] || (before == "to" || before == "from") && risen[p.low(i-2)] {
		return false
	}
	if before == "between" && after == "and" && p.number(to+1) && p.counts(to+2) {
		return false
	}
	if a.part != whole || a.about || p.b.kind == heading && i == 0 {
		return true
	}
	return p.yearAfter(before, i, to)
}

// yearAfter tells whether a bare number can be a year after that word.
func (p *parser) yearAfter(before string, i, to int) bool {
	switch {
	case i == 0 || !p.letter(i-1):
		return p.yearAlone(i, to)
	case p.g.in[before] && before != "to" && before != "and" && before != "or" && before != "but" && before != "around" && before != "through", before == "year", before == "summer", before == "the":
		return true
	case before == "and", before == "or", before == "to", before == "but", before == "through", before == "for", before == "a", before == "an", before == "as":
		return p.pause(to) || before == "a" || before == "an" || p.g.plurals[p.low(to)]
	case p.upper(i - 1):
		return p.low(to) == ")" || p.w[i-1].from == 0 && p.pause(to) && p.g.function[before]
	}
	return p.low(to) == ")" || strings.HasSuffix(before, "'s") && p.letter(to) || before == "that" || before == "this" && p.letter(to) || before == "its" || before == "his" || before == "their"
}

// yearAlone judges a number that no word stands before: 1941, and (1941) are
// years, and so is one that begins a sentence as its subject.
func (p *parser) yearAlone(i, to int) bool {
	switch p.low(i - 1) {
	case "(", "[", ",", ";", "–", "-", "\"", "“", "/":
		return p.pause(to) || p.low(to) == "and" || p.low(to) == "or"
	case "", ".", ":", "*":
		return p.pause(to)
	}
	return false
}

// pause tells whether what follows a date is no noun that it could count.
func (p *parser) pause(to int) bool {
	return to >= len(p.w) || !p.letter(to) && !p.number(to) || p.g.function[p.low(to)]
}

// goodShortYear tells whether a number of three digits is a year: in 410, the.
func (p *parser) goodShortYear(a point, before string, to int) bool {
	switch before {
	case "in", "by", "since", "until", "year":
		return p.low(to) == "," || p.low(to) == "." && !p.glued(to+1) || p.low(to) == ";" || p.low(to) == ")" || p.g.function[p.low(to)] && p.letter(to)
	}
	return a.about && before == "(" && p.low(to) == ")"
}

// counts tells whether the words at a place are what a number before them
// counts: men, wounded men, French troops.
func (p *parser) counts(to int) bool {
	if p.counted(to) {
		return true
	}
	if p.letter(to) && !p.g.function[p.low(to)] && !p.g.plurals[p.low(to)] {
		return p.counted(to+1) && !p.upper(to) || p.letter(to+1) && !p.g.function[p.low(to+1)] && p.g.counted[p.low(to+2)] && !p.g.function[p.low(to+2)]
	}
	return false
}

func (p *parser) counted(to int) bool {
	w := p.low(to)
	if !p.letter(to) || p.g.function[w] || p.g.plurals[w] || p.g.months[w] != 0 {
		return false
	}
	if p.g.counted[w] {
		return !p.glued(to)
	}
	return !p.upper(to) && len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "'s")
}

// code tells whether a number is one of a chain, as of a telephone, or glued to
// something that is no part of a date.
func (p *parser) code(i, to int) bool {
	chain := func(j, step int) bool { return p.dash(j) && p.number(j+step) && p.glued(j) && p.glued(j+1) }
	if chain(i-1, -1) || chain(to, 1) {
		return true
	}
	return p.glued(to) && (p.low(to) == "/" || p.low(to) == ":") && p.number(to+1)
}

// measures are words after which "of 2000" is a count.
var measures = words(`force total population garrison army fleet number distance height strength crowd sum speed maximum minimum
	average range cost price loss losses length depth width altitude weight capacity membership audience group band party staff
	convoy column tonnage budget fine ransom salary fee rate score result order detachment contingent list maximum toll loan grant
	value worth ceiling limit quota power pressure area size displacement complement record prize levy reward bounty tribute body mass`)

// risen are words after which "to 2000" is a count.
var risen = words("rose rise risen rising grew grow grown growing fell fall fallen falling dropped drop increased increase reduced sank up down close")
