package extract

import "strings"

// point parses one date with the words before it: about, early, the end of.
func (p *parser) point(i int) (a point, n int) {
	j := i
	about := false
	if p.g.about[p.low(j)] && (len(p.low(j)) > 1 || p.low(j+1) == ".") {
		about = true
		j++
		j = p.skip(j, ".")
		j = p.skip(j, "the")
	}
	which, j2 := p.part(j)
	j = j2
	a, k := p.core(j)
	if k == 0 || about && j == i {
		return point{}, 0
	}
	if which != partWhole {
		a.part = which
		if a.plain() == "" && a.hasYear {
			return point{}, 0
		}
	}
	a.about = about
	return a, j + k - i
}

// part parses early, mid-, the end of, the first half of.
func (p *parser) part(i int) (part, int) {
	if w := p.g.parts[p.low(i)]; w != partWhole {
		j := i + 1
		if p.dash(j) {
			j++
		}
		j = p.skip(j, "in")
		return w, p.skip(j, "the")
	}
	j := p.skip(i, "the")
	if w := p.g.partsOf[p.low(j)]; w != partWhole && p.low(j+1) == "of" {
		return w, p.skip(j+2, "the")
	}
	if w := p.g.halves[p.low(j)+" "+p.low(j+1)]; w != partWhole && p.low(j+2) == "of" {
		return w, p.skip(j+3, "the")
	}
	return partWhole, i
}

// core parses the date itself, choosing the longest match.
func (p *parser) core(i int) (a point, n int) {
	for _, try := range []func(int) (point, int){p.dayMonth, p.monthDay, p.monthYear, p.ofSeason, p.ofDecade, p.ofCentury, p.holiday, p.year} {
		if b, k := try(i); k > n {
			a, n = b, k
		}
	}
	return a, n
}

// dayMonth parses 8 June 2007, 8th of June.
func (p *parser) dayMonth(i int) (point, int) {
	d, n := p.day(i)
	if n == 0 {
		if o := p.g.ordinals[p.low(i)]; o == 0 || o > 31 || p.low(i+1) != "of" {
			return point{}, 0
		} else {
			d, n = o, 1
		}
	}
	j := p.skip(i+n, "of")
	m, k := p.month(j)
	if k == 0 {
		return point{}, 0
	}
	return p.withYear(point{day: d, month: m}, i, j+k)
}

// monthDay parses June 8, 2007 and June the 8th.
func (p *parser) monthDay(i int) (point, int) {
	m, n := p.month(i)
	if n == 0 {
		return point{}, 0
	}
	d, k := p.day(p.skip(i+n, "the"))
	j := p.skip(i+n, "the") + k
	if k == 0 || p.isCounted(j) {
		return point{}, 0
	}
	return p.withYear(point{day: d, month: m}, i, j)
}

// monthYear parses June 2007, June of 2007, June.
func (p *parser) monthYear(i int) (point, int) {
	m, n := p.month(i)
	if n == 0 {
		return point{}, 0
	}
	return p.withYear(point{month: m}, i, p.skip(i+n, "of"))
}

// withYear adds the year after a day or a month, if there is one.
func (p *parser) withYear(a point, i, j int) (point, int) {
	end := j
	if a.day != 0 {
		if style, inside, to := p.style(j); style != "" { // 24 October [O.S. 12 October] 1813
			if y, n := p.year(p.skip(to, ",")); n > 0 {
				if style == "new" && inside.day != 0 {
					a = inside
				}
				a.year, a.hasYear, a.hasOldStyle = y.year, true, true
				return a, p.skip(to, ",") + n - i
			}
		}
	}
	if p.low(end-1) == "of" {
		end--
	}
	k := p.skip(j, ",")
	if y, n := p.year(k); n > 0 && !p.isCounted(k+n) && !p.hours(k, n) {
		a.year, a.hasYear, a.hasEra = y.year, true, y.hasEra
		return a, k + n - i
	}
	return a, end - i
}

