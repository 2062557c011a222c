package web

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
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
	SignUpStranger(ctx context.Context, who quiz.Who, zone string, s quiz.SignUp, hash string, now time.Time) (quiz.Person, error)
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
	// A second tap on the button, or a page whose answer was lost: whoever has
	// the name and its password comes in.
	if _, err := s.Store.Named(c.UserContext(), quiz.Who{}, form.Alias); err == nil {
		if p, err := s.recognise(c, form.Alias, form.Password); err == nil {
			s.remember(c, p)
			return s.comeIn(c, p)
		}
	}
	if err := s.limits.spend(s.limits.people, network(c)); err != nil {
		return err
	}
	hash, err := s.hashed(c, form.Password)
	if err != nil {
		return err
	}
	p, err := s.makeAccount(c, form, hash)
	var failed *quiz.Error
	switch {
	case err == nil:
		s.Log.Info("signed up", "person", p.ID)
		p.Password = hash
		s.remember(c, p)
		return s.comeIn(c, p)
	case errors.As(err, &failed) && failed.Fault == quiz.Invalid:
		if takenOnly(failed.Problems) {
			if p, again := s.recognise(c, form.Alias, form.Password); again == nil {
				s.remember(c, p)
				return s.comeIn(c, p) // the first tap was answered just now
			}
		}
		return s.signUpAgain(c, form, failed.Problems)
	case quiz.Is(err, quiz.Conflict): // the first tap is being answered just now
		return redirect(c, views.ToToday)
	}
	return err
}

// takenOnly tells whether nothing is wrong but that somebody has the name or e-mail.
func takenOnly(p quiz.Problems) bool {
	return !slices.ContainsFunc(p, func(one quiz.Problem) bool {
		return one.Key != "problem.alias.taken" && one.Key != "problem.email.taken"
	})
}

// makeAccount makes the guest of this browser, or a stranger, somebody with a name and
// a password. A wrong invitation counts as a guess.
func (s *server) makeAccount(c *fiber.Ctx, form quiz.SignUp, hash string) (p quiz.Person, err error) {
	p = visitor(c)
	form.Invitation = hashOf(quiz.CleanSecret(form.Invitation))
	tooMany := s.guess(c, func() error {
		if p.Who().IsNobody() {
			p, err = enrol.Create(c.UserContext(), s.Store, s.zone(c), form, hash, s.Now())
		} else {
			err = enrol.Join(c.UserContext(), s.Store, p.Who(), form, hash, s.Now())
		}
		if _, none := problemsOf(err).On("invitation"); none {
			return quiz.Fail(quiz.Missing, "error.missing")
		}
		return nil
	})
	if quiz.Is(tooMany, quiz.TooMany) {
		return p, tooMany
	}
	return p, err
}

// hashed is a password as it is stored.
func (s *server) hashed(c *fiber.Ctx, password string) (hash string, err error) {
	err = s.load.outside(c, func() error {
		hash, err = s.hasher.hash(c.UserContext(), password)
		return err
	})
	return hash, err
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
	s.remember(c, p)
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
	if len(password) > longestPassword {
		password = ""
	}
	p, err := s.Store.Named(c.UserContext(), quiz.Who{}, name)
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return p, err
	}
	back, err := s.tryPassword(c, p, name)
	if err != nil {
		return quiz.Person{}, err
	}
	same := false
	err = s.load.outside(c, func() (err error) {
		same, err = s.hasher.same(c.UserContext(), p.Password, password)
		return err
	})
	if err != nil {
		back() // it is not known whether it was wrong
		return p, err
	}
	if !same {
		s.Log.Warn("sign-in refused", "network", network(c))
		return p, quiz.Fail(quiz.Unknown, "sign-in.wrong")
	}
	back()
	return p, nil
}

// tryPassword takes a try to sign in, and gives what puts it back. Wrong passwords of
// others do not keep the owner out of a device on which they signed in before.
func (s *server) tryPassword(c *fiber.Ctx, p quiz.Person, name string) (back func(), err error) {
	account := hashOf(quiz.Fold(name))
	if p.ID != 0 { // alias and e-mail are the same account
		account = strconv.FormatInt(p.ID, 10)
	}
	if device := s.deviceOf(c, p); device != "" {
		return s.limits.reserve(s.limits.devices, device+account)
	}
	ofAccount, err := s.limits.reserve(s.limits.accounts, account)
	if err != nil {
		s.Log.Warn("too many sign-ins for one name", "network", network(c))
		return nil, err
	}
	ofNetwork, err := s.limits.reserve(s.limits.networks, network(c))
	if err != nil {
		ofAccount()
		return nil, err
	}
	return func() { ofAccount(); ofNetwork() }, nil
}

// zones are suggested; every other zone of the IANA database can be typed.
var zones = []string{
	"Asia/Baku", "Europe/Moscow", "Asia/Tbilisi", "Asia/Yerevan", "Europe/Istanbul", "Asia/Tehran", "Europe/Kyiv",
	"Asia/Almaty", "Asia/Tashkent", "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "UTC",
}
