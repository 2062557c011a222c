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
	"chronicle/quiz/account"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type personStore interface {
	PersonByName(ctx context.Context, who quiz.Who, name string) (quiz.Person, error)
	SignUpGuest(ctx context.Context, who quiz.Who, s quiz.SignUp, hash string, now time.Time) error
	SignUpVisitor(ctx context.Context, who quiz.Who, zone string, s quiz.SignUp, hash string, now time.Time) (quiz.Person, error)
	SaveSettings(ctx context.Context, who quiz.Who, s quiz.Settings) error
	MergeGuest(ctx context.Context, who, guest quiz.Who, log []quiz.Review, now time.Time) error
	Cards(ctx context.Context, who quiz.Who) ([]quiz.Card, error)
	DeckCards(ctx context.Context, who quiz.Who, deck int64) ([]quiz.Card, error)
	AllCards(ctx context.Context, who quiz.Who) ([]quiz.Card, error)
}

func (s *server) signUpForm(c *fiber.Ctx) error {
	if visitor(c).Who().IsSignedIn() {
		return redirect(c, views.ToSettings)
	}
	facts, err := s.countLearnedFacts(c)
	if err != nil {
		return err
	}
	policy, err := s.Store.SignUpPolicy(c.UserContext(), visitor(c).Who())
	if err != nil {
		return err
	}
	return showScreen(c, views.SignUpScreen{Frame: s.frame(c, "sign-up"), Facts: facts, Policy: policy})
}

// countLearnedFacts counts the facts that a guest has started.
func (s *server) countLearnedFacts(c *fiber.Ctx) (int, error) {
	who := visitor(c).Who()
	if who.Role != quiz.RoleGuest {
		return 0, nil
	}
	cards, err := s.Store.Cards(c.UserContext(), who)
	facts := map[int64]bool{}
	for _, card := range cards {
		facts[card.Fact] = true
	}
	return len(facts), err
}

// handleSignUp gives the guest of this browser an alias and a password.
func (s *server) handleSignUp(c *fiber.Ctx) error {
	if visitor(c).Who().IsSignedIn() {
		return redirect(c, views.ToSettings)
	}
	form := quiz.SignUp{
		Alias: field(c, "alias"), Password: rawField(c, "password"),
		Email: field(c, "email"), AsTeacher: field(c, "teaches") != "", InvitationCode: field(c, "invitation"),
	}.Clean()
	if problems := form.Validate(); len(problems) > 0 {
		return s.signUpScreenWithProblems(c, form, problems)
	}
	if policy, err := s.Store.SignUpPolicy(c.UserContext(), visitor(c).Who()); err != nil || policy == quiz.SignUpClosed {
		return cmp.Or(err, quiz.NewError(quiz.Forbidden, "error.sign-up.closed"))
	}
	// The form was submitted twice, or its response was lost: sign in if the alias and password match.
	if _, err := s.Store.PersonByName(c.UserContext(), quiz.Who{}, form.Alias); err == nil {
		if p, err := s.authenticate(c, form.Alias, form.Password); err == nil {
			s.rememberDevice(c, p)
			return s.signInPerson(c, p)
		}
	}
	if err := s.limits.spend(s.limits.newAccounts, network(c)); err != nil {
		return err
	}
	hash, err := s.hashPassword(c, form.Password)
	if err != nil {
		return err
	}
	p, err := s.createAccount(c, form, hash)
	var failed *quiz.Error
	switch {
	case err == nil:
		s.Log.Info("signed up", "person", p.ID)
		p.PasswordHash = hash
		s.rememberDevice(c, p)
		return s.signInPerson(c, p)
	case errors.As(err, &failed) && failed.Kind == quiz.Invalid:
		if isOnlyTaken(failed.Problems) {
			if p, again := s.authenticate(c, form.Alias, form.Password); again == nil {
				s.rememberDevice(c, p)
				return s.signInPerson(c, p) // the first submission has just completed
			}
		}
		return s.signUpScreenWithProblems(c, form, failed.Problems)
	case quiz.Is(err, quiz.Conflict): // the first submission is still running
		return redirect(c, views.ToToday)
	}
	return err
}

// isOnlyTaken reports whether the only problem is a taken alias or e-mail.
func isOnlyTaken(p quiz.Problems) bool {
	return !slices.ContainsFunc(p, func(one quiz.Problem) bool {
		return one.Key != "problem.alias.taken" && one.Key != "problem.email.taken"
	})
}

// createAccount turns the guest of this browser, or a new visitor, into a person with an alias and a password. A
// wrong invitation counts as a guess.
func (s *server) createAccount(c *fiber.Ctx, form quiz.SignUp, hash string) (p quiz.Person, err error) {
	p = visitor(c)
	form.InvitationCode = hashToken(quiz.NormalizeCardSecret(form.InvitationCode))
	tooMany := s.lookUpSecret(c, func() error {
		if p.Who().IsNobody() {
			p, err = account.CreateAccount(c.UserContext(), s.Store, s.browserZone(c), form, hash, s.Now())
		} else {
			err = account.SignUpGuest(c.UserContext(), s.Store, p.Who(), form, hash, s.Now())
		}
		if _, none := problemsOf(err).ForField("invitation"); none {
			return quiz.NewError(quiz.NotFound, "error.missing")
		}
		return nil
	})
	if quiz.Is(tooMany, quiz.RateLimited) {
		return p, tooMany
	}
	return p, err
}

