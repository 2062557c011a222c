// Package web speaks HTTP and alone knows Fiber.
package web

import (
	"context"
	"log/slog"
	"regexp"
	"time"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"
	"github.com/gofiber/fiber/v2/middleware/recover"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/valyala/fasthttp"
)

// Store is what the handlers need of storage, said beside each of them.
type Store interface {
	sessionStore
	personStore
	deckStore
	todayStore
	studyStore
	cardStore
	goalStore
	quizStore
	progressStore
	reportStore
	teachStore
	libraryStore
	inboxStore
	classStore
	joinStore
	studentStore
	assignmentStore
	surveyStore
	boardStore
	keepStore
	resetStore
	siteStore
	Ping(ctx context.Context) error
}

// Config is all that a server is told.
type Config struct {
	Store     Store
	Assets    *assets.Set
	Catalogue *views.Catalogue
	Now       func() time.Time
	Log       *slog.Logger
	Zone      string // of people whose browser does not tell
	HTTPS     bool   // people reach it over TLS: cookies are Secure
	FirstCode string // with which the first administrator is made; empty for nobody
	Mail      Mailer // nil where no mail server is configured
	Address   string // under which people reach it, for links in mail
	Database  string // its kind, for the administrator
}

// Limits of a request.
const (
	bodyLimit    = 64 << 10 // of a form
	textLimit    = 24 << 20 // of a text that is brought, so that one too large is still told so
	headerLimit  = 16 << 10
	deadline     = 10 * time.Second
	longDeadline = time.Minute
	slowClient   = 15 * time.Second
)

// ruler is what a drawing of a ruler depends on.
type ruler struct {
	pool *ask.Pool
	lang string
}

type server struct {
	Config
	limits  limits
	hasher  hasher
	began   time.Time
	mails   chan struct{}             // holds who sends a mail
	reading chan struct{}             // holds who reads a text: one at a time, so that pages come meanwhile
	rulers  *lru.Cache[ruler, string] // drawn
	ways    *lru.Cache[way, study.Expected]
	lately  *lru.Cache[whose, study.Expected] // the newest of them

	imagining meanwhile // works out ways that no page waits for
}

// New gives the app that answers every address.
func New(cfg Config) *fiber.App {
	rulers, err := lru.New[ruler, string](64)
	if err != nil {
		panic(err) // only for a size below 1
	}
	ways, err := lru.New[way, study.Expected](20_000)
	if err != nil {
		panic(err)
	}
	lately, err := lru.New[whose, study.Expected](20_000)
	if err != nil {
		panic(err)
	}
	s := &server{Config: cfg, limits: newLimits(cfg.Now), hasher: newHasher(), began: cfg.Now(), mails: make(chan struct{}, mailsAtOnce), reading: make(chan struct{}, 1), rulers: rulers, ways: ways, lately: lately}
	s.imagining.broke = s.broke
	app := fiber.New(fiber.Config{
		AppName:               "Chronicle",
		Immutable:             true, // else parameters change with the next request
		StrictRouting:         true,
		CaseSensitive:         true,
		ReadBufferSize:        headerLimit,
		BodyLimit:             bodyLimit,
		ReadTimeout:           slowClient,
		WriteTimeout:          slowClient,
		IdleTimeout:           2 * time.Minute,
		DisableStartupMessage: true,
		ErrorHandler:          s.failed,
		// Behind a proxy of one's own, X-Real-IP says who asks; from anybody
		// else the header means nothing.
		EnableTrustedProxyCheck: true,
		TrustedProxies:          []string{"127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"},
		EnableIPValidation:      true,
		ProxyHeader:             proxyHeader(cfg.HTTPS),
	})
	app.Server().HeaderReceived = bodies
	app.Use(s.headers)
	app.Use(recover.New(recover.Config{EnableStackTrace: true, StackTraceHandler: s.panicked}))
	app.Get("/healthz", s.healthy)
	app.Get("/assets/:name", s.asset)
	app.Use(compress.New(compress.Config{Level: compress.LevelBestSpeed}))
	app.Use(s.deadline, s.sameSite, s.know)
	for _, r := range s.routes() {
		app.Add(r.Method, r.Path, s.gate(r))
		if r.Method == fiber.MethodGet {
			app.Add(fiber.MethodHead, r.Path, s.gate(r))
		}
	}
	app.Use(func(*fiber.Ctx) error { return quiz.Fail(quiz.Missing, "error.missing") })
	return app
}

func proxyHeader(https bool) string {
	if https {
		return "X-Real-IP"
	}
	return ""
}

// texts are the addresses that take what is larger than a form.
var texts = regexp.MustCompile(`^/decks/[^/?]+/(?:texts|rows)$`)

// bodies says how large a request may be and how long it may take to come, from
// its header: only a text or a table from somebody we know may be large.
func bodies(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	if h.IsPost() && texts.Match(h.RequestURI()) && len(h.Peek(fiber.HeaderCookie)) > 0 {
		return fasthttp.RequestConfig{MaxRequestBodySize: textLimit, ReadTimeout: time.Minute}
	}
	return fasthttp.RequestConfig{}
}

// deadline ends what takes too long; a long text has to be read.
func (s *server) deadline(c *fiber.Ctx) error {
	most := deadline
	if c.Method() == fiber.MethodPost && texts.MatchString(c.Path()) {
		most = longDeadline
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), most)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}

// healthy answers whoever watches over the process.
func (s *server) healthy(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), 2*time.Second)
	defer cancel()
	if err := s.Store.Ping(ctx); err != nil {
		s.Log.Error("not healthy", "error", err)
		return c.Status(fiber.StatusServiceUnavailable).SendString("the database does not answer\n")
	}
	return c.SendString("ok\n")
}
