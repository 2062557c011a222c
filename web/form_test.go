package web

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestValidText(t *testing.T) {
	for in, want := range map[string]string{
		"":         "",
		"Bakı":     "Bakı",
		"a\x00b":   "a\uFFFDb",
		"a\xffb":   "a\uFFFDb",
		"\xf0\x9f": "\uFFFD",
		"\u202Ex":  "\u202Ex",
	} {
		if got := validText(in); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func FuzzValidText(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := validText(s)
		if !utf8.ValidString(got) || strings.Contains(got, "\x00") || validText(got) != got {
			t.Errorf("%q became %q", s, got)
		}
	})
}
