package web

import (
	"context"
	"fmt"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classroom"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
)

type classStore interface {
	classroom.ClassStore
	Classes(ctx context.Context, who quiz.Who) ([]classroom.ClassSummary, error)
	TaughtClass(ctx context.Context, who quiz.Who, name string) (quiz.Class, error)
	JoinedClass(ctx context.Context, who quiz.Who, name string) (quiz.Class, quiz.Student, error)
	ClassTeachers(ctx context.Context, who quiz.Who, class int64) ([]classroom.ClassTeacher, error)
	AddTeacher(ctx context.Context, who quiz.Who, class int64, name string, now time.Time) error
	RemoveTeacher(ctx context.Context, who quiz.Who, class, person int64) error
	SetClassArchived(ctx context.Context, who quiz.Who, class int64, at time.Time) error
	LeaveClass(ctx context.Context, who quiz.Who, class int64, now time.Time) error
}

// taughtClass returns the class in the URL to one of its teachers, and NotFound to everyone else.
func (s *server) taughtClass(c *fiber.Ctx) (quiz.Class, error) {
	return s.Store.TaughtClass(c.UserContext(), visitor(c).Who(), param(c, "class"))
}

// listClasses lists the visitor's classes.
func (s *server) listClasses(c *fiber.Ctx) error {
	all, err := s.Store.Classes(c.UserContext(), visitor(c).Who())
	if err != nil {
		return err
	}
	screen := views.ClassesScreen{Frame: s.frame(c, "classes"), All: all, CanTeach: visitor(c).Who().CanTeach()}
	if name := validText(c.Query("deck")); name != "" && screen.CanTeach {
		pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), name)
		if err != nil {
			return err
		}
		screen.Deck = pool.Deck
		screen.All = slices.DeleteFunc(all, func(one classroom.ClassSummary) bool { return !one.IsTeacher || !one.Archived.IsZero() })
	}
	return showScreen(c, screen)
}

func (s *server) newClassForm(c *fiber.Ctx) error {
	return showScreen(c, views.ClassFormScreen{Frame: s.frame(c, "classes"), Class: quiz.Class{Zone: visitor(c).Zone}, Zones: suggestedZones})
}

func (s *server) createClass(c *fiber.Ctx) error {
	form := quiz.Class{Title: field(c, "title"), Zone: field(c, "zone"), BoardsEnabled: field(c, "boards") == "yes"}
	p := form.Clean().Validate()
	if !yesOrNo(field(c, "boards")) { // required, without a default
		p.Add("boards", "problem.choose")
	}
	if len(p) > 0 {
		return showScreenAgain(c, views.ClassFormScreen{Frame: s.frame(c, "classes"), Class: form, Zones: suggestedZones, Boards: field(c, "boards"), Problems: p})
	}
	name := newToken()
	if key := formKey(c); key != "" { // the same form creates the same class
		name = uuid.NewSHA1(uuid.Nil, fmt.Appendf(nil, "%d %s", visitor(c).ID, key)).String()
	}
	made, err := classroom.CreateClass(c.UserContext(), s.Store, visitor(c).Who(), form, name, newRand(), s.Now())
	if quiz.Is(err, quiz.Conflict) {
		made, err = s.Store.TaughtClass(c.UserContext(), visitor(c).Who(), name)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToClass(made.Name))
}

func yesOrNo(s string) bool { return s == "yes" || s == "no" }

// classForm shows the form with a class's details.
func (s *server) classForm(c *fiber.Ctx) error {
	class, err := s.taughtClass(c)
	if err != nil {
		return err
	}
	screen, err := s.classFormScreen(c, class)
	if err != nil {
		return err
	}
	if done := c.Query("done"); done == "saved" || done == "code" || done == "teacher" || done == "removed" {
		screen.Done = done
	}
	return showScreen(c, screen)
}

func (s *server) classFormScreen(c *fiber.Ctx, class quiz.Class) (views.ClassFormScreen, error) {
	screen := views.ClassFormScreen{Frame: s.frame(c, "classes"), Class: class, Zones: suggestedZones, Boards: "no"}
	if class.BoardsEnabled {
		screen.Boards = "yes"
	}
	var err error
	screen.Teachers, err = s.Store.ClassTeachers(c.UserContext(), visitor(c).Who(), class.ID)
	return screen, err
}

func (s *server) updateClass(c *fiber.Ctx) error {
	class, err := s.taughtClass(c)
	if err != nil {
		return err
	}
	form := class
	form.Title, form.Zone, form.Version = field(c, "title"), field(c, "zone"), int64(parseCount(field(c, "version")))
	if yesOrNo(field(c, "boards")) {
		form.BoardsEnabled = field(c, "boards") == "yes"
	}
	err = classroom.UpdateClass(c.UserContext(), s.Store, visitor(c).Who(), form)
	if quiz.Is(err, quiz.Conflict) { // shows both versions; saving again overwrites
		screen, err := s.classFormScreen(c, form)
		if err != nil {
			return err
		}
		screen.CurrentVersion, screen.Class.Version = &class, class.Version
		c.Status(fiber.StatusConflict)
		return showScreen(c, screen)
	}
	if p := problemsOf(err); len(p) > 0 {
		screen, err := s.classFormScreen(c, form)
		if err != nil {
			return err
		}
		screen.Problems = p
		return showScreenAgain(c, screen)
	}
	if err == nil && form.BoardsEnabled != class.BoardsEnabled {
		err = s.Store.SetClassBoardsEnabled(c.UserContext(), visitor(c).Who(), class.ID, form.BoardsEnabled, s.Now())
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToClassForm(class.Name)+"?done=saved")
}

