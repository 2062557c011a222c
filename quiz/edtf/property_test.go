package edtf

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseStringIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := genDate().Draw(t, "d")
		again, err := Parse(d.String())
		if err != nil || again != d {
			t.Fatalf("%v read again is %v, %v", d, again, err)
		}
	})
}

func TestBoundsAreOrdered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := genDate().Draw(t, "d")
		lo, hi := d.WidenedBounds()
		if d.Lo() > d.Hi() || lo > d.Lo() || hi < d.Hi() || lo < MinDay || hi > MaxDay {
			t.Fatalf("%v: %d..%d, fuzzy %d..%d", d, d.Lo(), d.Hi(), lo, hi)
		}
		if d.Exact() && (lo != d.Lo() || hi != d.Hi() || d.Open()) {
			t.Fatalf("%v is exact, yet its bounds are not", d)
		}
		if d.Open() != (d.Lo() == MinDay || d.Hi() == MaxDay) {
			t.Fatalf("%v: open is %v", d, d.Open())
		}
		plain := d.Plain()
		if plain.Lo() != d.Lo() || plain.Hi() != d.Hi() || strings.ContainsAny(plain.String(), "?~%") {
			t.Fatalf("%v plain is %v", d, plain)
		}
	})
}

func TestParseTextReadsFormat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := genDate().Draw(t, "d")
		for _, text := range []string{d.Format("en"), d.FormatWithPreposition("en"), strings.ToUpper(d.Format("en")), "  " + d.FormatWithPreposition("en") + " "} {
			got, err := ParseText(text, "en")
			if err != nil || got != d {
				t.Fatalf("%v is said %q, read as %v, %v", d, text, got, err)
			}
		}
	})
}

func TestShapeMatchesFormat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := genDate().Draw(t, "a"), genDate().Draw(t, "b")
		if strings.HasPrefix(a.Shape(), "edtf ") || strings.HasPrefix(b.Shape(), "edtf ") {
			return // written as EDTF, whose zeros look would collapse
		}
		alike := look(a.Format("en")) == look(b.Format("en")) && look(a.FormatWithPreposition("en")) == look(b.FormatWithPreposition("en"))
		if (a.Shape() == b.Shape()) != alike {
			t.Fatalf("%v %q has shape %q, %v %q has shape %q", a, a.Format("en"), a.Shape(), b, b.Format("en"), b.Shape())
		}
	})
}

// look reduces a text to its visible form.
func look(s string) string {
	for _, names := range [][]string{englishMonths[:], englishSeasons[:], {"early", "mid", "late"}} {
		for _, name := range names {
			s = strings.ReplaceAll(s, name, "#"+names[0])
		}
	}
	for _, suffix := range []string{"st ", "nd ", "rd "} {
		for digit := range "0123456789" {
			s = strings.ReplaceAll(s, string(rune('0'+digit))+suffix, string(rune('0'+digit))+"th ")
		}
	}
	s = digitless(s)
	for strings.Contains(s, "00") {
		s = strings.ReplaceAll(s, "00", "0")
	}
	return s
}

func TestCompareIsAntisymmetric(t *testing.T) {
	turned := map[Relation]Relation{
		Before: After, After: Before, Same: Same, Within: Contains,
		Contains: Within, Overlaps: Overlaps, Maybe: Maybe,
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := genDate().Draw(t, "a"), genDate().Draw(t, "b")
		if r := Compare(a, b); turned[r] != Compare(b, a) {
			t.Fatalf("%v is %v %v, but turned %v", a, r, b, Compare(b, a))
		}
		if Disjoint(a, b) != Disjoint(b, a) {
			t.Fatalf("disjoint is not symmetric for %v and %v", a, b)
		}
	})
}

