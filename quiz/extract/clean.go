package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chronicle/quiz"
)

// document is a cleaned text: blocks of main text, headings, excerpts and dropped
// sections.
type document struct {
	contextWatch
	source  []rune
	blocks  []*block
	cleaned []SkippedPart
}

// block is a piece of cleaned text that records its positions in the source.
type block struct {
	runes []rune
	pos   []int32 // position of each rune in the source
	kind  blockKind
	title string // the heading above, or the linked words that an excerpt is about
	words []word
}

type blockKind uint8

const (
	blockText blockKind = iota
	blockHeading
	blockExcerpt
	blockDropped
)

func (b *block) add(r rune, at int) {
	b.runes, b.pos = append(b.runes, r), append(b.pos, int32(at))
}

// text returns the text between two runes.
func (b *block) text(from, to int) string { return string(b.runes[from:to]) }

// span returns the same range in the source.
func (b *block) span(from, to int) quiz.Span {
	if from >= to {
		return quiz.Span{}
	}
	return quiz.Span{Start: int(b.pos[from]), End: int(b.pos[to-1]) + 1}
}

// line is a line of the source; from and to exclude surrounding spaces.
type line struct {
	from, to int
	text     string
	kind     blockKind
	title    int // index of the line that an excerpt repeats words of; -1 for none
}

func (l line) empty() bool { return l.from == l.to }

// clean divides the text into blocks.
func (d *document) clean(g *grammar) {
	lines := d.splitLines()
	d.markExcerpts(lines)
	d.markHeadings(lines, g)
	d.dropSections(lines, g)
	d.build(lines)
}

func (d *document) splitLines() []line {
	source := d.source
	n := 1
	for _, r := range source {
		if lineEnd(r) {
			n++
		}
	}
	out := make([]line, 0, n)
	for from := 0; from <= len(source); {
		to := from
		for to < len(source) && !lineEnd(source[to]) {
			to++
		}
		if d.isDone(to - from + 1) {
			return nil
		}
		a, b := from, to
		for a < b && isBlank(source[a]) {
			a++
		}
		for a < b && isBlank(source[b-1]) {
			b--
		}
		out = append(out, line{from: a, to: b, text: string(source[a:b]), title: -1})
		from = to + 1
	}
	return out
}

func lineEnd(r rune) bool { return r == '\n' || r == '\r' || r == '\u2028' }

func isBlank(r rune) bool { return unicode.IsSpace(r) || isInvisible(r) }

// isInvisible reports whether a character has no width and no meaning here.
func isInvisible(r rune) bool {
	return r == '\u00ad' || r >= '\u200b' && r <= '\u200f' || r == '\ufeff' || r >= '\u202a' && r <= '\u202e' || r == '\u2060'
}

// maxExcerptLookback is the maximum number of lines searched for the start of an
// excerpt. An excerpt is the preview of a linked page within a copied text: it ends
// with dots after a cut word and starts by repeating words of the line before it.
const maxExcerptLookback = 8

// markExcerpts marks the lines that are excerpts of linked pages.
func (d *document) markExcerpts(lines []line) {
	for i := range lines {
		if d.isDone(1) {
			return
		}
		if lines[i].empty() || !endsInDots(lines[i].text) {
			continue
		}
		from, title := excerptStart(lines, i)
		from, title = outermostExcerpt(lines, from, title)
		for j := from; j <= i; j++ {
			lines[j].kind, lines[j].title = blockExcerpt, title
		}
	}
}

// outermostExcerpt returns the start of an excerpt that contains another one.
func outermostExcerpt(lines []line, from, title int) (int, int) {
	if title < 0 || len(lines[title].text) <= maxLinkTitle {
		return from, title
	}
	above := previousLine(lines, title)
	if above >= 0 && len(lines[above].text) <= maxLinkTitle && repeatsEnd(lines[above].text, firstWord(lines[title].text)) {
		return title, above
	}
	return from, title
}

// firstWord returns the first significant word of a text in lower case.
func firstWord(s string) string {
	for w := range strings.FieldsFuncSeq(s, hasNoLetter) {
		if w = strings.ToLower(w); len(w) > 2 && !commonWords[w] {
			return w
		}
	}
	return ""
}

// maxLinkTitle is the maximum length of the words of a link in bytes.
const maxLinkTitle = 60

// endsInDots reports whether a line ends with the dots of an excerpt.
func endsInDots(s string) bool {
	return len(s) > 8 && (strings.HasSuffix(s, " ...") || strings.HasSuffix(s, " …"))
}

// previousLine returns the index of the previous line that is not empty, or -1.
func previousLine(lines []line, i int) int {
	for i--; i >= 0 && lines[i].empty(); i-- {
	}
	return i
}

// excerptStart finds where the excerpt that ends at a line starts, and the line
// whose words it repeats.
func excerptStart(lines []line, end int) (from, title int) {
	for j, n := end, 0; j >= 0 && n < maxExcerptLookback; n++ {
		above := previousLine(lines, j)
		if above < 0 || lines[above].kind == blockExcerpt {
			break
		}
		line := lines[j].text
		if words := firstFields(line, 4); j < end && len(words) > 3 {
			line = strings.Join(words[:3], " ")
		}
		if repeatsEnd(lines[above].text, line) {
			return j, above
		}
		j = above
	}
	text := lines[end].text
	if words := firstFields(text, 5); len(words) > 4 && repeatsEnd(strings.Join(words[:3], " "), fieldsAfter(text, words[:2])) {
		return end, -1
	}
	return end, previousLine(lines, end)
}

