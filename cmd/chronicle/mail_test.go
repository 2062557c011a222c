package main

import (
	"context"
	"io"
	"log/slog"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"chronicle/assets"
	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/views"
	"chronicle/web"

	"github.com/emersion/go-smtp"
)

// letter is a mail received by the server.
type letter struct{ from, to, text string }

// postOffice is a mail server on the loopback interface.
type postOffice struct{ letters chan letter }

func (p postOffice) NewSession(*smtp.Conn) (smtp.Session, error) { return &delivery{office: p}, nil }

type delivery struct {
	office postOffice
	letter letter
}

func (d *delivery) Reset()        { d.letter = letter{} }
func (d *delivery) Logout() error { return nil }
func (d *delivery) Mail(from string, _ *smtp.MailOptions) error {
	d.letter.from = from
	return nil
}

func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error {
	d.letter.to = to
	return nil
}

func (d *delivery) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	d.letter.text = string(text)
	d.office.letters <- d.letter
	return err
}

// opens starts a mail server and returns its address.
func (p postOffice) opens(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(p)
	server.Domain = "localhost"
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return listener.Addr().String()
}

// withMail starts a server that sends mail to that address, with a teacher.
func withMail(t *testing.T, smtpAt string) string {
	t.Helper()
	ctx := context.Background()
	db, err := storage.Open(ctx, filepath.Join(t.TempDir(), "chronicle.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if _, err := db.CreateAccount(ctx, system, quiz.SignUp{Alias: "Leyla", Email: "Leyla@example.org", AsTeacher: true}, quiz.RoleTeacher, "Asia/Baku", "", time.Now()); err != nil {
		t.Fatal(err)
	}
	post, err := mailFlags{SMTP: "smtp://" + smtpAt, MailFrom: "chronicle@example.org", Address: "https://chronicle.example.org/"}.mailer()
	if err != nil {
		t.Fatal(err)
	}
	set, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	words, err := views.LoadCatalogue(assets.Texts())
	if err != nil {
		t.Fatal(err)
	}
	server := web.New(web.Config{
		Store: db, Assets: set, Catalogue: words, Now: time.Now, DefaultZone: "Asia/Baku", Log: slog.New(slog.DiscardHandler),
		Mail: post, PublicURL: "https://chronicle.example.org/",
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Shutdown() })
	return "http://" + listener.Addr().String()
}

// TestAPasswordByMail checks that a teacher who forgot the password gets a code by mail through a real server and
// sets a new password; an unknown address gets the same response and no mail.
func TestAPasswordByMail(t *testing.T) {
	t.Parallel()
	office := postOffice{make(chan letter, 10)}
	at := withMail(t, office.opens(t))
	jar, _ := cookiejar.New(nil)
	browser := &http.Client{Jar: jar, Timeout: 10 * time.Second}
	post := func(path string, pairs ...string) (string, string) {
		t.Helper()
		form := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		res, err := browser.PostForm(at+path, form)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		text, _ := io.ReadAll(res.Body)
		return res.Request.URL.RequestURI(), string(text)
	}
	where, nobody := post("/forgot-password", "email", "nobody@example.org")
	if where != "/forgot-password?sent=yes" {
		t.Errorf("sent to %s", where)
	}
	if where, somebody := post("/forgot-password", "email", " leyla@EXAMPLE.org "); where != "/forgot-password?sent=yes" || somebody != nobody {
		t.Error("one can tell who has an account")
	}
	var got letter
	select {
	case got = <-office.letters:
	case <-time.After(10 * time.Second):
		t.Fatal("no mail came")
	}
	text, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(got.text[strings.Index(got.text, "\r\n\r\n"):])))
	if err != nil {
		t.Fatal(err)
	}
	if got.from != "chronicle@example.org" || got.to != "Leyla@example.org" || !strings.Contains(string(text), "Hello Leyla,") {
		t.Errorf("%+v", got)
	}
	link := regexp.MustCompile(`https://chronicle\.example\.org/reset-password#([0-9A-Z-]{14})`).FindStringSubmatch(string(text))
	if link == nil {
		t.Fatalf("no link in %s", text)
	}
	if where, _ := post("/reset-password", "secret", link[1], "password", "correct horse battery"); where != "/" {
		t.Errorf("sent to %s", where)
	}
	if _, page := post("/sign-in", "name", "leyla@example.org", "password", "correct horse battery"); !strings.Contains(page, "Leyla") {
		t.Error("the new password does not hold")
	}
	select {
	case more := <-office.letters:
		t.Errorf("and another mail to %s", more.to)
	case <-time.After(300 * time.Millisecond):
	}
	for range 3 { // the number per address is limited
		post("/forgot-password", "email", "leyla@example.org")
	}
	if _, page := post("/forgot-password", "email", "leyla@example.org"); !strings.Contains(page, "tried this too often") {
		t.Error("mail is sent without end")
	}
}

func TestMailFlags(t *testing.T) {
	t.Parallel()
	good := mailFlags{SMTP: "smtps://user:secret@mail.example.org:465", MailFrom: "Chronicle <chronicle@example.org>", Address: "https://chronicle.example.org"}
	if m, err := good.mailer(); err != nil || m == nil {
		t.Error(m, err)
	}
	if m, err := (mailFlags{}).mailer(); err != nil || m != nil {
		t.Error("without a server there is none: ", m, err)
	}
	for name, change := range map[string]func(*mailFlags){
		"no scheme":     func(m *mailFlags) { m.SMTP = "mail.example.org" },
		"web":           func(m *mailFlags) { m.SMTP = "https://mail.example.org" },
		"broken":        func(m *mailFlags) { m.SMTP = "smtp://user:%zz@mail" },
		"no host":       func(m *mailFlags) { m.SMTP = "smtp://" },
		"no sender":     func(m *mailFlags) { m.MailFrom = "" },
		"bad sender":    func(m *mailFlags) { m.MailFrom = "chronicle" },
		"no address":    func(m *mailFlags) { m.Address = "" },
		"relative":      func(m *mailFlags) { m.Address = "/chronicle" },
		"other address": func(m *mailFlags) { m.Address = "ftp://chronicle.example.org" },
	} {
		m := good
		change(&m)
		if _, err := m.mailer(); err == nil || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "%zz") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
