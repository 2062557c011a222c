package textfile

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits for Markdown within a paragraph; they keep the running time linear.
const (
	maxMarkLength = 3     // repeated characters, as in *** or ```
	maxBrackets   = 32    // open at the same time
	maxAddress    = 2_000 // bytes of a link's URL and title
	maxParens     = 32
)

// inlineMarks removes inline Markdown from a paragraph. A character that is
// recognized as markup only later is overwritten with NUL, which clean text never
// contains.
type inlineMarks struct {
	in       string
	out      []byte
	brackets []bracket
	open     [2][maxMarkLength + 1]int // for * and _ of each length: position in out plus 1; 0 for none
	unclosed [maxMarkLength + 1]bool   // no closing ` of that length is left
}

type bracket struct {
	at      int // index in out
	picture bool
}

// stripInlineMarks returns a paragraph without inline Markdown. It stops when the
// context ends.
func stripInlineMarks(ctx context.Context, s string) string {
	if !strings.ContainsAny(s, "\\`*_[") {
		return s
	}
	m := &inlineMarks{in: s, out: make([]byte, 0, len(s))}
	for i, looked := 0, 0; i < len(s); {
		if i-looked >= textRange {
			if looked = i; ctx.Err() != nil {
				break
			}
		}
		i = m.step(i)
	}
	return string(slices.DeleteFunc(m.out, func(b byte) bool { return b == 0 }))
}

// step handles the character at i and returns the index to continue at, as do the
// methods below.
func (m *inlineMarks) step(i int) int {
	switch c := m.in[i]; {
	case c == '\\':
		return m.escape(i)
	case c == '`':
		return m.code(i)
	case c == '*' || c == '_':
		return m.emphasis(i)
	case c == '[':
		return m.bracket(i, 1, false)
	case strings.HasPrefix(m.in[i:], "!["):
		return m.bracket(i, 2, true)
	case c == ']':
		return m.link(i)
	}
	return m.copy(i, 1)
}

func (m *inlineMarks) copy(i, n int) int {
	m.out = append(m.out, m.in[i:i+n]...)
	return i + n
}

func (m *inlineMarks) escape(i int) int {
	switch {
	case i+1 == len(m.in) || !strings.ContainsRune("\n!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", rune(m.in[i+1])):
		return m.copy(i, 1)
	case m.in[i+1] == '\n' && i+2 < len(m.in):
		return i + 1
	case m.in[i+1] == '\n':
		return m.copy(i, 1)
	}
	return m.copy(i+1, 1)
}

// signs counts how often the character at i is repeated.
func (m *inlineMarks) signs(i int) int {
	n := 1
	for i+n < len(m.in) && m.in[i+n] == m.in[i] {
		n++
	}
	return n
}

func (m *inlineMarks) code(i int) int {
	n := m.signs(i)
	if n > maxMarkLength || m.unclosed[n] {
		return m.copy(i, n)
	}
	for j := i + n; ; {
		next := strings.IndexByte(m.in[j:], '`')
		if next < 0 {
			m.unclosed[n] = true
			return m.copy(i, n)
		}
		j += next
		end := m.signs(j)
		if end == n {
			m.copy(i+n, j-i-n)
			return j + n
		}
		j += end
	}
}

// emphasis removes pairs of emphasis marks. A mark cannot open after a letter or
// digit or close before one, so 1941*, 2*3*4 and snake_case_names stay unchanged.
func (m *inlineMarks) emphasis(i int) int {
	n := m.signs(i)
	before, _ := utf8.DecodeLastRuneInString(m.in[:i])
	after, _ := utf8.DecodeRuneInString(m.in[i+n:])
	if n > maxMarkLength {
		return m.copy(i, n)
	}
	open := &m.open[0][n]
	if m.in[i] == '_' {
		open = &m.open[1][n]
	}
	switch {
	case *open > 0 && i > 0 && !unicode.IsSpace(before) && !ofWord(after):
		clear(m.out[*open-1 : *open-1+n])
		*open = 0
		return i + n
	case i+n < len(m.in) && !unicode.IsSpace(after) && !ofWord(before):
		*open = len(m.out) + 1
	}
	return m.copy(i, n)
}

func ofWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

func (m *inlineMarks) bracket(i, n int, picture bool) int {
	if len(m.brackets) == maxBrackets {
		m.brackets = slices.Delete(m.brackets, 0, 1)
	}
	m.brackets = append(m.brackets, bracket{len(m.out), picture})
	return m.copy(i, n)
}

func (m *inlineMarks) link(i int) int {
	if len(m.brackets) == 0 {
		return m.copy(i, 1)
	}
	last := m.brackets[len(m.brackets)-1]
	m.brackets = m.brackets[:len(m.brackets)-1]
	n := linkTargetLength(m.in[i+1:])
	switch {
	case n == 0:
		return m.copy(i, 1)
	case last.picture:
		m.drop(last.at)
	default:
		m.out[last.at] = 0
	}
	return i + 1 + n
}

// drop removes output from index from, and the marks that were opened in it.
func (m *inlineMarks) drop(from int) {
	m.out = m.out[:from]
	for sign := range m.open {
		for n := range m.open[sign] {
			if m.open[sign][n] > from {
				m.open[sign][n] = 0
			}
		}
	}
}

// linkTargetLength returns the length of the "(…)" that follows a link's text, or 0
// if there is none.
func linkTargetLength(s string) int {
	deep := 0
	for i := 0; i < min(len(s), maxAddress); i++ {
		switch s[i] {
		case '(':
			deep++
		case ')':
			deep--
		case '\n':
			return 0
		}
		if deep == 0 && i > 0 {
			return i + 1
		}
		if deep == 0 || deep > maxParens {
			return 0
		}
	}
	return 0
}
