package web

import (
	"errors"
	"strconv"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/kinds"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

// readFactForm reads the form of a fact.
func readFactForm(c *fiber.Ctx) authoring.FactForm {
	revision, _ := strconv.ParseInt(field(c, "revision"), 10, 64)
	return authoring.FactForm{
		Key: param(c, "key"), Date: field(c, "date"), Event: field(c, "event"), Label: field(c, "label"), Terms: field(c, "term"),
		Detail: field(c, "detail"), Tags: field(c, "tags"), Claim: field(c, "claim") != "", Revision: revision, PastAnswers: authoring.PastAnswers(field(c, "past")),
	}
}

func (s *server) newFactForm(c *fiber.Ctx) error {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return err
	}
	return showScreen(c, views.FactScreen{Frame: s.frame(c, "decks"), Index: pool})
}

func (s *server) createFact(c *fiber.Ctx) error {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return err
	}
	form := readFactForm(c)
	key, err := authoring.AddFact(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, form, s.Now())
	if p := problemsOf(err); len(p) > 0 {
		return showScreenAgain(c, views.FactScreen{Frame: s.frame(c, "decks"), Index: pool, Form: form, Problems: p})
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToFactForm(pool.Deck.Name, key)+"?done=added")
}

// factForm shows the form of a fact with its questions.
func (s *server) factForm(c *fiber.Ctx) error {
	pool, f, err := s.ownedFact(c)
	if err != nil {
		return err
	}
	screen, err := s.factScreen(c, pool, f, authoring.NewFactForm(f, pool.Deck.Language), nil)
	if err != nil {
		return err
	}
	return showScreen(c, screen)
}

func factNamed(p *kinds.DeckIndex, key string) (quiz.Fact, error) {
	for _, f := range p.Deck.Facts {
		if f.Key == key && !f.Retired {
			return f, nil
		}
	}
	return quiz.Fact{}, quiz.NewError(quiz.NotFound, "error.missing")
}

func (s *server) factScreen(c *fiber.Ctx, pool *kinds.DeckIndex, f quiz.Fact, form authoring.FactForm, p quiz.Problems) (views.FactScreen, error) {
	screen := views.FactScreen{Frame: s.frame(c, "decks"), Index: pool, Fact: f, Form: form, Problems: p, Questions: authoring.PreviewQuestions(pool, f), Done: c.Query("done")}
	reported, err := s.openReports(c, pool.Deck.ID)
	if err != nil {
		return screen, err
	}
	screen.Issues = authoring.FindIssues(pool, f, reported[f.ID] > 0)
	screen.LastChange, err = s.Store.LastChange(c.UserContext(), visitor(c).Who(), pool.Deck.ID)
	return screen, err
}

// ownedFact returns the fact in the URL to the deck's owner.
func (s *server) ownedFact(c *fiber.Ctx) (*kinds.DeckIndex, quiz.Fact, error) {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return nil, quiz.Fact{}, err
	}
	f, err := factNamed(pool, param(c, "key"))
	return pool, f, err
}

// setKindDisabled disables a question kind of a fact or enables it again.
func (s *server) setKindDisabled(c *fiber.Ctx) error {
	pool, f, err := s.ownedFact(c)
	if err != nil {
		return err
	}
	err = authoring.SetKindDisabled(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, f.Key, quiz.Kind(field(c, "kind")), field(c, "do") == "hold", s.Now())
	if err != nil {
		return err
	}
	return redirect(c, views.ToFactForm(pool.Deck.Name, f.Key)+"?done=held#asks")
}

// setDistractorExcluded excludes a distractor from a fact's questions, so that another replaces it, or allows it
// again.
func (s *server) setDistractorExcluded(c *fiber.Ctx) error {
	pool, f, err := s.ownedFact(c)
	if err != nil {
		return err
	}
	b := quiz.ExcludedDistractor{Fact: field(c, "bar"), Term: field(c, "term")}
	err = authoring.SetDistractorExcluded(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, f.Key, b, field(c, "do") == "bar", s.Now())
	if err != nil {
		return err
	}
	return redirect(c, views.ToFactForm(pool.Deck.Name, f.Key)+"?done=barred#asks")
}

func (s *server) updateFact(c *fiber.Ctx) error {
	pool, f, err := s.ownedFact(c)
	if err != nil {
		return err
	}
	form := readFactForm(c)
	err = authoring.UpdateFact(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, form, s.Now())
	problems, clash := problemsOf(err), (*authoring.EditConflict)(nil)
	if errors.As(err, &clash) { // shows both versions; saving again overwrites
		form, problems = clash.Form, clash.Problems
	}
	if err != nil && len(problems) == 0 {
		return err
	}
	if err != nil {
		screen, err := s.factScreen(c, pool, f, form, problems)
		if err != nil {
			return err
		}
		if screen.Changed = clash != nil; screen.Changed {
			c.Status(fiber.StatusConflict)
			return showScreen(c, screen)
		}
		return showScreenAgain(c, screen)
	}
	return redirect(c, views.ToFactForm(pool.Deck.Name, form.Key)+"?done=saved")
}

func (s *server) removeFact(c *fiber.Ctx) error {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return err
	}
	if err := authoring.RemoveFact(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, param(c, "key"), s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToEditor(pool.Deck.Name)+"?done=removed")
}