// hashPassword returns the hash of a password for storage.
func (s *server) hashPassword(c *fiber.Ctx, password string) (hash string, err error) {
	err = s.requests.waitOutside(c, func() error {
		hash, err = s.hasher.hash(c.UserContext(), password)
		return err
	})
	return hash, err
}

// signInPerson starts the session of an authenticated person.
func (s *server) signInPerson(c *fiber.Ctx, p quiz.Person) error {
	if err := s.startSession(c, p); err != nil {
		return err
	}
	return redirect(c, views.ToToday)
}

func (s *server) signUpScreenWithProblems(c *fiber.Ctx, form quiz.SignUp, p quiz.Problems) error {
	facts, err := s.countLearnedFacts(c)
	if err != nil {
		return err
	}
	policy, err := s.Store.SignUpPolicy(c.UserContext(), visitor(c).Who())
	if err != nil {
		return err
	}
	form.Password = ""
	return showScreenAgain(c, views.SignUpScreen{Frame: s.frame(c, "sign-up"), Form: form, Problems: p, Facts: facts, Policy: policy})
}

func (s *server) signInForm(c *fiber.Ctx) error {
	if visitor(c).Who().IsSignedIn() {
		return redirect(c, views.ToSettings)
	}
	facts, err := s.countLearnedFacts(c)
	if err != nil {
		return err
	}
	return showScreen(c, views.SignInScreen{Frame: s.frame(c, "sign-in"), Facts: facts, MergeGuest: true})
}

// handleSignIn signs a person in. Progress made as a guest in this browser is merged on request.
func (s *server) handleSignIn(c *fiber.Ctx) error {
	name := strings.TrimSpace(field(c, "name"))
	p, err := s.authenticate(c, name, rawField(c, "password"))
	if quiz.Is(err, quiz.Unauthenticated) || quiz.Is(err, quiz.RateLimited) {
		return s.signInScreenWithError(c, name, err)
	}
	if err != nil {
		return err
	}
	if guest := visitor(c).Who(); guest.Role == quiz.RoleGuest && field(c, "bring") != "" {
		if err := study.MergeGuest(c.UserContext(), s.Store, p.Who(), guest, s.Now()); err != nil {
			return err
		}
	}
	s.Log.Info("signed in", "person", p.ID)
	s.rememberDevice(c, p)
	return s.signInPerson(c, p)
}

func (s *server) signInScreenWithError(c *fiber.Ctx, name string, why error) error {
	facts, err := s.countLearnedFacts(c)
	if err != nil {
		return err
	}
	if len(name) > 300 {
		name = ""
	}
	screen := views.SignInScreen{Frame: s.frame(c, "sign-in"), Name: name, Problem: "sign-in.wrong", Facts: facts, MergeGuest: field(c, "bring") != ""}
	if quiz.Is(why, quiz.RateLimited) {
		screen.Problem = "error.too-many"
		c.Set(fiber.HeaderRetryAfter, "60")
		c.Status(fiber.StatusTooManyRequests)
		return showScreen(c, screen)
	}
	return showScreenAgain(c, screen)
}

// authenticate checks a name and a password. Unknown means only that they do not match; it takes the same time for
// names that do not exist.
func (s *server) authenticate(c *fiber.Ctx, name, password string) (quiz.Person, error) {
	if len(password) > longestPassword {
		password = ""
	}
	p, err := s.Store.PersonByName(c.UserContext(), quiz.Who{}, name)
	if err != nil && !quiz.Is(err, quiz.NotFound) {
		return p, err
	}
	back, err := s.reservePasswordTry(c, p, name)
	if err != nil {
		return quiz.Person{}, err
	}
	same := false
	err = s.requests.waitOutside(c, func() (err error) {
		same, err = s.hasher.matches(c.UserContext(), p.PasswordHash, password)
		return err
	})
	if err != nil {
		back() // the password was not checked
		return p, err
	}
	if !same {
		s.Log.Warn("sign-in refused", "network", network(c))
		return p, quiz.NewError(quiz.Unauthenticated, "sign-in.wrong")
	}
	back()
	return p, nil
}

// reservePasswordTry takes one sign-in try and returns a function that puts it back. Wrong passwords tried
// elsewhere do not lock the owner out of a known device.
func (s *server) reservePasswordTry(c *fiber.Ctx, p quiz.Person, name string) (back func(), err error) {
	account := hashToken(quiz.FoldName(name))
	if p.ID != 0 { // alias and e-mail share one account
		account = strconv.FormatInt(p.ID, 10)
	}
	if device := s.deviceTokenOf(c, p); device != "" {
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

// suggestedZones lists the suggested time zones; any other IANA zone can be typed.
var suggestedZones = []string{
	"Asia/Baku", "Europe/Moscow", "Asia/Tbilisi", "Asia/Yerevan", "Europe/Istanbul", "Asia/Tehran", "Europe/Kyiv",
	"Asia/Almaty", "Asia/Tashkent", "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "UTC",
}
