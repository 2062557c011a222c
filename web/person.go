package web

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/enrol"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type personStore interface {
	Named(ctx context.Context, who quiz.Who, name string) (quiz.Person, error)
	SignUp(ctx context.Context, who quiz.Who, s quiz.SignUp, hash string, now time.Time) error
	SetSettings(ctx context.Context, who quiz.Who, s quiz.Settings) error
	Move(ctx context.Context, who, guest quiz.Who, log []quiz.Review, now time.Time) error
	Cards(ctx context.Context, who quiz.Who) ([]quiz.Card, error)
	CardsOf(ctx context.Context, who quiz.Who, deck int64) ([]quiz.Card, error)
	AllCards(ctx context.Context, who quiz.Who) ([]quiz.Card, error)
}

func (s *server) signUpForm(c *fiber.Ctx) error {
	if visitor(c).Who().SignedIn() {
		return redirect(c, views.ToSettings)
	}
	facts, err := s.practised(c)
	if err != nil {
		return err
	}
	policy, err := s.Store.Policy(c.UserContext(), visitor(c).Who())
	if err != nil {
		return err
	}
	return show(c, views.SignUp{Frame: s.frame(c, "sign-up"), Facts: facts, Policy: policy})
}

// practised counts the facts that a guest has met.
func (s *server) practised(c *fiber.Ctx) (int, error) {
	who := visitor(c).Who()
	if who.Role != quiz.Guest {
		return 0, nil
	}
	cards, err := s.Store.Cards(c.UserContext(), who)
	facts := map[int64]bool{}
	for _, card := range cards {
		facts[card.Fact] = true
	}
	return len(facts), err
}

// signUp gives the guest of this browser a name and a password.
func (s *server) signUp(c *fiber.Ctx) error {
	if visitor(c).Who().SignedIn() {
		return redirect(c, views.ToSettings)
	}
	form := quiz.SignUp{
		Alias: field(c, "alias"), Password: posted(c, "password"),
		Email: field(c, "email"), Teaches: field(c, "teaches") != "", Invitation: field(c, "invitation"),
	}.Clean()
	if problems := form.Check(); len(problems) > 0 {
		return s.signUpAgain(c, form, problems)
	}
	if policy, err := s.Store.Policy(c.UserContext(), visitor(c).Who()); err != nil || policy == quiz.Closed {
		return cmp.Or(err, quiz.Fail(quiz.Forbidden, "error.sign-up.closed"))
	}
	if err := s.limits.spend(s.limits.networks, network(c)); err != nil {
		return err
	}
	// A second tap on the button, or a page whose answer was lost: whoever has
	// the name and its password comes in.
	if _, err := s.Store.Named(c.UserContext(), quiz.Who{}, form.Alias); err == nil {
		if p, err := s.recognise(c, form.Alias, form.Password); err == nil {
			return s.comeIn(c, p)
		}
	}
	hash, err := s.hasher.hash(c.UserContext(), form.Password)
	if err != nil {
		return err
	}
	guest, err := s.welcome(c)
	if err != nil {
		return err
	}
	keep := form
	keep.Invitation = hashOf(quiz.CleanSecret(form.Invitation))
	if tooMany := s.limits.guess(network(c), func() error {
		err = enrol.Join(c.UserContext(), s.Store, guest.Who(), keep, hash, s.Now())
		if _, none := problemsOf(err).On("invitation"); none {
			return quiz.Fail(quiz.Missing, "error.missing") // which counts as a guess
		}
		return nil
	}); quiz.Is(tooMany, quiz.TooMany) {
		return tooMany
	}
	var failed *quiz.Error
	if errors.As(err, &failed) && failed.Fault == quiz.Invalid {
		return s.signUpAgain(c, form, failed.Problems)
	}
	if quiz.Is(err, quiz.Conflict) { // the first tap is being answered just now
		return redirect(c, views.ToToday)
	}
	if err != nil {
		return err
	}
	s.Log.Info("signed up", "person", guest.ID)
	return s.comeIn(c, guest)
}

