package web

import (
	"context"
	"strconv"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/kinds"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type inboxStore interface {
	authoring.ReportStore
	DeckReports(ctx context.Context, who quiz.Who, deck int64) ([]quiz.QuestionReport, error)
	ReportReplies(ctx context.Context, who quiz.Who, deck int64) ([]quiz.QuestionReport, error)
}

// showInbox lists the reports on a deck to its owner.
func (s *server) showInbox(c *fiber.Ctx) error {
	_, screen, err := s.inboxScreen(c)
	if err != nil {
		return err
	}
	screen.Done = c.Query("done")
	return showScreen(c, screen)
}

func (s *server) inboxScreen(c *fiber.Ctx) (*kinds.DeckIndex, views.InboxScreen, error) {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return nil, views.InboxScreen{}, err
	}
	all, err := s.Store.DeckReports(c.UserContext(), visitor(c).Who(), pool.Deck.ID)
	return pool, views.InboxScreen{Frame: s.frame(c, "decks"), Index: pool, Reports: all}, err
}

// closeReport closes one report.
func (s *server) closeReport(c *fiber.Ctx) error {
	pool, screen, err := s.inboxScreen(c)
	if err != nil {
		return err
	}
	id, _ := strconv.ParseInt(field(c, "report"), 10, 64)
	for _, r := range screen.Reports {
		if r.ID != id {
			continue
		}
		deed := authoring.DismissReport
		if field(c, "do") == "accept" {
			deed = authoring.AcceptReportedAnswer
		}
		err := deed(c.UserContext(), s.Store, visitor(c).Who(), r, field(c, "reply"), s.Now())
		if p := problemsOf(err); len(p) > 0 {
			screen.ReportID, screen.Reply, screen.Problems = id, field(c, "reply"), p
			return showScreenAgain(c, screen)
		}
		if err != nil {
			return err
		}
		return redirect(c, views.ToInbox(pool.Deck.Name)+"?done=closed")
	}
	return quiz.NewError(quiz.NotFound, "error.missing")
}
