package textfile

import (
	"context"
	"strings"
)

// maxFences is the maximum number of fenced code blocks recognized, because the
// text between two of them needs its own tokenizer.
const maxFences = 10_000

// readMarkdown removes common Markdown: headings, emphasis, links, images, quotes,
// tables, fences and HTML. It is not a complete Markdown parser: ambiguous marks
// stay, as do bullets and numbers.
func readMarkdown(ctx context.Context, text string) (string, error) {
	m := markdownReader{ctx: ctx}
	from, open, fences := 0, "", 0
	for at := 0; at < len(text); {
		end := at + lineLength(text[at:])
		mark := fence(text[at:end])
		switch {
		case open == "" && mark != "" && fences < maxFences:
			fences++
			if err := m.prose(text[from:at]); err != nil {
				return "", err
			}
			from, open = end, mark
		case open != "" && strings.HasPrefix(mark, open) && strings.TrimSpace(text[at:end]) == mark:
			m.add(text[from:at])
			from, open = end, ""
		}
		at = end
	}
	if open != "" {
		m.add(text[from:])
	} else if err := m.prose(text[from:]); err != nil {
		return "", err
	}
	return collapseBlankLines(ctx, m.out.String())
}

// lineLength returns the length in bytes of the first line, including its line
// break.
func lineLength(s string) int {
	if n := strings.IndexByte(s, '\n'); n >= 0 {
		return n + 1
	}
	return len(s)
}

// fence returns the marks that open or close a fenced code block, or "" if the line
// is not a fence.
func fence(line string) string {
	s := unindent(line)
	for _, mark := range []string{"`", "~"} {
		rest := strings.TrimLeft(s, mark)
		if n := len(s) - len(rest); n >= 3 && !(mark == "`" && strings.Contains(rest, mark)) {
			return s[:n]
		}
	}
	return ""
}

// unindent removes up to three spaces, which Markdown allows before block marks.
func unindent(s string) string {
	for range 3 {
		s = strings.TrimPrefix(s, " ")
	}
	return s
}

type markdownReader struct {
	ctx       context.Context
	out       strings.Builder
	paragraph strings.Builder // lines whose inline marks can form pairs
}

func (m *markdownReader) add(s string) {
	m.out.WriteString(s)
	if !strings.HasSuffix(s, "\n") {
		m.out.WriteByte('\n')
	}
}

// prose reads text outside of fences. It removes all HTML tags first, because a
// comment or a script may contain blank lines.
func (m *markdownReader) prose(s string) error {
	if strings.ContainsAny(s, "<&") {
		p := newPage(m.ctx, s, MaxTextBytes)
		p.preDepth, p.all = 1, 1
		var err error
		if s, err = p.read(); err != nil {
			return err
		}
	}
	for line := range strings.SplitSeq(s, "\n") {
		if err := m.ctx.Err(); err != nil {
			return err
		}
		m.line(line)
	}
	m.flush()
	return nil
}

func (m *markdownReader) line(s string) {
	s = unquoted(s)
	t := strings.TrimSpace(s)
	switch {
	case isRule(t):
		m.flush()
	case strings.HasPrefix(t, "|"):
		m.row(t)
	default:
		if title, ok := heading(s); ok {
			m.flush()
			m.appendLine(title)
			m.flush()
			return
		}
		m.appendLine(s)
	}
}

func (m *markdownReader) appendLine(s string) {
	m.paragraph.WriteString(s)
	m.paragraph.WriteByte('\n')
}

// flush ends a paragraph.
func (m *markdownReader) flush() {
	if m.paragraph.Len() > 0 {
		m.add(stripInlineMarks(m.ctx, m.paragraph.String()))
		m.paragraph.Reset()
	}
	m.out.WriteByte('\n')
}

// unquoted removes the marks of a block quote.
func unquoted(s string) string {
	for {
		rest, ok := strings.CutPrefix(unindent(s), ">")
		if !ok {
			return s
		}
		s = strings.TrimPrefix(rest, " ")
	}
}

// isRule reports whether a line is empty, a horizontal rule or a heading underline.
func isRule(t string) bool {
	for _, mark := range []string{"-", "=", "*", "_"} {
		if len(t) > 1 && strings.Trim(t, mark+" ") == "" {
			return true
		}
	}
	return t == ""
}

func heading(s string) (string, bool) {
	s = unindent(s)
	rest := strings.TrimLeft(s, "#")
	if n := len(s) - len(rest); n < 1 || n > 6 || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		return "", false
	}
	rest = strings.TrimSpace(rest)
	if closed := strings.TrimRight(rest, "#"); closed == "" || strings.HasSuffix(closed, " ") {
		rest = strings.TrimSpace(closed)
	}
	return rest, true
}

// row converts a table row from "|" to tabs. It drops the delimiter line below the
// header.
func (m *markdownReader) row(t string) {
	if strings.Trim(t, "|:- ") == "" && strings.Contains(t, "-") {
		return
	}
	t = strings.TrimSuffix(t[1:], "|")
	for m.ctx.Err() == nil {
		cell, rest, more := strings.Cut(t, "|")
		m.paragraph.WriteString(strings.TrimSpace(cell))
		if !more {
			m.appendLine("")
			return
		}
		m.paragraph.WriteByte('\t')
		t = rest
	}
}
