package web

import (
	"strconv"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/deckfile"
	"chronicle/quiz/kinds"
	"chronicle/views"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
)

// showEditor shows the table of a deck's facts to its owner.
func (s *server) showEditor(c *fiber.Ctx) error {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return err
	}
	screen, err := s.editorScreen(c, pool)
	if err != nil {
		return err
	}
	screen.Done = c.Query("done")
	return showScreen(c, screen)
}

func (s *server) editorScreen(c *fiber.Ctx, pool *kinds.DeckIndex) (screen views.EditorScreen, err error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	screen = views.EditorScreen{Frame: s.frame(c, "decks"), Index: pool, Issue: c.Query("look")}
	if screen.SourceTexts, err = s.Store.SourceTexts(ctx, who, pool.Deck.ID); err != nil {
		return screen, err
	}
	if screen.LastChange, err = s.Store.LastChange(ctx, who, pool.Deck.ID); err != nil {
		return screen, err
	}
	decks, err := s.Store.MyDecks(ctx, who)
	if err != nil {
		return screen, err
	}
	for _, d := range decks {
		if d.OwnedBy(who) && d.ID != pool.Deck.ID && d.Deleted.IsZero() {
			screen.Others = append(screen.Others, d)
		}
	}
	reported, err := s.openReports(c, pool.Deck.ID)
	if err != nil {
		return screen, err
	}
	for _, n := range reported {
		screen.Reports += n
	}
	for _, f := range pool.Deck.Facts {
		if f.Retired {
			continue
		}
		row := views.EditorRow{Fact: f, Issues: authoring.FindIssues(pool, f, reported[f.ID] > 0)}
		for _, look := range row.Issues {
			screen.CountIssue(look)
		}
		screen.Rows = append(screen.Rows, row)
	}
	return screen, nil
}

// exportDeck sends a deck as a file that can be imported again.
func (s *server) exportDeck(c *fiber.Ctx) error {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+pool.Deck.Name+`.deck"`)
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	return c.Send(deckfile.WriteDeck(pool.Deck))
}

// openReports counts the open reports on each fact.
func (s *server) openReports(c *fiber.Ctx, deck int64) (map[int64]int, error) {
	reports, err := s.Store.DeckReports(c.UserContext(), visitor(c).Who(), deck)
	out := map[int64]int{}
	for _, r := range reports {
		if r.ClosedAt.IsZero() {
			out[r.Question.Fact]++
		}
	}
	return out, err
}

// moveFacts moves the selected facts to another deck of the visitor.
func (s *server) moveFacts(c *fiber.Ctx) error {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return err
	}
	to, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), field(c, "to"))
	if err != nil {
		return err
	}
	var chosen []string
	for _, key := range c.Request().PostArgs().PeekMulti("fact") {
		chosen = append(chosen, validText(string(key)))
	}
	moved, err := authoring.MoveFacts(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, to.Deck.ID, chosen, s.Now())
	if err != nil {
		return err
	}
	if moved == 0 {
		screen, err := s.editorScreen(c, pool)
		if err != nil {
			return err
		}
		screen.MoveProblem = screen.T("move.none")
		return showScreenAgain(c, screen)
	}
	return redirect(c, views.ToEditor(pool.Deck.Name)+"?done=moved")
}

func (s *server) undoDeckChange(c *fiber.Ctx) error {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return err
	}
	meant, _ := strconv.ParseInt(field(c, "change"), 10, 64)
	became, err := authoring.UndoChange(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, 0, meant, s.Now())
	if err != nil {
		return err
	}
	done := "?done=" + string(became)
	if key := field(c, "fact"); quiz.IsValidName(key) { // sent from the fact's own page; valid while the fact exists
		if now, err := s.ownedDeck(c); err == nil {
			if _, err := factNamed(now, key); err == nil {
				return redirect(c, views.ToFactForm(pool.Deck.Name, key)+templ.SafeURL(done))
			}
		}
	}
	return redirect(c, views.ToEditor(pool.Deck.Name)+templ.SafeURL(done))
}
