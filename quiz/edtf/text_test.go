package edtf

import (
	"errors"
	"strings"
	"testing"
)

func TestFormat(t *testing.T) {
	cases := []struct{ edtf, in, when, shape string }{
		{"1813-10-24", "24 October 1813", "on 24 October 1813", "day"},
		{"1804/1813", "1804–1813", "from 1804 to 1813", "year/year"},
		{"2006-01-23/2006-01-25", "23–25 January 2006", "from 23 to 25 January 2006", "day/day same month"},
		{"1951-08-18/1951-09-15", "18 August – 15 September 1951", "from 18 August to 15 September 1951", "day/day same year"},
		{"2009-01/2009-04", "January–April 2009", "from January to April 2009", "month/month same year"},
		{"2010-12/2011-01", "December 2010 – January 2011", "from December 2010 to January 2011", "month/month"},
		{"1300~", "about 1300", "in about 1300", "year ~"},
		{"1300~/1310~", "about 1300–1310", "in about 1300–1310", "year ~/year ~"},
		{"2008?", "possibly 2008", "possibly in 2008", "year ?"},
		{"-0043", "44 BC", "in 44 BC", "year BC"},
		{"-0048/-0043", "49–44 BC", "from 49 to 44 BC", "year BC/year BC"},
		{"0079", "79 AD", "in 79 AD", "year AD"},
		{"199X", "the 1990s", "in the 1990s", "decade"},
		{"17XX", "the 1700s", "in the 1700s", "century"},
		{"1701/1800", "18th century", "in the 18th century", "named century"},
		{"-0499/-0400", "5th century BC", "in the 5th century BC", "named century BC"},
		{"2009-01~/2009-04~", "early 2009", "in early 2009", "part of year"},
		{"2009-05~/2009-08~", "mid 2009", "in mid 2009", "part of year"},
		{"1997~/1999~", "the late 1990s", "in the late 1990s", "part of decade"},
		{"1734~/1766~", "mid 18th century", "in the mid 18th century", "part of century"},
		{"[..1990]", "before 1991", "before 1991", "before year"},
		{"../1990", "until 1990", "until 1990", "../year"},
		{"1922/..", "from 1922", "from 1922", "year/.."},
		{"[1922..]", "1922 or later", "in 1922 or later", "[year.."},
		{"1922/", "from 1922, end unknown", "from 1922, end unknown", "year/"},
		{"1921-21", "spring 1921", "in spring 1921", "season"},
		{"[1667,1668,1670..1672]", "1667, 1668 or 1670–1672", "in 1667, 1668 or 1670–1672", "[year,year,year/year"},
		{"{1960,1961-12}", "1960 and December 1961", "in 1960 and December 1961", "{year,month"},
		{"19X5", "19X5", "19X5", "edtf 00X0"},
	}
	for _, c := range cases {
		d := MustParse(c.edtf)
		if in, when, shape := d.Format("en"), d.FormatWithPreposition("xx"), d.Shape(); in != c.in || when != c.when || shape != c.shape {
			t.Errorf("%s: %q, %q, %q; want %+v", c.edtf, in, when, shape, c)
		}
	}
}

func TestParseText(t *testing.T) {
	cases := map[string]string{
		"Jan 2006": "2006-01", "Sept. 2006": "2006-09", "June 8, 2007": "2007-06-08",
		"8th of June, 2007": "2007-06-08", "Friday, 8 June 2007": "2007-06-08",
		"13.6.2007": "2007-06-13", "6/13/2007": "2007-06-13", "5.5.2007": "2007-05-05",
		"2007/06/08": "2007-06-08", "1804-13": "1804/1813", "1804–05": "1804/1805",
		"1804-05": "1804-05", "1804 - 1813": "1804/1813", "c. 1300": "1300~", "ca 1300": "1300~",
		"c. 1300 – 1310": "1300~/1310~", "23–25 January 2006": "2006-01-23/2006-01-25",
		"January 23–25, 2006": "2006-01-23/2006-01-25", "between 2007 and 2009": "2007/2009",
		"beginning of 2009": "2009-01~/2009-04~", "at the end of 2009": "2009-09~/2009-12~",
		"mid 1990s": "1994~/1996~", "mid-18th century": "1734~/1766~", "44 BCE": "-0043",
		"500 AD": "0500", "AD 79": "0079", "49-44 BC": "-0048/-0043", "44 BC – 14 AD": "-0043/0014",
		"  JUNE   2007 ": "2007-06", "199x": "199X", "1990's": "199X", "2000s": "200X", "1900s": "19XX",
		"eighteenth century": "1701/1800", "18th–19th century": "1701/1900",
		"18th and 19th century": "{1701..1800,1801..1900}", "Q3 2013": "2013-35", "fall 2001": "2001-23",
		"after 1922": "[1923..]", "before 3 May 1991": "[..1991-05-02]", "before about 1300": "[..1300~]",
		"since 2001": "2001/..", "from 1922 onwards": "1922/..", "5 or 6 June 2007": "[2007-06-05,2007-06-06]",
		"probably 2008": "2008?", "June 2007?": "2007-06?", "500": "0500",
		"June 8, 2007 or June 9, 2007": "[2007-06-08,2007-06-09]", "−0043": "-0043",
	}
	for typed, want := range cases {
		if got, err := ParseText(typed, "en"); err != nil || got.String() != want {
			t.Errorf("%q is read as %v, %v; want %s", typed, got, err, want)
		}
	}
}

