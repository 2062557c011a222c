package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longClause is the maximum number of bytes used to make a clause. An event has at
// most maxEvent characters, so nothing is lost.
const longClause = 1000

// tidyClause makes a clause from the remaining text of a sentence.
func (m *proposer) tidyClause(text string) string {
	if len(text) > longClause {
		text = strings.ToValidUTF8(text[:longClause], "")
	}
	text = removeBrackets(text)
	if hasEmpty(text) {
		text = emptyBrackets.ReplaceAllString(text, " ")
	}
	text = closeSpaces(text)
	text = strings.ReplaceAll(text, " 's ", "'s ")
	if strings.Contains(text, "and and") || strings.Contains(text, "and or") || strings.Contains(text, "or and") || strings.Contains(text, "or or") {
		text = repeatedConjunction.ReplaceAllString(text, "$1")
	}
	text = trimmedWords(strings.Trim(text, " ,;:–-."))
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(text, "..."), "…"))
	if strings.Count(text, "(") != strings.Count(text, ")") {
		text = strings.NewReplacer("(", "", ")", "").Replace(text)
	}
	if strings.Count(text, `"`)%2 == 1 {
		text = strings.ReplaceAll(text, `"`, "")
	}
	text = strings.TrimSpace(text)
	if at := subjectlessPattern.FindString(firstWordsOf(text)); at != "" { // 1953 saw the death of Stalin
		text = text[len(at):]
	}
	if len(firstFields(text, 3)) < 3 || headlessPattern.MatchString(firstWordsOf(text)) {
		return ""
	}
	first, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[n:]
}

// firstWordsOf returns a prefix longer than any match of the patterns applied to
// it.
func firstWordsOf(text string) string { return text[:min(len(text), 40)] }

var (
	emptyBrackets       = regexp.MustCompile(`\(\s*\)|\[\s*\]|"\s*"`)
	repeatedConjunction = regexp.MustCompile(`\b(and|or)(?: (?:and|or))+\b`)

	// These match the rest of a clause whose subject was the date itself.
	subjectlessPattern = regexp.MustCompile(`^(?i:the )?(?:[Ww]as|[Ss]aw|[Bb]rought|[Mm]arked) (?:also )?`)
	headlessPattern    = regexp.MustCompile(`^(?i:the,|the (?:were|had|began)|were|is) ?`)
)

// trimmedWords removes introductory and trailing words from a clause, as long as
// enough remains.
func trimmedWords(text string) string {
	for {
		short := text[opener(text):]
		short = strings.TrimRight(short[:len(short)-trailingWord(short)], " ,;:–-")
		if short == text || shortenClause(short, 12) {
			return text
		}
		text = short
	}
}

// shortenClause reports whether s has fewer than than characters.
func shortenClause(s string, than int) bool {
	return len(s) < utf8.UTFMax*than && utf8.RuneCountInString(s) < than
}

var (
	openerPattern = words(`however then and but so yet thus meanwhile additionally moreover furthermore consequently therefore finally eventually
		also nevertheless later soon only that when which subsequently instead afterwards`)
	openingWords  = []string{"in addition", "as a result", "for example", "by contrast", "at the same time"}
	trailingWords = words("and but or on in by at from of the to since until between during while after before with which who that a an")
	trailing      = []string{"for the rest", "for much", "for most", "for part"}
)

// longOpener is the length of the longest word in openerPattern.
const longOpener = 12

// opener returns the length of the introductory words of a clause, including the
// comma or spaces after them, or 0.
func opener(text string) int {
	n := strings.IndexAny(text, ", ")
	if n < 0 || n > longOpener {
		return 0
	}
	if !openerPattern[strings.ToLower(text[:n])] {
		if n = opening(text); n == 0 {
			return 0
		}
	}
	n++
	for n < len(text) && text[n] == ' ' {
		n++
	}
	return n
}

func opening(text string) int {
	for _, words := range openingWords {
		if n := len(words); len(text) > n && (text[n] == ',' || text[n] == ' ') && strings.EqualFold(text[:n], words) {
			return n
		}
	}
	return 0
}

// trailingWord returns the length of the trailing words of a clause, including the
// space before them, or 0.
func trailingWord(text string) int {
	for _, words := range trailing {
		if at := len(text) - len(words); at == 0 && strings.EqualFold(text, words) {
			return len(text)
		} else if at > 0 && text[at-1] == ' ' && strings.EqualFold(text[at:], words) {
			return len(words) + 1
		}
	}
	at := strings.LastIndexByte(text, ' ')
	if !trailingWords[strings.ToLower(text[at+1:])] {
		return 0
	}
	return len(text) - max(at, 0)
}

// removeBrackets removes brackets whose content is empty, is in another script, or
// has a colon or semicolon.
func removeBrackets(text string) string {
	return brackets(text, func(inside string) (string, bool) {
		return " ", strings.Trim(inside, " ,;") == "" || strings.ContainsFunc(inside, doubledPunctuation)
	})
}

func doubledPunctuation(r rune) bool {
	return r == ':' || r == ';' || unicode.In(r, unicode.Cyrillic, unicode.Arabic, unicode.Armenian, unicode.Hebrew, unicode.Georgian, unicode.Han)
}

// brackets replaces innermost brackets for which drop returns true.
func brackets(text string, drop func(inside string) (instead string, ok bool)) string {
	if !strings.Contains(text, "(") {
		return text
	}
	out := make([]byte, 0, len(text))
	open := -1
	for i := range len(text) {
		out = append(out, text[i])
		switch text[i] {
		case '(':
			open = len(out) - 1
		case ')':
			if open >= 0 {
				if instead, ok := drop(string(out[open+1 : len(out)-1])); ok {
					out = append(out[:open], instead...)
				}
			}
			open = -1
		}
	}
	return string(out)
}

// hasEmpty reports whether emptyBrackets would match.
func hasEmpty(text string) bool {
	last := byte(' ')
	for i := range len(text) {
		switch c := text[i]; {
		case space(c):
			continue
		case c == ')' && last == '(', c == ']' && last == '[', c == '"' && last == '"':
			return true
		}
		last = text[i]
	}
	return false
}

func space(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' && c != '\v' }

// closeSpaces reduces runs of spaces, and of commas, semicolons and colons, to the
// first one and removes spaces before punctuation.
func closeSpaces(text string) string {
	out := make([]byte, 0, len(text))
	for i := range len(text) {
		c := text[i]
		last := len(out) - 1
		switch {
		case space(c):
			if last < 0 || out[last] != ' ' {
				out = append(out, ' ')
			}
			continue
		case strings.IndexByte(",.;:)", c) >= 0 && last >= 0 && out[last] == ' ':
			out = out[:last]
			last--
		}
		if comma(c) && last >= 0 && comma(out[last]) {
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

func comma(c byte) bool { return c == ',' || c == ';' || c == ':' }