func TestCompareAgainstEveryDay(t *testing.T) {
	small := rapid.Custom(func(t *rapid.T) Date {
		for range 50 {
			year := yearText(rapid.Int64Range(2000, 2002).Draw(t, "year"))
			text := year + rapid.SampledFrom([]string{"", "-02", "-12-30", "-34", "-24", "-06~", "-XX-05", "?"}).Draw(t, "rest")
			if rapid.Bool().Draw(t, "interval") {
				text += "/" + yearText(rapid.Int64Range(2000, 2002).Draw(t, "to"))
			}
			if d, err := Parse(text); err == nil {
				return d
			}
		}
		return MustParse("2001")
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := small.Draw(t, "a"), small.Draw(t, "b")
		if got, want := Compare(a, b), byDays(a, b); got != want {
			t.Fatalf("%v to %v is %v, day by day %v", a, b, got, want)
		}
	})
}

// byDays compares two dates by marking every day.
func byDays(a, b Date) Relation {
	const onlyA, onlyB, both = 1, 2, 3
	seen := map[int]bool{}
	var lastA, lastB, firstA, firstB int64 = MinDay, MinDay, MaxDay, MaxDay
	al, ah := a.WidenedBounds()
	bl, bh := b.WidenedBounds()
	for day := min(al, bl); day <= max(ah, bh); day++ {
		in := 0
		if day >= al && day <= ah {
			in |= onlyA
			lastA, firstA = max(lastA, day), min(firstA, day)
		}
		if day >= bl && day <= bh {
			in |= onlyB
			lastB, firstB = max(lastB, day), min(firstB, day)
		}
		seen[in] = true
	}
	switch {
	case lastA < firstB:
		return Before
	case firstA > lastB:
		return After
	case !a.Exact() || !b.Exact():
		return Maybe
	case seen[onlyA] && seen[onlyB]:
		return Overlaps
	case seen[onlyA]:
		return Contains
	case seen[onlyB]:
		return Within
	}
	return Same
}

func TestCoarsenToContainsDate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := genDate().Draw(t, "d")
		for p := Day; p <= Millennium; p++ {
			at, ok := d.CoarsenTo(p)
			if !ok {
				continue
			}
			if at.Lo() > d.Lo() || at.Hi() < d.Hi() || at.Precision() != p {
				t.Fatalf("%v at %v is %v", d, p, at)
			}
			if p != Season && !at.Exact() {
				t.Fatalf("%v at %v is not exact", d, p)
			}
			if same, ok := at.CoarsenTo(p); !ok || same != at {
				t.Fatalf("%v at %v again is %v", at, p, same)
			}
		}
	})
}

func TestCoarsenToFindsUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.Int64Range(DayNumber(-9998, 1, 1), DayNumber(9999, 12, 31)).Draw(t, "day")
		text, _ := unitAt(Day, day)
		d := MustParse(text)
		for p := Day; p <= Millennium; p++ {
			if _, ok := d.CoarsenTo(p); !ok {
				t.Fatalf("%v has no %v", d, p)
			}
		}
	})
}

func TestDayNumbersAgainstTime(t *testing.T) {
	day := DayNumber(1, 1, 1)
	for at := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 10000; at = at.AddDate(0, 0, 1) {
		y, m, d := at.Date()
		if got := DayNumber(int64(y), int(m), d); got != day || got*86400 != at.Unix() {
			t.Fatalf("%v is day %d, counted %d", at, got, day)
		}
		if cy, cm, cd := CivilDate(day); cy != int64(y) || cm != int(m) || cd != d {
			t.Fatalf("day %d is %d-%d-%d, not %v", day, cy, cm, cd, at)
		}
		day++
	}
}

func TestDayNumbersFarAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.Int64Range(-maxYear, maxYear).Draw(t, "year")
		month := rapid.IntRange(1, 12).Draw(t, "month")
		day := rapid.IntRange(1, daysIn(year, month)).Draw(t, "day")
		if y, m, d := CivilDate(DayNumber(year, month, day)); y != year || m != month || d != day {
			t.Fatalf("%d-%d-%d came back as %d-%d-%d", year, month, day, y, m, d)
		}
	})
}
