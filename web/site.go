package web

import (
	"context"
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type adminStore interface {
	SignUpPolicy(ctx context.Context, who quiz.Who) (quiz.SignUpPolicy, error)
	SetSignUpPolicy(ctx context.Context, who quiz.Who, p quiz.SignUpPolicy, now time.Time) error
	CreateInvitation(ctx context.Context, who quiz.Who, i quiz.Invitation, hash string, now time.Time) error
	Invitations(ctx context.Context, who quiz.Who, now time.Time) ([]quiz.Invitation, error)
	RevokeInvitation(ctx context.Context, who quiz.Who, invitation int64, now time.Time) error
	SiteStats(ctx context.Context, who quiz.Who, now time.Time) (quiz.SiteStats, error)
	AuditLog(ctx context.Context, who quiz.Who) ([]quiz.AuditEntry, error)
	PurgeExpired(ctx context.Context, who quiz.Who, dry bool, now time.Time) ([]quiz.PurgeCount, error)
	AllClasses(ctx context.Context, who quiz.Who, find string, after int64) ([]quiz.SiteClass, error)
	AppointTeacher(ctx context.Context, who quiz.Who, class int64, name string, now time.Time) error
	Accounts(ctx context.Context, who quiz.Who, find string, role quiz.Role, after int64) ([]quiz.SiteAccount, error)
	Account(ctx context.Context, who quiz.Who, person int64) (quiz.SiteAccount, error)
	CreateAccount(ctx context.Context, who quiz.Who, s quiz.SignUp, role quiz.Role, zone, hash string, now time.Time) (int64, error)
	SetRole(ctx context.Context, who quiz.Who, person int64, role quiz.Role, email string, now time.Time) error
	EndAllSessions(ctx context.Context, who quiz.Who, person int64, now time.Time) error
	ExportAccount(ctx context.Context, who quiz.Who, person int64, now time.Time) (quiz.PersonalDataExport, error)
	EraseAccount(ctx context.Context, who quiz.Who, person int64, now time.Time) error
}

// showSite shows the administration page.
func (s *server) showSite(c *fiber.Ctx) error {
	screen, err := s.siteScreen(c)
	if err != nil {
		return err
	}
	if done := c.Query("done"); done == "policy" || done == "withdrawn" {
		screen.Done = done
	}
	return showScreen(c, screen)
}

func (s *server) siteScreen(c *fiber.Ctx) (views.SiteScreen, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	screen := views.SiteScreen{
		Frame: s.frame(c, "site"), Uses: "1", Role: quiz.RoleTeacher, Database: s.DatabaseKind, Mail: s.Mail != nil, Since: s.startedAt, Cal: visitor(c).Calendar(),
	}
	var err error
	if screen.Stats, err = s.Store.SiteStats(ctx, who, s.Now()); err != nil {
		return screen, err
	}
	if screen.Policy, err = s.Store.SignUpPolicy(ctx, who); err != nil {
		return screen, err
	}
	if screen.Invitations, err = s.Store.Invitations(ctx, who, s.Now()); err != nil {
		return screen, err
	}
	screen.AuditLog, err = s.Store.AuditLog(ctx, who)
	return screen, err
}

// siteScreenWithProblems shows the page with the problems of one of its forms.
func (s *server) siteScreenWithProblems(c *fiber.Ctx, p quiz.Problems) error {
	screen, err := s.siteScreen(c)
	if err != nil {
		return err
	}
	screen.Problems = p
	if typed := field(c, "uses"); typed != "" {
		screen.Uses = typed
	}
	screen.Role = quiz.Role(field(c, "role"))
	return showScreenAgain(c, screen)
}

// setSignUpPolicy sets who may sign up.
func (s *server) setSignUpPolicy(c *fiber.Ctx) error {
	err := s.Store.SetSignUpPolicy(c.UserContext(), visitor(c).Who(), quiz.SignUpPolicy(field(c, "policy")), s.Now())
	if p := problemsOf(err); len(p) > 0 {
		return s.siteScreenWithProblems(c, p)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToSite+"?done=policy")
}

// createInvitation creates an invitation and shows its code, once.
func (s *server) createInvitation(c *fiber.Ctx) error {
	code, hash := NewSecretCode()
	i := quiz.Invitation{Role: quiz.Role(field(c, "role")), MaxUses: parseCount(field(c, "uses"))}
	err := s.Store.CreateInvitation(c.UserContext(), visitor(c).Who(), i, hash, s.Now())
	if p := problemsOf(err); len(p) > 0 {
		return s.siteScreenWithProblems(c, p)
	}
	if err != nil {
		return err
	}
	return showScreen(c, views.SecretCodeScreen{
		Frame: s.frame(c, "site"), Head: "coded.invitation", Text: "coded.invitation.what", Code: code,
		Link: s.siteOrigin(c) + string(views.ToSignUp) + "#" + code, Back: views.ToSite,
	})
}

func (s *server) revokeInvitation(c *fiber.Ctx) error {
	if err := s.Store.RevokeInvitation(c.UserContext(), visitor(c).Who(), int64(parseCount(field(c, "invitation"))), s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToSite+"?done=withdrawn")
}

// previewPurge shows what a purge would delete now.
func (s *server) previewPurge(c *fiber.Ctx) error {
	tidied, err := s.Store.PurgeExpired(c.UserContext(), visitor(c).Who(), true, s.Now())
	if err != nil {
		return err
	}
	screen, err := s.siteScreen(c)
	if err != nil {
		return err
	}
	screen.PurgeCounts, screen.PurgePreviewed = tidied, true
	return showScreen(c, screen)
}

// listAllClasses lists every class of the site.
func (s *server) listAllClasses(c *fiber.Ctx) error {
	screen, err := s.siteClassesScreen(c, validText(c.Query("find")), validText(c.Query("after")))
	if err != nil {
		return err
	}
	screen.Done = c.Query("done") != ""
	return showScreen(c, screen)
}

func (s *server) siteClassesScreen(c *fiber.Ctx, find, after string) (views.SiteClassesScreen, error) {
	from, _ := strconv.ParseInt(after, 10, 64)
	screen := views.SiteClassesScreen{Frame: s.frame(c, "site"), Find: truncateSearch(find)}
	var err error
	screen.All, err = s.Store.AllClasses(c.UserContext(), visitor(c).Who(), screen.Find, from)
	if len(screen.All) > quiz.ListPageSize {
		screen.All = screen.All[:quiz.ListPageSize]
		screen.Next = screen.All[quiz.ListPageSize-1].ID
	}
	return screen, err
}

// truncateSearch limits the length of a search text.
func truncateSearch(find string) string {
	if r := []rune(quiz.OneLine(find)); len(r) > 80 {
		return string(r[:80])
	}
	return quiz.OneLine(find)
}

// appointTeacher makes a person a teacher of a class.
func (s *server) appointTeacher(c *fiber.Ctx) error {
	class, err := strconv.ParseInt(param(c, "class"), 10, 64)
	if err != nil {
		return quiz.NewError(quiz.NotFound, "error.missing")
	}
	err = s.Store.AppointTeacher(c.UserContext(), visitor(c).Who(), class, field(c, "teacher"), s.Now())
	if p := problemsOf(err); len(p) > 0 {
		screen, err := s.siteClassesScreen(c, "", strconv.FormatInt(class-1, 10))
		if err != nil {
			return err
		}
		screen.At, screen.Teacher, screen.Problems = class, field(c, "teacher"), p
		return showScreenAgain(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToSiteClasses+"?done=yes")
}

// listPeople lists the people who have an account.
func (s *server) listPeople(c *fiber.Ctx) error {
	screen, err := s.peopleScreen(c, validText(c.Query("find")), quiz.Role(validText(c.Query("role"))), validText(c.Query("after")))
	if err != nil {
		return err
	}
	return showScreen(c, screen)
}

func (s *server) peopleScreen(c *fiber.Ctx, find string, role quiz.Role, after string) (views.PeopleScreen, error) {
	from, _ := strconv.ParseInt(after, 10, 64)
	if !(quiz.Who{Role: role}).IsSignedIn() {
		role = ""
	}
	screen := views.PeopleScreen{Frame: s.frame(c, "site"), Find: truncateSearch(find), Role: role, Cal: visitor(c).Calendar(), NewRole: quiz.RoleTeacher}
	var err error
	screen.Accounts, err = s.Store.Accounts(c.UserContext(), visitor(c).Who(), screen.Find, role, from)
	if len(screen.Accounts) > quiz.ListPageSize {
		screen.Accounts = screen.Accounts[:quiz.ListPageSize]
		screen.Next = screen.Accounts[quiz.ListPageSize-1].ID
	}
	return screen, err
}

// createPerson creates an account and shows the code for choosing its password.
func (s *server) createPerson(c *fiber.Ctx) error {
	role := quiz.Role(field(c, "role"))
	form := quiz.SignUp{Alias: field(c, "alias"), Email: field(c, "email"), AsTeacher: role != quiz.RoleLearner}.Clean()
	problems := form.ValidateWithoutPassword()
	if !(quiz.Who{Role: role}).IsSignedIn() {
		problems.Add("role", "problem.choose")
	}
	var id int64
	if len(problems) == 0 {
		// No password has this hash, so nobody can sign in before choosing one.
		var err error
		id, err = s.Store.CreateAccount(c.UserContext(), visitor(c).Who(), form, role, s.DefaultZone, "", s.Now())
		if problems = problemsOf(err); len(problems) == 0 && err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		screen, err := s.peopleScreen(c, "", "", "")
		if err != nil {
			return err
		}
		screen.Form, screen.NewRole, screen.Problems = form, role, problems
		return showScreenAgain(c, screen)
	}
	s.Log.Info("account made", "administrator", visitor(c).ID, "person", id)
	return s.createResetCode(c, quiz.Person{ID: id, Alias: form.Alias})
}

// createResetCode creates a password reset code and shows it.
func (s *server) createResetCode(c *fiber.Ctx, p quiz.Person) error {
	code, hash := NewSecretCode()
	if err := s.Store.CreateResetCode(c.UserContext(), visitor(c).Who(), p.ID, hash, s.Now().Add(quiz.ResetCodeLifetime), s.Now()); err != nil {
		return err
	}
	return s.showSecretCode(c, p.Alias, code, string(views.ToPerson(p.ID)))
}

// accountOf returns the account in the URL.
func (s *server) accountOf(c *fiber.Ctx) (quiz.SiteAccount, error) {
	id, err := strconv.ParseInt(param(c, "person"), 10, 64)
	if err != nil {
		return quiz.SiteAccount{}, quiz.NewError(quiz.NotFound, "error.missing")
	}
	return s.Store.Account(c.UserContext(), visitor(c).Who(), id)
}

// showPerson shows the page of one account.
func (s *server) showPerson(c *fiber.Ctx) error {
	one, err := s.accountOf(c)
	if err != nil {
		return err
	}
	screen := views.PersonScreen{Frame: s.frame(c, "site"), Account: one, Cal: visitor(c).Calendar(), Mail: s.Mail != nil}
	if done := c.Query("done"); done == "role" || done == "signed-out" || done == "mailed" {
		screen.Done = done
	}
	return showScreen(c, screen)
}

// changePerson applies a change to the account in the URL and redirects to its page.
func (s *server) changePerson(c *fiber.Ctx, done string, deed func(quiz.SiteAccount) error) error {
	one, err := s.accountOf(c)
	if err != nil {
		return err
	}
	err = deed(one)
	if p := problemsOf(err); len(p) > 0 {
		return showScreenAgain(c, views.PersonScreen{Frame: s.frame(c, "site"), Account: one, Cal: visitor(c).Calendar(), Mail: s.Mail != nil, Problems: p})
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

func (s *server) setRole(c *fiber.Ctx) error {
	return s.changePerson(c, "role", func(one quiz.SiteAccount) error {
		return s.Store.SetRole(c.UserContext(), visitor(c).Who(), one.ID, quiz.Role(field(c, "role")), field(c, "email"), s.Now())
	})
}

func (s *server) signOutPerson(c *fiber.Ctx) error {
	return s.changePerson(c, "signed-out", func(one quiz.SiteAccount) error {
		return s.Store.EndAllSessions(c.UserContext(), visitor(c).Who(), one.ID, s.Now())
	})
}

func (s *server) erasePerson(c *fiber.Ctx) error {
	return s.changePerson(c, "erased", func(one quiz.SiteAccount) error {
		if one.ID == visitor(c).ID { // changing one's own account requires the password
			return quiz.NewError(quiz.Forbidden, "error.erase.self")
		}
		if field(c, "sure") == "" {
			var p quiz.Problems
			p.Add("sure", "problem.sure")
			return p.Err()
		}
		return s.Store.EraseAccount(c.UserContext(), visitor(c).Who(), one.ID, s.Now())
	})
}

// resetPerson creates a password reset code and shows or mails it.
func (s *server) resetPerson(c *fiber.Ctx) error {
	one, err := s.accountOf(c)
	if err != nil {
		return err
	}
	if field(c, "mail") == "" || s.Mail == nil || one.Email == "" {
		return s.createResetCode(c, one.Person)
	}
	// The administrator sees whether the mail was sent; if not, the code is shown instead.
	ctx, cancel := context.WithTimeout(c.UserContext(), mailWait)
	defer cancel()
	code, hash := NewSecretCode()
	if err := s.Store.CreateResetCode(ctx, visitor(c).Who(), one.ID, hash, s.Now().Add(quiz.ResetCodeLifetime), s.Now()); err != nil {
		return err
	}
	if err := s.mailResetCode(ctx, one.Person, code, s.frame(c, "").Words); err != nil {
		s.Log.Error("a mail was not sent", "error", err)
		return s.showSecretCode(c, one.Alias, code, string(views.ToPerson(one.ID)))
	}
	return redirect(c, views.ToPerson(one.ID)+"?done=mailed")
}

func (s *server) exportPerson(c *fiber.Ctx) error {
	one, err := s.accountOf(c)
	if err != nil {
		return err
	}
	handed, err := s.Store.ExportAccount(c.UserContext(), visitor(c).Who(), one.ID, s.Now())
	if err != nil {
		return err
	}
	return sendExport(c, handed)
}
