package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a run of letters, a number or a mark.
type word struct {
	from, to int    // runes of the block
	low      string // in lower case
	num      int    // a plain number of up to 9 digits, otherwise -1
	digits   int
	kind     wordKind
	upper    bool // starts with a capital letter
	glued    bool // no space before it
}

type wordKind uint8

const (
	punctuationWord wordKind = iota
	wordWord                 // letters
	numberWord               // digits, and separators between them
	skipWord                 // part of a URL, a file name or similar
)

// split splits a block into words.
func (b *block) split(reading *contextWatch) {
	s := b.runes
	b.words = make([]word, 0, countWords(s))
	chunk := 0 // end of the current chunk without spaces, which was already checked
	skip := false
	for i := 0; i < len(s) && !reading.isDone(1); {
		if s[i] == ' ' {
			i++
			continue
		}
		if i >= chunk {
			for chunk = i; chunk < len(s) && s[chunk] != ' '; chunk++ {
			}
			if skip = isMachineText(s[i:chunk]); skip && slices.Contains(s[i:chunk], '#') { // the rest of a broken link
				for chunk < len(s) && s[chunk] != ',' && s[chunk] != '.' {
					chunk++
				}
			}
		}
		w := word{from: i, num: -1, glued: i > 0 && s[i-1] != ' '}
		switch {
		case unicode.IsLetter(s[i]):
			i = b.letters(&w)
		case s[i] >= '0' && s[i] <= '9':
			i = b.number(&w)
		default:
			i++
			w.low = markText(s[w.from])
		}
		w.to = i
		if skip && w.kind != punctuationWord {
			w.kind = skipWord
		}
		b.words = append(b.words, w)
	}
}

// countWords returns the maximum number of words in a block: the number of marks
// and of starts of runs of letters and digits.
func countWords(s []rune) int {
	n := 0
	last := punctuationWord
	for _, r := range s {
		kind := kindOfRune(r)
		if r != ' ' && (kind == punctuationWord || kind != last) {
			n++
		}
		last = kind
	}
	return n
}

func kindOfRune(r rune) wordKind {
	switch {
	case r >= '0' && r <= '9':
		return numberWord
	case unicode.IsLetter(r):
		return wordWord
	}
	return punctuationWord
}

// asciiText holds every ASCII character, so that a single mark can be a substring
// of it and needs no allocation.
var asciiText = func() string {
	all := make([]byte, utf8.RuneSelf)
	for i := range all {
		all[i] = byte(i)
	}
	return string(all)
}()

func markText(r rune) string {
	if r < utf8.RuneSelf {
		return asciiText[r : r+1]
	}
	return string(r)
}

// isMachineText reports whether a chunk is part of a URL, a path, an email address
// or a file name.
func isMachineText(s []rune) bool {
	if len(s) < 4 {
		return false
	}
	text := string(s)
	if strings.Contains(text, "://") || strings.HasPrefix(text, "www.") || strings.ContainsAny(text, "@_=#&\\") {
		return true
	}
	for i := 1; i+2 < len(s); i++ { // file.jpg, example.org/1914, but not 1914.The
		if s[i] == '.' && unicode.IsLower(s[i+1]) && unicode.IsLower(s[i+2]) && (unicode.IsLower(s[i-1]) || unicode.IsDigit(s[i-1])) {
			return true
		}
	}
	return strings.Count(text, "/") > 1 && strings.ContainsFunc(text, unicode.IsLetter)
}

func (b *block) letters(w *word) int {
	s, i := b.runes, w.from
	for i < len(s) && (unicode.IsLetter(s[i]) || unicode.IsMark(s[i]) || s[i] == '\'' && i+1 < len(s) && unicode.IsLetter(s[i+1])) {
		i++
	}
	w.kind, w.upper = wordWord, unicode.IsUpper(s[w.from])
	w.low = strings.ToLower(string(s[w.from:i]))
	return i
}

func (b *block) number(w *word) int {
	s, i, plain := b.runes, w.from, true
	for i < len(s) {
		switch {
		case s[i] >= '0' && s[i] <= '9':
			i++
			continue
		case (s[i] == '.' || s[i] == ',') && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9':
			plain = false
			i++
			continue
		}
		break
	}
	w.kind, w.low, w.digits = numberWord, string(s[w.from:i]), i-w.from
	if plain && w.digits <= 9 {
		w.num = 0
		for _, r := range s[w.from:i] {
			w.num = w.num*10 + int(r-'0')
		}
	}
	return i
}
