package edtf

import (
	"errors"
	"testing"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"1804/1813", "199X", "2004-XX-15", "?2004-06-~11", "2013-21", "1922/..", "/1922", "-0043-03-15",
		"[1667,1668,1670..1672]", "[..1983-12]", "{1960,1961-12}", "Y-17E7", "1950S2", "2004-02-30", "XXXX-02-29",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Parse(s)
		if err != nil {
			var bad *SyntaxError
			if !errors.As(err, &bad) || bad.Offset < 0 || bad.Offset > len(s) || !d.IsZero() {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		if again, err := Parse(d.String()); err != nil || again != d {
			t.Fatalf("%q is %v, again %v, %v", s, d, again, err)
		}
		lo, hi := d.WidenedBounds()
		if d.Lo() > d.Hi() || lo > d.Lo() || hi < d.Hi() {
			t.Fatalf("%q has bounds %d..%d, %d..%d", s, d.Lo(), d.Hi(), lo, hi)
		}
		for _, text := range []string{d.Format("en"), d.FormatWithPreposition("en")} {
			if got, err := ParseText(text, "en"); err != nil || got != d {
				t.Fatalf("%v is said %q, read as %v, %v", d, text, got, err)
			}
		}
	})
}

func FuzzParseText(f *testing.F) {
	for _, seed := range []string{
		"24 October [O.S. 12 October] 1813", "23–25 January 2006", "c. 1300 - 1310", "03/04/2005",
		"between 2007 and 2009", "early 1990s", "5th century BC", "1667, 1668 or 1670–1672", "before 1991",
		"the years 1900–1909", "roughly 1950 (1900–1999)", "day 15 of some month of 2004", "from a to b to c",
		"11 June 2004 (year uncertain; day approximate)", "Q3 2013", "\xff", "İ 2004",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseText(s, "en")
		if err != nil {
			var bad *SyntaxError
			var ask *AmbiguousError
			switch {
			case errors.As(err, &bad):
				if bad.Offset < 0 || bad.Offset > len(s) || bad.Input != s {
					t.Fatalf("%q: %+v", s, bad)
				}
			case !errors.As(err, &ask) || len(ask.Readings) < 2:
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		if got, err := ParseText(d.FormatWithPreposition("en"), "en"); err != nil || got != d {
			t.Fatalf("%q is %v, said %q, read as %v, %v", s, d, d.FormatWithPreposition("en"), got, err)
		}
	})
}
