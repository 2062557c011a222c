package edtf

import "testing"

func TestCompare(t *testing.T) {
	cases := []struct {
		a, b string
		want Relation
	}{
		{"2008~", "2009-01-12", Maybe}, // a comparable implementation says before
		{"2008", "2009-01-12", Before},
		{"2008~", "2011", Before},
		{"2008~", "2010", Maybe},
		{"1990/1999", "199X", Same},
		{"1804/1813", "1804", Contains},
		{"1804", "1804/1813", Within},
		{"1804/1813", "1810/1820", Overlaps},
		{"1922/", "1932", Maybe},
		{"1922/", "1921", After},
		{"../1922", "1923-01-01", Before},
		{"2013-21", "2013-07", Maybe}, // spring in the south
		{"2013-21", "2014", Before},
		{"[1667,1668]", "1670", Before},
		{"2008?", "2008?", Maybe},
		{"-0043-03-15", "0014", Before},
	}
	for _, c := range cases {
		if got := Compare(MustParse(c.a), MustParse(c.b)); got != c.want {
			t.Errorf("%s to %s: got %v, want %v", c.a, c.b, got, c.want)
		}
	}
	if Compare(Date{}, MustParse("2008")) != Maybe {
		t.Error("no date compares with nothing")
	}
}

func TestCoarsenTo(t *testing.T) {
	cases := []struct {
		in   string
		p    Precision
		want string
	}{
		{"1813-10-24", Month, "1813-10"},
		{"1813-10-24", Season, "1813-23"},
		{"1814-01-24", Season, "1813-24"},
		{"1813-10-24", Quarter, "1813-36"},
		{"1813-10-24", Year, "1813"},
		{"1813-10-24", Decade, "181X"},
		{"1813-10-24", Century, "18XX"},
		{"1813", Day, ""},
		{"1804/1813", Year, ""},
		{"1804/1813", Century, "18XX"},
		{"1990/1999", Decade, "199X"},
		{"2008~", Year, "2008"},
		{"-0043", Decade, "-004X"},
		{"1922/..", Century, ""},
		{"Y12000", Year, "Y12000"},
		{"Y12000", Century, ""},
		{"1813", Interval, ""},
	}
	for _, c := range cases {
		got, ok := MustParse(c.in).CoarsenTo(c.p)
		if ok != (c.want != "") || ok && got.String() != c.want {
			t.Errorf("%s at %v: got %v, %v, want %q", c.in, c.p, got, ok, c.want)
		}
	}
}

func TestStartAndEnd(t *testing.T) {
	d := MustParse("1984~/..")
	if a, ok := d.Start(); !ok || a != MustParse("1984~") {
		t.Errorf("start is %v, %v", a, ok)
	}
	if b, ok := d.End(); ok {
		t.Errorf("an open end is %v", b)
	}
	if _, ok := MustParse("1984").Start(); ok {
		t.Error("a year has no start")
	}
}

func BenchmarkCompare(b *testing.B) {
	x, y := MustParse("1984~/2004-06"), MustParse("2004-06-11")
	for b.Loop() {
		Compare(x, y)
	}
}

func BenchmarkParse(b *testing.B) {
	for _, text := range []string{"1813-10-24", "1984~/2004-06", "156X-12-25", "[1667,1668,1670..1672]"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				if _, err := Parse(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
