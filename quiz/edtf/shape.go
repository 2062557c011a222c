package edtf

import "strings"

var phraseKindNames = [phraseKinds]string{
	phraseDay: "day", phraseMonth: "month", phraseSeason: "season", phraseQuarter: "quarter", phraseYear: "year",
	phraseYears: "years", phraseDayIn: "day in", phraseMonthIn: "month in", phraseSeasonIn: "season in",
	phraseQuarterIn: "quarter in", phraseDayOfSome: "day of some month", phraseSomeDay: "some day",
	phraseSomeDayOf: "some day of month", phraseSomeMonth: "some month", phraseRounded: "rounded year",
	phraseCentury: "named century", phrasePartOfYear: "part of year",
	phrasePartOfTens: "part of decade", phrasePartOfCentury: "part of century",
}

// Shape returns the form in which d is displayed, such as "day", "year BC",
// "day/day same month" or "named century". Two dates have the same shape if and
// only if they look alike when displayed. All options of a question must have the
// same shape, so that form does not give away the answer.
func (d Date) Shape() string {
	if d.IsZero() {
		return ""
	}
	v := d.value()
	switch {
	case v.raw():
		return "edtf " + digitless(d.text)
	case d.oldStyle:
		return unitShape(v.spans[0].a.unit) + " old style" + d.oldStyleYear()
	case v.form == single:
		return unitShape(v.spans[0].a.unit)
	case v.form == interval:
		return intervalShape(v)
	}
	return setShape(v)
}

func (d Date) oldStyleYear() string {
	y, _, _ := CivilDate(d.lo)
	if old, _, _ := julian(d.lo); old != y {
		return " with year"
	}
	return ""
}

// digitless replaces every digit with 0.
func digitless(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '1' && r <= '9' {
			return '0'
		}
		return r
	}, s)
}

func unitShape(u unit) string {
	s := kindOf(u)
	name := phraseKindNames[s.kind]
	if s.kind == phraseTens {
		name = choose(strings.Contains(u.year, "XX"), "decade", "century")
	}
	name += eraShape(u, s)
	var marks strings.Builder
	for i := range u.parts() {
		marks.WriteByte("-?~%"[u.qualifiers[i]])
	}
	if q, whole := u.wholeQualifier(); !whole {
		name += " " + marks.String()
	} else if q != 0 {
		name += " " + q.String()
	}
	return name
}

// eraShape distinguishes years displayed with an era from those without, and masked
// years by their wording.
func eraShape(u unit, s phrasedUnit) string {
	if masked(u.year) && u.month != "" {
		return " " + unitShape(unit{year: u.year})
	}
	if s.kind == phraseRounded {
		return eraOf(rounded(u.year)) + eraOf(s.lo) + eraOf(s.hi)
	}
	if s.kind == phraseYears && eraOf(s.lo) != eraOf(s.hi) {
		return eraOf(s.lo) + eraOf(s.hi)
	}
	return eraOf(s.lo)
}

func eraOf(year int64) string {
	switch {
	case year < 1:
		return " BC"
	case year < 1000 || year > 9999:
		return " AD"
	}
	return ""
}

func intervalShape(v value) string {
	s := v.spans[0]
	if p, ok := periodOf(v); ok {
		era := eraOf(p.n)
		if p.kind == phraseCentury || p.kind == phrasePartOfCentury {
			era = choose(p.n < 0, "", " BC") // AD centuries are written without an era
		}
		return phraseKindNames[p.kind] + era
	}
	return sideShape(s.a) + "/" + sideShape(s.b) + sharedShape(s)
}

// sharedShape returns what the first end omits.
func sharedShape(s span) string {
	if s.a.end != known || s.b.end != known || s.a.unit.qualifiers != [3]qualifier{} || s.b.unit.qualifiers != [3]qualifier{} {
		qa, okA := s.a.unit.wholeQualifier()
		qb, okB := s.b.unit.wholeQualifier()
		if s.a.end != known || s.b.end != known || !okA || !okB || qa != qb {
			return ""
		}
	}
	return [...]string{"", " same month", " same year", " same year", ""}[sharedPartsOf(s.a.unit, s.b.unit)]
}

func sideShape(s side) string {
	switch s.end {
	case known:
		return unitShape(s.unit)
	case open:
		return ".."
	}
	return ""
}

func setShape(v value) string {
	if s := v.spans[0]; v.form == oneOf && len(v.spans) == 1 && s.a.end == open {
		if next, ok := s.b.unit.next(); ok {
			return "before " + unitShape(next)
		}
	}
	members := make([]string, len(v.spans))
	for i, s := range v.spans {
		switch s.b.end {
		case absent:
			members[i] = sideShape(s.a)
		case known:
			if s.a.end == known {
				members[i] = intervalShape(value{interval, []span{s}})
				continue
			}
			members[i] = ".." + sideShape(s.b)
		default:
			members[i] = sideShape(s.a) + ".."
		}
	}
	return string(v.form) + strings.Join(members, ",")
}
