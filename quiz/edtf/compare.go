package edtf

// Relation is how one date relates to another.
type Relation uint8

// The relations. All except Maybe are proven by the dates.
const (
	Maybe    Relation = iota // not provable
	Before                   // ends before the other starts
	After                    // starts after the other ends
	Same                     // same days
	Within                   // all its days are in the other
	Contains                 // includes all days of the other
	Overlaps                 // they share some days, and each has others
)

var relationNames = [...]string{"maybe", "before", "after", "same", "within", "contains", "overlaps"}

// String returns the English name of the relation in lower case.
func (r Relation) String() string {
	if int(r) < len(relationNames) {
		return relationNames[r]
	}
	return "unknown"
}

// Compare returns how a relates to b. Before and After hold for every reading of
// the qualifiers. The other relations except Maybe require two exact dates. If a or
// b is the zero Date, the result is Maybe.
func Compare(a, b Date) Relation {
	switch {
	case a.IsZero() || b.IsZero():
		return Maybe
	case a.wideHi < b.wideLo:
		return Before
	case a.wideLo > b.wideHi:
		return After
	case !a.exact || !b.exact:
		return Maybe
	case a.lo == b.lo && a.hi == b.hi:
		return Same
	case a.lo >= b.lo && a.hi <= b.hi:
		return Within
	case a.lo <= b.lo && a.hi >= b.hi:
		return Contains
	}
	return Overlaps
}

// Disjoint reports whether two dates provably share no day.
func Disjoint(a, b Date) bool {
	r := Compare(a, b)
	return r == Before || r == After
}
