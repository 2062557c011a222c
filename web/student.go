package web

import (
	"context"
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classroom"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type studentStore interface {
	Students(ctx context.Context, who quiz.Who, class int64) ([]quiz.Student, error)
	Student(ctx context.Context, who quiz.Who, class, student int64) (quiz.Student, error)
	SetStudentRemoved(ctx context.Context, who quiz.Who, class, student int64, at, now time.Time) error
	MoveStudent(ctx context.Context, who quiz.Who, class, student, to int64, now time.Time) error
}

// listStudents lists the students of a class.
func (s *server) listStudents(c *fiber.Ctx) error {
	class, err := s.taughtClass(c)
	if err != nil {
		return err
	}
	screen, err := s.studentsScreen(c, class)
	if err != nil {
		return err
	}
	if done := c.Query("done"); done == "removed" || done == "restored" || done == "moved" || done == "erased" {
		screen.Done = done
	}
	return showScreen(c, screen)
}

func (s *server) studentsScreen(c *fiber.Ctx, class quiz.Class) (views.StudentsScreen, error) {
	screen := views.StudentsScreen{Frame: s.frame(c, "classes"), Class: class, Cal: class.Calendar()}
	var err error
	if screen.HasRealName, err = s.Store.StudentsWithRealName(c.UserContext(), visitor(c).Who(), class.ID); err != nil {
		return screen, err
	}
	all, err := s.Store.Students(c.UserContext(), visitor(c).Who(), class.ID)
	for _, one := range all {
		if one.LeftAt.IsZero() {
			screen.Current = append(screen.Current, one)
		} else if !one.LeftBySelf { // students who left are not shown
			screen.Former = append(screen.Former, one)
		}
	}
	return screen, err
}

// addStudents adds students by alias and shows their sign-in cards, whose codes are stored only as hashes.
func (s *server) addStudents(c *fiber.Ctx) error {
	class, err := s.taughtClass(c)
	if err != nil {
		return err
	}
	cards, err := classroom.AddStudents(c.UserContext(), s.Store, visitor(c).Who(), class.ID, field(c, "aliases"), hashToken, newRand(), s.Now())
	if p := problemsOf(err); len(p) > 0 {
		screen, err := s.studentsScreen(c, class)
		if err != nil {
			return err
		}
		screen.Aliases, screen.Problems = field(c, "aliases"), p
		return showScreenAgain(c, screen)
	}
	if err != nil {
		return err
	}
	return s.showSignInCards(c, class, cards)
}

// showSignInCards shows sign-in cards for printing.
func (s *server) showSignInCards(c *fiber.Ctx, class quiz.Class, cards []classroom.SignInCard) error {
	return showScreen(c, views.SignInCardsScreen{Frame: s.frame(c, "classes"), Class: class, Cards: cards, Origin: s.siteOrigin(c)})
}

// createSignInCards creates sign-in cards for one student or for all who have none.
func (s *server) createSignInCards(c *fiber.Ctx) error {
	class, err := s.taughtClass(c)
	if err != nil {
		return err
	}
	roster, err := s.studentsScreen(c, class)
	if err != nil {
		return err
	}
	var some []quiz.Student
	for _, one := range roster.Current {
		if one.HasAccount {
			continue
		}
		if wanted := field(c, "student"); wanted == strconv.FormatInt(one.ID, 10) || wanted == "" && !one.CardUsed && (one.CardMadeAt.IsZero() || field(c, "again") != "") {
			some = append(some, one)
		}
	}
	if len(some) == 0 {
		return quiz.NewError(quiz.NotFound, "error.missing")
	}
	cards, err := classroom.RenewSignInCards(c.UserContext(), s.Store, visitor(c).Who(), class.ID, some, hashToken, newRand(), s.Now())
	if err != nil {
		return err
	}
	return s.showSignInCards(c, class, cards)
}

// studentOf returns the class and the student in the URL.
func (s *server) studentOf(c *fiber.Ctx) (quiz.Class, quiz.Student, error) {
	class, err := s.taughtClass(c)
	if err != nil {
		return class, quiz.Student{}, err
	}
	id, err := strconv.ParseInt(param(c, "student"), 10, 64)
	if err != nil {
		return class, quiz.Student{}, quiz.NewError(quiz.NotFound, "error.missing")
	}
	student, err := s.Store.Student(c.UserContext(), visitor(c).Who(), class.ID, id)
	if err == nil && student.LeftBySelf {
		err = quiz.NewError(quiz.NotFound, "error.missing")
	}
	return class, student, err
}

// renameStudent changes a student's alias.
func (s *server) renameStudent(c *fiber.Ctx) error {
	class, student, err := s.studentOf(c)
	if err != nil {
		return err
	}
	err = classroom.RenameStudent(c.UserContext(), s.Store, visitor(c).Who(), class.ID, student.ID, field(c, "alias"))
	if p := problemsOf(err); len(p) > 0 {
		return s.studentScreenWithProblems(c, class, student, p)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToStudent(class.Name, student.ID)+"?done=alias")
}

func (s *server) studentScreenWithProblems(c *fiber.Ctx, class quiz.Class, student quiz.Student, p quiz.Problems) error {
	screen, err := s.studentScreen(c, class, student)
	if err != nil {
		return err
	}
	screen.Problems = p
	if typed := field(c, "alias"); typed != "" {
		screen.Alias = typed
	}
	if typed := field(c, "name"); typed != "" {
		screen.TypedName = typed
	}
	if typed := field(c, "days"); typed != "" {
		screen.Days = typed
	}
	return showScreenAgain(c, screen)
}

// removeStudent removes a student from the class; their progress stays theirs.
func (s *server) removeStudent(c *fiber.Ctx) error {
	class, student, err := s.studentOf(c)
	if err != nil {
		return err
	}
	if err := s.Store.SetStudentRemoved(c.UserContext(), visitor(c).Who(), class.ID, student.ID, s.Now(), s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToStudents(class.Name)+"?done=removed")
}

// restoreStudent restores a removed student.
func (s *server) restoreStudent(c *fiber.Ctx) error {
	class, student, err := s.studentOf(c)
	if err != nil {
		return err
	}
	err = s.Store.SetStudentRemoved(c.UserContext(), visitor(c).Who(), class.ID, student.ID, time.Time{}, s.Now())
	if p := problemsOf(err); len(p) > 0 {
		return s.studentScreenWithProblems(c, class, student, p)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToStudents(class.Name)+"?done=restored")
}

// moveStudent moves a student to another class of the teacher.
func (s *server) moveStudent(c *fiber.Ctx) error {
	class, student, err := s.studentOf(c)
	if err != nil {
		return err
	}
	to, err := s.Store.TaughtClass(c.UserContext(), visitor(c).Who(), field(c, "to"))
	if err == nil && to.ID == class.ID {
		return redirect(c, views.ToStudent(class.Name, student.ID))
	}
	if err == nil {
		err = s.Store.MoveStudent(c.UserContext(), visitor(c).Who(), class.ID, student.ID, to.ID, s.Now())
	}
	if p := problemsOf(err); len(p) > 0 {
		return s.studentScreenWithProblems(c, class, student, p)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToStudents(class.Name)+"?done=moved")
}
