package main

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"
)

// mailFlags configure mail; without a server no mail is sent.
type mailFlags struct {
	SMTP     string `name:"smtp" help:"Mail server for forgotten passwords, such as smtps://user:password@mail.example.org; none when not given." env:"CHRONICLE_SMTP" placeholder:"ADDRESS"`
	MailFrom string `help:"Address that mail comes from." env:"CHRONICLE_MAIL_FROM" placeholder:"E-MAIL"`
	Address  string `help:"Where people reach this server, for links in mail, such as https://chronicle.example.org." env:"CHRONICLE_ADDRESS" placeholder:"ADDRESS"`
}

// mailer sends mail through an SMTP server.
type mailer struct {
	client *mail.Client
	from   string
}

// mailPatience limits the time of sending one mail.
const mailPatience = 30 * time.Second

// mailer returns the mailer, or nil without a server.
func (m mailFlags) mailer() (*mailer, error) {
	if m.SMTP == "" {
		return nil, nil
	}
	at, err := url.Parse(m.SMTP)
	if err != nil || at.Hostname() == "" || at.Scheme != "smtp" && at.Scheme != "smtps" {
		return nil, fmt.Errorf("--smtp: this is no address of a mail server, such as smtps://user:password@mail.example.org")
	}
	public, err := url.Parse(m.Address)
	if err != nil || public.Host == "" || public.Scheme != "http" && public.Scheme != "https" {
		return nil, fmt.Errorf("--address: mail needs the address under which people reach this server, such as https://chronicle.example.org")
	}
	options := []mail.Option{mail.WithTimeout(mailPatience)}
	if at.Scheme == "smtps" {
		options = append(options, mail.WithSSLPort(false))
	} else if local(at.Hostname()) {
		options = append(options, mail.WithTLSPortPolicy(mail.TLSOpportunistic))
	} else {
		options = append(options, mail.WithTLSPortPolicy(mail.TLSMandatory))
	}
	if port, err := strconv.Atoi(at.Port()); err == nil {
		options = append(options, mail.WithPort(port))
	}
	if at.User != nil {
		password, _ := at.User.Password()
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(at.User.Username()), mail.WithPassword(password))
	}
	client, err := mail.NewClient(at.Hostname(), options...)
	if err != nil {
		return nil, fmt.Errorf("--smtp: %w", err)
	}
	if err := mail.NewMsg().From(m.MailFrom); err != nil {
		return nil, fmt.Errorf("--mail-from: mail needs an address that it comes from, such as chronicle@example.org")
	}
	return &mailer{client, m.MailFrom}, nil
}

// local reports whether a server is this machine, where a connection cannot be intercepted.
func local(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// Send sends a plain-text mail.
func (m *mailer) Send(ctx context.Context, to, subject, text string) error {
	message := mail.NewMsg()
	if err := message.From(m.from); err != nil {
		return err
	}
	if err := message.To(to); err != nil {
		return err
	}
	message.Subject(subject)
	message.SetBodyString(mail.TypeTextPlain, text)
	return m.client.DialAndSendWithContext(ctx, message)
}
