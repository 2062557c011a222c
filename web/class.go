package web

import (
	"context"
	"fmt"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/enrol"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
)

type classStore interface {
	enrol.Classer
	Classes(ctx context.Context, who quiz.Who) ([]enrol.Listed, error)
	Taught(ctx context.Context, who quiz.Who, name string) (quiz.Class, error)
	Joined(ctx context.Context, who quiz.Who, name string) (quiz.Class, quiz.Student, error)
	Teachers(ctx context.Context, who quiz.Who, class int64) ([]enrol.Colleague, error)
	AddTeacher(ctx context.Context, who quiz.Who, class int64, name string, now time.Time) error
	RemoveTeacher(ctx context.Context, who quiz.Who, class, person int64) error
	SetArchived(ctx context.Context, who quiz.Who, class int64, at time.Time) error
	LeaveClass(ctx context.Context, who quiz.Who, class int64, now time.Time) error
}

// taught gives the class of the address to one of its teachers; everybody else learns
// nothing of it.
func (s *server) taught(c *fiber.Ctx) (quiz.Class, error) {
	return s.Store.Taught(c.UserContext(), visitor(c).Who(), param(c, "class"))
}

// classes lists the visitor's classes.
func (s *server) classes(c *fiber.Ctx) error {
	all, err := s.Store.Classes(c.UserContext(), visitor(c).Who())
	if err != nil {
		return err
	}
	screen := views.Classes{Frame: s.frame(c, "classes"), All: all, Teaches: visitor(c).Who().Teaches()}
	if name := text(c.Query("deck")); name != "" && screen.Teaches {
		pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), name)
		if err != nil {
			return err
		}
		screen.Deck = pool.Deck
		screen.All = slices.DeleteFunc(all, func(one enrol.Listed) bool { return !one.Teaches || !one.Archived.IsZero() })
	}
	return show(c, screen)
}

func (s *server) newClassForm(c *fiber.Ctx) error {
	return show(c, views.ClassForm{Frame: s.frame(c, "classes"), Class: quiz.Class{Zone: visitor(c).Zone}, Zones: zones})
}

func (s *server) newClass(c *fiber.Ctx) error {
	form := quiz.Class{Title: field(c, "title"), Zone: field(c, "zone"), Boards: field(c, "boards") == "yes"}
	p := form.Clean().Check()
	if !yesOrNo(field(c, "boards")) { // it is asked, not assumed
		p.Add("boards", "problem.choose")
	}
	if len(p) > 0 {
		return again(c, views.ClassForm{Frame: s.frame(c, "classes"), Class: form, Zones: zones, Boards: field(c, "boards"), Problems: p})
	}
	name := newToken()
	if key := formKey(c); key != "" { // the same form makes the same class
		name = uuid.NewSHA1(uuid.Nil, fmt.Appendf(nil, "%d %s", visitor(c).ID, key)).String()
	}
	made, err := enrol.Found(c.UserContext(), s.Store, visitor(c).Who(), form, name, chance(), s.Now())
	if quiz.Is(err, quiz.Conflict) {
		made, err = s.Store.Taught(c.UserContext(), visitor(c).Who(), name)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToClass(made.Name))
}

func yesOrNo(s string) bool { return s == "yes" || s == "no" }

// classForm is where a class is described.
func (s *server) classForm(c *fiber.Ctx) error {
	class, err := s.taught(c)
	if err != nil {
		return err
	}
	screen, err := s.describingClass(c, class)
	if err != nil {
		return err
	}
	if done := c.Query("done"); done == "saved" || done == "code" || done == "teacher" || done == "removed" {
		screen.Done = done
	}
	return show(c, screen)
}

func (s *server) describingClass(c *fiber.Ctx, class quiz.Class) (views.ClassForm, error) {
	screen := views.ClassForm{Frame: s.frame(c, "classes"), Class: class, Zones: zones, Boards: "no"}
	if class.Boards {
		screen.Boards = "yes"
	}
	var err error
	screen.Teachers, err = s.Store.Teachers(c.UserContext(), visitor(c).Who(), class.ID)
	return screen, err
}

func (s *server) setClass(c *fiber.Ctx) error {
	class, err := s.taught(c)
	if err != nil {
		return err
	}
	form := class
	form.Title, form.Zone, form.Version = field(c, "title"), field(c, "zone"), int64(counted(field(c, "version")))
	if yesOrNo(field(c, "boards")) {
		form.Boards = field(c, "boards") == "yes"
	}
	err = enrol.Rename(c.UserContext(), s.Store, visitor(c).Who(), form)
	if quiz.Is(err, quiz.Conflict) { // both are shown, and the next time what was typed holds
		screen, err := s.describingClass(c, form)
		if err != nil {
			return err
		}
		screen.Now, screen.Class.Version = &class, class.Version
		c.Status(fiber.StatusConflict)
		return show(c, screen)
	}
	if p := problemsOf(err); len(p) > 0 {
		screen, err := s.describingClass(c, form)
		if err != nil {
			return err
		}
		screen.Problems = p
		return again(c, screen)
	}
	if err == nil && form.Boards != class.Boards {
		err = s.Store.SetBoards(c.UserContext(), visitor(c).Who(), class.ID, form.Boards, s.Now())
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToClassAbout(class.Name)+"?done=saved")
}