// firstFields returns at most most fields from the start of a line.
func firstFields(s string, most int) []string {
	var out []string
	for f := range strings.FieldsSeq(s) {
		if out = append(out, f); len(out) == most {
			break
		}
	}
	return out
}

// fieldsAfter returns the text after the fields at the start of a line.
func fieldsAfter(s string, fields []string) string {
	for _, f := range fields {
		_, s, _ = strings.Cut(s, f)
	}
	return s
}

// repeatsEnd reports whether a text starts by repeating words from the end of
// title.
func repeatsEnd(title, text string) bool {
	head := firstWords(text, repeatsFields)
	for _, a := range lastWords(title, repeatsFields) {
		if len(a) < 3 || commonWords[a] {
			continue
		}
		for _, b := range head {
			n := min(len(a), len(b), 5)
			if n >= 3 && len(b) >= 3 && a[:n] == b[:n] && !commonWords[b] {
				return true
			}
		}
	}
	return false
}

var commonWords = map[string]bool{
	"the": true, "and": true, "was": true, "for": true, "with": true, "from": true, "that": true, "his": true, "its": true,
	"their": true, "this": true, "also": true, "are": true, "has": true, "had": true, "were": true, "which": true,
}

// repeatsFields is the number of words compared at the end of one line and the
// start of another.
const repeatsFields = 6

// firstWords returns at most most words from the start of a text in lower case.
func firstWords(s string, most int) []string {
	out := make([]string, 0, most)
	for w := range strings.FieldsFuncSeq(s, hasNoLetter) {
		if out = append(out, strings.ToLower(w)); len(out) == most {
			break
		}
	}
	return out
}

// lastWords returns at most most words from the end of a text in lower case, last
// word first.
func lastWords(s string, most int) []string {
	out := make([]string, 0, most)
	for len(out) < most {
		s = strings.TrimRightFunc(s, hasNoLetter)
		if s == "" {
			break
		}
		from := strings.LastIndexFunc(s, hasNoLetter)
		if from >= 0 {
			_, n := utf8.DecodeRuneInString(s[from:])
			from += n
		}
		from = max(from, 0)
		out = append(out, strings.ToLower(s[from:]))
		s = s[:from]
	}
	return out
}

func hasNoLetter(r rune) bool { return !unicode.IsLetter(r) }

// markHeadings marks short lines that look like headings.
func (d *document) markHeadings(lines []line, g *grammar) {
	for i := range lines {
		if d.isDone(1) {
			return
		}
		l := &lines[i]
		if l.kind == blockText && !l.empty() && looksLikeHeading(lines, i, g) {
			l.kind = blockHeading
		}
	}
}

func looksLikeHeading(lines []line, i int, g *grammar) bool {
	text := strings.TrimSpace(strings.Trim(lines[i].text, "=#* "))
	if g.endings[strings.ToLower(strings.TrimRight(text, ":"))] {
		return true
	}
	if len(text) > 90 {
		return false
	}
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > 10 || endsSentence(text) || strings.HasSuffix(text, ",") || danglingWords[words[len(words)-1]] {
		return false
	}
	if next := followingLine(lines, i); next >= 0 && lines[next].kind == blockExcerpt && lines[next].title == i {
		return false // the words of a link
	}
	first, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) {
		return false
	}
	above := previousLine(lines, i)
	for above >= 0 && lines[above].kind == blockExcerpt { // an excerpt can interrupt a line, which continues after it
		if lines[above].title >= 0 {
			above = min(above, lines[above].title)
		} else {
			above = previousLine(lines, above)
		}
		if above >= 0 && lines[above].kind != blockExcerpt {
			return false
		}
	}
	if above >= 0 && lines[above].kind == blockText && !endsSentence(lines[above].text) {
		return above < i-1 && i+1 < len(lines) && lines[i+1].empty()
	}
	next := followingLine(lines, i)
	if next < 0 {
		return len(words) <= 6 && above >= 0 && above < i-1
	}
	begins, _ := utf8.DecodeRuneInString(lines[next].text)
	return !unicode.IsLower(begins) && !strings.ContainsRune(",.;:)", begins)
}

func followingLine(lines []line, i int) int {
	for i++; i < len(lines); i++ {
		if !lines[i].empty() {
			return i
		}
	}
	return -1
}

// endsSentence reports whether a line ends like a sentence.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)] ")
	for strings.HasSuffix(s, "]") || len(s) > 0 && s[len(s)-1] >= '0' && s[len(s)-1] <= '9' {
		i := strings.LastIndex(s, "[")
		if i < 0 {
			break
		}
		s = strings.TrimRight(s[:i], "\"'”’»)] ")
	}
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, ":") || strings.HasSuffix(s, "…")
}

// dropSections drops everything under headings such as References, to the end of
// the text or to another heading marked with "=".
func (d *document) dropSections(lines []line, g *grammar) {
	drop := false
	for i := range lines {
		if d.isDone(1) {
			return
		}
		l := &lines[i]
		if l.kind == blockHeading {
			name := strings.ToLower(strings.Trim(l.text, "=#*: "))
			if g.endings[name] {
				drop = true
			} else if next := followingLine(lines, i); drop && strings.HasPrefix(l.text, "=") && next >= 0 {
				drop = false
			}
		}
		if drop && !l.empty() {
			l.kind = blockDropped
		}
	}
}
