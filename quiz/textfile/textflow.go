package textfile

import (
	"context"
	"strings"
	"unicode/utf8"
)

// gap is the space between two pieces of text. If several are requested, the
// largest one is used.
type gap uint8

const (
	gapNone gap = iota
	gapSpace
	gapLine
	gapParagraph
)

var gapTexts = [...]string{"", " ", "\n", "\n\n"}

// textFlow assembles the text of a page or a document: paragraphs separated by
// blank lines, table rows as lines with tabs. It stops at a maximum number of
// characters to limit memory.
type textFlow struct {
	ctx  context.Context
	out  []byte
	left int // characters still allowed
	full bool
	gap  gap // written before the next text
	cell bool
	row  int // cells so far
}

// put writes text unchanged except for invisible characters.
func (f *textFlow) put(s string) {
	s = strings.Map(dropInvisible, s)
	if s == "" {
		return
	}
	if f.left -= utf8.RuneCountInString(s); f.left < 0 {
		f.full = true
		return
	}
	if len(f.out) > 0 {
		f.out = append(f.out, gapTexts[f.gap]...)
	}
	f.out, f.gap = append(f.out, s...), gapNone
}

// setGap requests a gap before the next text.
func (f *textFlow) setGap(g gap) { f.gap = max(f.gap, g) }

// words writes text in which white space only separates words.
func (f *textFlow) words(s string) {
	for looked := len(s); s != "" && !f.full; {
		if looked-len(s) >= textRange {
			if looked = len(s); f.ctx.Err() != nil {
				return
			}
		}
		n := strings.IndexAny(s, " \t\n\r\f")
		if n < 0 {
			n = len(s)
		}
		if n > 0 {
			f.put(s[:n])
		}
		if s = s[n:]; s != "" {
			f.setGap(gapSpace)
			s = strings.TrimLeft(s, " \t\n\r\f")
		}
	}
}

// block ends a paragraph. Inside a table cell, the text stays on the same line.
func (f *textFlow) block() {
	if f.cell {
		f.setGap(gapSpace)
	} else {
		f.setGap(gapParagraph)
	}
}

// newLine breaks the line. Two in a row make a paragraph break.
func (f *textFlow) newLine() {
	switch {
	case f.cell:
		f.setGap(gapSpace)
	case f.gap >= gapLine:
		f.setGap(gapParagraph)
	default:
		f.setGap(gapLine)
	}
}

// table starts or ends a table. A table inside a cell means that the outer table is
// used for page layout, whose paragraphs must not be joined on one line.
func (f *textFlow) table() {
	f.cell, f.row = false, 0
	f.setGap(gapParagraph)
}

func (f *textFlow) newRow() {
	f.cell, f.row = false, 0
	f.setGap(gapLine)
}

// newCell writes its tab immediately so that empty cells count as columns.
func (f *textFlow) newCell() {
	if f.row > 0 {
		if f.gap == gapSpace {
			f.gap = gapNone
		}
		f.put("\t")
	}
	f.cell = true
	f.row++
}

// text returns everything written, without superfluous white space.
func (f *textFlow) text() (string, error) {
	if f.full {
		return "", errLong
	}
	return collapseBlankLines(f.ctx, string(f.out))
}

// collapseBlankLines reduces several blank lines to one and removes white space at
// the ends of lines.
func collapseBlankLines(ctx context.Context, s string) (string, error) {
	var out strings.Builder
	gap := gapNone
	for line := range strings.SplitSeq(s, "\n") {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		if line = strings.TrimRight(line, " \t"); line == "" {
			gap = gapParagraph
			continue
		}
		if out.Len() > 0 {
			out.WriteString(gapTexts[gap])
		}
		out.WriteString(line)
		gap = gapLine
	}
	return out.String(), nil
}