// hours reports whether what looks like a year is a time: 6 June 1530 hours.
func (p *parser) hours(i, n int) bool {
	return p.low(i+n) == "hours" || p.low(i+n) == "hrs" || p.low(i+n) == "gmt"
}

// ofSeason parses spring 1921, the winter of 1941–42, summer.
func (p *parser) ofSeason(i int) (point, int) {
	s := p.g.seasons[p.low(i)]
	if s == 0 {
		return point{}, 0
	}
	j := p.skip(i+1, "of", ",")
	j = p.skip(j, "the")
	j = p.skip(j, "year")
	if s == 24 && p.number(j) && p.dash(j+1) { // the winter of 48–47 BC
		if y, n := p.year(j + 2); n > 1 && y.hasEra && 1-y.year == p.w[j].num-1 {
			return point{season: s, year: y.year - 1, hasYear: true, hasEra: true}, j + 2 + n - i
		}
	}
	y, n := p.year(j)
	if n == 0 || p.isCounted(j+n) {
		return point{season: s}, 1
	}
	j += n
	if s == 24 && (p.dash(j) || p.low(j) == "/") && p.number(j+1) && p.glued(j+1) { // a winter spans two years
		if last := p.w[j+1]; last.num == y.year+1 || last.digits == 2 && last.num == (y.year+1)%100 {
			j += 2
		}
	}
	return point{season: s, year: y.year, hasYear: true, hasEra: y.hasEra}, j - i
}

// ofDecade parses 1990s and 1800s.
func (p *parser) ofDecade(i int) (point, int) {
	if !p.number(i) || p.w[i].digits != 4 || p.w[i].num%10 != 0 || p.w[i].num < 1000 || p.w[i].num > 2100 {
		return point{}, 0
	}
	n := 2
	switch p.low(i + 1) {
	case "s":
	case "'":
		n = 3
		if p.low(i+2) != "s" {
			return point{}, 0
		}
	default:
		return point{}, 0
	}
	if !p.glued(i+1) || p.glued(i) && p.attached(i) && !p.afterPart(i) {
		return point{}, 0
	}
	a := point{year: p.w[i].num, hasYear: true, unit: unitDecade}
	if a.year%100 == 0 && a.year != 2000 {
		a.unit = unitHundredYears
	}
	return a, n
}

// ofCentury parses 18th century, eighteenth-century, 5th century BC.
func (p *parser) ofCentury(i int) (point, int) {
	c, n := p.ordinal(i)
	if n == 0 {
		return point{}, 0
	}
	j := i + n
	if p.dash(j) {
		j++
	}
	switch p.low(j) {
	case "century", "centuries":
		j++
	case "and", "or": // the 18th and 19th centuries: the noun is used once for both
		if next, k := p.ordinal(j + 1); k == 0 || next <= c || p.low(j+1+k) != "centuries" {
			return point{}, 0
		}
	default:
		return point{}, 0
	}
	a := point{year: c, hasYear: true, unit: unitCentury}
	if bc, k := p.era(j); k > 0 {
		a.hasEra = true
		j += k
		if bc {
			a.year = -c
		}
	}
	return a, j - i
}

func (p *parser) ordinal(i int) (value, n int) {
	if p.number(i) && p.glued(i+1) {
		return p.g.ordinals[p.w[i].low+p.low(i+1)], 2
	}
	if p.low(i) == "twenty" && p.dash(i+1) && p.low(i+2) == "first" {
		return 21, 3
	}
	if v := p.g.ordinals[p.low(i)]; v > 0 && p.letter(i) {
		return v, 1
	}
	return 0, 0
}

// holiday parses Christmas Eve 1914.
func (p *parser) holiday(i int) (point, int) {
	if !p.upper(i) {
		return point{}, 0
	}
	for n := 3; n >= 2; n-- {
		if i+n > len(p.w) {
			continue
		}
		name := make([]string, 0, n)
		for j := range n {
			name = append(name, p.low(i+j))
		}
		if d, ok := p.g.holidays[strings.Join(name, " ")]; ok {
			return p.withYear(point{month: d[0], day: d[1]}, i, i+n)
		}
	}
	return point{}, 0
}
