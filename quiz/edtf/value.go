package edtf

import "strings"

// valueForm is the outer form of a value.
type valueForm byte

const (
	single   valueForm = 0
	interval valueForm = '/'
	oneOf    valueForm = '['
	allOf    valueForm = '{'
)

// sideKind is what one side of a span contains.
type sideKind byte

const (
	absent  sideKind = iota // a span of one unit has no second side
	known                   // a unit
	open                    // ..
	unknown                 // nothing before or after the slash
)

type side struct {
	end  sideKind
	unit unit
}

// span is a single unit (second side absent), an interval, or a member of a set.
type span struct{ a, b side }

// value is a parsed EDTF text. All forms except sets have one span.
type value struct {
	form  valueForm
	spans []span
}

func unitValue(u unit) value {
	return value{spans: []span{{a: side{end: known, unit: u}}}}
}

// date returns the date of one side alone, or false if the side is not known.
func (s side) date() (Date, bool) {
	if s.end != known {
		return Date{}, false
	}
	return unitValue(s.unit).date(), true
}

func (s side) text() string {
	switch s.end {
	case known:
		return s.unit.text()
	case open:
		return ".."
	}
	return ""
}

// text returns the canonical text.
func (v value) text() string {
	first := v.spans[0]
	switch v.form {
	case single:
		return first.a.text()
	case interval:
		return first.a.text() + "/" + first.b.text()
	}
	members := make([]string, len(v.spans))
	for i, s := range v.spans {
		members[i] = s.member()
	}
	list := strings.Join(members, ",")
	if v.form == oneOf {
		return "[" + list + "]"
	}
	return "{" + list + "}"
}

// member formats a span as a member of a set.
func (s span) member() string {
	switch {
	case s.a.end == open:
		return ".." + s.b.text()
	case s.b.end == open:
		return s.a.text() + ".."
	case s.b.end == known:
		return s.a.text() + ".." + s.b.text()
	}
	return s.a.text()
}

// date computes the bounds. The value must have been checked.
func (v value) date() Date {
	d := Date{text: v.text(), lo: MaxDay, hi: MinDay, wideLo: MaxDay, wideHi: MinDay, exact: v.form < oneOf}
	for _, s := range v.spans {
		d.include(s)
	}
	switch v.form {
	case single:
		d.precision = v.spans[0].a.unit.precision()
	case interval:
		d.precision = Interval
	default:
		d.precision = Set
	}
	return d
}

// include widens d to cover a span.
func (d *Date) include(s span) {
	if s.b.end == absent {
		s.b = s.a
	}
	lo, flo, exactA := s.a.bound(false)
	hi, fhi, exactB := s.b.bound(true)
	d.lo, d.wideLo = min(d.lo, lo), min(d.wideLo, flo)
	d.hi, d.wideHi = max(d.hi, hi), max(d.wideHi, fhi)
	d.open = d.open || s.a.end != known || s.b.end != known
	d.exact = d.exact && exactA && exactB
}

// bound returns the outer day of a side, as written and widened.
func (s side) bound(last bool) (day, fuzzy int64, exact bool) {
	if s.end != known {
		day = choose(last, MinDay, MaxDay)
		return day, day, false
	}
	lo, hi, _ := s.unit.bounds()
	flo, fhi := s.unit.widenedBounds(lo, hi)
	return choose(last, lo, hi), choose(last, flo, fhi), s.unit.isExact()
}
