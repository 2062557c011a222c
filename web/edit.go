package web

import (
	"strconv"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/exchange"
	"chronicle/quiz/teach"
	"chronicle/views"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
)

// editor is the table of a deck's facts, for its owner.
func (s *server) editor(c *fiber.Ctx) error {
	pool, err := s.mine(c)
	if err != nil {
		return err
	}
	screen, err := s.edits(c, pool)
	if err != nil {
		return err
	}
	screen.Done = c.Query("done")
	return show(c, screen)
}

func (s *server) edits(c *fiber.Ctx, pool *ask.Pool) (screen views.Editor, err error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	screen = views.Editor{Frame: s.frame(c, "decks"), Pool: pool, Look: c.Query("look")}
	if screen.Texts, err = s.Store.Texts(ctx, who, pool.Deck.ID); err != nil {
		return screen, err
	}
	if screen.Last, err = s.Store.LastChange(ctx, who, pool.Deck.ID); err != nil {
		return screen, err
	}
	decks, err := s.Store.Decks(ctx, who)
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
		row := views.EditRow{Fact: f, Looks: teach.Looks(pool, f, reported[f.ID] > 0)}
		for _, look := range row.Looks {
			screen.Count(look)
		}
		screen.Rows = append(screen.Rows, row)
	}
	return screen, nil
}

// export gives a deck as a file that can be read again.
func (s *server) export(c *fiber.Ctx) error {
	pool, err := s.mine(c)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+pool.Deck.Name+`.deck"`)
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	return c.Send(exchange.WriteDeck(pool.Deck))
}

// openReports counts the reports on each fact that nobody dealt with.
func (s *server) openReports(c *fiber.Ctx, deck int64) (map[int64]int, error) {
	reports, err := s.Store.Reports(c.UserContext(), visitor(c).Who(), deck)
	out := map[int64]int{}
	for _, r := range reports {
		if r.Closed.IsZero() {
			out[r.Question.Fact]++
		}
	}
	return out, err
}

// move takes the chosen facts to another deck of the visitor.
func (s *server) move(c *fiber.Ctx) error {
	pool, err := s.mine(c)
	if err != nil {
		return err
	}
	to, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), field(c, "to"))
	if err != nil {
		return err
	}
	var chosen []string
	for _, key := range c.Request().PostArgs().PeekMulti("fact") {
		chosen = append(chosen, text(string(key)))
	}
	moved, err := teach.MoveTo(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, to.Deck.ID, chosen, s.Now())
	if err != nil {
		return err
	}
	if moved == 0 {
		screen, err := s.edits(c, pool)
		if err != nil {
			return err
		}
		screen.Moved = screen.T("move.none")
		return again(c, screen)
	}
	return redirect(c, views.ToEditor(pool.Deck.Name)+"?done=moved")
}

func (s *server) undoEdit(c *fiber.Ctx) error {
	pool, err := s.mine(c)
	if err != nil {
		return err
	}
	meant, _ := strconv.ParseInt(field(c, "change"), 10, 64)
	became, err := teach.Undo(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, 0, meant, s.Now())
	if err != nil {
		return err
	}
	done := "?done=" + string(became)
	if key := field(c, "fact"); quiz.GoodName(key) { // from the fact's own page, as long as it is there
		if now, err := s.mine(c); err == nil {
			if _, err := factNamed(now, key); err == nil {
				return redirect(c, views.ToFactForm(pool.Deck.Name, key)+templ.SafeURL(done))
			}
		}
	}
	return redirect(c, views.ToEditor(pool.Deck.Name)+templ.SafeURL(done))
}
