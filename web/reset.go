package web

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type resetStore interface {
	MakeReset(ctx context.Context, who quiz.Who, person int64, hash string, until, now time.Time) error
	MailReset(ctx context.Context, person int64, hash string, until, now time.Time) error
	ResetStudent(ctx context.Context, who quiz.Who, class, student int64, hash string, until, now time.Time) error
	ResetPerson(ctx context.Context, who quiz.Who, hash string, now time.Time) (quiz.Person, error)
	UseReset(ctx context.Context, who quiz.Who, hash, password string, now time.Time) (quiz.Person, error)
	SetPassword(ctx context.Context, who quiz.Who, password string, now time.Time) error
	FirstAdmin(ctx context.Context, who quiz.Who, s quiz.SignUp, hash string, now time.Time) error
	Administrators(ctx context.Context, who quiz.Who) (int, error)
}

// Mailer sends a mail in plain text.
type Mailer interface {
	Send(ctx context.Context, to, subject, text string) error
}

// NewCode is a code that cannot be guessed, and what is kept of it.
func NewCode() (code, hash string) {
	code = quiz.NewSecret(chance())
	return code, hashOf(code)
}

// How many mails are on their way at most, and how long one may take.
const (
	mailsAtOnce = 8
	mailTime    = time.Minute
	mailWait    = 8 * time.Second // where somebody waits for it
)

func (s *server) forgotForm(c *fiber.Ctx) error {
	return show(c, views.Forgot{Frame: s.frame(c, "sign-in"), Mail: s.Mail != nil, Sent: c.Query("sent") != ""})
}

// forgot sends a code to whoever has that e-mail. Whether somebody has it is not to be
// learned from the answer, nor from when it comes: all else happens after it.
func (s *server) forgot(c *fiber.Ctx) error {
	if s.Mail == nil {
		return quiz.Fail(quiz.Missing, "error.missing")
	}
	email := strings.TrimSpace(field(c, "email"))
	if p := quiz.CheckEmail(email); len(p) > 0 {
		return again(c, views.Forgot{Frame: s.frame(c, "sign-in"), Mail: true, Email: email, Problems: p})
	}
	if err := s.limits.spend(s.limits.networks, network(c)); err != nil {
		return err
	}
	if err := s.limits.spend(s.limits.mails, hashOf(quiz.Fold(email))); err != nil {
		return err
	}
	words := s.frame(c, "").Words
	s.later(func(ctx context.Context) error {
		p, err := s.Store.Named(ctx, quiz.Who{}, email)
		if quiz.Is(err, quiz.Missing) {
			return nil
		}
		if err != nil {
			return err
		}
		code, hash := NewCode()
		if err := s.Store.MailReset(ctx, p.ID, hash, s.Now().Add(quiz.ResetMailHolds), s.Now()); err != nil {
			if quiz.Is(err, quiz.Conflict) || quiz.Is(err, quiz.Missing) { // a code was given by hand
				return nil
			}
			return err
		}
		return s.mailCode(ctx, p, code, words)
	})
	return redirect(c, views.ToForgot+"?sent=yes")
}

// later does what nobody waits for. Where too much of it waits, it is not done.
func (s *server) later(do func(ctx context.Context) error) {
	select {
	case s.mails <- struct{}{}:
	default:
		s.Log.Error("too many mails are on their way")
		return
	}
	go func() {
		defer func() {
			if p := recover(); p != nil {
				s.broke(p)
			}
			<-s.mails
		}()
		ctx, cancel := context.WithTimeout(context.Background(), mailTime)
		defer cancel()
		if err := do(ctx); err != nil {
			s.Log.Error("a mail was not sent", "error", err)
		}
	}()
}

// mailCode sends somebody the code to choose another password.
func (s *server) mailCode(ctx context.Context, p quiz.Person, code string, words *views.Words) error {
	text := strings.Join([]string{
		words.T("mail.reset.hello", "Alias", p.Alias), words.T("mail.reset.open"), s.linkTo(string(views.ToResetWith(code))),
		words.T("mail.reset.type", "Code", code), s.linkTo(string(views.ToReset)), words.T("mail.reset.holds"),
	}, "\n\n")
	return s.Mail.Send(ctx, p.Email, words.T("mail.reset.subject"), text)
}

func (s *server) resetForm(c *fiber.Ctx) error {
	return show(c, views.Reset{Frame: s.frame(c, "sign-in")})
}

