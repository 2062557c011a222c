// Package edtf holds dates with doubt: EDTF (ISO 8601-2) level 0 and 1, and of
// level 2 the sets, masks, significant digits and the doubt of single parts.
//
// A [Date] is what a source says, never more: a first and a last possible day,
// wider ("fuzzy") bounds where the source doubts, and the text it came from.
// Years are astronomical: 0000 is 1 BC, -0043 is 44 BC. Days are numbers of the
// proleptic Gregorian calendar, 1970-01-01 being 0. A time of day is refused,
// for nothing in the product asks for one.
package edtf

// Date is one EDTF value; its zero is no date. Dates compare with ==, which says
// that the canonical texts are equal and both or neither carry an Old Style day.
// Two dates that mean the same days but are written differently (1990/1999 and
// 199X) are not ==; [Compare] calls them Same.
type Date struct {
	text           string
	lo, hi         int64 // first and last day as written
	wideLo, wideHi int64 // the same, widened by doubt
	precision      Precision
	exact          bool
	open           bool
	oldStyle       bool // the Julian day is shown beside; it follows from lo
}

// IsZero reports whether d is no date at all.
func (d Date) IsZero() bool { return d.text == "" }

// String gives the canonical EDTF, "" for no date. Parse(d.String()) == d,
// but for an Old Style day, which EDTF cannot carry.
func (d Date) String() string { return d.text }

// Lo is the first possible day as written; MinDay where the beginning is open or unknown.
func (d Date) Lo() int64 { return d.lo }

// Hi is the last possible day as written, inclusive; MaxDay where the end is open or unknown.
func (d Date) Hi() int64 { return d.hi }

// WidenedBounds gives the bounds widened by ~, ? and % (the table stands in doubt.go) and,
// for seasons, by not knowing the hemisphere. It equals Lo and Hi for an exact date.
func (d Date) WidenedBounds() (lo, hi int64) { return d.wideLo, d.wideHi }

// Precision is the unit the date is told in. Trailing masks are coarser units
// (199X is a decade, 2004-06-XX a month); a mask with something known behind it
// (2004-XX-15) keeps the unit of what is known.
func (d Date) Precision() Precision { return d.precision }

// Exact reports whether both bounds are certain and every day between belongs to
// the date. Doubt, masks in the middle, open and unknown ends, seasons (whose
// hemisphere is not told), significant digits and sets are not exact.
func (d Date) Exact() bool { return d.exact }

// Open reports an open or unknown end.
func (d Date) Open() bool { return d.open }

// Plain is the same date without ? ~ and %.
func (d Date) Plain() Date {
	if d.IsZero() {
		return d
	}
	v := d.value()
	for i := range v.spans {
		v.spans[i].a.unit.qualifiers = [3]qualifier{}
		v.spans[i].b.unit.qualifiers = [3]qualifier{}
	}
	plain := v.date()
	plain.oldStyle = d.oldStyle
	return plain
}

// Start gives the beginning of an interval as a date of its own; false when it
// is open or unknown, and for whatever is not an interval.
func (d Date) Start() (Date, bool) {
	if d.precision != Interval {
		return Date{}, false
	}
	return d.value().spans[0].a.date()
}

// End gives the end of an interval as [Date.Start] gives its beginning.
func (d Date) End() (Date, bool) {
	if d.precision != Interval {
		return Date{}, false
	}
	return d.value().spans[0].b.date()
}

// value reads the canonical text again. Keeping only the text keeps Date small
// and comparable; the parts are needed for printing only.
func (d Date) value() value {
	v, _ := scan(d.text)
	return v
}
