package extract

// parseRange parses two dates and what joins them: 1804–13, 18 August – 15
// September 1951, from 1922 to 1991, between 2007 and 2009.
func (p *parser) parseRange(i int) *dateMatch {
	a, n := p.point(i)
	if n == 0 || !p.mayBegin(a, i, i+n) {
		return nil
	}
	j := i + n
	tight := p.dash(j) || p.low(j) == "/" && p.glued(j)
	if !tight && !p.joins(i, j, a) {
		return nil
	}
	if x := p.shortYear(a, i, j, tight); x != nil {
		return x
	}
	k := j + 1
	if tight && p.low(j) == "/" {
		return nil
	}
	if p.low(k) == "the" {
		k++
	}
	if w := p.low(k); tight && (w == "present" || w == "now") && a.hasYear {
		return &dateMatch{to: k + 1, start: a, open: true, kind: KindRange}
	}
	z, m := p.point(k)
	if m == 0 || z.hasYear && z.month == 0 && z.season == 0 && z.unit == unitSingle && !z.hasEra && p.w[k+m-1].digits != 4 {
		return nil
	}
	return p.joinRange(a, z, i, k+m, tight)
}

// joinRange makes a range of two points, or returns nil.
func (p *parser) joinRange(a, z point, i, to int, tight bool) *dateMatch {
	if !p.mayEnd(a, z, i, to) {
		return nil
	}
	shareMissingParts(&a, &z)
	x := &dateMatch{to: to, start: a, end: &z, kind: KindRange}
	switch {
	case a.hasEra || z.hasEra:
		x.kind = KindEra
	case !a.hasYear && !z.hasYear:
		x.kind = KindImplied
	}
	if a.hasYear && z.hasYear {
		d, ok := intervalOfPoints(a, z)
		if !ok {
			return nil
		}
		if p.isLife(i, to, a, z) {
			x.kind = KindLife
		}
		x.date = d
	}
	p.oldStyle(x)
	return x
}

// beforeChrist parses 49–45 BC and 58 to 50 BC, where the first year has no era.
func (p *parser) beforeChrist(i int) *dateMatch {
	if !p.number(i) || p.w[i].num < 1 || p.w[i].digits > 4 || p.attached(i) && !p.dash(i-1) {
		return nil
	}
	if !p.dash(i+1) && !p.g.to[p.low(i+1)] && !(p.low(i+1) == "and" && p.low(i-1) == "between") {
		return nil
	}
	z, n := p.year(i + 2)
	if n == 0 || !z.hasEra || z.year > 0 || p.w[i].num < 1-z.year {
		return nil
	}
	a := point{year: 1 - p.w[i].num, hasYear: true, hasEra: true}
	d, ok := intervalOfPoints(a, z)
	if !ok {
		return nil
	}
	return &dateMatch{to: i + 2 + n, start: a, end: &z, kind: KindEra, date: d}
}

// mayBegin reports whether a range can start with a point. A day alone cannot (see
// days), nor can a number that is certainly not a year.
func (p *parser) mayBegin(a point, i, to int) bool {
	bare := a.hasYear && a.month == 0 && a.season == 0 && a.unit == unitSingle && !a.hasEra && a.part == partWhole
	if !bare {
		return a.season == 0 || a.hasYear
	}
	return p.w[to-1].digits == 4 && !p.g.numbered[p.low(i-1)] && !p.g.amount[p.low(i-1)] &&
		!(p.low(i-1) == "." && p.g.numbered[p.low(i-2)]) && p.low(i-1) != "at" &&
		!((p.low(i-1) == "from" || p.low(i-1) == "to") && changeWords[p.low(i-2)])
}

// joins reports whether the word between two dates makes them a range.
func (p *parser) joins(i, j int, a point) bool {
	w := p.low(j)
	switch {
	case w == "and":
		return p.low(i-1) == "between"
	case p.g.to[w]:
		return p.low(i-1) == "from" || a.day != 0 || a.month != 0 || a.part != partWhole && w == "to" || a.unit == unitDecade || p.low(i-1) == "(" || a.hasEra
	}
	return false
}

