package web

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type personalDataStore interface {
	OwnAuditLog(ctx context.Context, who quiz.Who) ([]quiz.AuditEntry, error)
	ExportOwnData(ctx context.Context, who quiz.Who, now time.Time) (quiz.PersonalDataExport, error)
	EraseOwnData(ctx context.Context, who quiz.Who, now time.Time) error
	ExportStudent(ctx context.Context, who quiz.Who, class, student int64, now time.Time) (quiz.PersonalDataExport, error)
	EraseStudent(ctx context.Context, who quiz.Who, class, student int64, now time.Time) (bool, error)
	StudentPermissions(ctx context.Context, who quiz.Who, class, student int64) (all, password bool, err error)
	SetRealName(ctx context.Context, who quiz.Who, class, student int64, name string, now time.Time) error
	OwnRealNames(ctx context.Context, who quiz.Who) (map[string]string, error)
	RevealRealNames(ctx context.Context, who quiz.Who, class, student int64, now time.Time) (map[int64]string, error)
	StudentsWithRealName(ctx context.Context, who quiz.Who, class int64) (map[int64]bool, error)
}

// showPersonalData shows which personal data is stored and for how long.
func (s *server) showPersonalData(c *fiber.Ctx) error {
	screen, err := s.personalDataScreen(c)
	if err != nil {
		return err
	}
	return showScreen(c, screen)
}

func (s *server) personalDataScreen(c *fiber.Ctx) (views.PersonalDataScreen, error) {
	screen := views.PersonalDataScreen{Frame: s.frame(c, "settings"), Cal: visitor(c).Calendar(), JustErased: c.Query("erased") != "" && visitor(c).Who().IsNobody()}
	var err error
	if screen.AuditLog, err = s.Store.OwnAuditLog(c.UserContext(), visitor(c).Who()); err != nil {
		return screen, err
	}
	screen.RealNames, err = s.Store.OwnRealNames(c.UserContext(), visitor(c).Who())
	return screen, err
}

// exportOwnData sends the visitor's personal data.
func (s *server) exportOwnData(c *fiber.Ctx) error {
	if err := s.limits.spend(s.limits.exports, strconv.FormatInt(visitor(c).ID, 10)); err != nil {
		return err
	}
	handed, err := s.Store.ExportOwnData(c.UserContext(), visitor(c).Who(), s.Now())
	if err != nil {
		return err
	}
	return sendExport(c, handed)
}

// sendExport sends a personal data export as a file.
func sendExport(c *fiber.Ctx, h quiz.PersonalDataExport) error {
	text, err := json.MarshalIndent(h.Document(), "", "  ")
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="chronicle-`+h.CreatedAt.Format(time.DateOnly)+`.json"`)
	return c.Send(text)
}

// eraseOwnData erases the visitor's personal data after confirmation.
func (s *server) eraseOwnData(c *fiber.Ctx) error {
	p := visitor(c)
	var problems quiz.Problems
	if field(c, "sure") == "" {
		problems.Add("sure", "problem.sure")
	}
	if p.Who().IsSignedIn() && len(problems) == 0 {
		if _, err := s.authenticate(c, p.Alias, rawField(c, "password")); quiz.Is(err, quiz.Unauthenticated) {
			problems.Add("password", "problem.password.wrong")
		} else if err != nil {
			return err
		}
	}
	if len(problems) == 0 {
		err := s.Store.EraseOwnData(c.UserContext(), p.Who(), s.Now())
		if problems = problemsOf(err); len(problems) == 0 {
			if err != nil {
				return err
			}
			s.Log.Info("erased by themselves", "person", p.ID)
			s.setCookie(c, "", time.Unix(1, 0))
			return redirect(c, views.ToPersonalData+"?erased=yes")
		}
	}
	screen, err := s.personalDataScreen(c)
	if err != nil {
		return err
	}
	screen.Problems = problems
	return showScreenAgain(c, screen)
}

// revealRealNames shows the real names in a class's student list.
func (s *server) revealRealNames(c *fiber.Ctx) error {
	class, err := s.taughtClass(c)
	if err != nil {
		return err
	}
	screen, err := s.studentsScreen(c, class)
	if err != nil {
		return err
	}
	if screen.RealNames, err = s.Store.RevealRealNames(c.UserContext(), visitor(c).Who(), class.ID, 0, s.Now()); err != nil {
		return err
	}
	return showScreen(c, screen)
}

// revealRealName shows the real name of a student.
func (s *server) revealRealName(c *fiber.Ctx) error {
	class, student, err := s.studentOf(c)
	if err != nil {
		return err
	}
	names, err := s.Store.RevealRealNames(c.UserContext(), visitor(c).Who(), class.ID, student.ID, s.Now())
	if err != nil {
		return err
	}
	screen, err := s.studentScreen(c, class, student)
	if err != nil {
		return err
	}
	screen.RealName, screen.TypedName = names[student.ID], names[student.ID]
	return showScreen(c, screen)
}

// setRealName saves the real name under which the teachers know a student.
func (s *server) setRealName(c *fiber.Ctx) error {
	class, student, err := s.studentOf(c)
	if err != nil {
		return err
	}
	name := quiz.OneLine(field(c, "name"))
	if p := quiz.ValidateRealName(name); len(p) > 0 {
		return s.studentScreenWithProblems(c, class, student, p)
	}
	if err := s.Store.SetRealName(c.UserContext(), visitor(c).Who(), class.ID, student.ID, name, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToStudent(class.Name, student.ID)+"?done=name")
}

// exportStudent exports a student's personal data.
func (s *server) exportStudent(c *fiber.Ctx) error {
	class, student, err := s.studentOf(c)
	if err != nil {
		return err
	}
	handed, err := s.Store.ExportStudent(c.UserContext(), visitor(c).Who(), class.ID, student.ID, s.Now())
	if err != nil {
		return err
	}
	s.Log.Info("a teacher exported a student", "teacher", visitor(c).ID, "person", student.Person)
	return sendExport(c, handed)
}

// eraseStudent erases a student's personal data, or only what the class stores about them.
func (s *server) eraseStudent(c *fiber.Ctx) error {
	class, student, err := s.studentOf(c)
	if err != nil {
		return err
	}
	if field(c, "sure") == "" {
		var p quiz.Problems
		p.Add("sure", "problem.sure")
		return s.studentScreenWithProblems(c, class, student, p)
	}
	all, err := s.Store.EraseStudent(c.UserContext(), visitor(c).Who(), class.ID, student.ID, s.Now())
	if err != nil {
		return err
	}
	s.Log.Info("a teacher erased a student", "teacher", visitor(c).ID, "person", student.Person, "all", all)
	return redirect(c, views.ToStudents(class.Name)+"?done=erased")
}

// absoluteURL returns the absolute URL of a path, for use in mail.
func (s *server) absoluteURL(path string) string { return strings.TrimSuffix(s.PublicURL, "/") + path }
