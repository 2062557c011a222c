package web

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classroom"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type joinStore interface {
	ClassByJoinCode(ctx context.Context, who quiz.Who, code string) (quiz.Class, error)
	PersonBySignInCard(ctx context.Context, who quiz.Who, hash string, now time.Time) (quiz.Person, error)
	StudentAssignments(ctx context.Context, who quiz.Who) ([]classroom.StudentAssignment, error)
}

// joinCodeForm asks for a join code.
func (s *server) joinCodeForm(c *fiber.Ctx) error {
	if code := quiz.NormalizeJoinCode(validText(c.Query("code"))); code != "" {
		return redirect(c, views.ToJoinClass(code))
	}
	screen := views.EnterCodeScreen{Frame: s.frame(c, "classes"), Code: validText(c.Query("code"))}
	if screen.Code != "" {
		screen.Problem = "problem.code"
		return showScreenAgain(c, screen)
	}
	return showScreen(c, screen)
}

// joinForm asks for an alias in the class of the join code.
func (s *server) joinForm(c *fiber.Ctx) error {
	screen, err := s.joinScreen(c, param(c, "code"))
	if err != nil {
		return err
	}
	if screen.Class.ID == 0 {
		return s.unknownJoinCode(c, param(c, "code"))
	}
	screen.Name = quiz.SuggestAlias(newRand())
	if p := visitor(c); p.Who().IsSignedIn() {
		screen.Name = p.Alias
	}
	return showScreen(c, screen)
}

// joinScreen finds the class of a join code; its ID is 0 when there is none.
func (s *server) joinScreen(c *fiber.Ctx, code string) (views.JoinClassScreen, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	screen := views.JoinClassScreen{Frame: s.frame(c, "classes")}
	err := s.lookUpSecret(c, func() (err error) {
		screen.Class, err = s.Store.ClassByJoinCode(ctx, who, quiz.NormalizeJoinCode(code))
		return err
	})
	if quiz.Is(err, quiz.NotFound) {
		return screen, nil
	}
	if err != nil {
		return screen, err
	}
	all, err := s.Store.Classes(ctx, who)
	for _, one := range all {
		switch {
		case one.ID == screen.Class.ID && one.IsTeacher:
			screen.IsTeacher = true
		case one.ID == screen.Class.ID:
			screen.IsMember = true
		}
		if !one.IsTeacher && who.Role == quiz.RoleGuest {
			_, student, err := s.Store.JoinedClass(ctx, who, one.Name)
			if err != nil {
				return screen, err
			}
			screen.CurrentStudent, screen.CanReturn = student.Alias, screen.CanReturn || !student.CardMadeAt.IsZero()
		}
	}
	return screen, err
}

// unknownJoinCode says that no class has that join code.
func (s *server) unknownJoinCode(c *fiber.Ctx, code string) error {
	return showScreenAgain(c, views.EnterCodeScreen{Frame: s.frame(c, "classes"), Code: code, Problem: "problem.code"})
}

// joinClass adds the visitor to the class as a student and redirects to the first question.
func (s *server) joinClass(c *fiber.Ctx) error {
	screen, err := s.joinScreen(c, field(c, "code"))
	if err != nil {
		return err
	}
	if screen.Class.ID == 0 {
		return s.unknownJoinCode(c, field(c, "code"))
	}
	if screen.IsTeacher {
		return redirect(c, views.ToClass(screen.Class.Name))
	}
	if !screen.Class.Archived.IsZero() {
		return showScreenAgain(c, screen)
	}
	screen.Name = field(c, "alias")
	if p := quiz.ValidateAlias(quiz.OneLine(screen.Name)); len(p) > 0 { // before a guest is created
		return s.joinScreenWithProblems(c, screen, p)
	}
	p, err := s.ensureGuest(c)
	if err != nil {
		return err
	}
	err = classroom.JoinClass(c.UserContext(), s.Store, p.Who(), screen.Class.ID, screen.Name, s.Now())
	if wrong := problemsOf(err); len(wrong) > 0 {
		return s.joinScreenWithProblems(c, screen, wrong)
	}
	if err != nil {
		return err
	}
	return s.firstQuestion(c, p, screen.Class)
}

func (s *server) joinScreenWithProblems(c *fiber.Ctx, screen views.JoinClassScreen, p quiz.Problems) error {
	screen.Problems = p
	return showScreenAgain(c, screen)
}

// firstQuestion starts a study session of the first open assignment that has begun.
func (s *server) firstQuestion(c *fiber.Ctx, p quiz.Person, class quiz.Class) error {
	all, err := s.Store.StudentAssignments(c.UserContext(), p.Who())
	if err != nil {
		return err
	}
	today := class.Calendar().Day(s.Now())
	for _, a := range all {
		if a.ClassName != class.Name || a.StartDay > today || a.TargetDay <= today {
			continue
		}
		if _, err := study.StartSession(c.UserContext(), s.Store, p.Who(), study.SessionOptions{Deck: a.Deck, Token: newToken()}, s.Now()); err != nil {
			return err
		}
		return redirect(c, views.ToStudy)
	}
	return redirect(c, views.ToClass(class.Name))
}

// signInCardForm asks for the code on a sign-in card.
func (s *server) signInCardForm(c *fiber.Ctx) error {
	screen, err := s.signInCardScreen(c)
	if err != nil {
		return err
	}
	return showScreen(c, screen)
}

func (s *server) signInCardScreen(c *fiber.Ctx) (views.SignInCardScreen, error) {
	facts, err := s.countLearnedFacts(c)
	if err != nil {
		return views.SignInCardScreen{}, err
	}
	all, err := s.Store.Classes(c.UserContext(), visitor(c).Who())
	screen := views.SignInCardScreen{Frame: s.frame(c, "sign-in"), Facts: facts, Alias: visitor(c).Alias}
	for _, one := range all {
		if one.IsTeacher || visitor(c).Role != quiz.RoleGuest {
			continue
		}
		screen.Facts = 0 // the progress here belongs to another student
		_, student, err := s.Store.JoinedClass(c.UserContext(), visitor(c).Who(), one.Name)
		if err != nil {
			return screen, err
		}
		if student.CardMadeAt.IsZero() {
			screen.CurrentStudent = student.Alias
		}
	}
	return screen, err
}

// signInWithCard signs in the student of the card. Progress made as a guest in this browser is merged on request.
func (s *server) signInWithCard(c *fiber.Ctx) error {
	screen, err := s.signInCardScreen(c)
	if err != nil {
		return err
	}
	var p quiz.Person
	err = s.lookUpSecret(c, func() (err error) {
		secret := quiz.NormalizeCardSecret(field(c, "secret"))
		p, err = s.Store.PersonBySignInCard(c.UserContext(), quiz.Who{}, hashToken(secret), s.Now())
		return err
	})
	if quiz.Is(err, quiz.NotFound) {
		s.Log.Warn("sign-in card refused", "network", network(c))
		screen.Problem = "problem.card"
		return showScreenAgain(c, screen)
	}
	if err != nil {
		return err
	}
	guest := visitor(c).Who()
	if guest.Person == p.ID {
		return redirect(c, views.ToToday)
	}
	if guest.Role == quiz.RoleGuest && screen.Facts > 0 && field(c, "bring") != "" {
		if err := study.MergeGuest(c.UserContext(), s.Store, p.Who(), guest, s.Now()); err != nil {
			return err
		}
	}
	s.Log.Info("signed in with a card", "person", p.ID)
	return s.signInPerson(c, p)
}
