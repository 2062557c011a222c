package web

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/enrol"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type joinStore interface {
	ClassByCode(ctx context.Context, who quiz.Who, code string) (quiz.Class, error)
	Pass(ctx context.Context, who quiz.Who, hash string, now time.Time) (quiz.Person, error)
	Assigned(ctx context.Context, who quiz.Who) ([]enrol.Assigned, error)
}

// codeForm asks for a class's code.
func (s *server) codeForm(c *fiber.Ctx) error {
	if code := quiz.CleanCode(text(c.Query("code"))); code != "" {
		return redirect(c, views.ToJoinClass(code))
	}
	screen := views.Code{Frame: s.frame(c, "classes"), Code: text(c.Query("code"))}
	if screen.Code != "" {
		screen.Problem = "problem.code"
		return again(c, screen)
	}
	return show(c, screen)
}

// joinForm asks what one is to be called in the class of the code.
func (s *server) joinForm(c *fiber.Ctx) error {
	screen, err := s.joining(c, param(c, "code"))
	if err != nil {
		return err
	}
	if screen.Class.ID == 0 {
		return s.noCode(c, param(c, "code"))
	}
	screen.Name = quiz.SuggestAlias(chance())
	if p := visitor(c); p.Who().SignedIn() {
		screen.Name = p.Alias
	}
	return show(c, screen)
}

// joining finds the class of a code; without number when there is none.
func (s *server) joining(c *fiber.Ctx, code string) (views.Join, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	screen := views.Join{Frame: s.frame(c, "classes")}
	err := s.guess(c, func() (err error) {
		screen.Class, err = s.Store.ClassByCode(ctx, who, quiz.CleanCode(code))
		return err
	})
	if quiz.Is(err, quiz.Missing) {
		return screen, nil
	}
	if err != nil {
		return screen, err
	}
	all, err := s.Store.Classes(ctx, who)
	for _, one := range all {
		switch {
		case one.ID == screen.Class.ID && one.Teaches:
			screen.Teaches = true
		case one.ID == screen.Class.ID:
			screen.In = true
		}
		if !one.Teaches && who.Role == quiz.Guest {
			_, student, err := s.Store.Joined(ctx, who, one.Name)
			if err != nil {
				return screen, err
			}
			screen.Here, screen.Kept = student.Alias, screen.Kept || !student.Card.IsZero()
		}
	}
	return screen, err
}

// noCode says that there is no class with that code.
func (s *server) noCode(c *fiber.Ctx, code string) error {
	return again(c, views.Code{Frame: s.frame(c, "classes"), Code: code, Problem: "problem.code"})
}

// join makes the visitor a student of the class and leads to the first question.
func (s *server) join(c *fiber.Ctx) error {
	screen, err := s.joining(c, field(c, "code"))
	if err != nil {
		return err
	}
	if screen.Class.ID == 0 {
		return s.noCode(c, field(c, "code"))
	}
	if screen.Teaches {
		return redirect(c, views.ToClass(screen.Class.Name))
	}
	if !screen.Class.Archived.IsZero() {
		return again(c, screen)
	}
	screen.Name = field(c, "alias")
	if p := quiz.CheckAlias(quiz.OneLine(screen.Name)); len(p) > 0 { // before anybody is made a guest
		return s.joinAgain(c, screen, p)
	}
	p, err := s.welcome(c)
	if err != nil {
		return err
	}
	err = enrol.Enter(c.UserContext(), s.Store, p.Who(), screen.Class.ID, screen.Name, s.Now())
	if wrong := problemsOf(err); len(wrong) > 0 {
		return s.joinAgain(c, screen, wrong)
	}
	if err != nil {
		return err
	}
	return s.firstQuestion(c, p, screen.Class)
}

func (s *server) joinAgain(c *fiber.Ctx, screen views.Join, p quiz.Problems) error {
	screen.Problems = p
	return again(c, screen)
}

// firstQuestion begins what the class is to know first, if it began.
func (s *server) firstQuestion(c *fiber.Ctx, p quiz.Person, class quiz.Class) error {
	all, err := s.Store.Assigned(c.UserContext(), p.Who())
	if err != nil {
		return err
	}
	today := class.Calendar().Day(s.Now())
	for _, a := range all {
		if a.Class != class.Name || a.Start > today || a.Day <= today {
			continue
		}
		if _, err := study.Begin(c.UserContext(), s.Store, p.Who(), study.Start{Deck: a.Deck, Token: newToken()}, s.Now()); err != nil {
			return err
		}
		return redirect(c, views.ToStudy)
	}
	return redirect(c, views.ToClass(class.Name))
}

// passForm asks for what stands on a sign-in card.
func (s *server) passForm(c *fiber.Ctx) error {
	screen, err := s.passing(c)
	if err != nil {
		return err
	}
	return show(c, screen)
}

func (s *server) passing(c *fiber.Ctx) (views.Pass, error) {
	facts, err := s.practised(c)
	if err != nil {
		return views.Pass{}, err
	}
	all, err := s.Store.Classes(c.UserContext(), visitor(c).Who())
	screen := views.Pass{Frame: s.frame(c, "sign-in"), Facts: facts, Alias: visitor(c).Alias}
	for _, one := range all {
		if one.Teaches || visitor(c).Role != quiz.Guest {
			continue
		}
		screen.Facts = 0 // what was learned here is another student's
		_, student, err := s.Store.Joined(c.UserContext(), visitor(c).Who(), one.Name)
		if err != nil {
			return screen, err
		}
		if student.Card.IsZero() {
			screen.Here = student.Alias
		}
	}
	return screen, err
}

// pass begins the session of whoever has the card. What this browser practised as a
// guest comes along if they say so.
func (s *server) pass(c *fiber.Ctx) error {
	screen, err := s.passing(c)
	if err != nil {
		return err
	}
	var p quiz.Person
	err = s.guess(c, func() (err error) {
		secret := quiz.CleanSecret(field(c, "secret"))
		p, err = s.Store.Pass(c.UserContext(), quiz.Who{}, hashOf(secret), s.Now())
		return err
	})
	if quiz.Is(err, quiz.Missing) {
		s.Log.Warn("sign-in card refused", "network", network(c))
		screen.Problem = "problem.card"
		return again(c, screen)
	}
	if err != nil {
		return err
	}
	guest := visitor(c).Who()
	if guest.Person == p.ID {
		return redirect(c, views.ToToday)
	}
	if guest.Role == quiz.Guest && screen.Facts > 0 && field(c, "bring") != "" {
		if err := study.Bring(c.UserContext(), s.Store, p.Who(), guest, s.Now()); err != nil {
			return err
		}
	}
	s.Log.Info("signed in with a card", "person", p.ID)
	return s.comeIn(c, p)
}