// shortYear parses the second year of 1804–13 and 1941/42.
func (p *parser) shortYear(a point, i, j int, tight bool) *dateMatch {
	if !tight || !p.number(j+1) || !p.glued(j+1) || p.w[j+1].num < 0 || p.w[j+1].digits > 2 || !a.hasYear || a.unit != unitSingle || a.hasEra || a.season != 0 {
		return nil
	}
	if a.month != 0 || p.letter(j+2) && p.glued(j+2) || p.dash(j+2) && p.number(j+3) || p.glued(j+2) && p.low(j+2) == "%" {
		return nil
	}
	scale := 100
	if p.w[j+1].digits == 1 {
		scale = 10
	}
	z := point{hasYear: true, year: a.year/scale*scale + p.w[j+1].num}
	if z.year <= a.year || p.isCounted(j+2) || p.dash(i-1) && p.glued(i) && p.number(i-2) {
		return nil
	}
	return p.joinRange(a, z, i, j+2, true)
}

// mayEnd reports whether the second point can end a range that starts with the
// first.
func (p *parser) mayEnd(a, z point, i, to int) bool {
	bare := z.hasYear && z.month == 0 && z.season == 0 && z.unit == unitSingle && !z.hasEra && z.part == partWhole
	if bare && a.hasYear && a.month == 0 && z.year < a.year && !a.hasEra {
		return false
	}
	if bare && p.isCounted(to) {
		return false
	}
	if bare && a.day != 0 && !a.hasYear { // 8 June to 1945
		return false
	}
	if p.dash(to) && p.glued(to) && p.number(to+1) && p.glued(to+1) || p.dash(i-1) && p.glued(i) && p.number(i-2) && p.glued(i-1) {
		return false
	}
	lacks := !z.hasYear && z.month == 0 && z.season == 0
	return !lacks
}

// shareMissingParts fills in what one of two points lacks and the other has.
func shareMissingParts(a, z *point) {
	if a.hasEra && z.hasEra && a.year > z.year && z.year <= 0 && a.year > 0 { // 49–44 BC
		a.year = 1 - a.year
	}
	switch {
	case !a.hasYear && z.hasYear:
		if z.hasEra && z.year <= 0 && a.month == 0 {
			return
		}
		a.year, a.hasYear = z.year, true
		if a.month > z.month && z.month != 0 {
			a.year--
		}
	case a.hasYear && !z.hasYear:
		z.year, z.hasYear = a.year, true
		if z.month < a.month && z.month != 0 {
			z.year++
		}
	case z.hasEra && !a.hasEra && a.hasYear:
		if z.year <= 0 {
			a.year = 1 - a.year
		}
		a.hasEra = true
	}
	if a.unit == unitSingle && z.unit == unitDecade && a.month == 0 && a.year%10 == 0 && a.part != partWhole { // early to mid 1990s
		a.unit = unitDecade
	}
}

// days parses several days of one month: 23–25 January 2006, June 8–10, 5 and 9
// June 1944 (only the first day), the 6th.
func (p *parser) days(i int) *dateMatch {
	if x := p.daysMonth(i); x != nil {
		return x
	}
	if x := p.monthDays(i); x != nil {
		return x
	}
	return p.dayAlone(i)
}

func (p *parser) daysMonth(i int) *dateMatch {
	first, n := p.day(i)
	if n == 0 {
		return nil
	}
	j := i + n
	last, k := p.day(j + 1)
	if k == 0 {
		return nil
	}
	rangeLike := p.dash(j) || p.low(j) == "/" || p.g.to[p.low(j)] || p.low(j) == "and" && p.low(i-1) == "between"
	m, l := p.month(p.skip(j+1+k, "of"))
	if l == 0 {
		return nil
	}
	a, more := p.withYear(point{month: m, day: last}, i, p.skip(j+1+k, "of")+l)
	switch {
	case rangeLike && first < last:
		return p.dayRange(a, first, last, i, i+more)
	case p.low(j) == "and" || p.low(j) == "or" || p.low(j) == ",":
		a.day = first
		return &dateMatch{to: j, start: a, kind: KindImplied}
	}
	return nil
}

func (p *parser) monthDays(i int) *dateMatch {
	m, n := p.month(i)
	if n == 0 {
		return nil
	}
	j := i + n
	first, k := p.day(j)
	if k == 0 || !p.dash(j+k) && p.low(j+k) != "/" && !p.g.to[p.low(j+k)] && !(p.low(j+k) == "and" && p.low(i-1) == "between") {
		return nil
	}
	last, l := p.day(j + k + 1)
	if l == 0 || first >= last {
		return nil
	}
	if mm, _ := p.month(j + k + 1 + l); mm != 0 {
		return nil
	}
	a, more := p.withYear(point{month: m, day: last}, i, j+k+1+l)
	return p.dayRange(a, first, last, i, i+more)
}

