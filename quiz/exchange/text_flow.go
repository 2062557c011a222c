package exchange

import (
	"context"
	"strings"
	"unicode/utf8"
)

// gap is what stands between two pieces of text; the greatest one counts.
type gap uint8

const (
	noGap gap = iota
	aSpace
	aLine
	aParagraph
)

var gaps = [...]string{"", " ", "\n", "\n\n"}

// flow puts together the text of a page or a document: paragraphs with an empty
// line between them, rows of tables as lines with tabs. It stops at a number of
// characters, so that what is brought cannot take more memory than that.
type flow struct {
	ctx  context.Context
	out  []byte
	left int // characters that may still come
	full bool
	gap  gap // waits for the text after it
	cell bool
	row  int // cells so far
}

// put writes text as it is.
func (f *flow) put(s string) {
	s = strings.Map(shown, s)
	if s == "" {
		return
	}
	if f.left -= utf8.RuneCountInString(s); f.left < 0 {
		f.full = true
		return
	}
	if len(f.out) > 0 {
		f.out = append(f.out, gaps[f.gap]...)
	}
	f.out, f.gap = append(f.out, s...), noGap
}

// want asks for a gap before what comes.
func (f *flow) want(g gap) { f.gap = max(f.gap, g) }

// words writes text whose spaces only part its words.
func (f *flow) words(s string) {
	for looked := len(s); s != "" && !f.full; {
		if looked-len(s) >= stretch {
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
			f.want(aSpace)
			s = strings.TrimLeft(s, " \t\n\r\f")
		}
	}
}

// block ends a paragraph; a cell of a table stays on its line.
func (f *flow) block() {
	if f.cell {
		f.want(aSpace)
	} else {
		f.want(aParagraph)
	}
}

// newLine breaks a line; two of them are what many part paragraphs with.
func (f *flow) newLine() {
	switch {
	case f.cell:
		f.want(aSpace)
	case f.gap >= aLine:
		f.want(aParagraph)
	default:
		f.want(aLine)
	}
}

// table begins or ends one. In a cell, it tells that the table around it only
// lays out the page, whose paragraphs must not run together on one line.
func (f *flow) table() {
	f.cell, f.row = false, 0
	f.want(aParagraph)
}

func (f *flow) newRow() {
	f.cell, f.row = false, 0
	f.want(aLine)
}

// newCell writes its tab at once: empty cells keep their column.
func (f *flow) newCell() {
	if f.row > 0 {
		if f.gap == aSpace {
			f.gap = noGap
		}
		f.put("\t")
	}
	f.cell = true
	f.row++
}

// text is all that was put, without spaces that nobody sees.
func (f *flow) text() (string, error) {
	if f.full {
		return "", errLong
	}
	return tidy(f.ctx, string(f.out))
}

// tidy leaves one empty line where there are more, and no spaces at the ends of
// lines.
func tidy(ctx context.Context, s string) (string, error) {
	var out strings.Builder
	gap := noGap
	for line := range strings.SplitSeq(s, "\n") {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		if line = strings.TrimRight(line, " \t"); line == "" {
			gap = aParagraph
			continue
		}
		if out.Len() > 0 {
			out.WriteString(gaps[gap])
		}
		out.WriteString(line)
		gap = aLine
	}
	return out.String(), nil
}
