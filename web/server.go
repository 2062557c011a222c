// Package web speaks HTTP and alone knows Fiber.
package web

import (
	"context"
	"log/slog"
	"net"
	"time"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/quiz/kinds"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"
	"github.com/gofiber/fiber/v2/middleware/recover"
	lru "github.com/hashicorp/golang-lru/v2"
)

// Store is what the handlers need of storage, said beside each of them.
type Store interface {
	sessionStore
	personStore
	deckStore
	todayStore
	studyStore
	cardStore
	testDateStore
	quizStore
	progressStore
	reportStore
	authoringStore
	libraryStore
	inboxStore
	classStore
	joinStore
	studentStore
	assignmentStore
	classReportStore
	boardStore
	personalDataStore
	resetStore
	adminStore
	CheckWritable(ctx context.Context) error
}

// Config is all that a server is told.
type Config struct {
	Store        Store
	Assets       *assets.Set
	Catalogue    *views.Catalogue
	Now          func() time.Time
	Log          *slog.Logger
	DefaultZone  string   // of people whose browser does not tell
	HTTPS        bool     // people reach it over TLS: cookies are Secure
	Proxies      []string // addresses or networks whose headers say who asks
	FirstRunCode string   // with which the first administrator is made; empty for nobody
	Mail         Mailer   // nil where no mail server is configured
	PublicURL    string   // under which people reach it, for links in mail
	DatabaseKind string   // its kind, for the administrator
}

// Limits of a request; those of its body are in body.go.
const (
	headerLimit   = 16 << 10
	deadline      = 10 * time.Second
	longDeadline  = time.Minute
	clientTimeout = 15 * time.Second // for a client to send, or to read, what is next
)

// rulerKey is what a drawing of a ruler depends on.
type rulerKey struct {
	pool *kinds.DeckIndex
	lang string
}

type server struct {
	Config
	base            context.Context // of all requests
	requests        requestQueue
	forms           budget
	texts           budget
	busyPages       busyPages
	readiness       readiness
	limits          limits
	hasher          hasher
	startedAt       time.Time
	mails           chan struct{} // holds who sends a mail
	reading         *textQueue
	rulers          *lru.Cache[rulerKey, string] // drawn
	forecasts       *lru.Cache[forecastKey, study.TestForecast]
	latestForecasts *lru.Cache[dayForecastKey, study.TestForecast] // the newest of them

	background backgroundJobs // works out ways that no page waits for
}

// Server answers every address.
type Server struct {
	app      *fiber.App
	listener *listener
	cancel   context.CancelFunc // of all requests
}

// How a server stops: clients have writeGrace to send what they began to send, what
// is worked on then has workGrace, and after patience the server is gone.
const (
	writeGrace      = 4 * time.Second
	workGrace       = 7 * time.Second
	shutdownTimeout = 8 * time.Second
)

// Serve answers the connections of a listener until Shutdown.
func (s *Server) Serve(l net.Listener) error {
	return s.app.Listener(s.listener.on(l))
}

// Shutdown accepts no more connections and finishes the requests that were accepted,
// but for those that take longer than patience: it is context.DeadlineExceeded then.
func (s *Server) Shutdown() error {
	s.listener.setReadEnd(realTime().Add(writeGrace))
	late := time.AfterFunc(workGrace, s.cancel)
	defer late.Stop()
	defer s.cancel()
	return s.app.ShutdownWithTimeout(shutdownTimeout)
}

// New gives the server for a configuration.
func New(cfg Config) *Server {
	rulers, err := lru.New[rulerKey, string](64)
	if err != nil {
		panic(err) // only for a size below 1
	}
	ways, err := lru.New[forecastKey, study.TestForecast](20_000)
	if err != nil {
		panic(err)
	}
	lately, err := lru.New[dayForecastKey, study.TestForecast](20_000)
	if err != nil {
		panic(err)
	}
	base, cancel := context.WithCancel(context.Background())
	s := &server{Config: cfg, base: base, forms: budget{left: formBudget}, texts: budget{left: textBudget}, limits: newLimits(cfg.Now), hasher: newHasher(), startedAt: cfg.Now(), mails: make(chan struct{}, maxMailsAtOnce), reading: newTextQueue(), rulers: rulers, forecasts: ways, latestForecasts: lately}
	s.background.onPanic = s.logBackgroundPanic
	if s.busyPages, err = s.makeBusyPages(); err != nil {
		panic(err) // a message is missing
	}
	app := fiber.New(fiber.Config{
		AppName:        "Chronicle",
		Immutable:      true, // else parameters change with the next request
		StrictRouting:  true,
		CaseSensitive:  true,
		ReadBufferSize: headerLimit,
		// Bodies are read in body.go, once it is known who sends them.
		BodyLimit:                    textLimit,
		StreamRequestBody:            true,
		DisablePreParseMultipartForm: true,
		ReduceMemoryUsage:            true, // a connection that waits needs next to nothing
		ReadTimeout:                  clientTimeout,
		WriteTimeout:                 clientTimeout,
		IdleTimeout:                  2 * time.Minute,
		DisableStartupMessage:        true,
		ErrorHandler:                 s.handleError,
		// Only a proxy of one's own says by X-Real-IP who asks.
		EnableTrustedProxyCheck: true,
		TrustedProxies:          cfg.Proxies,
		EnableIPValidation:      true,
		ProxyHeader:             "X-Real-IP",
	})
	app.Server().ContinueHandler = worthSending
	app.Use(s.addHeaders, rejectAmbiguousRequest)
	app.Use(recover.New(recover.Config{EnableStackTrace: true, StackTraceHandler: s.logPanic}))
	app.Get("/healthz", s.handleHealth)
	app.Get("/readyz", s.handleReady)
	app.Get("/assets/:name", s.serveAsset)
	app.Use(s.admitRequest)
	app.Use(compress.New(compress.Config{Level: compress.LevelBestSpeed}))
	app.Use(s.sameSite, s.identify, s.readBody, s.deadline)
	for _, r := range s.routes() {
		app.Add(r.Method, r.Path, s.requireAccess(r))
		if r.Method == fiber.MethodGet {
			app.Add(fiber.MethodHead, r.Path, s.requireAccess(r))
		}
	}
	app.Use(func(*fiber.Ctx) error { return quiz.NewError(quiz.NotFound, "error.missing") })
	return &Server{app: app, listener: newListener(s.requests.isFull, s.busyPages.response), cancel: cancel}
}

// deadline ends what takes too long; a long text has to be read.
func (s *server) deadline(c *fiber.Ctx) error {
	most := deadline
	if c.Method() == fiber.MethodPost && textPaths.MatchString(c.Path()) {
		most = longDeadline
	}
	ctx, cancel := context.WithTimeout(s.base, most)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}
