// Package textfile converts uploaded text files (.txt, .md, .html and .docx) to plain text.
package textfile

import (
	"bytes"
	"context"
	"encoding/binary"
	"path"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"chronicle/quiz"
)

// Limits of an imported text. The error messages state them too.
const (
	MaxTextBytes = 10 << 20  // of the file
	MaxText      = 1_000_000 // code points of the text read from it
)

// ReadText converts a .txt, .md, .html or .docx file to plain text. Content
// overrides the file name: a zip is read as .docx and an HTML page as .html,
// whatever their names; any other text is plain. Lines end in "\n". Invisible
// characters are removed, except for joiners that are part of the spelling. The
// text is not normalized otherwise.
//
// Errors are Invalid with a key that begins with "bring.problem.": empty, big (more
// than MaxTextBytes), long (more than MaxText), binary, encoding (neither UTF-8 nor
// UTF-16 with a byte order mark) or zip (not a valid .docx, or beyond the limits in
// docx.go). If the context ends first, ReadText returns the context's error.
func ReadText(ctx context.Context, name string, content []byte) (string, error) {
	if len(content) > MaxTextBytes {
		return "", quiz.NewError(quiz.Invalid, "bring.problem.big")
	}
	text, err := readAs(ctx, name, content)
	if err != nil {
		return "", err
	}
	text, err = clean(ctx, text) // clean again, because HTML entities can encode any character
	switch {
	case err != nil:
		return "", err
	case strings.TrimSpace(text) == "":
		return "", quiz.NewError(quiz.Invalid, "bring.problem.empty")
	case utf8.RuneCountInString(text) > MaxText:
		return "", errLong
	}
	return text, nil
}

var (
	errLong     = quiz.NewError(quiz.Invalid, "bring.problem.long")
	errBinary   = quiz.NewError(quiz.Invalid, "bring.problem.binary")
	errEncoding = quiz.NewError(quiz.Invalid, "bring.problem.encoding")
)

func readAs(ctx context.Context, name string, content []byte) (string, error) {
	ending := path.Ext(strings.ToLower(name))
	switch {
	case len(bytes.TrimSpace(content)) == 0:
		return "", nil
	case isBinary(content):
		return "", errBinary
	case ending == ".docx" || IsPacked(content):
		return readDocx(ctx, content)
	}
	text, err := decode(ctx, content)
	if err != nil {
		return "", err
	}
	if text, err = clean(ctx, text); err != nil {
		return "", err
	}
	switch {
	case ending == ".html" || ending == ".htm" || ending == ".xhtml" || isHTML(text):
		return readPage(ctx, text)
	case ending == ".md" || ending == ".markdown":
		return readMarkdown(ctx, text)
	}
	return text, nil
}

// IsPlain reports whether ReadText reads the file without converting a format. Only
// then do positions in the text match positions in the file.
func IsPlain(name string, content []byte) bool {
	switch path.Ext(strings.ToLower(name)) {
	case ".html", ".htm", ".xhtml", ".docx":
		return false
	}
	return utf8.Valid(content) && !IsPacked(content) && !isHTML(string(content[:min(len(content), 1024)]))
}

// isBinary recognizes common binary files by their first bytes. These may contain
// no NUL byte, or may be named .docx.
func isBinary(content []byte) bool {
	for _, begin := range []string{"%PDF-", `{\rtf`, "\xD0\xCF\x11\xE0", "\x89PNG", "\xFF\xD8\xFF", "GIF87a", "GIF89a"} {
		if bytes.HasPrefix(content, []byte(begin)) {
			return true
		}
	}
	return false
}

// isHTML recognizes HTML pages with another file extension; Word, for example,
// saves them as .doc.
func isHTML(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text[:min(len(text), 1024)]))
	return strings.HasPrefix(text, "<") && (strings.Contains(text, "<html") || strings.Contains(text, "<!doctype html"))
}

// decode decodes UTF-8, and UTF-16 with a byte order mark. It does not guess older
// encodings, because a wrong guess changes letters unnoticed.
func decode(ctx context.Context, content []byte) (string, error) {
	switch {
	case bytes.HasPrefix(content, []byte("\xFE\xFF")):
		return decode16(ctx, content[2:], binary.BigEndian)
	case bytes.HasPrefix(content, []byte("\xFF\xFE")):
		return decode16(ctx, content[2:], binary.LittleEndian)
	case bytes.IndexByte(content, 0) >= 0:
		return "", errBinary
	case !utf8.Valid(content):
		return "", errEncoding
	}
	return string(content), nil
}

func decode16(ctx context.Context, content []byte, order binary.ByteOrder) (string, error) {
	if len(content)%2 != 0 {
		return "", errEncoding
	}
	var out strings.Builder
	out.Grow(len(content))
	for i := 0; i < len(content); i += 2 {
		if i%textRange == 0 && ctx.Err() != nil {
			return "", ctx.Err()
		}
		r := rune(order.Uint16(content[i:]))
		if utf16.IsSurrogate(r) {
			if i += 2; i == len(content) {
				return "", errEncoding
			}
			if r = utf16.DecodeRune(r, rune(order.Uint16(content[i:]))); r == unicode.ReplacementChar {
				return "", errEncoding
			}
		}
		out.WriteRune(r)
	}
	return out.String(), nil
}

// lineEnds converts all line breaks to "\n". A form feed counts as one: without it,
// "1941\f1945" would become one number.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\n\f", "\n", "\f", "\n", "\v", "\n",
	"\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n")

// clean converts line breaks and removes invisible characters. It rejects control
// characters instead of removing them, because some stood for a dash: Windows-1252
// punctuation decoded as Latin-1 gives C1 controls.
func clean(ctx context.Context, text string) (string, error) {
	var out strings.Builder
	out.Grow(len(text))
	for text != "" {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		n := rangeOf(text)
		part := lineEnds.Replace(text[:n])
		if err := rejectFormat(part); err != nil {
			return "", err
		}
		out.WriteString(strings.Map(dropInvisible, part))
		text = text[n:]
	}
	return out.String(), nil
}

// textRange is the number of bytes processed between two checks of the context.
const textRange = 1 << 16

// rangeOf returns the length of the first chunk of a text. It does not cut a
// character or a two-character line break.
func rangeOf(text string) int {
	if len(text) <= textRange {
		return len(text)
	}
	n := textRange
	for n < len(text) && (!utf8.RuneStart(text[n]) || text[n-1:n+1] == "\r\n" || text[n-1:n+1] == "\n\f") {
		n++
	}
	return n
}

func rejectFormat(text string) error {
	for _, r := range text {
		switch {
		case r >= 0x80 && r < 0xA0:
			return errEncoding
		case r < ' ' && r != '\n' && r != '\t' || r == 0x7F:
			return errBinary
		}
	}
	return nil
}

// dropInvisible removes soft hyphens, direction marks, zero-width spaces and byte
// order marks. The joiners U+200C and U+200D stay because Persian spelling needs
// them.
func dropInvisible(r rune) rune {
	switch {
	case r == '\u00AD', r == '\u200B', r == '\u200E', r == '\u200F', r == '\u2060', r == '\uFEFF',
		r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069':
		return -1
	}
	return r
}

// IsPacked reports whether a file is a zip archive, as Word documents are, whatever
// its name. Its unpacked content can be far larger.
func IsPacked(content []byte) bool { return bytes.HasPrefix(content, []byte("PK\x03\x04")) }
