package quiz

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// unaccentedLetters maps letters that Unicode does not decompose, and apostrophes, to
// what people type without them.
var unaccentedLetters = strings.NewReplacer(
	"ə", "e", "ı", "i", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ß", "ss", "æ", "ae", "œ", "oe", "ʼ", "", "’", "", "'", "",
)

// NormalizeTerm returns a term in the form used for comparison: without case, accents
// and punctuation, with single spaces between words. It is empty if no letter or digit
// is left.
func NormalizeTerm(s string) string {
	folded := unaccentedLetters.Replace(stripMarks(norm.NFKD.String(cases.Fold().String(norm.NFKC.String(s)))))
	words := strings.FieldsFunc(folded, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	return strings.Join(words, " ")
}

// NormalizeTermNoArticle is NormalizeTerm without leading English articles, so that
// "the Soviet Union" equals "Soviet Union".
func NormalizeTermNoArticle(s string) string {
	plain := NormalizeTerm(s)
	for {
		word, rest, more := strings.Cut(plain, " ")
		if !more || word != "the" && word != "a" && word != "an" {
			return plain
		}
		plain = rest
	}
}

// OneTypoApart reports whether two texts differ by at most one typo: one letter added,
// missing or replaced, or two neighbouring letters swapped (optimal string alignment
// distance 0 or 1).
func OneTypoApart(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	at := 0
	for at < len(x) && x[at] == y[at] {
		at++
	}
	switch {
	case at == len(x):
		return true
	case len(x) < len(y):
		return string(x[at:]) == string(y[at+1:])
	case string(x[at+1:]) == string(y[at+1:]):
		return true
	}
	return at+1 < len(x) && x[at] == y[at+1] && x[at+1] == y[at] && string(x[at+2:]) == string(y[at+2:])
}
