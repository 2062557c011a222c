package edtf

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestOtherLanguages(t *testing.T) {
	cases := []struct{ lang, edtf, in, when string }{
		{"ru", "1813-10-24", "24 октября 1813 года", "24 октября 1813 года"},
		{"ru", "2009-01", "январь 2009 года", "в январе 2009 года"},
		{"ru", "2009-01/2009-04", "январь–апрель 2009 года", "с января по апрель 2009 года"},
		{"ru", "1804/1813", "1804–1813", "с 1804 по 1813"},
		{"ru", "-0043", "44 до н. э.", "в 44 году до н. э."},
		{"ru", "1300~", "примерно 1300", "примерно в 1300 году"},
		{"ru", "199X", "1990-е годы", "в 1990-х годах"},
		{"ru", "1701/1800", "XVIII век", "в XVIII веке"},
		{"ru", "2009-01~/2009-04~", "начало 2009 года", "в начале 2009 года"},
		{"ru-RU", "1921-21", "весна 1921 года", "весной 1921 года"},
		{"az", "1813-10-24", "24 oktyabr 1813", "24 oktyabr 1813-cü ildə"},
		{"az", "1804/1813", "1804–1813", "1804–1813"},
		{"az", "-0043", "e.ə. 44", "e.ə. 44-cü ildə"},
		{"az", "2009-01", "yanvar 2009", "2009-cu ilin yanvarında"},
		{"az", "1300~", "təxminən 1300", "təxminən 1300-cü ildə"},
		{"az", "199X", "1990-cı illər", "1990-cı illərdə"},
		{"az", "-0499/-0400", "e.ə. V əsr", "e.ə. V əsrdə"},
		{"az", "2009-01~/2009-04~", "2009-cu ilin əvvəli", "2009-cu ilin əvvəlində"},
		{"az", "1921-21", "1921-ci ilin yazı", "1921-ci ilin yazında"},
	}
	for _, c := range cases {
		d := MustParse(c.edtf)
		if in, when := d.Format(c.lang), d.FormatWithPreposition(c.lang); in != c.in || when != c.when {
			t.Errorf("%s: %q, %q; want %+v", c.edtf, in, when, c)
		}
	}
}

// TestEveryLanguageFormatsEverything checks that every locale fills all blanks and
// has words for every kind.
func TestEveryLanguageFormatsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := genDate().Draw(t, "d")
		for lang := range locales {
			for _, text := range []string{d.Format(lang), d.FormatWithPreposition(lang)} {
				for _, blank := range []string{"{q}", "{y", "{n", "{d}", "{m", "{s", "{e}", "{o}", "{a}", "{b}", "{x}", "{w}", "{p"} {
					if strings.Contains(text, blank) {
						t.Fatalf("%s in %s is %q", d, lang, text)
					}
				}
				if text == "" || strings.Contains(text, "  ") || strings.TrimSpace(text) != text {
					t.Fatalf("%s in %s is %q", d, lang, text)
				}
			}
		}
	})
}