// classCode shows the join code so that a whole room can read it.
func (s *server) classCode(c *fiber.Ctx) error {
	class, err := s.taught(c)
	if err != nil {
		return err
	}
	return show(c, views.ClassCode{Frame: s.frame(c, "classes"), Class: class, Origin: s.origin(c)})
}

// newCode gives the class another join code.
func (s *server) newCode(c *fiber.Ctx) error {
	return s.classDeed(c, "?done=code", func(class quiz.Class) error {
		return enrol.Recode(c.UserContext(), s.Store, visitor(c).Who(), class.ID, chance())
	})
}

// classDeed runs a deed on the class of the address and goes back to its description.
func (s *server) classDeed(c *fiber.Ctx, done string, deed func(quiz.Class) error) error {
	class, err := s.taught(c)
	if err != nil {
		return err
	}
	if err := deed(class); err != nil {
		return err
	}
	return c.Redirect(string(views.ToClassAbout(class.Name))+done, fiber.StatusSeeOther)
}

func (s *server) archive(c *fiber.Ctx) error {
	return s.classDeed(c, "", func(class quiz.Class) error {
		return s.Store.SetArchived(c.UserContext(), visitor(c).Who(), class.ID, s.Now())
	})
}

func (s *server) reopen(c *fiber.Ctx) error {
	return s.classDeed(c, "", func(class quiz.Class) error {
		return s.Store.SetArchived(c.UserContext(), visitor(c).Who(), class.ID, time.Time{})
	})
}

// addTeacher makes another teacher one of the class.
func (s *server) addTeacher(c *fiber.Ctx) error {
	class, err := s.taught(c)
	if err != nil {
		return err
	}
	if err := s.limits.spend(s.limits.networks, network(c)); err != nil {
		return err
	}
	err = s.Store.AddTeacher(c.UserContext(), visitor(c).Who(), class.ID, field(c, "teacher"), s.Now())
	if p := problemsOf(err); len(p) > 0 {
		screen, err := s.describingClass(c, class)
		if err != nil {
			return err
		}
		screen.Teacher, screen.Problems = field(c, "teacher"), p
		return again(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToClassAbout(class.Name)+"?done=teacher")
}

// removeTeacher ends that somebody teaches the class; one's own leaving leads away.
func (s *server) removeTeacher(c *fiber.Ctx) error {
	class, err := s.taught(c)
	if err != nil {
		return err
	}
	who := visitor(c).Who()
	all, err := s.Store.Teachers(c.UserContext(), who, class.ID)
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
	return redirect(c, views.ToClassAbout(class.Name)+"?done=removed")
}

// class is the page of a class: for a teacher how it stands, for a student what it is
// to know.
func (s *server) class(c *fiber.Ctx) error {
	class, err := s.taught(c)
	if err == nil {
		return s.survey(c, class)
	}
	if !quiz.Is(err, quiz.Missing) {
		return err
	}
	screen, err := s.ownClass(c)
	if err != nil {
		return err
	}
	if c.Query("done") == "alias" {
		screen.Done = "alias"
	}
	return show(c, screen)
}

// ownClass is a class as its student sees it.
func (s *server) ownClass(c *fiber.Ctx) (views.OwnClass, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	class, student, err := s.Store.Joined(ctx, who, param(c, "class"))
	screen := views.OwnClass{Frame: s.frame(c, "classes"), Class: class, Student: student, Alias: student.Alias}
	if err != nil {
		return screen, err
	}
	if screen.Teachers, err = s.Store.Teachers(ctx, who, class.ID); err != nil {
		return screen, err
	}
	k, cards, err := s.inks(c, s.moment(c))
	if err != nil {
		return screen, err
	}
	all, err := s.assignedRows(c, k, cards)
	if err != nil {
		return screen, err
	}
	for _, a := range all {
		if a.Class == class.Name {
			screen.Assigned = append(screen.Assigned, a)
		}
	}
	screen.Quiz = s.quizOf(class)
	return screen, nil
}

func (s *server) leaveClass(c *fiber.Ctx) error {
	class, _, err := s.Store.Joined(c.UserContext(), visitor(c).Who(), param(c, "class"))
	if err != nil {
		return err
	}
	if err := s.Store.LeaveClass(c.UserContext(), visitor(c).Who(), class.ID, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToClasses)
}

// ownAlias changes what one is called in a class.
func (s *server) ownAlias(c *fiber.Ctx) error {
	screen, err := s.ownClass(c)
	if err != nil {
		return err
	}
	err = enrol.Enter(c.UserContext(), s.Store, visitor(c).Who(), screen.Class.ID, field(c, "alias"), s.Now())
	if p := problemsOf(err); len(p) > 0 {
		screen.Alias, screen.Problems = field(c, "alias"), p
		return again(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToClass(screen.Class.Name)+"?done=alias")
}
