package search_test

import (
	"slices"
	"strings"
	"testing"

	"chronicle/quiz/search"
)

func TestParseQuery(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed, date string
		words       []string
	}{
		{"what happened 1920", "1920", nil},
		{"What happened in 1920?", "1920", nil},
		{"1920", "1920", nil},
		{"28 April 1920", "1920-04-28", nil},
		{"treaty in May 1920", "1920-05", []string{"treaty"}},
		{"1918-05-28", "1918-05-28", nil},
		{"the 1990s", "199X", nil},
		{"18th century", "1701/1800", nil},
		{"44 BC", "-0043", nil},
		{"between 1918 and 1920 Baku", "1918/1920", []string{"baku"}},
		{"when was the Treaty of Gulistan", "", []string{"treaty", "gulistan"}},
		{"Gəncə", "", []string{"gəncə"}},
		{"100% sure_thing", "", []string{"100", "sure", "thing"}},
		{"гянджа 1804", "1804", []string{"гянджа"}},
		{"", "", nil},
		{"?", "", nil},
		{"the", "", []string{"the"}},
		{strings.Repeat("many words of it ", 100), "", []string{"many", "word"}},
	} {
		q := search.ParseQuery(c.typed)
		if q.Date.String() != c.date || !slices.Equal(q.Words, c.words) {
			t.Errorf("%q: date %q, words %q; want %q, %q", c.typed, q.Date, q.Words, c.date, c.words)
		}
		if q.IsZero() != (c.date == "" && c.words == nil) {
			t.Errorf("%q: %+v", c.typed, q)
		}
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{"what happened 1920", "\xff", "1920 1921 1922", "%_\\", "before 1918 after"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if q := search.ParseQuery(s); len(q.Words) > 8 || q.FirstDay > q.LastDay {
			t.Errorf("%q: %+v", s, q)
		}
	})
}