// comeIn begins the session of somebody who was recognised.
func (s *server) comeIn(c *fiber.Ctx, p quiz.Person) error {
	if err := s.enter(c, p); err != nil {
		return err
	}
	return redirect(c, views.ToToday)
}

func (s *server) signUpAgain(c *fiber.Ctx, form quiz.SignUp, p quiz.Problems) error {
	facts, err := s.practised(c)
	if err != nil {
		return err
	}
	policy, err := s.Store.Policy(c.UserContext(), visitor(c).Who())
	if err != nil {
		return err
	}
	form.Password = ""
	return again(c, views.SignUp{Frame: s.frame(c, "sign-up"), Form: form, Problems: p, Facts: facts, Policy: policy})
}

func (s *server) signInForm(c *fiber.Ctx) error {
	if visitor(c).Who().SignedIn() {
		return redirect(c, views.ToSettings)
	}
	facts, err := s.practised(c)
	if err != nil {
		return err
	}
	return show(c, views.SignIn{Frame: s.frame(c, "sign-in"), Facts: facts, Bring: true})
}

// signIn begins a session. What this browser practised as a guest comes along
// if the person says so.
func (s *server) signIn(c *fiber.Ctx) error {
	name := strings.TrimSpace(field(c, "name"))
	p, err := s.recognise(c, name, posted(c, "password"))
	if quiz.Is(err, quiz.Unknown) || quiz.Is(err, quiz.TooMany) {
		return s.signInAgain(c, name, err)
	}
	if err != nil {
		return err
	}
	if guest := visitor(c).Who(); guest.Role == quiz.Guest && field(c, "bring") != "" {
		if err := study.Bring(c.UserContext(), s.Store, p.Who(), guest, s.Now()); err != nil {
			return err
		}
	}
	s.Log.Info("signed in", "person", p.ID)
	return s.comeIn(c, p)
}

func (s *server) signInAgain(c *fiber.Ctx, name string, why error) error {
	facts, err := s.practised(c)
	if err != nil {
		return err
	}
	if len(name) > 300 {
		name = ""
	}
	screen := views.SignIn{Frame: s.frame(c, "sign-in"), Name: name, Problem: "sign-in.wrong", Facts: facts, Bring: field(c, "bring") != ""}
	if quiz.Is(why, quiz.TooMany) {
		screen.Problem = "error.too-many"
		c.Set(fiber.HeaderRetryAfter, "60")
		c.Status(fiber.StatusTooManyRequests)
		return show(c, screen)
	}
	return again(c, screen)
}

// recognise checks a name and a password; Unknown says no more than that they
// do not belong together, and takes the same time for names that do not exist.
func (s *server) recognise(c *fiber.Ctx, name, password string) (quiz.Person, error) {
	if err := s.limits.spend(s.limits.networks, network(c)); err != nil {
		return quiz.Person{}, err
	}
	if err := s.limits.spend(s.limits.accounts, hashOf(quiz.Fold(name))); err != nil {
		s.Log.Warn("too many sign-ins for one name", "network", network(c))
		return quiz.Person{}, err
	}
	if len(password) > bodyLimit/16 {
		password = ""
	}
	p, err := s.Store.Named(c.UserContext(), quiz.Who{}, name)
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return p, err
	}
	same, err := s.hasher.same(c.UserContext(), p.Password, password)
	if err != nil {
		return p, err
	}
	if !same {
		s.Log.Warn("sign-in refused", "network", network(c))
		return p, quiz.Fail(quiz.Unknown, "sign-in.wrong")
	}
	return p, nil
}

// zones are suggested; every other zone of the IANA database can be typed.
var zones = []string{
	"Asia/Baku", "Europe/Moscow", "Asia/Tbilisi", "Asia/Yerevan", "Europe/Istanbul", "Asia/Tehran", "Europe/Kyiv",
	"Asia/Almaty", "Asia/Tashkent", "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "UTC",
}
