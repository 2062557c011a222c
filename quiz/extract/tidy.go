package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longClause is how much of what is left of a sentence is made a clause of, in
// bytes. An event has at most maxEvent characters, so nothing is lost.
const longClause = 1000

// tidyClause makes a clause of what is left of a sentence.
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

// firstWordsOf is more of a text than any of the words that it is searched for.
func firstWordsOf(text string) string { return text[:min(len(text), 40)] }

var (
	emptyBrackets       = regexp.MustCompile(`\(\s*\)|\[\s*\]|"\s*"`)
	repeatedConjunction = regexp.MustCompile(`\b(and|or)(?: (?:and|or))+\b`)

	// headless is what is left where the date itself was the subject.
	subjectlessPattern = regexp.MustCompile(`^(?i:the )?(?:[Ww]as|[Ss]aw|[Bb]rought|[Mm]arked) (?:also )?`)
	headlessPattern    = regexp.MustCompile(`^(?i:the,|the (?:were|had|began)|were|is) ?`)
)

// trimmedWords takes away the words that lead to a clause, and those that lead
// on from it, as long as enough is left.
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

// shortenClause tells whether a text has fewer characters.
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

// longOpener is the length of the longest of openers.
const longOpener = 12

// opener is the length of the words that lead to a clause, with the comma or the
// spaces behind them; 0 for none.
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

// trailingWord is the length of the words that lead on from a clause, with the space
// before them; 0 for none.
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

// removeBrackets takes away the brackets that say something beside: in another
// script, or in parts.
func removeBrackets(text string) string {
	return brackets(text, func(inside string) (string, bool) {
		return " ", strings.Trim(inside, " ,;") == "" || strings.ContainsFunc(inside, doubledPunctuation)
	})
}

func doubledPunctuation(r rune) bool {
	return r == ':' || r == ';' || unicode.In(r, unicode.Cyrillic, unicode.Arabic, unicode.Armenian, unicode.Hebrew, unicode.Georgian, unicode.Han)
}

// brackets puts something else for brackets with none within, where drop says so.
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

// hasEmpty tells whether emptied finds something.
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

// closeSpaces leaves one space where there are more and none before a mark, and one
// mark where there are more.
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
