package quiz

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// dateWordPatterns match words that say when something happened, in English, Russian
// and Azerbaijani. An event or label with such a word gives its own date away.
// Two-digit numbers alone are allowed. "May" and "March", which can be verbs, match
// only if capitalised and not the first word, or next to a number. If a pattern has
// groups, only the groups are reported.
var dateWordPatterns = []struct {
	needs dateWordTrie
	words *regexp.Regexp
}{
	{digit, regexp.MustCompile(`\p{Nd}{3,}s?|\b\d{2}s\b|\b\d{1,2}(?:st|nd|rd|th)\b|[’'‘]\d\ds?\b|\b\d{1,2}[./]\d{1,2}\b`)},
	{digit | cyrillic | schwa, regexp.MustCompile(`\b\d+ ?(?:B\.?C\.?E?|A\.?D|C\.?E)\b\.?|\b(?:AD|A\.D\.) ?\d+|(?:до )?н\. ?э\.|e\.ə\.`)},
	{word | cyrillic, regexp.MustCompile(`(?i)\b(?:january|february|april|june|july|august|september|october|november|december)\b` +
		`|\b(?:yanvar|fevral|aprel|iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr)\p{L}*` +
		`|(?:январ|феврал|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр)\p{L}*`)},
	{word, regexp.MustCompile(`\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.| \d+\b)|\b\d+ (?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b`)},
	{word, regexp.MustCompile(`[^\s.] [“"«(]?(May|March|Mart)\b|[“"«(](May|March|Mart)\b|\b((?:May|March|Mart) \d+)`)},
	{word, regexp.MustCompile(`\b(?:mart|may) ay|\b(?:mart|may)da\b|\d (?:mart|may)\b`)},
	{cyrillic, regexp.MustCompile(`(?:^|\P{L})(март[аеу]?|мартом|ма[йяею]|маем|[Мм]артовск\p{L}+|[Мм]айск\p{L}+)(?:\P{L}|$)`)},
	{word, regexp.MustCompile(`(?i)\b(?:century|centuries|decade|decades|millennium|nineties|eighties|seventies|sixties|fifties|forties|thirties|twenties)\b`)},
	{cyrillic | schwa, regexp.MustCompile(`(?i)(?:^|\P{L})(век[аеу]?|веков|веках|столети\p{L}+|десятилети\p{L}+|əsr|əsrin|əsrdə|əsrlər\p{L}*)(?:\P{L}|$)`)},
}

// dateWordTrie is a set of kinds of characters and words that can occur in a date. A
// pattern is tried only if the text has one of the kinds that it needs.
type dateWordTrie uint8

const (
	digit    dateWordTrie = 1 << iota
	cyrillic              // a Cyrillic letter
	schwa                 // the letter ə
	word                  // a Latin word that starts like a month or a word such as century
)

// beginnings are the first letters of the Latin words in dateWordPatterns.
var beginnings = wordSet(`jan feb mar apr may jun jul aug sep oct nov dec yan fev iyu avq sent okt noy dek
	cent mill nine eigh seve sixt fift fort thir twen`)

// dateWordTries returns the kinds that occur in the text. It looks at each character
// once.
func dateWordTries(text string) (s dateWordTrie) {
	last := rune(' ')
	for i, r := range text {
		switch {
		case r < utf8.RuneSelf && isLetterOrCombiningMark(r):
			if !wordRune(last) && begins(text[i:]) {
				s |= word
			}
		case unicode.Is(unicode.Nd, r):
			s |= digit
		case r == 'ə' || r == 'Ə':
			s |= schwa
		case unicode.Is(unicode.Cyrillic, r):
			s |= cyrillic
		case r == '\u017f' || r == '\u212a': // match s and k in a case-insensitive regular expression
			s |= word
		}
		last = r
	}
	return s
}

// wordRune reports whether \b in a regular expression treats r as part of a word.
func wordRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_'
}

func begins(text string) bool {
	var low [4]byte
	n := copy(low[:], text)
	for i, c := range low[:n] {
		if c >= 'A' && c <= 'Z' {
			low[i] = c + 'a' - 'A'
		}
	}
	return n >= 3 && beginnings[string(low[:3])] || n >= 4 && beginnings[string(low[:4])]
}

// FindDateWords returns the first words of a text that reveal a date, or "" if there
// are none.
func FindDateWords(text string) string {
	has := dateWordTries(text)
	for _, date := range dateWordPatterns {
		if date.needs&has == 0 {
			continue
		}
		found := date.words.FindStringSubmatch(text)
		for i, group := range found {
			if group != "" && (i > 0 || len(found) == 1) {
				return strings.TrimSpace(group)
			}
		}
	}
	return ""
}

// stopWords are words that carry no meaning of an event.
var stopWords = wordSet(`a an the of in on at to for from by with and or as is are was
were be been being its his her their it he she they this that into over under
after before between during about against who which than then also not no`)

// ContentWords returns the distinct words that carry the meaning of an event,
// case-folded and without plural endings, so that other wordings of it can be
// recognised. If there are none, it returns all words.
func ContentWords(event string) []string {
	folded := cases.Fold().String(norm.NFKD.String(event))
	var out []string
	for w := range strings.FieldsFuncSeq(folded, func(r rune) bool {
		return r != '’' && !(r >= '0' && r <= '9') && !isLetterOrCombiningMark(r)
	}) {
		w = strings.Trim(stripMarks(w), "’")
		if stopWords[w] {
			continue
		}
		w = strings.TrimSuffix(strings.TrimSuffix(w, "’s"), "s")
		if w != "" && !stopWords[w] && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		return strings.Fields(folded)
	}
	return out
}

func isLetterOrCombiningMark(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

// stripMarks removes combining marks.
func stripMarks(w string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36F {
			return -1
		}
		return r
	}, w)
}

// EventSimilarity returns how similar two events are, from 0 to 1: the number of
// content words they share, divided by the mean of their numbers of words.
func EventSimilarity(a, b []string) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 0
	}
	shared := 0
	for _, w := range a {
		for _, v := range b {
			if w == v {
				shared++
				break
			}
		}
	}
	return float64(shared) / (float64(len(a)+len(b)) / 2)
}

// SameEvent reports whether the words of two events suggest that they describe the
// same thing, or that one is a part of the other.
func SameEvent(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	return EventSimilarity(a, b) >= 0.75 || containsAll(a, b) || containsAll(b, a)
}

// containsAll reports whether whole contains every word of part.
func containsAll(whole, part []string) bool {
	if len(part) < 2 && len(whole) > len(part) {
		return false
	}
	for _, w := range part {
		found := false
		for _, v := range whole {
			found = found || v == w
		}
		if !found {
			return false
		}
	}
	return true
}

// IsKnownLanguage reports whether the tag names a language.
func IsKnownLanguage(tag string) bool {
	_, err := language.Parse(tag)
	return tag != "" && err == nil
}
