package web

import (
	"context"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/find"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type libraryStore interface {
	Open(ctx context.Context, who quiz.Who, after int64, most int) ([]find.Deck, error)
	FindDecks(ctx context.Context, who quiz.Who, q find.Query, most int) ([]find.Deck, error)
	FindFacts(ctx context.Context, who quiz.Who, q find.Query, most int) ([]find.Fact, error)
	Follow(ctx context.Context, who quiz.Who, deck int64, now time.Time) error
	Unfollow(ctx context.Context, who quiz.Who, deck int64) error
	Notices(ctx context.Context, who quiz.Who, deck int64) ([]quiz.Notice, error)
	SetSeen(ctx context.Context, who quiz.Who, deck int64, from, until, now time.Time) error
}

// How much the library shows at once.
const (
	openDecks  = 30
	foundDecks = 20
	foundFacts = 100
)

// decks is the library, or what was looked for in it.
func (s *server) decks(c *fiber.Ctx) error {
	screen := views.Decks{Frame: s.frame(c, "decks"), Typed: quiz.OneLine(text(c.Query("q")))}
	if screen.Typed != "" {
		return s.found(c, screen)
	}
	at := s.moment(c)
	k, _, err := s.inks(c, at)
	if err != nil {
		return err
	}
	if screen.Rows, _, err = s.deckRows(c, at, k); err != nil {
		return err
	}
	after, _ := strconv.ParseInt(c.Query("after"), 10, 64)
	if screen.Open, err = s.Store.Open(c.UserContext(), visitor(c).Who(), after, openDecks+1); err != nil {
		return err
	}
	if after != 0 && len(screen.Open) == 0 { // the deck before is not open any more
		return redirect(c, views.ToDecks)
	}
	if len(screen.Open) > openDecks {
		screen.Open = screen.Open[:openDecks]
		screen.Next = screen.Open[openDecks-1].ID
	}
	return show(c, screen)
}

func (s *server) found(c *fiber.Ctx, screen views.Decks) (err error) {
	screen.Query = find.Read(screen.Typed)
	ctx, who := c.UserContext(), visitor(c).Who()
	if screen.FoundDecks, err = s.Store.FindDecks(ctx, who, screen.Query, foundDecks); err != nil {
		return err
	}
	if screen.FoundFacts, err = s.Store.FindFacts(ctx, who, screen.Query, foundFacts+1); err != nil {
		return err
	}
	if screen.Most = len(screen.FoundFacts) > foundFacts; screen.Most {
		screen.FoundFacts = screen.FoundFacts[:foundFacts]
	}
	return show(c, screen)
}

// follow puts a deck on the visitor's shelf; a stranger becomes a guest.
func (s *server) follow(c *fiber.Ctx) error {
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	p, err := s.welcome(c)
	if err != nil {
		return err
	}
	if err := s.Store.Follow(c.UserContext(), p.Who(), pool.Deck.ID, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToDeck(pool.Deck.Name))
}

func (s *server) unfollow(c *fiber.Ctx) error {
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	if err := s.Store.Unfollow(c.UserContext(), visitor(c).Who(), pool.Deck.ID); err != nil {
		return err
	}
	return redirect(c, views.ToDeck(pool.Deck.Name))
}

// readNotices says that the visitor has read what was shown; what came since is
// shown still.
func (s *server) readNotices(c *fiber.Ctx) error {
	from, _ := strconv.ParseInt(field(c, "from"), 10, 64)
	until, _ := strconv.ParseInt(field(c, "until"), 10, 64)
	deck, back := int64(0), views.ToToday
	if name := strings.TrimSpace(field(c, "deck")); name != "" {
		pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), name)
		if err != nil {
			return err
		}
		deck, back = pool.Deck.ID, views.ToDeck(name)
	}
	if err := s.Store.SetSeen(c.UserContext(), visitor(c).Who(), deck, time.UnixMilli(from), time.UnixMilli(until), s.Now()); err != nil {
		return err
	}
	return redirect(c, back)
}
