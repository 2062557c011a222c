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

type keepStore interface {
	AuditsOfMe(ctx context.Context, who quiz.Who) ([]quiz.Audit, error)
	Export(ctx context.Context, who quiz.Who, now time.Time) (quiz.Handed, error)
	Erase(ctx context.Context, who quiz.Who, now time.Time) error
	ExportStudent(ctx context.Context, who quiz.Who, class, student int64, now time.Time) (quiz.Handed, error)
	EraseStudent(ctx context.Context, who quiz.Who, class, student int64, now time.Time) (bool, error)
	ActsFor(ctx context.Context, who quiz.Who, class, student int64) (all, password bool, err error)
	SetName(ctx context.Context, who quiz.Who, class, student int64, name string, now time.Time) error
	NamesOfMe(ctx context.Context, who quiz.Who) (map[string]string, error)
	Reveal(ctx context.Context, who quiz.Who, class, student int64, now time.Time) (map[int64]string, error)
	NamedStudents(ctx context.Context, who quiz.Who, class int64) (map[int64]bool, error)
}

// kept tells what is kept of people and for how long.
func (s *server) kept(c *fiber.Ctx) error {
	screen, err := s.keeping(c)
	if err != nil {
		return err
	}
	return show(c, screen)
}

func (s *server) keeping(c *fiber.Ctx) (views.Keep, error) {
	screen := views.Keep{Frame: s.frame(c, "settings"), Cal: visitor(c).Calendar(), Erased: c.Query("erased") != "" && visitor(c).Who().IsNobody()}
	var err error
	if screen.Log, err = s.Store.AuditsOfMe(c.UserContext(), visitor(c).Who()); err != nil {
		return screen, err
	}
	screen.Names, err = s.Store.NamesOfMe(c.UserContext(), visitor(c).Who())
	return screen, err
}

// exportOwn hands out all that is kept of the visitor.
func (s *server) exportOwn(c *fiber.Ctx) error {
	if err := s.limits.spend(s.limits.exports, strconv.FormatInt(visitor(c).ID, 10)); err != nil {
		return err
	}
	handed, err := s.Store.Export(c.UserContext(), visitor(c).Who(), s.Now())
	if err != nil {
		return err
	}
	return hand(c, handed)
}

// hand sends what is kept of somebody as a file.
func hand(c *fiber.Ctx, h quiz.Handed) error {
	text, err := json.MarshalIndent(h.Document(), "", "  ")
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="chronicle-`+h.Made.Format(time.DateOnly)+`.json"`)
	return c.Send(text)
}

// erase deletes all that is kept of the visitor, who has to mean it.
func (s *server) erase(c *fiber.Ctx) error {
	p := visitor(c)
	var problems quiz.Problems
	if field(c, "sure") == "" {
		problems.Add("sure", "problem.sure")
	}
	if p.Who().SignedIn() && len(problems) == 0 {
		if _, err := s.recognise(c, p.Alias, posted(c, "password")); quiz.Is(err, quiz.Unknown) {
			problems.Add("password", "problem.password.wrong")
		} else if err != nil {
			return err
		}
	}
	if len(problems) == 0 {
		err := s.Store.Erase(c.UserContext(), p.Who(), s.Now())
		if problems = problemsOf(err); len(problems) == 0 {
			if err != nil {
				return err
			}
			s.Log.Info("erased by themselves", "person", p.ID)
			s.setCookie(c, "", time.Unix(1, 0))
			return redirect(c, views.ToKept+"?erased=yes")
		}
	}
	screen, err := s.keeping(c)
	if err != nil {
		return err
	}
	screen.Problems = problems
	return again(c, screen)
}

// realNames shows the real names of a class's students on its roster.
func (s *server) realNames(c *fiber.Ctx) error {
	class, err := s.taught(c)
	if err != nil {
		return err
	}
	screen, err := s.roster(c, class)
	if err != nil {
		return err
	}
	if screen.Names, err = s.Store.Reveal(c.UserContext(), visitor(c).Who(), class.ID, 0, s.Now()); err != nil {
		return err
	}
	return show(c, screen)
}

// revealName shows the real name of a student.
func (s *server) revealName(c *fiber.Ctx) error {
	class, student, err := s.studentOf(c)
	if err != nil {
		return err
	}
	names, err := s.Store.Reveal(c.UserContext(), visitor(c).Who(), class.ID, student.ID, s.Now())
	if err != nil {
		return err
	}
	screen, err := s.studentScreen(c, class, student)
	if err != nil {
		return err
	}
	screen.Name, screen.NameTyped = names[student.ID], names[student.ID]
	return show(c, screen)
}

// nameStudent keeps under which name the teachers know a student.
func (s *server) nameStudent(c *fiber.Ctx) error {
	class, student, err := s.studentOf(c)
	if err != nil {
		return err
	}
	name := quiz.OneLine(field(c, "name"))
	if p := quiz.CheckRealName(name); len(p) > 0 {
		return s.studentAgain(c, class, student, p)
	}
	if err := s.Store.SetName(c.UserContext(), visitor(c).Who(), class.ID, student.ID, name, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToStudent(class.Name, student.ID)+"?done=name")
}

// exportStudent hands out what is kept of a student.
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
	return hand(c, handed)
}

// eraseStudent deletes what is kept of a student, or what the class keeps of them.
func (s *server) eraseStudent(c *fiber.Ctx) error {
	class, student, err := s.studentOf(c)
	if err != nil {
		return err
	}
	if field(c, "sure") == "" {
		var p quiz.Problems
		p.Add("sure", "problem.sure")
		return s.studentAgain(c, class, student, p)
	}
	all, err := s.Store.EraseStudent(c.UserContext(), visitor(c).Who(), class.ID, student.ID, s.Now())
	if err != nil {
		return err
	}
	s.Log.Info("a teacher erased a student", "teacher", visitor(c).ID, "person", student.Person, "all", all)
	return redirect(c, views.ToStudents(class.Name)+"?done=erased")
}

// linkTo is an address for a mail.
func (s *server) linkTo(path string) string { return strings.TrimSuffix(s.Address, "/") + path }
