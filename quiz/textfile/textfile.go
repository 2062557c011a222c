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

// Limits of a text that is brought; the messages say them too.
const (
	MaxTextBytes = 10 << 20  // of the file
	MaxText      = 1_000_000 // code points of what was read of it
)

// ReadText turns a file that a teacher brought into plain text: .txt, .md,
// .html and .docx. A name is believed as far as the content allows: a zip is
// read as .docx and a page as .html, whatever they are called; all other text
// is plain. Lines end in "\n" and nothing invisible is left but joiners that
// belong to the spelling; all else stays as it is, not normalised.
//
// An error is an Invalid one, with a key of the family "bring.problem.": empty,
// big (more than MaxTextBytes), long (more than MaxText), binary, encoding
// (neither UTF-8 nor UTF-16 with its mark), zip (no sound .docx, or one that
// goes beyond what a text needs: see text_docx.go). When the context ends before
// the text is read, it is the error of the context.
func ReadText(ctx context.Context, name string, content []byte) (string, error) {
	if len(content) > MaxTextBytes {
		return "", quiz.NewError(quiz.Invalid, "bring.problem.big")
	}
	text, err := readAs(ctx, name, content)
	if err != nil {
		return "", err
	}
	text, err = clean(ctx, text) // again: a page can have written anything as an entity
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

// IsPlain tells whether a file is text as it stands, without a format around it;
// places in what ReadText reads of others are not places in the file.
func IsPlain(name string, content []byte) bool {
	switch path.Ext(strings.ToLower(name)) {
	case ".html", ".htm", ".xhtml", ".docx":
		return false
	}
	return utf8.Valid(content) && !IsPacked(content) && !isHTML(string(content[:min(len(content), 1024)]))
}

// isBinary finds by their first bytes the kinds of files that teachers have and
// that can have no NUL byte in them, or would be taken for .docx by their name.
func isBinary(content []byte) bool {
	for _, begin := range []string{"%PDF-", `{\rtf`, "\xD0\xCF\x11\xE0", "\x89PNG", "\xFF\xD8\xFF", "GIF87a", "GIF89a"} {
		if bytes.HasPrefix(content, []byte(begin)) {
			return true
		}
	}
	return false
}

// isHTML tells of pages under another name: Word, for one, saves them as .doc.
func isHTML(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text[:min(len(text), 1024)]))
	return strings.HasPrefix(text, "<") && (strings.Contains(text, "<html") || strings.Contains(text, "<!doctype html"))
}

// decode reads UTF-8 and what names itself as UTF-16. Older encodings are not
// guessed: a wrong guess makes other letters, and nobody would notice.
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

// lineEnds makes one of all ends of lines. A form feed between words is one:
// "1941\f1945" without it would be a number of its own.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\n\f", "\n", "\f", "\n", "\v", "\n",
	"\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n")

// clean drops what cannot be seen. Control characters are refused rather than
// dropped, for some stood for a dash: those of C1 are what Windows-1252 becomes
// when it is taken for Latin-1.
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

// textRange is how many bytes are read between two looks at the context.
const textRange = 1 << 16

// rangeOf is the length of the first stretch of a text; it cuts no character,
// nor an end of a line that has two.
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

// dropInvisible drops soft hyphens, marks of direction, zero-width spaces and BOMs.
// The joiners U+200C and U+200D stay: Persian is spelled with them.
func dropInvisible(r rune) rune {
	switch {
	case r == '\u00AD', r == '\u200B', r == '\u200E', r == '\u200F', r == '\u2060', r == '\uFEFF',
		r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069':
		return -1
	}
	return r
}

// IsPacked tells whether a file is a zip archive, as Word documents are, whatever its
// name says: what it unpacks to can be far larger.
func IsPacked(content []byte) bool { return bytes.HasPrefix(content, []byte("PK\x03\x04")) }