func TestParseTextAmbiguous(t *testing.T) {
	cases := map[string]string{
		"03/04/2005": "2005-04-03 2005-03-04", "8.6.2007": "2007-06-08 2007-08-06",
		"03-04-2005": "2005-04-03 2005-03-04", "early 1900s": "1900~/1903~ 1900~/1933~",
	}
	for typed, want := range cases {
		_, err := ParseText(typed, "en")
		var ask *AmbiguousError
		if !errors.As(err, &ask) {
			t.Errorf("%q is not asked back: %v", typed, err)
			continue
		}
		got := make([]string, len(ask.Readings))
		for i, d := range ask.Readings {
			got[i] = d.String()
		}
		if strings.Join(got, " ") != want || ask.Input != typed {
			t.Errorf("%q has the readings %v, want %s", typed, got, want)
		}
	}
}

func TestParseTextRejects(t *testing.T) {
	cases := map[string]int{
		"": 0, "   ": 0, "nonsense": 0, "8 June wrong 2007": 7, " 2004-02-30": 9, "31 June 2007": 0,
		"1991/1922": 5, "12000": 4, "19": 2, "the 90s": 0, "8 June 44": 0, "2008 votes": 5,
		"24 October 1813 (13 October Old Style)": 0, "June": 0, "1813–1804": 0, "0 June 2004": 0,
		"\xff\xfe": 0, "13.13.2007": 0, "0 AD": 0, strings.Repeat("a", 2001): 2000,
	}
	for typed, offset := range cases {
		d, err := ParseText(typed, "en")
		var bad *SyntaxError
		if !errors.As(err, &bad) || bad.Offset != offset || bad.Input != typed {
			t.Errorf("%q: got %v, %v (%+v), want the place %d", typed, d, err, bad, offset)
		}
	}
}

func TestOldStyle(t *testing.T) {
	plain := MustParse("1813-10-24")
	d, ok := plain.WithOldStyle(MustParse("1813-10-12"))
	if old, has := d.OldStyle(); !ok || !has || old != MustParse("1813-10-12") || d == plain {
		t.Errorf("old style is %v, %v", old, has)
	}
	if d.Format("en") != "24 October 1813 (12 October Old Style)" || d.String() != "1813-10-24" {
		t.Errorf("printed %q", d.Format("en"))
	}
	if _, ok := plain.WithOldStyle(MustParse("1813-10-13")); ok {
		t.Error("a wrong Julian day is taken")
	}
	for _, typed := range []string{
		d.Format("en"), d.FormatWithPreposition("en"), "24 October [O.S. 12 October] 1813", "24 October 1813 [O.S. 12 October]",
		"24 October 1813 (O.S. 12 October 1813)", "October 24, 1813 (October 12 Old Style)",
	} {
		if got, err := ParseText(typed, "en"); err != nil || got != d {
			t.Errorf("%q is read as %v, %v", typed, got, err)
		}
	}
	turn := MustParse("1900-01-05")
	turn, _ = turn.WithOldStyle(MustParse("1899-12-24"))
	if got, err := ParseText(turn.Format("en"), "en"); err != nil || got != turn {
		t.Errorf("%q is read as %v, %v", turn.Format("en"), got, err)
	}
	leap, err := ParseText("13 March 1900 (29 February Old Style)", "en")
	if _, has := leap.OldStyle(); err != nil || has || !leap.oldStyle {
		t.Errorf("the Julian leap day: %v, %v", leap, err)
	}
}

// BenchmarkParseTextHostile parses long nonsense, which must be fast although every
// split of it is tried.
func BenchmarkParseTextHostile(b *testing.B) {
	for _, part := range []string{"to ", "1-", "1 or ", "1, ", "about ", "1 to 2 or ", "(", "june – "} {
		text := strings.Repeat(part, 2000/len(part))
		b.Run(part, func(b *testing.B) {
			for b.Loop() {
				_, _ = ParseText(text, "en")
			}
		})
	}
}

func BenchmarkParseText(b *testing.B) {
	for b.Loop() {
		_, _ = ParseText("23–25 January 2006", "en")
	}
}
