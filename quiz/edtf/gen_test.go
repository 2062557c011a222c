package edtf

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

var genQualifier = rapid.SampledFrom([]string{"", "", "", "?", "~", "%"})

func genYear(t *rapid.T) string {
	switch rapid.IntRange(0, 9).Draw(t, "yearKind") {
	case 0:
		return yearText(rapid.Int64Range(-maxYear, maxYear).Draw(t, "far"))
	case 1:
		return yearText(rapid.Int64Range(-120, 120).Draw(t, "near zero"))
	case 2:
		year := yearText(rapid.Int64Range(-9999, 30000).Draw(t, "sig"))
		return fmt.Sprintf("%sS%d", year, rapid.IntRange(1, 3).Draw(t, "digits"))
	case 3, 4:
		return genMask(t, yearText(rapid.Int64Range(-2100, 2100).Draw(t, "masked")))
	case 5:
		return yearText(rapid.Int64Range(-9999, 9999).Draw(t, "any"))
	}
	return yearText(rapid.Int64Range(1700, 2030).Draw(t, "usual"))
}

// genMask masks digits, mostly the last ones.
func genMask(t *rapid.T, s string) string {
	n := rapid.IntRange(1, 3).Draw(t, "mask")
	if rapid.IntRange(0, 5).Draw(t, "odd") == 0 {
		at := len(s) - 1 - n%min(len(s), 4)
		return s[:at] + "X" + s[at+1:]
	}
	return s[:len(s)-n] + "XXX"[:n]
}

func genPart(t *rapid.T, low, high int) string {
	s := fmt.Sprintf("%02d", rapid.IntRange(low, high).Draw(t, "part"))
	switch rapid.IntRange(0, 9).Draw(t, "partMask") {
	case 0:
		return "XX"
	case 1:
		return s[:1] + "X"
	}
	return s
}

func genUnit(t *rapid.T) string {
	year, q := genYear(t), genQualifier
	mixed := rapid.IntRange(0, 6).Draw(t, "mixed") == 0
	mark := func() string {
		if mixed {
			return q.Draw(t, "mark")
		}
		return ""
	}
	s := mark() + year
	long := len(strings.TrimLeft(year, "-")) > 4
	switch kind := rapid.IntRange(0, 5).Draw(t, "unit"); {
	case long || kind == 0:
	case kind == 1:
		s += fmt.Sprintf("-%d", rapid.SampledFrom([]int{21, 22, 23, 24, 33, 34, 35, 36}).Draw(t, "season"))
	case kind == 2:
		s += "-" + mark() + genPart(t, 1, 12)
	default:
		s += "-" + mark() + genPart(t, 1, 12) + mark() + "-" + mark() + genPart(t, 1, 31)
	}
	if !mixed {
		s += q.Draw(t, "doubt")
	}
	return s
}

// genNear generates a second end of an interval that is similar to the first.
func genNear(t *rapid.T, a string) string {
	d, err := Parse(a)
	if err != nil || d.hi > 3_000_000_000 || d.lo < -3_000_000_000 {
		return genUnit(t)
	}
	day := d.hi + rapid.Int64Range(0, 800).Draw(t, "later")
	text, ok := unitAt(d.precision, day)
	if !ok {
		return genUnit(t)
	}
	return text + rapid.SampledFrom([]string{"", "", "~", "?", d.value().spans[0].a.unit.qualifiers[0].String()}).Draw(t, "d")
}

func genText(t *rapid.T) string {
	switch rapid.IntRange(0, 12).Draw(t, "form") {
	case 0, 1, 2, 3:
		a := genUnit(t)
		return a + "/" + genNear(t, a)
	case 4:
		return rapid.SampledFrom([]string{"../", "/"}).Draw(t, "open") + genUnit(t)
	case 5:
		return genUnit(t) + rapid.SampledFrom([]string{"/..", "/"}).Draw(t, "open")
	case 6, 7:
		return genSet(t)
	case 8:
		return genPeriod(t)
	}
	return genUnit(t)
}

func genPeriod(t *rapid.T) string {
	part := rapid.IntRange(0, 2).Draw(t, "third")
	switch rapid.IntRange(0, 3).Draw(t, "period") {
	case 0:
		return period{phrasePartOfYear, rapid.Int64Range(-500, 2100).Draw(t, "year"), part}.text()
	case 1:
		return period{phrasePartOfTens, 10 * rapid.Int64Range(1, 210).Draw(t, "tens"), part}.text()
	case 2:
		return period{phrasePartOfCentury, rapid.Int64Range(1, 21).Draw(t, "century"), part}.text()
	}
	n := rapid.Int64Range(-30, 30).Filter(func(n int64) bool { return n != 0 }).Draw(t, "century")
	return period{phraseCentury, n, 0}.text()
}

func genSet(t *rapid.T) string {
	n := rapid.IntRange(1, 4).Draw(t, "members")
	members := make([]string, n)
	for i := range members {
		members[i] = genUnit(t)
		switch kind := rapid.IntRange(0, 4).Draw(t, "member"); {
		case kind == 0 && i == 0:
			members[i] = ".." + members[i]
		case kind == 1 && i == n-1:
			members[i] += ".."
		case kind == 2:
			members[i] += ".." + genNear(t, members[i])
		}
	}
	list := strings.Join(members, ",")
	if rapid.Bool().Draw(t, "all") {
		return "{" + list + "}"
	}
	return "[" + list + "]"
}

// genDate generates texts until one is a valid date.
func genDate() *rapid.Generator[Date] {
	return rapid.Custom(func(t *rapid.T) Date {
		for range 20 {
			if d, err := Parse(genText(t)); err == nil {
				return d
			}
		}
		return MustParse("1813")
	})
}