func (p *parser) dayRange(a point, first, last, i, to int) *dateMatch {
	z := a
	a.day, z.day = first, last
	x := &dateMatch{to: to, start: a, end: &z, kind: KindRange}
	if !a.hasYear {
		x.kind = KindImplied
		return x
	}
	d, ok := intervalOfPoints(a, z)
	if !ok {
		return nil
	}
	x.date = d
	return x
}

// dayAlone parses "the 6th" after on, by or until if no noun follows, and the
// second day of a list: June 5 and 9, 1944.
func (p *parser) dayAlone(i int) *dateMatch {
	d, n := p.day(i)
	if n > 0 && (p.low(i-1) == "and" || p.low(i-1) == "or") && p.isPause(i+n) { // June 5 and 9
		_, m := p.month(i - 3)
		if other, _ := p.day(i - 2); m > 0 && other > 0 && other < d {
			return &dateMatch{to: i + n, start: point{day: d}, kind: KindImplied, shift: &shift{unit: shiftDayOfMonth}}
		}
	}
	if n != 2 || p.low(i-1) != "the" || !p.isPause(i+n) || p.dash(i+n) {
		return nil
	}
	switch p.low(i - 2) {
	case "on", "by", "until", "till", "of":
		if p.low(i-2) == "of" && p.low(i-3) != "night" && p.low(i-3) != "morning" && p.low(i-3) != "evening" {
			return nil
		}
		return &dateMatch{to: i + n, start: point{day: d}, kind: KindImplied, shift: &shift{unit: shiftDayOfMonth}}
	}
	return nil
}

// isLife reports whether a range is a person's birth and death: it is in brackets
// after a name and has the length of a life.
func (p *parser) isLife(i, to int, a, z point) bool {
	years := z.year - a.year
	if years < 14 || years > 112 {
		return false
	}
	open, deep := i-1, 1
	for ; open > 0 && open > i-60; open-- {
		switch p.low(open) {
		case ")":
			deep++
		case "(":
			deep--
		}
		if deep == 0 {
			break
		}
	}
	if open < 1 || deep > 0 {
		return false
	}
	if a.day != 0 && z.day != 0 {
		return true
	}
	return open == i-1 && p.upper(open-1) && p.low(to) == ")" && (p.low(to+1) == "was" || p.low(to+1) == "," && (p.low(to+2) == "a" || p.low(to+2) == "an" || p.low(to+2) == "the") || p.low(to+1) == "were")
}

// oldStyle extends the expression by the Julian day after a date: 24 October 1813
// (O.S. 12 October). If the bracket contains the New Style date, that date is used.
func (p *parser) oldStyle(x *dateMatch) {
	if x.start.hasOldStyle && x.end == nil {
		x.kind = KindEra
	}
	if x.start.day == 0 || x.end != nil || x.start.hasOldStyle {
		return
	}
	style, inside, to := p.style(x.to)
	if style == "" {
		return
	}
	x.kind, x.to = KindEra, to
	if style == "new" && inside.day != 0 {
		if !inside.hasYear {
			inside.year, inside.hasYear = x.start.year, x.start.hasYear
		}
		x.start = inside
	} else if !x.start.hasYear && inside.hasYear {
		x.start.year, x.start.hasYear = inside.year, true
	}
}

// style parses a bracket with a day in the other calendar. It returns "old" or
// "new", the date in the bracket, and the word after it.
func (p *parser) style(j int) (style string, inside point, to int) {
	if p.low(j) != "(" && p.low(j) != "[" {
		return "", point{}, j
	}
	for to = j + 1; to < len(p.w) && to < j+16; to++ {
		switch p.low(to) {
		case "o", "os", "old", "julian":
			style = "old"
		case "n", "ns", "new", "gregorian":
			style = "new"
		case ")", "]":
			if style == "" {
				return "", point{}, j
			}
			return style, p.inBrackets(j+1, to), to + 1
		}
	}
	return "", point{}, j
}

// inBrackets returns the first date between two words.
func (p *parser) inBrackets(from, to int) point {
	for j := from; j < to; j++ {
		if a, n := p.plainDay(j); n > 0 {
			return a
		}
	}
	return point{}
}

// plainDay parses a day without a second calendar.
func (p *parser) plainDay(i int) (point, int) {
	d, n := p.day(i)
	m, k := p.month(i + n)
	if n == 0 {
		if m, k = p.month(i); k > 0 {
			d, n = p.day(i + k)
		}
	}
	if n == 0 || k == 0 {
		return point{}, 0
	}
	a := point{day: d, month: m}
	if y, l := p.year(p.skip(i+n+k, ",")); l > 0 {
		a.year, a.hasYear = y.year, true
	}
	return a, n + k
}
