package extract

import (
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// dateMatch is a date expression in a block. Parts of its date may be unknown.
type dateMatch struct {
	b           *block
	from, to    int // words
	start       point
	end         *point // end of a range
	open        bool   // range without an end
	kind        ExpressionKind
	preposition Preposition
	shift       *shift
	isAside     bool // in brackets, or a year in a name: only a fallback anchor
	date        edtf.Date
	secondDate  edtf.Date
	anchor      *dateMatch
	isAmbiguous bool // day and month have two readings
}

// expression returns the exported form of a match.
func (d *document) expression(x *dateMatch) Expression {
	e := Expression{
		Span: x.span(), Date: x.date, Kind: x.kind, Preposition: x.preposition, SecondDate: x.secondDate,
		InExcerpt: x.b.kind == blockExcerpt, InDroppedPart: x.b.kind == blockDropped,
	}
	e.Text = string(d.source[e.Span.Start:e.Span.End])
	if x.anchor != nil {
		e.InferredFrom = x.anchor.span()
		e.InferredFromText = string(d.source[e.InferredFrom.Start:e.InferredFrom.End])
	}
	return e
}

// expressions returns the matches that have a date.
func (d *document) expressions(all []*dateMatch) []Expression {
	out := slices.Grow([]Expression(nil), len(all))
	for _, x := range all {
		if d.isDone(1) {
			return nil
		}
		if !x.date.IsZero() {
			out = append(out, d.expression(x))
		}
	}
	return out
}

func (x *dateMatch) span() quiz.Span {
	return x.b.span(x.b.words[x.from].from, x.b.words[x.to-1].to)
}

// maxDates is the maximum number of dates found in a text. A text of a million
// characters with a date in every sentence has about eleven thousand.
const maxDates = 50_000

// tag finds the date expressions of all blocks in source order.
func (d *document) tag(g *grammar) []*dateMatch {
	var all []*dateMatch
	for _, b := range d.blocks {
		if d.isDone(1) {
			return nil
		}
		b.split(&d.contextWatch)
		all = append(all, (&parser{g: g, b: b, w: b.words}).all(maxDates-len(all), &d.contextWatch)...)
	}
	slices.SortStableFunc(all, func(x, y *dateMatch) int { return x.span().Start - y.span().Start })
	return all
}

// parser finds the date expressions of one block. Its methods take the index of a
// word and return how many words they matched, 0 for none.
type parser struct {
	g *grammar
	b *block
	w []word
}

func (p *parser) all(most int, reading *contextWatch) []*dateMatch {
	var out []*dateMatch
	deep := 0 // open brackets
	for i := 0; i < len(p.w) && len(out) < most && !reading.isDone(wordSteps); {
		switch p.low(i) {
		case "(", "[":
			deep++
		case ")", "]":
			deep = max(0, deep-1)
		}
		x := p.at(i)
		if x == nil {
			i++
			continue
		}
		x.isAside = x.isAside || deep > 0
		x.preposition = p.relation(x.from)
		out = append(out, x)
		i = x.to
	}
	return out
}

// wordSteps is the cost, in steps, of looking for a date at a word.
const wordSteps = 20

// at returns the longest expression that starts at a word.
func (p *parser) at(i int) *dateMatch {
	if p.w[i].kind == skipWord || p.w[i].kind == punctuationWord {
		return nil
	}
	var best *dateMatch
	for _, try := range []func(int) *dateMatch{p.numeric, p.days, p.beforeChrist, p.parseRange, p.relative, p.lone} {
		if x := try(i); x != nil && (best == nil || x.to > best.to) {
			best = x
		}
	}
	if best != nil {
		best.b, best.from = p.b, i
	}
	return best
}

func (p *parser) low(i int) string {
	if i < 0 || i >= len(p.w) || p.w[i].kind == skipWord {
		return ""
	}
	return p.w[i].low
}

func (p *parser) glued(i int) bool { return i > 0 && i < len(p.w) && p.w[i].glued }

func (p *parser) letter(i int) bool { return i >= 0 && i < len(p.w) && p.w[i].kind == wordWord }

func (p *parser) upper(i int) bool { return p.letter(i) && p.w[i].upper }

func (p *parser) number(i int) bool { return i >= 0 && i < len(p.w) && p.w[i].kind == numberWord }

func (p *parser) dash(i int) bool { return p.low(i) == "–" || p.low(i) == "-" }

// skip returns i+1 if one of the words is at i, otherwise i.
func (p *parser) skip(i int, of ...string) int {
	if slices.Contains(of, p.low(i)) {
		return i + 1
	}
	return i
}

// relation returns the preposition before an expression.
func (p *parser) relation(i int) Preposition {
	j := i - 1
	for p.low(j) == "the" || p.low(j) == "about" {
		j--
	}
	switch w := p.low(j); {
	case p.g.before[w], w == "to" && p.low(j-1) == "prior":
		return PrepositionBefore
	case p.g.after[w]:
		return PrepositionAfter
	case p.g.since[w]:
		return PrepositionSince
	case p.g.until[w], w == "to" && p.low(j-1) == "up":
		return PrepositionUntil
	case p.g.by[w]:
		return PrepositionBy
	}
	return PrepositionNone
}

// day parses the number of a day: 8, 8th.
func (p *parser) day(i int) (day, n int) {
	if !p.number(i) || p.w[i].num < 1 || p.w[i].num > 31 || p.w[i].digits > 2 || p.attached(i) {
		return 0, 0
	}
	if p.letter(i+1) && p.glued(i+1) {
		if p.g.ordinals[p.w[i].low+p.low(i+1)] == p.w[i].num {
			return p.w[i].num, 2
		}
		return 0, 0
	}
	return p.w[i].num, 1
}

// attached reports whether a number is part of something else: an amount of money,
// a decimal, a time, a code.
func (p *parser) attached(i int) bool {
	if p.glued(i) {
		switch before := p.low(i - 1); {
		case p.letter(i-1) && before != "c", p.number(i - 1):
			return true
		case before == "-" || before == "–" || before == "/":
			return p.glued(i-1) && !p.letter(i-2) && !p.number(i-2)
		case before == ".":
			return !p.letter(i - 2)
		case !slices.Contains([]string{"(", "[", "\"", "“", "‘", "'", "~", ",", "c"}, before):
			return true
		}
	}
	if p.glued(i + 1) {
		switch p.low(i + 1) {
		case "%", "°", "$", "€", "£", "+", "*", "=", "′", "″", "×", "^":
			return true
		case ":", ".", ",":
			return p.glued(i+2) && (p.number(i+2) || p.low(i+1) == "." && p.letter(i+2) && !p.upper(i+2))
		}
	}
	return p.low(i+1) == "%" || p.low(i+1) == "×" || slices.Contains([]string{"$", "£", "€", "#", "№", "°"}, p.low(i-1))
}

// month parses the name of a month; abbreviations may have a dot.
func (p *parser) month(i int) (month, n int) {
	m := p.g.months[p.low(i)]
	if m == 0 || !p.upper(i) {
		return 0, 0
	}
	if p.g.short[p.low(i)] && p.low(i+1) == "." && p.glued(i+1) {
		return m, 2
	}
	return m, 1
}

// year parses a year. The caller must check with isYear whether a bare number is
// one.
func (p *parser) year(i int) (y point, n int) {
	j := i
	ad := p.low(j) == "ad" && p.upper(j)
	if ad {
		j++
	}
	if !p.number(j) || p.w[j].num < 0 || p.attached(j) && !p.afterPart(j) || p.letter(j+1) && p.glued(j+1) {
		return point{}, 0
	}
	w := p.w[j]
	bc, eras := p.era(j + 1)
	switch {
	case eras > 0 && bc && w.num > 0 && w.digits <= 4:
		return point{year: 1 - w.num, hasYear: true, hasEra: true}, j + 1 + eras - i
	case (eras > 0 || ad) && w.num > 0 && w.digits <= 4:
		return point{year: w.num, hasYear: true, hasEra: true}, j + 1 + eras - i
	case w.digits == 4 && w.num >= 1000 && w.num <= 2100 || w.digits == 3 && w.num >= 100:
		return point{year: w.num, hasYear: true}, j + 1 - i
	}
	return point{}, 0
}

// afterPart reports whether a number is attached to a word that belongs to dates.
func (p *parser) afterPart(i int) bool {
	return p.dash(i-1) && slices.Contains([]string{"mid", "early", "late", "pre", "post"}, p.low(i-2))
}

// era parses BC, B.C., BCE, AD, CE after a number.
func (p *parser) era(i int) (bc bool, n int) {
	if !p.upper(i) {
		return false, 0
	}
	switch p.low(i) {
	case "bc", "bce":
		return true, 1
	case "ad", "ce":
		return false, 1
	case "b", "a":
		if p.low(i+1) == "." && (p.low(i+2) == "c" || p.low(i+2) == "d") && p.glued(i+1) && p.glued(i+2) {
			n = 3
			if p.low(i+3) == "." && p.glued(i+3) {
				n++
			}
			return p.low(i) == "b", n
		}
	}
	return false, 0
}

// lone parses a single date.
func (p *parser) lone(i int) *dateMatch {
	a, n := p.point(i)
	if n == 0 || !p.isDate(a, i, i+n) {
		return nil
	}
	x := &dateMatch{to: i + n, start: a, kind: kindOf(a)}
	if p.low(i) == "ad" && !a.hasEra {
		return nil
	}
	p.oldStyle(x)
	bare := a.hasYear && a.month == 0 && a.season == 0 && a.unit == unitSingle && a.part == partWhole
	x.isAside = bare && p.insideName(i, x.to)
	return x
}

// insideName reports whether a year is part of a name: the 1991 coup.
func (p *parser) insideName(i, to int) bool {
	if p.low(i-1) == "the" && (p.low(i-2) == "during" || p.low(i-2) == "in") { // the event happens in that year
		return false
	}
	return p.letter(to) && !p.g.function[p.low(to)] && !p.g.in[p.low(i-1)] || p.dash(to) && p.letter(to+1)
}

func kindOf(a point) ExpressionKind {
	switch {
	case a.hasEra:
		return KindEra
	case !a.hasYear:
		return KindImplied
	case a.part != partWhole:
		return KindPart
	case a.unit == unitCentury:
		return KindCentury
	case a.unit == unitDecade, a.unit == unitHundredYears:
		return KindDecade
	case a.season != 0:
		return KindSeason
	case a.day != 0:
		return KindDay
	case a.month != 0:
		return KindMonth
	}
	return KindYear
}

// numeric parses dates that consist only of numbers: 2007-06-08, 13.6.2007.
func (p *parser) numeric(i int) *dateMatch {
	if !p.number(i) || p.glued(i) && p.low(i-1) != "(" {
		return nil
	}
	to := i + 1
	for to < len(p.w) && to < i+6 && p.glued(to) && (p.number(to) || p.low(to) == "-" || p.low(to) == "/") {
		to++
	}
	text := p.b.text(p.w[i].from, p.w[to-1].to)
	if len(text) < 8 || len(text) > 10 || p.letter(to) && p.glued(to) {
		return nil
	}
	if text[4] != '-' && text[len(text)-5] != '.' && text[len(text)-5] != '/' {
		return nil
	}
	d, err := edtf.ParseText(text, "en")
	x := &dateMatch{to: to, kind: KindDay, date: d}
	if ask, ok := err.(*edtf.AmbiguousError); ok && len(ask.Readings) > 1 {
		x.date, x.secondDate, x.isAmbiguous = ask.Readings[0], ask.Readings[1], true
	} else if err != nil || d.Precision() != edtf.Day {
		return nil
	}
	y, m, day := edtf.CivilDate(x.date.Lo())
	x.start = point{year: int(y), hasYear: true, month: int(m), day: int(day)}
	return x
}

// inferred reports whether the year, or more, was inferred from the context.
func (x *dateMatch) inferred() bool { return x.anchor != nil || x.kind == KindRelative }
