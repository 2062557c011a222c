package textfile

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"chronicle/quiz"
)

// Limits of a .docx, which is a zip file with XML in it. They apply to the actual
// output, because the sizes stated in a zip can be false.
const (
	maxEntries  = 5_000
	maxXML      = 20 << 20 // bytes read of word/document.xml
	maxRatio    = 100      // unpacked bytes per packed byte
	freeXML     = 1 << 20  // always allowed, because short texts can compress well
	maxXMLDepth = 256
	maxXMLToken = 2 << 20 // bytes of one tag or one run of text, which the decoder buffers
)

var (
	errXMLLimit = errors.New("the document goes beyond its limits")
	errNoPart   = errors.New("no word/document.xml")
)

func readDocx(ctx context.Context, content []byte) (string, error) {
	text, err := docxText(ctx, content)
	var known *quiz.Error
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil && !errors.As(err, &known):
		return "", quiz.WrapError(quiz.Invalid, "bring.problem.zip", err)
	}
	return text, err
}

func docxText(ctx context.Context, content []byte) (string, error) {
	// Count entries before opening the zip, because zip.NewReader allocates a
	// record for each.
	if bytes.Count(content, []byte("PK\x01\x02")) > maxEntries {
		return "", errXMLLimit
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return "", err
	}
	for _, f := range z.File {
		if f.Name == "word/document.xml" {
			return partText(ctx, f)
		}
	}
	return "", errNoPart
}

func partText(ctx context.Context, f *zip.File) (string, error) {
	part, err := f.Open()
	if err != nil {
		return "", err
	}
	defer part.Close()
	packed := int(min(f.CompressedSize64, maxXML))
	d := &docxReader{textFlow: textFlow{ctx: ctx, left: MaxText}, in: &limitedReader{r: bufio.NewReader(contextReader{ctx, part}), left: min(maxXML, max(freeXML, maxRatio*packed))}}
	return d.read()
}

// limitedReader limits the total number of bytes and the bytes of one token. It
// implements io.ByteReader, so the decoder reads byte by byte and does not buffer
// ahead.
type limitedReader struct {
	r           *bufio.Reader
	left, token int
}

func (l *limitedReader) ReadByte() (byte, error) {
	b, err := l.r.ReadByte()
	if err != nil {
		return 0, err
	}
	l.left--
	l.token--
	if l.left < 0 || l.token < 0 {
		return 0, errXMLLimit
	}
	return b, nil
}

// Read implements io.Reader, which the decoder requires; it uses ReadByte.
func (l *limitedReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	b, err := l.ReadByte()
	if err != nil {
		return 0, err
	}
	p[0] = b
	return 1, nil
}

// docxReader reads WordprocessingML. It takes only the text of w:t, so field codes
// (w:instrText) and footnotes (in another part) are left out.
type docxReader struct {
	textFlow
	in        *limitedReader
	depth     int
	skip      int  // depth of the element being skipped; 0 for none
	inTextRun bool // inside w:t
}

func (d *docxReader) read() (string, error) {
	x := xml.NewDecoder(d.in)
	for !d.full {
		d.in.token = maxXMLToken
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", err
		}
		if err := d.readToken(token); err != nil {
			return "", err
		}
	}
	return d.text()
}

func (d *docxReader) readToken(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if d.depth++; d.depth > maxXMLDepth {
			return errXMLLimit
		}
		d.begin(t.Name)
	case xml.EndElement:
		d.end(t.Name)
		d.depth--
	case xml.CharData:
		if d.inTextRun && d.skip == 0 {
			d.put(strings.ReplaceAll(string(t), "\n", " "))
		}
	}
	return nil
}

// isWord reports whether a name is in a WordprocessingML namespace, transitional or
// strict. Drawings and formulas also have elements named "t".
func isWord(n xml.Name) bool { return strings.Contains(n.Space, "wordprocessingml") }

func (d *docxReader) begin(n xml.Name) {
	if d.skip > 0 {
		return
	}
	if n.Local == "Fallback" {
		d.skip = d.depth // Fallback repeats the content of the Choice before it
		return
	}
	if !isWord(n) {
		return
	}
	switch n.Local {
	case "del", "moveFrom", "pPr", "rPr": // pPr and rPr have a w:tab that is a tab stop, not a character
		d.skip = d.depth
	case "t":
		d.inTextRun = true
	case "tc":
		d.newCell()
	default:
		d.writeElement(n.Local)
	}
}

func (d *docxReader) end(n xml.Name) {
	switch {
	case d.skip == d.depth:
		d.skip = 0
	case d.skip > 0 || !isWord(n):
	case n.Local == "t":
		d.inTextRun = false
	case n.Local == "p":
		d.block()
	case n.Local == "tbl", n.Local == "tr":
		d.writeElement(n.Local)
	}
}

// writeElement adds the text or the gap for an element without text of its own.
func (d *docxReader) writeElement(name string) {
	switch name {
	case "br", "cr":
		d.newLine()
	case "tab", "ptab":
		d.tab()
	case "noBreakHyphen":
		d.put("\u2011")
	case "tr":
		d.newRow()
	case "tbl":
		d.table()
	}
}

// tab writes a space in a table cell, because a tab would start the next cell.
func (d *docxReader) tab() {
	if d.cell {
		d.setGap(gapSpace)
	} else {
		d.put("\t")
	}
}
