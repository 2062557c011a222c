package web

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"regexp"
	"sync"
	"time"
	"unicode/utf8"

	"chronicle/quiz"
	"chronicle/quiz/textfile"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Limits of request bodies, in bytes. Bodies are read in chunks, so memory grows with the bytes received and not
// with the announced length.
const (
	formLimit   = 64 << 10
	textLimit   = 24 << 20 // of a text or table; leaves room to report one that is too large
	textBudget  = 64 << 20 // of all texts and tables together, excluding bodyFree
	formBudget  = 16 << 20 // of all forms together
	bodyFree    = 8 << 10  // read before anything else
	chunkSize   = 64 << 10 // must arrive within clientTimeout
	maxBodyTime = time.Minute
	valueLimit  = 8 << 10 // of a short field of a multipart form
	pastedLimit = (textfile.MaxText + 1) * utf8.UTFMax
)

// textPaths matches the URLs that accept bodies larger than a form.
var textPaths = regexp.MustCompile(`^/decks/[^/?]+/(?:texts|rows)$`)

// errBodyBudget is the error for a body that exceeds the memory budget at this time.
var errBodyBudget = quiz.NewError(quiz.Unavailable, "error.bodies")

// budget limits how much of a resource is in use at once.
type budget struct {
	mu   sync.Mutex
	left int
}

func (b *budget) reserve(n int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n > b.left {
		return false
	}
	b.left -= n
	return true
}

func (b *budget) release(n int) {
	b.mu.Lock()
	b.left += n
	b.mu.Unlock()
}

// bodyLimit returns the largest body accepted from this visitor: only people with an account may send texts and
// tables.
func bodyLimit(c *fiber.Ctx) int {
	if c.Method() == fiber.MethodPost && textPaths.MatchString(c.Path()) && visitor(c).Who().IsSignedIn() {
		return textLimit
	}
	return formLimit
}

// worthSending decides whether a client that sends "Expect: 100-continue" should send its body: bodies larger than
// a form need a session.
func worthSending(h *fasthttp.RequestHeader) bool {
	return h.ContentLength() <= formLimit || len(h.Peek(fiber.HeaderCookie)) > 0
}

// readBody reads the body once the sender is identified.
func (s *server) readBody(c *fiber.Ctx) error {
	stream := c.Context().RequestBodyStream()
	if stream == nil {
		return c.Next()
	}
	limit := bodyLimit(c)
	announced := c.Request().Header.ContentLength()
	if announced > limit {
		return fiber.ErrRequestEntityTooLarge
	}
	in := &bodyReader{from: stream, limit: limit, budget: &s.forms, free: bodyFree}
	if limit == textLimit {
		leave, err := s.waitForReader(c)
		if err != nil {
			return err
		}
		defer leave()
		in.budget, in.deadline = &s.texts, realTime().Add(maxBodyTime)
		in.on, _ = c.Context().Conn().(*conn)
	}
	defer in.release()
	read := func() error { return in.read(c) }
	var err error
	if announced >= 0 && announced <= bodyFree { // already received
		err = read()
	} else {
		err = s.requests.waitOutside(c, read)
	}
	if err != nil {
		return err
	}
	return c.Next()
}

// bodyReader reads a request body.
type bodyReader struct {
	from     io.Reader
	on       *conn // its read deadline is extended with each chunk; nil for a fixed deadline
	limit    int
	got      int
	pieces   int
	free     int // bytes not counted against the budget
	budget   *budget
	reserved int
	deadline time.Time
}

// Read reads the bytes received so far.
func (in *bodyReader) Read(p []byte) (int, error) {
	if in.on != nil && in.got/chunkSize >= in.pieces {
		in.pieces++
		if realTime().After(in.deadline) {
			return 0, fiber.ErrRequestTimeout
		}
		_ = in.on.SetReadDeadline(realTime().Add(clientTimeout))
	}
	n, err := in.from.Read(p)
	in.got += n
	if in.got > in.limit {
		return n, fiber.ErrRequestEntityTooLarge
	}
	if need := in.got - in.free - in.reserved; need > 0 {
		if !in.budget.reserve(need) {
			return n, errBodyBudget
		}
		in.reserved += need
	}
	return n, err
}

func (in *bodyReader) release() { in.budget.release(in.reserved) }

// read reads the whole body. A multipart form is parsed into its parts.
func (in *bodyReader) read(c *fiber.Ctx) error {
	if in.limit == textLimit {
		kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
		if err == nil && kind == fiber.MIMEMultipartForm {
			parts, err := readParts(multipart.NewReader(in, params["boundary"]))
			if err == nil {
				_, err = io.Copy(io.Discard, in) // so that the rest of the body is not taken for the next request
			}
			if err != nil {
				return arrivalError(err)
			}
			c.Request().SetBodyRaw(nil)
			c.Locals(partsKey, parts)
			return nil
		}
	}
	var all bytes.Buffer
	if _, err := all.ReadFrom(in); err != nil {
		return arrivalError(err)
	}
	c.Request().SetBodyRaw(all.Bytes())
	return nil
}

// arrivalError converts an error from reading the body to the one shown to the client.
func arrivalError(err error) error {
	var known *quiz.Error
	var status *fiber.Error
	var net interface{ Timeout() bool }
	switch {
	case errors.As(err, &known), errors.As(err, &status):
		return err
	case errors.As(err, &net) && net.Timeout():
		return fiber.ErrRequestTimeout
	}
	return fiber.ErrBadRequest
}

const partsKey = "parts"

// parts is a parsed multipart form: its values and its one file.
type parts struct {
	values map[string]string
	file   string // file name
	bytes  []byte // at most textfile.MaxTextBytes + 1
}

// maxParts limits the parts of a multipart form.
const maxParts = 50

func readParts(r *multipart.Reader) (*parts, error) {
	out := &parts{values: map[string]string{}}
	for range maxParts {
		part, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		limit := valueLimit
		switch {
		case part.FormName() == "file":
			limit = textfile.MaxTextBytes + 1
		case part.FormName() == "text":
			limit = pastedLimit
		}
		content, err := readPart(part, limit)
		if err != nil {
			return nil, err
		}
		if part.FileName() != "" {
			out.file, out.bytes = validText(part.FileName()), content
		} else if _, twice := out.values[part.FormName()]; !twice {
			out.values[part.FormName()] = validText(string(content))
		}
	}
	return nil, fiber.ErrBadRequest
}

// readPart reads a part up to the limit and discards the rest.
func readPart(part io.Reader, limit int) ([]byte, error) {
	var content bytes.Buffer
	if _, err := content.ReadFrom(io.LimitReader(part, int64(limit))); err != nil {
		return nil, err
	}
	_, err := io.Copy(io.Discard, part)
	return content.Bytes(), err
}

// formLine returns a field of a multipart or plain form.
func formLine(c *fiber.Ctx, name string) string {
	if p, ok := c.Locals(partsKey).(*parts); ok {
		return p.values[name]
	}
	return field(c, name)
}

// closeAfterUnreadBody closes the connection after this response if the client is still sending a body that was
// not read.
func closeAfterUnreadBody(c *fiber.Ctx) {
	if c.Context().RequestBodyStream() == nil {
		return
	}
	if n := c.Request().Header.ContentLength(); n >= 0 && n <= bodyFree {
		return // completely received
	}
	c.Response().SetConnectionClose()
	if at, ok := c.Context().Conn().(*conn); ok {
		at.linger = true
	}
}
