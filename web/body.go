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

// Limits of a request's body, in bytes. A body is read piece by piece, so memory
// grows with what arrives and not with what is announced.
const (
	formLimit   = 64 << 10
	textLimit   = 24 << 20 // of a text or table, so that one that is too large is still told so
	textBudget  = 64 << 20 // of all texts and tables together, without what fits in bodyFree
	formBudget  = 16 << 20 // of all forms together
	bodyFree    = 8 << 10  // is read before anything else
	chunkSize   = 64 << 10 // has clientTimeout to arrive
	maxBodyTime = time.Minute
	valueLimit  = 8 << 10 // of a short field of a form in parts
	pastedLimit = (textfile.MaxText + 1) * utf8.UTFMax
)

// textPaths are the addresses that take what is larger than a form.
var textPaths = regexp.MustCompile(`^/decks/[^/?]+/(?:texts|rows)$`)

// errBodyBudget ends a body for which there is no room now.
var errBodyBudget = quiz.NewError(quiz.Unavailable, "error.bodies")

// budget is how much of something may be used at once.
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

// bodyLimit is how large a body of this visitor may be: only people with an
// account send texts and tables.
func bodyLimit(c *fiber.Ctx) int {
	if c.Method() == fiber.MethodPost && textPaths.MatchString(c.Path()) && visitor(c).Who().IsSignedIn() {
		return textLimit
	}
	return formLimit
}

// worthSending tells a client that asks first whether to send its body: only somebody
// with a session sends what is larger than a form.
func worthSending(h *fasthttp.RequestHeader) bool {
	return h.ContentLength() <= formLimit || len(h.Peek(fiber.HeaderCookie)) > 0
}

// readBody reads the body once it is known who sends it.
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
	if announced >= 0 && announced <= bodyFree { // it is here
		err = read()
	} else {
		err = s.requests.waitOutside(c, read)
	}
	if err != nil {
		return err
	}
	return c.Next()
}

// bodyReader is a body on its way in.
type bodyReader struct {
	from     io.Reader
	on       *conn // whose read deadline moves on as pieces arrive; nil where it stays
	limit    int
	got      int
	pieces   int
	free     int // bytes that the budget does not count
	budget   *budget
	reserved int
	deadline time.Time
}

// Read reads what has arrived.
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

// read reads all of the body: a form in parts into its parts, anything else as it is.
func (in *bodyReader) read(c *fiber.Ctx) error {
	if in.limit == textLimit {
		kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
		if err == nil && kind == fiber.MIMEMultipartForm {
			parts, err := readParts(multipart.NewReader(in, params["boundary"]))
			if err == nil {
				_, err = io.Copy(io.Discard, in) // what follows the last part is not the next request
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

// arrivalError is the error of a body that did not arrive, as the client is told of it.
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

// parts are a form in parts: its values and its one file.
type parts struct {
	values map[string]string
	file   string // its name
	bytes  []byte // at most textfile.MaxTextBytes and one more
}

// maxParts is how many parts a form has at most.
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

// readPart reads a part up to the limit and drops what is beyond.
func readPart(part io.Reader, limit int) ([]byte, error) {
	var content bytes.Buffer
	if _, err := content.ReadFrom(io.LimitReader(part, int64(limit))); err != nil {
		return nil, err
	}
	_, err := io.Copy(io.Discard, part)
	return content.Bytes(), err
}

// formLine reads a field of a form in parts, or of a plain one.
func formLine(c *fiber.Ctx, name string) string {
	if p, ok := c.Locals(partsKey).(*parts); ok {
		return p.values[name]
	}
	return field(c, name)
}

// closeAfterUnreadBody says that the connection ends after this answer if the client is still
// sending a body that nobody read.
func closeAfterUnreadBody(c *fiber.Ctx) {
	if c.Context().RequestBodyStream() == nil {
		return
	}
	if n := c.Request().Header.ContentLength(); n >= 0 && n <= bodyFree {
		return // all of it is here
	}
	c.Response().SetConnectionClose()
	if at, ok := c.Context().Conn().(*conn); ok {
		at.linger = true
	}
}
