package textfile

import (
	"context"
	"strings"
)

// maxFences is how many pieces of code are told from the text, for what stands
// between two has a tokenizer of its own.
const maxFences = 10_000

// readMarkdown takes the marks off that people write Markdown with: headings,
// emphasis, links, pictures, quotes, tables, fences and HTML. It is no parser
// of all of Markdown: a mark in doubt stays, and so do bullets and numbers.
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

// lineLength counts the bytes of the first line with its end.
func lineLength(s string) int {
	if n := strings.IndexByte(s, '\n'); n >= 0 {
		return n + 1
	}
	return len(s)
}

// fence is the mark that a line of code begins or ends with; empty for none.
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

// unindent takes off the spaces that Markdown allows before any mark.
func unindent(s string) string {
	for range 3 {
		s = strings.TrimPrefix(s, " ")
	}
	return s
}

type markdownReader struct {
	ctx       context.Context
	out       strings.Builder
	paragraph strings.Builder // lines whose marks can belong together
}

func (m *markdownReader) add(s string) {
	m.out.WriteString(s)
	if !strings.HasSuffix(s, "\n") {
		m.out.WriteByte('\n')
	}
}

// prose reads what stands outside of fences. Its tags go first, all at once:
// a comment or a script may have empty lines in it.
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

// unquoted takes off the marks of a quotation.
func unquoted(s string) string {
	for {
		rest, ok := strings.CutPrefix(unindent(s), ">")
		if !ok {
			return s
		}
		s = strings.TrimPrefix(rest, " ")
	}
}

// isRule tells of empty lines, and of lines that only part or underline.
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

// row makes a line of tabs of one of bars; the line below the head is none.
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
