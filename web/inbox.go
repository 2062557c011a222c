package web

import (
	"context"
	"strconv"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/teach"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type inboxStore interface {
	teach.ReportStore
	Reports(ctx context.Context, who quiz.Who, deck int64) ([]quiz.Report, error)
	Replies(ctx context.Context, who quiz.Who, deck int64) ([]quiz.Report, error)
}

// inbox lists what people reported of a deck, for its owner.
func (s *server) inbox(c *fiber.Ctx) error {
	_, screen, err := s.inboxOf(c)
	if err != nil {
		return err
	}
	screen.Done = c.Query("done")
	return show(c, screen)
}

func (s *server) inboxOf(c *fiber.Ctx) (*ask.Pool, views.Inbox, error) {
	pool, err := s.mine(c)
	if err != nil {
		return nil, views.Inbox{}, err
	}
	all, err := s.Store.Reports(c.UserContext(), visitor(c).Who(), pool.Deck.ID)
	return pool, views.Inbox{Frame: s.frame(c, "decks"), Pool: pool, Reports: all}, err
}

// closeReport deals with one report.
func (s *server) closeReport(c *fiber.Ctx) error {
	pool, screen, err := s.inboxOf(c)
	if err != nil {
		return err
	}
	id, _ := strconv.ParseInt(field(c, "report"), 10, 64)
	for _, r := range screen.Reports {
		if r.ID != id {
			continue
		}
		deed := teach.Dismiss
		if field(c, "do") == "accept" {
			deed = teach.Accept
		}
		err := deed(c.UserContext(), s.Store, visitor(c).Who(), r, field(c, "reply"), s.Now())
		if p := problemsOf(err); len(p) > 0 {
			screen.At, screen.Reply, screen.Problems = id, field(c, "reply"), p
			return again(c, screen)
		}
		if err != nil {
			return err
		}
		return redirect(c, views.ToInbox(pool.Deck.Name)+"?done=closed")
	}
	return quiz.Fail(quiz.Missing, "error.missing")
}
