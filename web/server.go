// Package web is the HTTP layer of Chronicle. It is the only package that uses Fiber.
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

// Store combines the store interfaces of the handlers, which are declared next to them.
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

// Config configures a server.
type Config struct {
	Store        Store
	Assets       *assets.Set
	Catalogue    *views.Catalogue
	Now          func() time.Time
	Log          *slog.Logger
	DefaultZone  string   // for browsers that send no time zone
	HTTPS        bool     // the site is served over TLS: cookies are Secure
	Proxies      []string // addresses or networks whose X-Real-IP header is trusted
	FirstRunCode string   // lets the first administrator sign up; empty disables it
	Mail         Mailer   // nil when no mail server is configured
	PublicURL    string   // base of the links in mail
	DatabaseKind string   // shown to the administrator
}

// Limits of a request; those of its body are in body.go.
const (
	headerLimit   = 16 << 10
	deadline      = 10 * time.Second
	longDeadline  = time.Minute
	clientTimeout = 15 * time.Second // for a client to send or receive the next chunk
)

// rulerKey identifies a cached ruler.
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
	mails           chan struct{} // held while a mail is sent
	reading         *textQueue
	rulers          *lru.Cache[rulerKey, string] // rendered
	forecasts       *lru.Cache[forecastKey, study.TestForecast]
	latestForecasts *lru.Cache[dayForecastKey, study.TestForecast] // the newest of each student

	background backgroundJobs // computes forecasts outside requests
}

// Server serves all routes.
type Server struct {
	app      *fiber.App
	listener *listener
	cancel   context.CancelFunc // ends all requests
}

// Time limits from the start of a shutdown: for clients to finish sending, for running requests, and for the whole
// shutdown.
const (
	writeGrace      = 4 * time.Second
	workGrace       = 7 * time.Second
	shutdownTimeout = 8 * time.Second
)

// Serve serves the connections of a listener until Shutdown.
func (s *Server) Serve(l net.Listener) error {
	return s.app.Listener(s.listener.on(l))
}

// Shutdown stops accepting connections and finishes the accepted requests. It returns context.DeadlineExceeded
// when some take longer than shutdownTimeout.
func (s *Server) Shutdown() error {
	s.listener.setReadEnd(realTime().Add(writeGrace))
	late := time.AfterFunc(workGrace, s.cancel)
	defer late.Stop()
	defer s.cancel()
	return s.app.ShutdownWithTimeout(shutdownTimeout)
}

// New returns the server for a configuration.
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
		Immutable:      true, // otherwise parameters change with the next request
		StrictRouting:  true,
		CaseSensitive:  true,
		ReadBufferSize: headerLimit,
		// Bodies are read in body.go, once the sender is identified.
		BodyLimit:                    textLimit,
		StreamRequestBody:            true,
		DisablePreParseMultipartForm: true,
		ReduceMemoryUsage:            true, // an idle connection needs almost no memory
		ReadTimeout:                  clientTimeout,
		WriteTimeout:                 clientTimeout,
		IdleTimeout:                  2 * time.Minute,
		DisableStartupMessage:        true,
		ErrorHandler:                 s.handleError,
		// X-Real-IP is trusted only from the configured proxies.
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

// deadline limits the time of a request; long texts get longer.
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
