package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chronicle/quiz"
)

// document is a cleaned text: blocks of main text, headings and excerpts.
type document struct {
	contextWatch
	source  []rune
	blocks  []*block
	cleaned []SkippedPart
}

// block is a run of cleaned text with the way back to the source.
type block struct {
	runes []rune
	pos   []int32 // where each rune stands in the source
	kind  blockKind
	title string // the heading above, or the words that an excerpt is about
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

// text is the block between two of its runes.
func (b *block) text(from, to int) string { return string(b.runes[from:to]) }

// span is the same in the source.
func (b *block) span(from, to int) quiz.Span {
	if from >= to {
		return quiz.Span{}
	}
	return quiz.Span{Start: int(b.pos[from]), End: int(b.pos[to-1]) + 1}
}

// line is a line of the source; from and to are without the spaces around.
type line struct {
	from, to int
	text     string
	kind     blockKind
	title    int // for an excerpt: the line that its words repeat
}

func (l line) empty() bool { return l.from == l.to }

// clean cuts the text into blocks.
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

// isInvisible are characters that take no room and say nothing here.
func isInvisible(r rune) bool {
	return r == '\u00ad' || r >= '\u200b' && r <= '\u200f' || r == '\ufeff' || r >= '\u202a' && r <= '\u202e' || r == '\u2060'
}

// An excerpt of a linked text ends with dots after a cut word, and begins by
// repeating the words of the line before it. How far back its beginning is
// looked for, in lines.
const maxExcerptLookback = 8

// markExcerpts marks the lines that are excerpts of linked texts.
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

// outermostExcerpt is where an excerpt begins that has another one within.
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

// firstWord is the first word of a text that is no article.
func firstWord(s string) string {
	for w := range strings.FieldsFuncSeq(s, hasNoLetter) {
		if w = strings.ToLower(w); len(w) > 2 && !commonWords[w] {
			return w
		}
	}
	return ""
}

// maxLinkTitle is how long the words of a link are at most, in bytes.
const maxLinkTitle = 60

// endsInDots tells whether a line ends in the dots of an excerpt.
func endsInDots(s string) bool {
	return len(s) > 8 && (strings.HasSuffix(s, " ...") || strings.HasSuffix(s, " …"))
}

// previousLine is the line before that is not empty, -1 for none.
func previousLine(lines []line, i int) int {
	for i--; i >= 0 && lines[i].empty(); i-- {
	}
	return i
}

// excerptStart finds where the excerpt that ends in a line begins, and the line
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

// firstFields are the first fields of a line, at most so many.
func firstFields(s string, most int) []string {
	var out []string
	for f := range strings.FieldsSeq(s) {
		if out = append(out, f); len(out) == most {
			break
		}
	}
	return out
}

// fieldsAfter is what stands after the fields that a line begins with.
func fieldsAfter(s string, fields []string) string {
	for _, f := range fields {
		_, s, _ = strings.Cut(s, f)
	}
	return s
}

// repeatsEnd tells whether a line begins by repeating words of the end of another.
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

// repeatsFields is how many words of the end of one line, and of the beginning of
// another, can be the words that are repeated.
const repeatsFields = 6

// firstWords are the first words of a text in small letters, at most so many.
func firstWords(s string, most int) []string {
	out := make([]string, 0, most)
	for w := range strings.FieldsFuncSeq(s, hasNoLetter) {
		if out = append(out, strings.ToLower(w)); len(out) == most {
			break
		}
	}
	return out
}

// lastWords are the last words of a text in small letters, at most so many, the
// last one first.
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

// markHeadings marks short lines that stand for themselves.
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
	for above >= 0 && lines[above].kind == blockExcerpt { // what an excerpt interrupts goes on after it
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

// endsSentence tells whether a line ends as a sentence does.
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

// dropSections drops what stands under headings such as References, to the end
// of the text or to a heading of another kind with sentences under it.
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
