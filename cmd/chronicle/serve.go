package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"runtime/debug"
	"strconv"
	"sync"
	"time"
	_ "time/tzdata" // time zones for machines that have none installed

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/quiz/training"
	"chronicle/storage"
	"chronicle/views"
	"chronicle/web"
)

// serveCommand runs the server until it is stopped.
type serveCommand struct {
	databaseFlag
	mailFlags
	Listen string   `help:"Address to listen on; ${default} when not given." env:"CHRONICLE_LISTEN" default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Zone   string   `help:"Time zone of people whose browser does not tell theirs; ${default} when not given." env:"CHRONICLE_ZONE" default:"Asia/Baku" placeholder:"ZONE"`
	HTTPS  bool     `help:"People reach this server over TLS, through a proxy: cookies are Secure." env:"CHRONICLE_HTTPS"`
	Proxy  []string `help:"Address or network of a proxy whose X-Real-IP header says who asks; ${default} when not given." env:"CHRONICLE_PROXY" default:"127.0.0.0/8,::1/128" placeholder:"ADDRESS"`

	Wait time.Duration `help:"How long to wait for a PostgreSQL server that is starting; ${default} when not given." env:"CHRONICLE_WAIT" default:"30s" placeholder:"DURATION"`
}

// Run opens the database, saves the shipped decks and serves.
func (s *serveCommand) Run(ctx context.Context, to streams) error {
	if !quiz.IsKnownZone(s.Zone) {
		return fmt.Errorf("--zone: there is no time zone %q", s.Zone)
	}
	for _, p := range s.Proxy {
		if !isNetwork(p) {
			return fmt.Errorf("--proxy: %q is not an IP address or network, such as 10.0.0.7 or 10.0.0.0/8", p)
		}
	}
	post, err := s.mailer()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", s.Listen, withoutAddress(err))
	}
	defer func() { _ = listener.Close() }()
	log := slog.New(slog.NewTextHandler(to.err, nil))
	db, err := storage.Open(ctx, s.Database, storage.Verify(), storage.WaitForServer(s.Wait, func(reason error) {
		log.Warn("waiting for the database", "database", storage.RedactAddress(s.Database), "wait", s.Wait, "reason", reason)
	}))
	if err != nil {
		return err
	}
	log.Info("starting Chronicle", "version", programVersion(), "schema", storage.SchemaVersion(), "database", s.kind())
	err = s.serve(ctx, to, log, listener, db, post)
	return errors.Join(err, db.Close())
}

// kind returns the kind of database.
func (s *serveCommand) kind() string {
	if storage.IsPostgres(s.Database) {
		return "PostgreSQL"
	}
	return "SQLite"
}

func (s *serveCommand) serve(ctx context.Context, to streams, log *slog.Logger, listener net.Listener, db *storage.DB, post *mailer) error {
	if err := saveShippedDecks(ctx, db); err != nil {
		return err
	}
	set, err := assets.Load()
	if err != nil {
		return err
	}
	words, err := views.LoadCatalogue(assets.Texts())
	if err != nil {
		return err
	}
	db.SetBoardZone(s.Zone)
	cfg := web.Config{
		Store: db, Assets: set, Catalogue: words, Now: time.Now, Log: log, DefaultZone: s.Zone, HTTPS: s.HTTPS, Proxies: s.Proxy, PublicURL: s.Address, DatabaseKind: s.kind(),
	}
	if post != nil { // an interface that holds a nil pointer is not nil
		cfg.Mail = post
	}
	if n, err := db.CountAdmins(ctx, quiz.Who{Role: quiz.RoleSystem}); err != nil {
		return err
	} else if n == 0 {
		cfg.FirstRunCode, _ = web.NewSecretCode()
	}
	server := web.New(cfg)
	announce(to.out, listener.Addr(), storage.RedactAddress(s.Database))
	if cfg.FirstRunCode != "" {
		_, _ = fmt.Fprintf(to.out, "There is no administrator yet. To become one, open http://%s/setup and type %s\n", reachable(listener.Addr())[0], cfg.FirstRunCode)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	awhile, stop := context.WithCancel(ctx)
	var learning sync.WaitGroup
	learning.Go(func() { trainPeriodically(awhile, db, log) })
	learning.Go(func() { purgeDaily(awhile, db, log) })
	defer learning.Wait()
	defer stop()
	for {
		select {
		case err := <-ended:
			return err
		case <-ctx.Done():
			log.Info("stopping after the requests that were accepted")
			err := server.Shutdown()
			if errors.Is(err, context.DeadlineExceeded) {
				log.Warn("some requests took too long and were not finished")
				return nil
			}
			return err
		}
	}
}

// isNetwork reports whether a text is an IP address or a network.
func isNetwork(text string) bool {
	_, noAddress := netip.ParseAddr(text)
	_, noNetwork := netip.ParsePrefix(text)
	return noAddress == nil || noNetwork == nil
}

// trainingInterval is how often the optimizer trains parameters on new answers.
const trainingInterval = 6 * time.Hour

// trainPeriodically trains parameters in the background until ctx ends, starting a while after the server.
func trainPeriodically(ctx context.Context, db *storage.DB, log *slog.Logger) {
	for wait := time.Minute; ; wait = trainingInterval {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		tried, better, err := trainOnce(ctx, db)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			log.Error("weights of the memory model were not learned", "error", err)
		case tried > 0:
			log.Info("learned weights of the memory model", "people", tried, "better", better)
		}
	}
}

// trainOnce trains once, unless another server is training. A panic in it does not stop the server.
func trainOnce(ctx context.Context, db *storage.DB) (tried, better int, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v\n%s", p, debug.Stack())
		}
	}()
	_, err = db.RunExclusively(ctx, "learn", func(ctx context.Context) error {
		tried, better, err = training.TrainAll(ctx, db, quiz.Who{Role: quiz.RoleSystem}, time.Now())
		return err
	})
	return tried, better, err
}

// purgeInterval is how often data past its retention is deleted.
const purgeInterval = 24 * time.Hour

// purgeDaily purges data past its retention in the background until ctx ends, starting a little while after the
// server.
func purgeDaily(ctx context.Context, db *storage.DB, log *slog.Logger) {
	for wait := 10 * time.Second; ; wait = purgeInterval {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		done, err := purge(ctx, db)
		if err != nil && ctx.Err() == nil {
			log.Error("what is too old was not deleted", "error", err)
		}
		for _, d := range done {
			log.Info("deleted what is too old", "what", d.Category, "number", d.Count)
		}
	}
}

// purge deletes once, unless another server is purging.
func purge(ctx context.Context, db *storage.DB) (done []quiz.PurgeCount, err error) {
	_, err = db.RunExclusively(ctx, "tidy", func(ctx context.Context) error {
		done, err = db.PurgeExpired(ctx, quiz.Who{Role: quiz.RoleSystem}, false, time.Now())
		return err
	})
	return done, err
}

// announce prints the URLs of the server; the unspecified address is replaced by ones that can be opened.
func announce(out io.Writer, at net.Addr, database string) {
	_, _ = fmt.Fprintf(out, "Chronicle serves at http://%s (database: %s)\n", reachable(at)[0], database)
	for _, more := range reachable(at)[1:] {
		_, _ = fmt.Fprintf(out, "  and at http://%s\n", more)
	}
}

// reachable lists the URLs that a browser can open.
func reachable(at net.Addr) []string {
	tcp, ok := at.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return []string{at.String()}
	}
	port := strconv.Itoa(tcp.Port)
	out := []string{net.JoinHostPort("127.0.0.1", port)}
	nets, err := net.InterfaceAddrs()
	if err != nil {
		return out
	}
	for _, n := range nets {
		if own, ok := n.(*net.IPNet); ok && own.IP.To4() != nil && !own.IP.IsLoopback() {
			out = append(out, net.JoinHostPort(own.IP.String(), port))
		}
	}
	return out
}

// withoutAddress removes the address from a network error, since the message already has it.
func withoutAddress(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}
