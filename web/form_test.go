package web

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTextIsWhatDatabasesKeep(t *testing.T) {
	for in, want := range map[string]string{
		"":         "",
		"Bakı":     "Bakı",
		"a\x00b":   "a\uFFFDb",
		"a\xffb":   "a\uFFFDb",
		"\xf0\x9f": "\uFFFD",
		"\u202Ex":  "\u202Ex",
	} {
		if got := text(in); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := text(s)
		if !utf8.ValidString(got) || strings.Contains(got, "\x00") || text(got) != got {
			t.Errorf("%q became %q", s, got)
		}
	})
}
