package edtf

// Relation says how one date lies to another.
type Relation uint8

// The relations. All but Maybe are proven by the dates.
const (
	Maybe    Relation = iota // not provable
	Before                   // ends before the other begins
	After                    // begins after the other ends
	Same                     // the same days
	Within                   // all its days are among the other's
	Contains                 // has all the other's days
	Overlaps                 // some days are shared, and both have others
)

var relationNames = [...]string{"maybe", "before", "after", "same", "within", "contains", "overlaps"}

// String names the relation in English, in lower case.
func (r Relation) String() string {
	if int(r) < len(relationNames) {
		return relationNames[r]
	}
	return "unknown"
}

// Compare says how a lies to b. Before and After hold even if every doubt falls
// out the other way; the rest is said only of two exact dates. No date at all
// compares as Maybe.
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

// Disjoint reports that two dates provably share no day.
func Disjoint(a, b Date) bool {
	r := Compare(a, b)
	return r == Before || r == After
}
