package web

import (
	"context"
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type siteStore interface {
	Policy(ctx context.Context, who quiz.Who) (quiz.Policy, error)
	SetPolicy(ctx context.Context, who quiz.Who, p quiz.Policy, now time.Time) error
	Invite(ctx context.Context, who quiz.Who, i quiz.Invitation, hash string, now time.Time) error
	Invitations(ctx context.Context, who quiz.Who, now time.Time) ([]quiz.Invitation, error)
	Withdraw(ctx context.Context, who quiz.Who, invitation int64, now time.Time) error
	Numbers(ctx context.Context, who quiz.Who, now time.Time) (quiz.Numbers, error)
	Audits(ctx context.Context, who quiz.Who) ([]quiz.Audit, error)
	Tidy(ctx context.Context, who quiz.Who, dry bool, now time.Time) ([]quiz.Tidying, error)
	ClassesOfAll(ctx context.Context, who quiz.Who, find string, after int64) ([]quiz.ListedClass, error)
	Appoint(ctx context.Context, who quiz.Who, class int64, name string, now time.Time) error
	Accounts(ctx context.Context, who quiz.Who, find string, role quiz.Role, after int64) ([]quiz.Listed, error)
	Account(ctx context.Context, who quiz.Who, person int64) (quiz.Listed, error)
	AddAccount(ctx context.Context, who quiz.Who, s quiz.SignUp, role quiz.Role, zone, hash string, now time.Time) (int64, error)
	SetRole(ctx context.Context, who quiz.Who, person int64, role quiz.Role, email string, now time.Time) error
	SignOutPerson(ctx context.Context, who quiz.Who, person int64, now time.Time) error
	ExportAccount(ctx context.Context, who quiz.Who, person int64, now time.Time) (quiz.Handed, error)
	EraseAccount(ctx context.Context, who quiz.Who, person int64, now time.Time) error
}

// site shows how the site stands.
func (s *server) site(c *fiber.Ctx) error {
	screen, err := s.overview(c)
	if err != nil {
		return err
	}
	if done := c.Query("done"); done == "policy" || done == "withdrawn" {
		screen.Done = done
	}
	return show(c, screen)
}

func (s *server) overview(c *fiber.Ctx) (views.Site, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	screen := views.Site{
		Frame: s.frame(c, "site"), Uses: "1", Role: quiz.Teacher, Database: s.Database, Mail: s.Mail != nil, Since: s.began, Cal: visitor(c).Calendar(),
	}
	var err error
	if screen.Numbers, err = s.Store.Numbers(ctx, who, s.Now()); err != nil {
		return screen, err
	}
	if screen.Policy, err = s.Store.Policy(ctx, who); err != nil {
		return screen, err
	}
	if screen.Invitations, err = s.Store.Invitations(ctx, who, s.Now()); err != nil {
		return screen, err
	}
	screen.Log, err = s.Store.Audits(ctx, who)
	return screen, err
}

// siteAgain shows the page with what is wrong in one of its forms.
func (s *server) siteAgain(c *fiber.Ctx, p quiz.Problems) error {
	screen, err := s.overview(c)
	if err != nil {
		return err
	}
	screen.Problems = p
	if typed := field(c, "uses"); typed != "" {
		screen.Uses = typed
	}
	screen.Role = quiz.Role(field(c, "role"))
	return again(c, screen)
}

// setPolicy says who may sign up.
func (s *server) setPolicy(c *fiber.Ctx) error {
	err := s.Store.SetPolicy(c.UserContext(), visitor(c).Who(), quiz.Policy(field(c, "policy")), s.Now())
	if p := problemsOf(err); len(p) > 0 {
		return s.siteAgain(c, p)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToSite+"?done=policy")
}

// invite makes an invitation and shows its code, which nobody sees again.
func (s *server) invite(c *fiber.Ctx) error {
	code, hash := NewCode()
	i := quiz.Invitation{Role: quiz.Role(field(c, "role")), Uses: counted(field(c, "uses"))}
	err := s.Store.Invite(c.UserContext(), visitor(c).Who(), i, hash, s.Now())
	if p := problemsOf(err); len(p) > 0 {
		return s.siteAgain(c, p)
	}
	if err != nil {
		return err
	}
	return show(c, views.Coded{
		Frame: s.frame(c, "site"), Head: "coded.invitation", Text: "coded.invitation.what", Code: code,
		Link: s.origin(c) + string(views.ToSignUp) + "#" + code, Back: views.ToSite,
	})
}

func (s *server) withdraw(c *fiber.Ctx) error {
	if err := s.Store.Withdraw(c.UserContext(), visitor(c).Who(), int64(counted(field(c, "invitation"))), s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToSite+"?done=withdrawn")
}

// tryTidying says what would be deleted now since it is older than it is kept.
func (s *server) tryTidying(c *fiber.Ctx) error {
	tidied, err := s.Store.Tidy(c.UserContext(), visitor(c).Who(), true, s.Now())
	if err != nil {
		return err
	}
	screen, err := s.overview(c)
	if err != nil {
		return err
	}
	screen.Tidied, screen.Tried = tidied, true
	return show(c, screen)
}

// siteClasses lists every class.
func (s *server) siteClasses(c *fiber.Ctx) error {
	screen, err := s.classesOfAll(c, text(c.Query("find")), text(c.Query("after")))
	if err != nil {
		return err
	}
	screen.Done = c.Query("done") != ""
	return show(c, screen)
}

func (s *server) classesOfAll(c *fiber.Ctx, find, after string) (views.SiteClasses, error) {
	from, _ := strconv.ParseInt(after, 10, 64)
	screen := views.SiteClasses{Frame: s.frame(c, "site"), Find: short(find)}
	var err error
	screen.All, err = s.Store.ClassesOfAll(c.UserContext(), visitor(c).Who(), screen.Find, from)
	if len(screen.All) > quiz.ListedAtOnce {
		screen.All = screen.All[:quiz.ListedAtOnce]
		screen.Next = screen.All[quiz.ListedAtOnce-1].ID
	}
	return screen, err
}

// short keeps what is looked for short.
func short(find string) string {
	if r := []rune(quiz.OneLine(find)); len(r) > 80 {
		return string(r[:80])
	}
	return quiz.OneLine(find)
}

// appoint makes somebody a teacher of a class.
func (s *server) appoint(c *fiber.Ctx) error {
	class, err := strconv.ParseInt(param(c, "class"), 10, 64)
	if err != nil {
		return quiz.Fail(quiz.Missing, "error.missing")
	}
	err = s.Store.Appoint(c.UserContext(), visitor(c).Who(), class, field(c, "teacher"), s.Now())
	if p := problemsOf(err); len(p) > 0 {
		screen, err := s.classesOfAll(c, "", strconv.FormatInt(class-1, 10))
		if err != nil {
			return err
		}
		screen.At, screen.Teacher, screen.Problems = class, field(c, "teacher"), p
		return again(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToSiteClasses+"?done=yes")
}

// people lists those who have an account.
func (s *server) people(c *fiber.Ctx) error {
	screen, err := s.accounts(c, text(c.Query("find")), quiz.Role(text(c.Query("role"))), text(c.Query("after")))
	if err != nil {
		return err
	}
	return show(c, screen)
}

func (s *server) accounts(c *fiber.Ctx, find string, role quiz.Role, after string) (views.People, error) {
	from, _ := strconv.ParseInt(after, 10, 64)
	if !(quiz.Who{Role: role}).SignedIn() {
		role = ""
	}
	screen := views.People{Frame: s.frame(c, "site"), Find: short(find), Role: role, Cal: visitor(c).Calendar(), As: quiz.Teacher}
	var err error
	screen.All, err = s.Store.Accounts(c.UserContext(), visitor(c).Who(), screen.Find, role, from)
	if len(screen.All) > quiz.ListedAtOnce {
		screen.All = screen.All[:quiz.ListedAtOnce]
		screen.Next = screen.All[quiz.ListedAtOnce-1].ID
	}
	return screen, err
}

// addPerson makes an account and shows the code with which they choose their password.
func (s *server) addPerson(c *fiber.Ctx) error {
	role := quiz.Role(field(c, "role"))
	form := quiz.SignUp{Alias: field(c, "alias"), Email: field(c, "email"), Teaches: role != quiz.Learner}.Clean()
	problems := form.CheckNamed()
	if !(quiz.Who{Role: role}).SignedIn() {
		problems.Add("role", "problem.choose")
	}
	var id int64
	if len(problems) == 0 {
		// Nothing hashes to nothing: nobody signs in before a password was chosen.
		var err error
		id, err = s.Store.AddAccount(c.UserContext(), visitor(c).Who(), form, role, s.Zone, "", s.Now())
		if problems = problemsOf(err); len(problems) == 0 && err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		screen, err := s.accounts(c, "", "", "")
		if err != nil {
			return err
		}
		screen.Form, screen.As, screen.Problems = form, role, problems
		return again(c, screen)
	}
	s.Log.Info("account made", "administrator", visitor(c).ID, "person", id)
	return s.codeFor(c, quiz.Person{ID: id, Alias: form.Alias})
}

// codeFor makes a code for somebody to choose a password with, and shows it.
func (s *server) codeFor(c *fiber.Ctx, p quiz.Person) error {
	code, hash := NewCode()
	if err := s.Store.MakeReset(c.UserContext(), visitor(c).Who(), p.ID, hash, s.Now().Add(quiz.ResetHolds), s.Now()); err != nil {
		return err
	}
	return s.showCode(c, p.Alias, code, string(views.ToPerson(p.ID)))
}

// account gives whoever the address names.
func (s *server) account(c *fiber.Ctx) (quiz.Listed, error) {
	id, err := strconv.ParseInt(param(c, "person"), 10, 64)
	if err != nil {
		return quiz.Listed{}, quiz.Fail(quiz.Missing, "error.missing")
	}
	return s.Store.Account(c.UserContext(), visitor(c).Who(), id)
}

// person is somebody who has an account.
func (s *server) person(c *fiber.Ctx) error {
	one, err := s.account(c)
	if err != nil {
		return err
	}
	screen := views.OnePerson{Frame: s.frame(c, "site"), One: one, Cal: visitor(c).Calendar(), Mail: s.Mail != nil}
	if done := c.Query("done"); done == "role" || done == "signed-out" || done == "mailed" {
		screen.Done = done
	}
	return show(c, screen)
}

// personDeed does something to whoever the address names and goes back to their page.
func (s *server) personDeed(c *fiber.Ctx, done string, deed func(quiz.Listed) error) error {
	one, err := s.account(c)
	if err != nil {
		return err
	}
	err = deed(one)
	if p := problemsOf(err); len(p) > 0 {
		return again(c, views.OnePerson{Frame: s.frame(c, "site"), One: one, Cal: visitor(c).Calendar(), Mail: s.Mail != nil, Problems: p})
	}
	if err != nil {
		return err
	}
	s.Log.Info("administered", "administrator", visitor(c).ID, "person", one.ID, "deed", done)
	if done == "erased" {
		return redirect(c, views.ToPeople)
	}
	return c.Redirect(string(views.ToPerson(one.ID))+"?done="+done, fiber.StatusSeeOther)
}

func (s *server) giveRole(c *fiber.Ctx) error {
	return s.personDeed(c, "role", func(one quiz.Listed) error {
		return s.Store.SetRole(c.UserContext(), visitor(c).Who(), one.ID, quiz.Role(field(c, "role")), field(c, "email"), s.Now())
	})
}

func (s *server) signOutPerson(c *fiber.Ctx) error {
	return s.personDeed(c, "signed-out", func(one quiz.Listed) error {
		return s.Store.SignOutPerson(c.UserContext(), visitor(c).Who(), one.ID, s.Now())
	})
}

func (s *server) erasePerson(c *fiber.Ctx) error {
	return s.personDeed(c, "erased", func(one quiz.Listed) error {
		if one.ID == visitor(c).ID { // one's own wants the password
			return quiz.Fail(quiz.Forbidden, "error.erase.self")
		}
		if field(c, "sure") == "" {
			var p quiz.Problems
			p.Add("sure", "problem.sure")
			return p.Err()
		}
		return s.Store.EraseAccount(c.UserContext(), visitor(c).Who(), one.ID, s.Now())
	})
}

// resetPerson makes a code to choose another password: shown, or sent by mail.
func (s *server) resetPerson(c *fiber.Ctx) error {
	one, err := s.account(c)
	if err != nil {
		return err
	}
	if field(c, "mail") == "" || s.Mail == nil || one.Email == "" {
		return s.codeFor(c, one.Person)
	}
	// Whoever administers is told whether it went; if not, the code is shown instead.
	ctx, cancel := context.WithTimeout(c.UserContext(), mailWait)
	defer cancel()
	code, hash := NewCode()
	if err := s.Store.MakeReset(ctx, visitor(c).Who(), one.ID, hash, s.Now().Add(quiz.ResetHolds), s.Now()); err != nil {
		return err
	}
	if err := s.mailCode(ctx, one.Person, code, s.frame(c, "").Words); err != nil {
		s.Log.Error("a mail was not sent", "error", err)
		return s.showCode(c, one.Alias, code, string(views.ToPerson(one.ID)))
	}
	return redirect(c, views.ToPerson(one.ID)+"?done=mailed")
}

func (s *server) exportPerson(c *fiber.Ctx) error {
	one, err := s.account(c)
	if err != nil {
		return err
	}
	handed, err := s.Store.ExportAccount(c.UserContext(), visitor(c).Who(), one.ID, s.Now())
	if err != nil {
		return err
	}
	return hand(c, handed)
}
