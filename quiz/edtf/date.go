// Package edtf implements dates with uncertainty: EDTF (ISO 8601-2) levels 0 and 1,
// and from level 2 sets, masks, significant digits and qualifiers on single parts.
//
// A [Date] holds what a source says: the first and last possible day, wider bounds
// if the source is uncertain, and the EDTF text. Years are astronomical: 0000 is 1
// BC, -0043 is 44 BC. Days are numbered in the proleptic Gregorian calendar; day 0
// is 1970-01-01. Times of day are rejected because Chronicle does not use them.
package edtf

// Date is one EDTF value. The zero Date is no date. Two dates are == if their
// canonical texts are equal and both or neither have an Old Style day. Dates that
// mean the same days but are written differently (1990/1999 and 199X) are not ==;
// [Compare] returns Same for them.
type Date struct {
	text           string
	lo, hi         int64 // first and last day as written
	wideLo, wideHi int64 // first and last day, widened by uncertainty
	precision      Precision
	exact          bool
	open           bool
	oldStyle       bool // also shows the Julian day, which is computed from lo
}

// IsZero reports whether d is the zero Date.
func (d Date) IsZero() bool { return d.text == "" }

// String returns the canonical EDTF, or "" for the zero Date. Parse(d.String()) ==
// d, unless d has an Old Style day, which EDTF cannot express.
func (d Date) String() string { return d.text }

// Lo returns the first possible day as written, or MinDay if the start is open or
// unknown.
func (d Date) Lo() int64 { return d.lo }

// Hi returns the last possible day as written (inclusive), or MaxDay if the end is
// open or unknown.
func (d Date) Hi() int64 { return d.hi }

// WidenedBounds returns the bounds widened for the qualifiers ~, ? and % (see
// qualifierWidths) and, for seasons, for the unknown hemisphere. They equal Lo and
// Hi for an exact date.
func (d Date) WidenedBounds() (lo, hi int64) { return d.wideLo, d.wideHi }

// Precision returns the unit of the date. Trailing masks give coarser units (199X
// is a decade, 2004-06-XX a month). A mask followed by known digits (2004-XX-15)
// keeps the unit of those digits.
func (d Date) Precision() Precision { return d.precision }

// Exact reports whether both bounds are certain and every day between them belongs
// to the date. Dates with qualifiers, masks in the middle, open or unknown ends, or
// significant digits are not exact, nor are seasons (their hemisphere is unknown)
// and sets.
func (d Date) Exact() bool { return d.exact }

// Open reports whether d has an open or unknown end.
func (d Date) Open() bool { return d.open }

// Plain returns the same date without the qualifiers ?, ~ and %.
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

// Start returns the start of an interval as a date. It returns false if the start
// is open or unknown, or if d is not an interval.
func (d Date) Start() (Date, bool) {
	if d.precision != Interval {
		return Date{}, false
	}
	return d.value().spans[0].a.date()
}

// End returns the end of an interval, like [Date.Start].
func (d Date) End() (Date, bool) {
	if d.precision != Interval {
		return Date{}, false
	}
	return d.value().spans[0].b.date()
}

// value parses the canonical text again. Storing only the text keeps Date small and
// comparable; the parts are rarely needed.
func (d Date) value() value {
	v, _ := scan(d.text)
	return v
}