// classCode shows the join code in large type for a whole classroom.
func (s *server) classCode(c *fiber.Ctx) error {
	class, err := s.taughtClass(c)
	if err != nil {
		return err
	}
	return showScreen(c, views.JoinCodeScreen{Frame: s.frame(c, "classes"), Class: class, Origin: s.siteOrigin(c)})
}

// renewJoinCode replaces the class's join code.
func (s *server) renewJoinCode(c *fiber.Ctx) error {
	return s.changeClass(c, "?done=code", func(class quiz.Class) error {
		return classroom.RenewJoinCode(c.UserContext(), s.Store, visitor(c).Who(), class.ID, newRand())
	})
}

// changeClass applies a change to the class in the URL and redirects to its form.
func (s *server) changeClass(c *fiber.Ctx, done string, deed func(quiz.Class) error) error {
	class, err := s.taughtClass(c)
	if err != nil {
		return err
	}
	if err := deed(class); err != nil {
		return err
	}
	return c.Redirect(string(views.ToClassForm(class.Name))+done, fiber.StatusSeeOther)
}

func (s *server) archiveClass(c *fiber.Ctx) error {
	return s.changeClass(c, "", func(class quiz.Class) error {
		return s.Store.SetClassArchived(c.UserContext(), visitor(c).Who(), class.ID, s.Now())
	})
}

func (s *server) reopenClass(c *fiber.Ctx) error {
	return s.changeClass(c, "", func(class quiz.Class) error {
		return s.Store.SetClassArchived(c.UserContext(), visitor(c).Who(), class.ID, time.Time{})
	})
}

// addTeacher adds a teacher to the class.
func (s *server) addTeacher(c *fiber.Ctx) error {
	class, err := s.taughtClass(c)
	if err != nil {
		return err
	}
	if err := s.limits.spend(s.limits.networks, network(c)); err != nil {
		return err
	}
	err = s.Store.AddTeacher(c.UserContext(), visitor(c).Who(), class.ID, field(c, "teacher"), s.Now())
	if p := problemsOf(err); len(p) > 0 {
		screen, err := s.classFormScreen(c, class)
		if err != nil {
			return err
		}
		screen.Teacher, screen.Problems = field(c, "teacher"), p
		return showScreenAgain(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToClassForm(class.Name)+"?done=teacher")
}

// removeTeacher removes a teacher from the class. Teachers who remove themselves are redirected to their classes.
func (s *server) removeTeacher(c *fiber.Ctx) error {
	class, err := s.taughtClass(c)
	if err != nil {
		return err
	}
	who := visitor(c).Who()
	all, err := s.Store.ClassTeachers(c.UserContext(), who, class.ID)
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.Alias != field(c, "teacher") {
			continue
		}
		if err := s.Store.RemoveTeacher(c.UserContext(), who, class.ID, t.Person); err != nil {
			return err
		}
		if t.Person == who.Person {
			return redirect(c, views.ToClasses)
		}
	}
	return redirect(c, views.ToClassForm(class.Name)+"?done=removed")
}

// showClass shows the class report to a teacher, and the assignments to a student.
func (s *server) showClass(c *fiber.Ctx) error {
	class, err := s.taughtClass(c)
	if err == nil {
		return s.showClassReport(c, class)
	}
	if !quiz.Is(err, quiz.NotFound) {
		return err
	}
	screen, err := s.ownClassScreen(c)
	if err != nil {
		return err
	}
	if c.Query("done") == "alias" {
		screen.Done = "alias"
	}
	return showScreen(c, screen)
}

// ownClassScreen returns the class page as its student sees it.
func (s *server) ownClassScreen(c *fiber.Ctx) (views.StudentClassScreen, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	class, student, err := s.Store.JoinedClass(ctx, who, param(c, "class"))
	screen := views.StudentClassScreen{Frame: s.frame(c, "classes"), Class: class, Student: student, Alias: student.Alias}
	if err != nil {
		return screen, err
	}
	if screen.Teachers, err = s.Store.ClassTeachers(ctx, who, class.ID); err != nil {
		return screen, err
	}
	k, cards, err := s.recallByFact(c, s.learnerTime(c))
	if err != nil {
		return screen, err
	}
	all, err := s.assignmentRows(c, k, cards)
	if err != nil {
		return screen, err
	}
	for _, a := range all {
		if a.ClassName == class.Name {
			screen.Assignments = append(screen.Assignments, a)
		}
	}
	screen.QuizPath = s.classQuizURL(class)
	return screen, nil
}

func (s *server) leaveClass(c *fiber.Ctx) error {
	class, _, err := s.Store.JoinedClass(c.UserContext(), visitor(c).Who(), param(c, "class"))
	if err != nil {
		return err
	}
	if err := s.Store.LeaveClass(c.UserContext(), visitor(c).Who(), class.ID, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToClasses)
}

// setOwnAlias changes the visitor's alias in a class.
func (s *server) setOwnAlias(c *fiber.Ctx) error {
	screen, err := s.ownClassScreen(c)
	if err != nil {
		return err
	}
	err = classroom.JoinClass(c.UserContext(), s.Store, visitor(c).Who(), screen.Class.ID, field(c, "alias"), s.Now())
	if p := problemsOf(err); len(p) > 0 {
		screen.Alias, screen.Problems = field(c, "alias"), p
		return showScreenAgain(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToClass(screen.Class.Name)+"?done=alias")
}
