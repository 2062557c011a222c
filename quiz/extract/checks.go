package extract

import (
	"strings"
)

// isDate reports whether a possible date really is a date in its context.
func (p *parser) isDate(a point, i, to int) bool {
	switch {
	case a.day != 0, a.unit != unitSingle, a.hasEra:
		return true
	case a.month != 0 && a.hasYear:
		return true
	case a.month != 0:
		return p.isMonth(a, i, to)
	case a.season != 0 && a.hasYear:
		return true
	case a.season != 0:
		return p.isSeason(a, i, to)
	}
	return p.isYear(a, i, to)
}

// isMonth reports whether a month's name without day or year is a month: it follows
// a preposition and does not precede another name.
func (p *parser) isMonth(a point, i, to int) bool {
	name, before := p.low(to-1), p.low(i-1)
	if p.number(to) && p.glued(to) || p.upper(to) && p.g.months[p.low(to)] == 0 && before != "in" && before != "by" && before != "until" && before != "since" {
		return false
	}
	if a.part != partWhole {
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

// isSeason reports whether a season without a year is a time: in the spring.
func (p *parser) isSeason(a point, i, to int) bool {
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
	return in || a.part != partWhole && (p.low(i-1) == "in" || p.low(i-1) == "by" || p.low(i-1) == "the")
}

// isYear reports whether a bare number is a year, judging by the words around it.
func (p *parser) isYear(a point, i, to int) bool {
	at := to - 1
	before, after := p.low(i-1), p.low(to)
	if p.w[at].digits == 3 {
		return p.isShortYear(a, before, to)
	}
	if p.isCounted(to) || p.g.amount[before] || p.g.numbered[before] || before == "at" || p.isCode(i, to) {
		return false
	}
	if before == "." && p.g.numbered[p.low(i-2)] && p.glued(i-1) || before == ":" && p.glued(i) || p.g.numbered[after] && p.dash(to) {
		return false
	}
	if before == "of" && measureWords[p.low(i-2)] || (before == "to" || before == "from") && changeWords[p.low(i-2)] {
		return false
	}
	if before == "between" && after == "and" && p.number(to+1) && p.isCounted(to+2) {
		return false
	}
	if a.part != partWhole || a.about || p.b.kind == blockHeading && i == 0 {
		return true
	}
	return p.yearAfter(before, i, to)
}

// yearAfter reports whether a bare number can be a year after the word before.
func (p *parser) yearAfter(before string, i, to int) bool {
	switch {
	case i == 0 || !p.letter(i-1):
		return p.yearAlone(i, to)
	case p.g.in[before] && before != "to" && before != "and" && before != "or" && before != "but" && before != "around" && before != "through", before == "year", before == "summer", before == "the":
		return true
	case before == "and", before == "or", before == "to", before == "but", before == "through", before == "for", before == "a", before == "an", before == "as":
		return p.isPause(to) || before == "a" || before == "an" || p.g.plurals[p.low(to)]
	case p.upper(i - 1):
		return p.low(to) == ")" || p.w[i-1].from == 0 && p.isPause(to) && p.g.function[before]
	}
	return p.low(to) == ")" || strings.HasSuffix(before, "'s") && p.letter(to) || before == "that" || before == "this" && p.letter(to) || before == "its" || before == "his" || before == "their"
}

// yearAlone decides on a number without a word before it: 1941, and (1941) are
// years, and so is one that starts a sentence.
func (p *parser) yearAlone(i, to int) bool {
	switch p.low(i - 1) {
	case "(", "[", ",", ";", "–", "-", "\"", "“", "/":
		return p.isPause(to) || p.low(to) == "and" || p.low(to) == "or"
	case "", ".", ":", "*":
		return p.isPause(to)
	}
	return false
}

// isPause reports whether the word at to is not a noun that the number before it
// could count.
func (p *parser) isPause(to int) bool {
	return to >= len(p.w) || !p.letter(to) && !p.number(to) || p.g.function[p.low(to)]
}

// isShortYear reports whether a three-digit number is a year: in 410, the.
func (p *parser) isShortYear(a point, before string, to int) bool {
	switch before {
	case "in", "by", "since", "until", "year":
		return p.low(to) == "," || p.low(to) == "." && !p.glued(to+1) || p.low(to) == ";" || p.low(to) == ")" || p.g.function[p.low(to)] && p.letter(to)
	}
	return a.about && before == "(" && p.low(to) == ")"
}

// isCounted reports whether the words at to are counted by the number before them:
// men, wounded men, French troops.
func (p *parser) isCounted(to int) bool {
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

// isCode reports whether a number is part of a chain, such as a telephone number,
// or attached to something that is not part of a date.
func (p *parser) isCode(i, to int) bool {
	chain := func(j, step int) bool { return p.dash(j) && p.number(j+step) && p.glued(j) && p.glued(j+1) }
	if chain(i-1, -1) || chain(to, 1) {
		return true
	}
	return p.glued(to) && (p.low(to) == "/" || p.low(to) == ":") && p.number(to+1)
}

// measureWords are words after which "of 2000" is a quantity.
var measureWords = words(`force total population garrison army fleet number distance height strength crowd sum speed maximum minimum
	average range cost price loss losses length depth width altitude weight capacity membership audience group band party staff
	convoy column tonnage budget fine ransom salary fee rate score result order detachment contingent list maximum toll loan grant
	value worth ceiling limit quota power pressure area size displacement complement record prize levy reward bounty tribute body mass`)

// changeWords are words after which "to 2000" is a quantity.
var changeWords = words("rose rise risen rising grew grow grown growing fell fall fallen falling dropped drop increased increase reduced sank up down close")