// reset lets whoever has a code choose another password, and signs them in.
func (s *server) reset(c *fiber.Ctx) error {
	password, code := posted(c, "password"), field(c, "secret")
	hash := hashOf(quiz.CleanSecret(code))
	wrong := func(p quiz.Problems) error {
		return again(c, views.Reset{Frame: s.frame(c, "sign-in"), Code: code, Problems: p})
	}
	var p quiz.Person
	err := s.guess(c, func() (err error) {
		p, err = s.Store.ResetPerson(c.UserContext(), quiz.Who{}, hash, s.Now())
		return err
	})
	if quiz.Is(err, quiz.Missing) {
		var problems quiz.Problems
		problems.Add("secret", "problem.reset")
		return wrong(problems)
	}
	if err != nil {
		return err
	}
	if problems := quiz.NewPassword(password, p.Alias); len(problems) > 0 {
		return wrong(problems)
	}
	kept, err := s.hashed(c, password)
	if err != nil {
		return err
	}
	if p, err = s.Store.UseReset(c.UserContext(), quiz.Who{}, hash, kept, s.Now()); err != nil {
		return err
	}
	s.Log.Info("password chosen with a code", "person", p.ID)
	p.Password = kept
	s.remember(c, p)
	return s.comeIn(c, p)
}

// changePassword keeps another password of the visitor and ends all their other sessions.
func (s *server) changePassword(c *fiber.Ctx) error {
	p := visitor(c)
	problems := quiz.NewPassword(posted(c, "password"), p.Alias)
	if len(problems) == 0 {
		if _, err := s.recognise(c, p.Alias, posted(c, "old")); quiz.Is(err, quiz.Unknown) {
			problems.Add("old", "problem.password.wrong")
		} else if err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		return s.settingsAgain(c, problems)
	}
	kept, err := s.hashed(c, posted(c, "password"))
	if err != nil {
		return err
	}
	if err := s.Store.SetPassword(c.UserContext(), p.Who(), kept, s.Now()); err != nil {
		return err
	}
	s.Log.Info("password changed", "person", p.ID)
	p.Password = kept
	s.remember(c, p)
	if err := s.enter(c, p); err != nil {
		return err
	}
	return redirect(c, views.ToSettings+"?changed=yes")
}

// resetStudent makes a code with which a student chooses another password.
func (s *server) resetStudent(c *fiber.Ctx) error {
	class, student, err := s.studentOf(c)
	if err != nil {
		return err
	}
	code, hash := NewCode()
	if err := s.Store.ResetStudent(c.UserContext(), visitor(c).Who(), class.ID, student.ID, hash, s.Now().Add(quiz.ResetHolds), s.Now()); err != nil {
		return err
	}
	s.Log.Info("a teacher made a code for a password", "teacher", visitor(c).ID, "person", student.Person)
	return s.showCode(c, student.Alias, code, string(views.ToStudent(class.Name, student.ID)))
}

// showCode shows a code to choose another password, which nobody sees again.
func (s *server) showCode(c *fiber.Ctx, of, code, back string) error {
	return show(c, views.Coded{
		Frame: s.frame(c, ""), Head: "coded.reset", Text: "coded.reset.what", Of: of, Code: code,
		Link: s.origin(c) + string(views.ToResetWith(code)), Back: views.Here(back),
	})
}

// firstRunForm asks whoever started Chronicle to become its administrator.
func (s *server) firstRunForm(c *fiber.Ctx) error {
	screen, err := s.first(c)
	if err != nil {
		return err
	}
	return show(c, screen)
}

func (s *server) first(c *fiber.Ctx) (views.FirstRun, error) {
	n, err := s.Store.Administrators(c.UserContext(), quiz.Who{})
	return views.FirstRun{Frame: s.frame(c, ""), Over: n > 0 || s.FirstCode == ""}, err
}

// firstRun makes the first administrator: who has the code that was printed at the
// start.
func (s *server) firstRun(c *fiber.Ctx) error {
	screen, err := s.first(c)
	if err != nil {
		return err
	}
	if screen.Over {
		return again(c, screen)
	}
	screen.Code = field(c, "secret")
	screen.Form = quiz.SignUp{Alias: field(c, "alias"), Email: field(c, "email"), Password: posted(c, "password"), Teaches: true}.Clean()
	err = s.guess(c, func() error {
		if subtle.ConstantTimeCompare([]byte(hashOf(quiz.CleanSecret(screen.Code))), []byte(hashOf(s.FirstCode))) != 1 {
			return quiz.Fail(quiz.Missing, "error.missing")
		}
		return nil
	})
	if quiz.Is(err, quiz.Missing) {
		screen.Problems.Add("secret", "problem.first-run")
		return again(c, screen)
	}
	if err != nil {
		return err
	}
	p, hash := visitor(c), ""
	if !p.Who().SignedIn() {
		if screen.Problems = screen.Form.Check(); len(screen.Problems) > 0 {
			return again(c, screen)
		}
		if hash, err = s.hashed(c, screen.Form.Password); err != nil {
			return err
		}
		if p, err = s.welcome(c); err != nil {
			return err
		}
	}
	err = s.Store.FirstAdmin(c.UserContext(), p.Who(), screen.Form, hash, s.Now())
	if screen.Problems = problemsOf(err); len(screen.Problems) > 0 {
		return again(c, screen)
	}
	if err != nil {
		return err
	}
	s.Log.Info("first administrator", "person", p.ID)
	if err := s.enter(c, p); err != nil {
		return err
	}
	return redirect(c, views.ToSite)
}
