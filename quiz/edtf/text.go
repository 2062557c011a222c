package edtf

import (
	"errors"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTyped is the maximum length of input for ParseText, and maxUnit that of one
// date in it, in bytes. They keep it fast to try every way of splitting a long
// text.
const (
	maxTyped = 2000
	maxUnit  = 150
)

// ParseText parses dates as people type them: EDTF (which takes precedence, so
// 1804-05 is May 1804 and 1804-21 is spring), everything that [Date.Format] and
// [Date.FormatWithPreposition] return in English, and other common forms. "18th
// century" is 1701/1800 and "the 1700s" is 17XX; "about 1300–1310" qualifies both
// ends; "before 1991" is [..1990].
//
// A text with two readings (03/04/2005, early 1900s) gives an *AmbiguousError, and
// any other failure a *SyntaxError. Languages without a grammar are parsed as
// English.
func ParseText(s, lang string) (Date, error) {
	if len(s) > maxTyped {
		return Date{}, &SyntaxError{s, maxTyped, "the date is too long"}
	}
	d, err := readEDTF(s)
	if err == nil {
		return d, nil
	}
	r := &reader{grammar: grammarOf(lang)}
	if d, ok := r.readWhole(normalizeText(s)); ok {
		return d, nil
	}
	return Date{}, r.explain(s, err)
}

// readEDTF parses EDTF, allowing lower case and surrounding spaces.
func readEDTF(s string) (Date, error) {
	trimmed := strings.TrimSpace(s)
	d, err := Parse(strings.ToUpper(strings.ReplaceAll(trimmed, "−", "-")))
	var bad *SyntaxError
	if errors.As(err, &bad) {
		bad.Input = s
		bad.Offset = min(bad.Offset+strings.Index(s, trimmed), len(s))
	}
	return d, err
}

var likeEDTF = regexp.MustCompile(`^\s*[-0-9XxYySsEe?~%/.,\[\]{}]+\s*$`)

// explain chooses the error: the position of an unknown word, the readings of an
// ambiguous text, or what is wrong with the text as a date.
func (r *reader) explain(s string, asEDTF error) error {
	if offset, word := r.grammar.unknownWord(s); word != "" {
		return &SyntaxError{s, offset, "“" + word + "” is no part of a date"}
	}
	if len(r.readings) > 0 {
		return &AmbiguousError{s, r.readings}
	}
	offset := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	if r.problem != "" {
		return &SyntaxError{s, offset, r.problem}
	}
	if likeEDTF.MatchString(s) {
		return asEDTF
	}
	if offset == len(s) {
		return &SyntaxError{s, 0, "there is no date"}
	}
	return &SyntaxError{s, offset, "no date begins here; write 24 October 1813, 1804–1813 or about 1300"}
}

var wordPattern = regexp.MustCompile(`\p{L}[\p{L}\p{M}]*`)

// unknownWord returns the first word that no date of the language contains.
func (g *grammar) unknownWord(s string) (int, string) {
	for _, at := range wordPattern.FindAllStringIndex(s, -1) {
		word := strings.ToLower(s[at[0]:at[1]])
		if !g.known[word] {
			return at[0], shorten(s[at[0]:at[1]])
		}
	}
	return 0, ""
}

var (
	dashSpaces = regexp.MustCompile(` ?([-–]) ?`)
	manySpaces = regexp.MustCompile(`\s+`)
)

// normalizeText unifies ways of typing: lower case, single spaces, none around
// dashes, an en dash for every dash except hyphens, straight apostrophes.
func normalizeText(s string) string {
	s = strings.Map(func(c rune) rune {
		switch {
		case c == utf8.RuneError, unicode.IsSpace(c):
			return ' '
		case c == '—', c == '―', c == '‒', c == '−':
			return '–'
		case c == '‐', c == '‑':
			return '-'
		case c == '’', c == 'ʼ':
			return '\''
		case c == '\u00ad', c == '\u200b', c == '\u200e', c == '\u200f', c == '\u0307':
			return -1
		}
		return unicode.ToLower(c)
	}, s)
	s = manySpaces.ReplaceAllString(s, " ")
	return strings.Trim(dashSpaces.ReplaceAllString(s, "$1"), " ")
}

// reader parses one text. Its methods take normalized text and return EDTF, which
// is checked when it is assembled. It records ambiguous readings.
type reader struct {
	grammar  *grammar
	readings []Date
	problem  string // why something that looks like a date is not one
}

// addReadings records the readings of an ambiguous text.
func (r *reader) addReadings(texts ...string) {
	if r.readings != nil {
		return
	}
	for _, text := range texts {
		if d, err := Parse(text); err == nil {
			r.readings = append(r.readings, d)
		}
	}
}

// readWhole parses a whole text, with an Old Style day if there is one.
func (r *reader) readWhole(s string) (Date, bool) {
	if d, ok := r.readOldStyle(s); ok {
		return d, true
	}
	text, ok := r.readDate(r.grammar.cutPreposition(s))
	if !ok {
		return Date{}, false
	}
	d, err := Parse(text)
	return d, err == nil
}
