package textfile

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// maxTag is the maximum length in bytes of a tag that is parsed. The tokenizer
// stores every attribute, so a tag of ten megabytes could need hundreds. Longer
// tags are embedded images or attacks.
const maxTag = 1 << 20

func tagSet(names string) map[string]bool {
	out := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		out[name] = true
	}
	return out
}

var (
	// rawTags contain no tags except their own end tag.
	rawTags = tagSet("iframe noembed noframes noscript plaintext script style textarea title xmp")
	// skippedTags are not part of a page's text. They include everything a head can
	// contain, because the HTML standard lets a page omit </head>.
	skippedTags = tagSet(`iframe noembed noframes noscript script style textarea title
		template nav footer aside svg select button`)
	blockTags = tagSet(`address article blockquote body caption center dd details dialog dir div dl dt fieldset
		figcaption figure form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu ol p pre section summary ul
		nav footer aside`)
	headTags = tagSet("h1 h2 h3 h4 h5 h6")
)

// htmlReader reads HTML tag by tag without building a tree, so nesting depth has no
// cost.
type htmlReader struct {
	textFlow
	z        *html.Tokenizer
	rest     string // input that z has not returned yet
	raw      bool   // z is inside one of rawTags
	skip     string // name of the tag being skipped
	depth    int    // number of open tags with that name
	preDepth int    // nesting depth of text whose white space is significant
	all      int    // minimum of preDepth: 1 if all white space is significant
}

func newPage(ctx context.Context, text string, most int) *htmlReader {
	p := &htmlReader{textFlow: textFlow{ctx: ctx, left: most}, rest: text}
	p.tokenize()
	return p
}

func readPage(ctx context.Context, text string) (string, error) {
	return newPage(ctx, text, MaxText).read()
}

// tokenize starts a tokenizer at the rest of the page.
func (p *htmlReader) tokenize() {
	p.z = html.NewTokenizer(contextReader{p.ctx, strings.NewReader(p.rest)})
}

// contextReader reads until its context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (p contextReader) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.r.Read(b[:min(len(b), textRange)])
}

func (p *htmlReader) read() (string, error) {
	for !p.full {
		if err := p.ctx.Err(); err != nil {
			return "", err
		}
		switch p.next() {
		case html.ErrorToken:
			if err := p.z.Err(); !errors.Is(err, io.EOF) {
				return "", err
			}
			return p.text()
		case html.TextToken:
			p.write()
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := p.z.TagName()
			p.begin(string(name))
		case html.EndTagToken:
			name, _ := p.z.TagName()
			p.end(string(name))
		}
	}
	return p.text()
}

// next returns the next token and skips tags that are too long.
func (p *htmlReader) next() html.TokenType {
	p.z.SetMaxBuf(0)
	if !p.raw && len(p.rest) > maxTag && p.rest[0] == '<' && p.rest[1]|0x20 >= 'a' && p.rest[1]|0x20 <= 'z' {
		p.z.SetMaxBuf(maxTag)
	}
	token := p.z.Next()
	p.raw = false
	if token == html.ErrorToken && errors.Is(p.z.Err(), html.ErrBufferExceeded) {
		p.jump()
		return html.CommentToken
	}
	p.rest = p.rest[len(p.z.Raw()):]
	return token
}

// jump continues after a tag that is too long. It searches for the end of the tag
// only after the bytes already read, so that no byte is read twice. The gap
// prevents two numbers on either side from joining.
func (p *htmlReader) jump() {
	p.setGap(gapSpace)
	_, p.rest, _ = strings.Cut(p.rest[maxTag:], ">")
	p.tokenize()
}

func (p *htmlReader) write() {
	switch {
	case p.skip != "":
	case p.preDepth > 0:
		p.put(string(p.z.Text()))
	default:
		p.words(string(p.z.Text()))
	}
}

func (p *htmlReader) begin(name string) {
	p.raw = rawTags[name]
	if p.skip == "sup" && blockTags[name] {
		p.skip = "" // unclosed sup: the text after it counts
	}
	switch {
	case p.skip == name:
		p.depth++
	case p.skip != "":
	case skippedTags[name] || name == "sup" && p.isReference():
		p.skip, p.depth = name, 1
	case name == "td" || name == "th":
		p.newCell()
	case name == "pre":
		p.block()
		p.preDepth++
	default:
		p.writeElement(name)
	}
}

func (p *htmlReader) end(name string) {
	if p.skip != "" {
		if p.skip == name {
			p.depth--
		}
		if p.depth > 0 {
			return
		}
		p.skip = ""
	}
	if name == "pre" && p.preDepth > p.all {
		p.preDepth--
	}
	if name != "br" {
		p.writeElement(name)
	}
}

// writeElement adds the gap for a tag that starts or ends.
func (p *htmlReader) writeElement(name string) {
	switch {
	case name == "br":
		p.newLine()
	case name == "tr":
		p.newRow()
	case name == "table":
		p.table()
	case headTags[name]:
		p.cell = false // a table with headings is used for page layout
		p.block()
	case blockTags[name]:
		p.block()
	}
}

// isReference reports whether the tag is a footnote reference.
func (p *htmlReader) isReference() bool {
	for {
		name, value, more := p.z.TagAttr()
		if string(name) == "class" {
			return slices.Contains(strings.Fields(string(value)), "reference")
		}
		if !more {
			return false
		}
	}
}
