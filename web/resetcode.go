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
	CreateResetCode(ctx context.Context, who quiz.Who, person int64, hash string, until, now time.Time) error
	CreateMailedResetCode(ctx context.Context, person int64, hash string, until, now time.Time) error
	CreateStudentResetCode(ctx context.Context, who quiz.Who, class, student int64, hash string, until, now time.Time) error
	PersonByResetCode(ctx context.Context, who quiz.Who, hash string, now time.Time) (quiz.Person, error)
	ResetPassword(ctx context.Context, who quiz.Who, hash, password string, now time.Time) (quiz.Person, error)
	SetPassword(ctx context.Context, who quiz.Who, password string, now time.Time) error
	CreateFirstAdmin(ctx context.Context, who quiz.Who, s quiz.SignUp, hash string, now time.Time) error
	CountAdmins(ctx context.Context, who quiz.Who) (int, error)
}

// Mailer sends a plain-text mail.
type Mailer interface {
	Send(ctx context.Context, to, subject, text string) error
}

// NewSecretCode returns an unguessable code and its hash for storage.
func NewSecretCode() (code, hash string) {
	code = quiz.NewCardSecret(newRand())
	return code, hashToken(code)
}

// How many mails are sent at once, and how long one may take.
const (
	maxMailsAtOnce = 8
	mailTimeout    = time.Minute
	mailWait       = 8 * time.Second // when a person waits for the result
)

func (s *server) forgotForm(c *fiber.Ctx) error {
	return showScreen(c, views.ForgotPasswordScreen{Frame: s.frame(c, "sign-in"), Mail: s.Mail != nil, Sent: c.Query("sent") != ""})
}

