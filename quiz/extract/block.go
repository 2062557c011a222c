package extract

import (
	"slices"
	"strings"
	"unicode"

	"chronicle/quiz"
)

// build builds blocks from the lines.
func (d *document) build(lines []line) {
	title := ""
	var open *block // the current paragraph
	gap := false    // there was an empty line
	for i := 0; i < len(lines) && !d.isDone(1); i++ {
		l := lines[i]
		switch {
		case l.empty():
			gap = true
			continue
		case l.kind == blockHeading:
			title = strings.Trim(l.text, "=#* ")
			d.put(l, blockHeading, title)
			open = nil
		case l.kind == blockDropped:
			d.put(l, blockDropped, title)
			open = nil
		case l.kind == blockExcerpt:
			i = d.putExcerpt(lines, i)
			gap = false
			continue
		default:
			if open != nil && d.goesOn(open, l, gap) {
				open.add(' ', l.from)
				d.fill(open, l)
			} else {
				open = d.put(l, blockText, title)
			}
		}
		gap = false
	}
	d.blocks = slices.DeleteFunc(d.blocks, func(b *block) bool { return len(b.runes) == 0 })
}

// maxWrappedLine is the maximum length, in code points, of a line that was wrapped;
// longer lines are paragraphs.
const maxWrappedLine = 100

// goesOn reports whether a line continues the paragraph before it.
func (d *document) goesOn(open *block, l line, gap bool) bool {
	first := d.source[l.from]
	if strings.ContainsRune("*•·#|", first) {
		return false
	}
	if strings.ContainsRune(",.;)", first) {
		return true
	}
	over := endsSentence(string(open.runes[max(0, len(open.runes)-60):]))
	if gap {
		return unicode.IsLower(first) && !over
	}
	return !over || l.to-l.from < maxWrappedLine
}

func (d *document) put(l line, kind blockKind, title string) *block {
	b := &block{kind: kind, title: title}
	d.blocks = append(d.blocks, b)
	d.fill(b, l)
	if kind == blockDropped {
		d.cleaned = append(d.cleaned, SkippedPart{quiz.Span{Start: l.from, End: l.to}, SkipSection})
	}
	return b
}

// longTitle is the maximum length of an excerpt's title in bytes.
const longTitle = 300

// putExcerpt makes a block of the lines of one excerpt and returns the index of the
// last line.
func (d *document) putExcerpt(lines []line, i int) int {
	title := ""
	if t := lines[i].title; t >= 0 {
		title = lines[t].text
		title = strings.ToValidUTF8(title[:min(len(title), longTitle)], "")
	}
	b := &block{kind: blockExcerpt, title: title}
	d.blocks = append(d.blocks, b)
	last := i
	for j := i; j < len(lines) && !d.isDone(1) && (lines[j].empty() || lines[j].kind == blockExcerpt && lines[j].title == lines[i].title); j++ {
		if lines[j].empty() {
			continue
		}
		if len(b.runes) > 0 {
			b.add(' ', lines[j].from)
		}
		d.fill(b, lines[j])
		last = j
		if endsInDots(lines[j].text) {
			break
		}
	}
	d.cleaned = append(d.cleaned, SkippedPart{quiz.Span{Start: lines[i].from, End: lines[last].to}, SkipExcerpt})
	return last
}

// fill copies a line into a block, unifying spaces, dashes and apostrophes and
// removing footnote marks.
func (d *document) fill(b *block, l line) {
	for i := l.from; i < l.to && !d.isDone(1); i++ {
		r := d.source[i]
		if end := footnoteEnd(d.source, i, l.to); end > i {
			d.cleaned = append(d.cleaned, SkippedPart{quiz.Span{Start: i, End: end}, SkipFootnote})
			i = end - 1
			continue
		}
		switch {
		case isInvisible(r):
			continue
		case unicode.IsSpace(r):
			if n := len(b.runes); n > 0 && b.runes[n-1] == ' ' {
				continue
			}
			r = ' '
		case r == '—' || r == '―' || r == '‒' || r == '−':
			r = '–'
		case r == '‐' || r == '‑':
			r = '-'
		case r == '’' || r == 'ʼ':
			r = '\''
		}
		if n := len(b.runes); n > 0 && b.runes[n-1] == ' ' && strings.ContainsRune(",.;", r) && !(r == '.' && i+1 < l.to && d.source[i+1] == '.') {
			b.runes, b.pos = b.runes[:n-1], b.pos[:n-1] // remove the space before the mark, which an excerpt can leave after a word
		}
		b.add(r, i)
	}
}

// footnoteEnd returns the end of a footnote mark at i, such as [12], [a] or
// [citation needed], or i if there is none.
func footnoteEnd(s []rune, i, to int) int {
	if s[i] != '[' {
		return i
	}
	for j := i + 1; j < to && j < i+24; j++ {
		switch {
		case s[j] == ']':
			if j == i+5 && i > 0 && s[i-1] == ']' && isDigits(s[i+1:j]) { // four digits directly after another mark
				return j + 1
			}
			return footnoteMarkEnd(string(s[i+1:j]), i, j+1)
		case s[j] == '[' || s[j] == '.':
			return i
		}
	}
	return i
}

func isDigits(s []rune) bool { return strings.Trim(string(s), "0123456789") == "" }

func footnoteMarkEnd(inside string, i, end int) int {
	switch {
	case inside == "":
		return i
	case len(inside) <= 3 && strings.Trim(inside, "0123456789") == "", len(inside) == 1 && unicode.IsLower(rune(inside[0])):
		return end
	}
	switch strings.TrimRight(strings.ToLower(inside), "0123456789 :–-") {
	case "note", "nb", "n", "citation needed", "clarification needed", "who?", "when?", "page needed", "by whom?", "better source needed":
		return end
	}
	return i
}
