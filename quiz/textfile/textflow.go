package textfile

import (
	"context"
	"strings"
	"unicode/utf8"
)

// gap is what stands between two pieces of text; the greatest one counts.
type gap uint8

const (
	gapNone gap = iota
	gapSpace
	gapLine
	gapParagraph
)

var gapTexts = [...]string{"", " ", "\n", "\n\n"}

// textFlow puts together the text of a page or a document: paragraphs with an empty
// line between them, rows of tables as lines with tabs. It stops at a number of
// characters, so that what is brought cannot take more memory than that.
type textFlow struct {
	ctx  context.Context
	out  []byte
	left int // characters that may still come
	full bool
	gap  gap // waits for the text after it
	cell bool
	row  int // cells so far
}

// put writes text as it is.
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

// setGap asks for a gap before what comes.
func (f *textFlow) setGap(g gap) { f.gap = max(f.gap, g) }

// words writes text whose spaces only part its words.
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

// block ends a paragraph; a cell of a table stays on its line.
func (f *textFlow) block() {
	if f.cell {
		f.setGap(gapSpace)
	} else {
		f.setGap(gapParagraph)
	}
}

// newLine breaks a line; two of them are what many part paragraphs with.
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

// table begins or ends one. In a cell, it tells that the table around it only
// lays out the page, whose paragraphs must not run together on one line.
func (f *textFlow) table() {
	f.cell, f.row = false, 0
	f.setGap(gapParagraph)
}

func (f *textFlow) newRow() {
	f.cell, f.row = false, 0
	f.setGap(gapLine)
}

// newCell writes its tab at once: empty cells keep their column.
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

// text is all that was put, without spaces that nobody sees.
func (f *textFlow) text() (string, error) {
	if f.full {
		return "", errLong
	}
	return collapseBlankLines(f.ctx, string(f.out))
}

// collapseBlankLines leaves one empty line where there are more, and no spaces at the ends of
// lines.
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