// sendResetMail sends a reset code to the account with that e-mail address. Neither the response nor its timing
// reveals whether there is one: everything else happens after the response.
func (s *server) sendResetMail(c *fiber.Ctx) error {
	if s.Mail == nil {
		return quiz.NewError(quiz.NotFound, "error.missing")
	}
	email := strings.TrimSpace(field(c, "email"))
	if p := quiz.ValidateEmail(email); len(p) > 0 {
		return showScreenAgain(c, views.ForgotPasswordScreen{Frame: s.frame(c, "sign-in"), Mail: true, Email: email, Problems: p})
	}
	if err := s.limits.spend(s.limits.networks, network(c)); err != nil {
		return err
	}
	if err := s.limits.spend(s.limits.mails, hashToken(quiz.FoldName(email))); err != nil {
		return err
	}
	words := s.frame(c, "").Words
	s.runInBackground(func(ctx context.Context) error {
		p, err := s.Store.PersonByName(ctx, quiz.Who{}, email)
		if quiz.Is(err, quiz.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		code, hash := NewSecretCode()
		if err := s.Store.CreateMailedResetCode(ctx, p.ID, hash, s.Now().Add(quiz.MailedResetCodeLifetime), s.Now()); err != nil {
			if quiz.Is(err, quiz.Conflict) || quiz.Is(err, quiz.NotFound) { // a code was created by hand
				return nil
			}
			return err
		}
		return s.mailResetCode(ctx, p, code, words)
	})
	return redirect(c, views.ToForgotPassword+"?sent=yes")
}

// runInBackground runs a function after the response. It is skipped when too many are running.
func (s *server) runInBackground(do func(ctx context.Context) error) {
	select {
	case s.mails <- struct{}{}:
	default:
		s.Log.Error("too many mails are on their way")
		return
	}
	go func() {
		defer func() {
			if p := recover(); p != nil {
				s.logBackgroundPanic(p)
			}
			<-s.mails
		}()
		ctx, cancel := context.WithTimeout(context.Background(), mailTimeout)
		defer cancel()
		if err := do(ctx); err != nil {
			s.Log.Error("a mail was not sent", "error", err)
		}
	}()
}

// mailResetCode mails a password reset code.
func (s *server) mailResetCode(ctx context.Context, p quiz.Person, code string, words *views.Words) error {
	text := strings.Join([]string{
		words.T("mail.reset.hello", "Alias", p.Alias), words.T("mail.reset.open"), s.absoluteURL(string(views.ToResetWith(code))),
		words.T("mail.reset.type", "Code", code), s.absoluteURL(string(views.ToResetPassword)), words.T("mail.reset.holds"),
	}, "\n\n")
	return s.Mail.Send(ctx, p.Email, words.T("mail.reset.subject"), text)
}

func (s *server) resetForm(c *fiber.Ctx) error {
	return showScreen(c, views.ResetPasswordScreen{Frame: s.frame(c, "sign-in")})
}

// resetPassword sets a new password for the owner of a reset code and signs them in.
func (s *server) resetPassword(c *fiber.Ctx) error {
	password, code := rawField(c, "password"), field(c, "secret")
	hash := hashToken(quiz.NormalizeCardSecret(code))
	wrong := func(p quiz.Problems) error {
		return showScreenAgain(c, views.ResetPasswordScreen{Frame: s.frame(c, "sign-in"), Code: code, Problems: p})
	}
	var p quiz.Person
	err := s.lookUpSecret(c, func() (err error) {
		p, err = s.Store.PersonByResetCode(c.UserContext(), quiz.Who{}, hash, s.Now())
		return err
	})
	if quiz.Is(err, quiz.NotFound) {
		var problems quiz.Problems
		problems.Add("secret", "problem.reset")
		return wrong(problems)
	}
	if err != nil {
		return err
	}
	if problems := quiz.ValidatePassword(password, p.Alias); len(problems) > 0 {
		return wrong(problems)
	}
	kept, err := s.hashPassword(c, password)
	if err != nil {
		return err
	}
	if p, err = s.Store.ResetPassword(c.UserContext(), quiz.Who{}, hash, kept, s.Now()); err != nil {
		return err
	}
	s.Log.Info("password chosen with a code", "person", p.ID)
	p.PasswordHash = kept
	s.rememberDevice(c, p)
	return s.signInPerson(c, p)
}

// changePassword changes the visitor's password and ends all their other sessions.
func (s *server) changePassword(c *fiber.Ctx) error {
	p := visitor(c)
	problems := quiz.ValidatePassword(rawField(c, "password"), p.Alias)
	if len(problems) == 0 {
		if _, err := s.authenticate(c, p.Alias, rawField(c, "old")); quiz.Is(err, quiz.Unauthenticated) {
			problems.Add("old", "problem.password.wrong")
		} else if err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		return s.settingsScreenWithProblems(c, problems)
	}
	kept, err := s.hashPassword(c, rawField(c, "password"))
	if err != nil {
		return err
	}
	if err := s.Store.SetPassword(c.UserContext(), p.Who(), kept, s.Now()); err != nil {
		return err
	}
	s.Log.Info("password changed", "person", p.ID)
	p.PasswordHash = kept
	s.rememberDevice(c, p)
	if err := s.startSession(c, p); err != nil {
		return err
	}
	return redirect(c, views.ToSettings+"?changed=yes")
}

// createStudentResetCode creates a password reset code for a student.
func (s *server) createStudentResetCode(c *fiber.Ctx) error {
	class, student, err := s.studentOf(c)
	if err != nil {
		return err
	}
	code, hash := NewSecretCode()
	if err := s.Store.CreateStudentResetCode(c.UserContext(), visitor(c).Who(), class.ID, student.ID, hash, s.Now().Add(quiz.ResetCodeLifetime), s.Now()); err != nil {
		return err
	}
	s.Log.Info("a teacher made a code for a password", "teacher", visitor(c).ID, "person", student.Person)
	return s.showSecretCode(c, student.Alias, code, string(views.ToStudent(class.Name, student.ID)))
}

// showSecretCode shows a reset code, once.
func (s *server) showSecretCode(c *fiber.Ctx, of, code, back string) error {
	return showScreen(c, views.SecretCodeScreen{
		Frame: s.frame(c, ""), Head: "coded.reset", Text: "coded.reset.what", Alias: of, Code: code,
		Link: s.siteOrigin(c) + string(views.ToResetWith(code)), Back: views.Here(back),
	})
}

// firstRunForm asks the operator to create the first administrator.
func (s *server) firstRunForm(c *fiber.Ctx) error {
	screen, err := s.firstRunScreen(c)
	if err != nil {
		return err
	}
	return showScreen(c, screen)
}

func (s *server) firstRunScreen(c *fiber.Ctx) (views.FirstRunScreen, error) {
	n, err := s.Store.CountAdmins(c.UserContext(), quiz.Who{})
	return views.FirstRunScreen{Frame: s.frame(c, ""), Over: n > 0 || s.FirstRunCode == ""}, err
}

// createFirstAdmin creates the first administrator for the person who enters the code printed at the start.
func (s *server) createFirstAdmin(c *fiber.Ctx) error {
	screen, err := s.firstRunScreen(c)
	if err != nil {
		return err
	}
	if screen.Over {
		return showScreenAgain(c, screen)
	}
	screen.Code = field(c, "secret")
	screen.Form = quiz.SignUp{Alias: field(c, "alias"), Email: field(c, "email"), Password: rawField(c, "password"), AsTeacher: true}.Clean()
	err = s.lookUpSecret(c, func() error {
		if subtle.ConstantTimeCompare([]byte(hashToken(quiz.NormalizeCardSecret(screen.Code))), []byte(hashToken(s.FirstRunCode))) != 1 {
			return quiz.NewError(quiz.NotFound, "error.missing")
		}
		return nil
	})
	if quiz.Is(err, quiz.NotFound) {
		screen.Problems.Add("secret", "problem.first-run")
		return showScreenAgain(c, screen)
	}
	if err != nil {
		return err
	}
	p, hash := visitor(c), ""
	if !p.Who().IsSignedIn() {
		if screen.Problems = screen.Form.Validate(); len(screen.Problems) > 0 {
			return showScreenAgain(c, screen)
		}
		if hash, err = s.hashPassword(c, screen.Form.Password); err != nil {
			return err
		}
		if p, err = s.ensureGuest(c); err != nil {
			return err
		}
	}
	err = s.Store.CreateFirstAdmin(c.UserContext(), p.Who(), screen.Form, hash, s.Now())
	if screen.Problems = problemsOf(err); len(screen.Problems) > 0 {
		return showScreenAgain(c, screen)
	}
	if err != nil {
		return err
	}
	s.Log.Info("first administrator", "person", p.ID)
	if err := s.startSession(c, p); err != nil {
		return err
	}
	return redirect(c, views.ToSite)
}
