package quiz

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// unaccentedLetters that are no base letter with an accent, as people type them without.
var unaccentedLetters = strings.NewReplacer(
	"ə", "e", "ı", "i", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ß", "ss", "æ", "ae", "œ", "oe", "ʼ", "", "’", "", "'", "",
)

// NormalizeTerm writes a term the way it is compared: without case, accents and
// punctuation, words with single spaces between them. It is empty when no
// letter and no digit is left.
func NormalizeTerm(s string) string {
	folded := unaccentedLetters.Replace(stripMarks(norm.NFKD.String(cases.Fold().String(norm.NFKC.String(s)))))
	words := strings.FieldsFunc(folded, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	return strings.Join(words, " ")
}

// NormalizeTermNoArticle is Plain without articles before the term: "the Soviet Union" is as right
// as "Soviet Union".
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

// OneTypoApart tells whether two texts are the same but for one slip of typing at
// most: a letter too many, too few or another, or two neighbours exchanged
// (the optimal string alignment distance is 0 or 1).
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
