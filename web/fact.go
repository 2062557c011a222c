package web

import (
	"errors"
	"strconv"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/teach"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

// factOf reads the form of a fact.
func factOf(c *fiber.Ctx) teach.FactForm {
	revision, _ := strconv.ParseInt(field(c, "revision"), 10, 64)
	return teach.FactForm{
		Key: param(c, "key"), When: field(c, "date"), Event: field(c, "event"), Label: field(c, "label"), Terms: field(c, "term"),
		Detail: field(c, "detail"), Tags: field(c, "tags"), Claim: field(c, "claim") != "", Revision: revision, Past: teach.Past(field(c, "past")),
	}
}

func (s *server) newFactForm(c *fiber.Ctx) error {
	pool, err := s.mine(c)
	if err != nil {
		return err
	}
	return show(c, views.FactEdit{Frame: s.frame(c, "decks"), Pool: pool})
}

func (s *server) newFact(c *fiber.Ctx) error {
	pool, err := s.mine(c)
	if err != nil {
		return err
	}
	form := factOf(c)
	key, err := teach.Add(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, form, s.Now())
	if p := problemsOf(err); len(p) > 0 {
		return again(c, views.FactEdit{Frame: s.frame(c, "decks"), Pool: pool, Form: form, Problems: p})
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToFactForm(pool.Deck.Name, key)+"?done=added")
}

// factForm shows a fact with all that it asks.
func (s *server) factForm(c *fiber.Ctx) error {
	pool, f, err := s.fact(c)
	if err != nil {
		return err
	}
	screen, err := s.editing(c, pool, f, teach.FormOf(f, pool.Deck.Language), nil)
	if err != nil {
		return err
	}
	return show(c, screen)
}

func factNamed(p *ask.Pool, key string) (quiz.Fact, error) {
	for _, f := range p.Deck.Facts {
		if f.Key == key && !f.Retired {
			return f, nil
		}
	}
	return quiz.Fact{}, quiz.Fail(quiz.Missing, "error.missing")
}

func (s *server) editing(c *fiber.Ctx, pool *ask.Pool, f quiz.Fact, form teach.FactForm, p quiz.Problems) (views.FactEdit, error) {
	screen := views.FactEdit{Frame: s.frame(c, "decks"), Pool: pool, Fact: f, Form: form, Problems: p, Asks: teach.Asks(pool, f), Done: c.Query("done")}
	reported, err := s.openReports(c, pool.Deck.ID)
	if err != nil {
		return screen, err
	}
	screen.Looks = teach.Looks(pool, f, reported[f.ID] > 0)
	screen.Last, err = s.Store.LastChange(c.UserContext(), visitor(c).Who(), pool.Deck.ID)
	return screen, err
}

// fact is the fact of the address, for the deck's owner.
func (s *server) fact(c *fiber.Ctx) (*ask.Pool, quiz.Fact, error) {
	pool, err := s.mine(c)
	if err != nil {
		return nil, quiz.Fact{}, err
	}
	f, err := factNamed(pool, param(c, "key"))
	return pool, f, err
}

// hold holds a question of a fact back, or asks it again.
func (s *server) hold(c *fiber.Ctx) error {
	pool, f, err := s.fact(c)
	if err != nil {
		return err
	}
	err = teach.Hold(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, f.Key, quiz.Kind(field(c, "kind")), field(c, "do") == "hold", s.Now())
	if err != nil {
		return err
	}
	return redirect(c, views.ToFactForm(pool.Deck.Name, f.Key)+"?done=held#asks")
}

// bar keeps a wrong option away from a fact, so that another stands there, or
// lets it come again.
func (s *server) bar(c *fiber.Ctx) error {
	pool, f, err := s.fact(c)
	if err != nil {
		return err
	}
	b := quiz.Bar{Fact: field(c, "bar"), Term: field(c, "term")}
	err = teach.SetBar(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, f.Key, b, field(c, "do") == "bar", s.Now())
	if err != nil {
		return err
	}
	return redirect(c, views.ToFactForm(pool.Deck.Name, f.Key)+"?done=barred#asks")
}

func (s *server) saveFact(c *fiber.Ctx) error {
	pool, f, err := s.fact(c)
	if err != nil {
		return err
	}
	form := factOf(c)
	err = teach.Save(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, form, s.Now())
	problems, clash := problemsOf(err), (*teach.Clash)(nil)
	if errors.As(err, &clash) { // both are shown, and the next time what was typed holds
		form, problems = clash.Form, clash.Problems
	}
	if err != nil && len(problems) == 0 {
		return err
	}
	if err != nil {
		screen, err := s.editing(c, pool, f, form, problems)
		if err != nil {
			return err
		}
		if screen.Changed = clash != nil; screen.Changed {
			c.Status(fiber.StatusConflict)
			return show(c, screen)
		}
		return again(c, screen)
	}
	return redirect(c, views.ToFactForm(pool.Deck.Name, form.Key)+"?done=saved")
}

func (s *server) removeFact(c *fiber.Ctx) error {
	pool, err := s.mine(c)
	if err != nil {
		return err
	}
	if err := teach.Remove(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, param(c, "key"), s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToEditor(pool.Deck.Name)+"?done=removed")
}
