package web

import (
	"context"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/search"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type libraryStore interface {
	PublicDecks(ctx context.Context, who quiz.Who, after int64, most int) ([]search.DeckHit, error)
	SearchDecks(ctx context.Context, who quiz.Who, q search.Query, most int) ([]search.DeckHit, error)
	SearchFacts(ctx context.Context, who quiz.Who, q search.Query, most int) ([]search.FactHit, error)
	FollowDeck(ctx context.Context, who quiz.Who, deck int64, now time.Time) error
	UnfollowDeck(ctx context.Context, who quiz.Who, deck int64) error
	Notices(ctx context.Context, who quiz.Who, deck int64) ([]quiz.Notice, error)
	MarkNoticesRead(ctx context.Context, who quiz.Who, deck int64, from, until, now time.Time) error
}

// Limits of the library page.
const (
	publicDecksPerPage = 30
	maxFoundDecks      = 20
	maxFoundFacts      = 100
)

// showLibrary shows the library or search results.
func (s *server) showLibrary(c *fiber.Ctx) error {
	screen := views.LibraryScreen{Frame: s.frame(c, "decks"), SearchText: quiz.OneLine(validText(c.Query("q")))}
	if screen.SearchText != "" {
		return s.searchScreen(c, screen)
	}
	at := s.learnerTime(c)
	k, _, err := s.recallByFact(c, at)
	if err != nil {
		return err
	}
	if screen.Rows, _, err = s.deckRows(c, at, k); err != nil {
		return err
	}
	after, _ := strconv.ParseInt(c.Query("after"), 10, 64)
	if screen.PublicDecks, err = s.Store.PublicDecks(c.UserContext(), visitor(c).Who(), after, publicDecksPerPage+1); err != nil {
		return err
	}
	if after != 0 && len(screen.PublicDecks) == 0 { // the deck before this page is no longer public
		return redirect(c, views.ToDecks)
	}
	if len(screen.PublicDecks) > publicDecksPerPage {
		screen.PublicDecks = screen.PublicDecks[:publicDecksPerPage]
		screen.Next = screen.PublicDecks[publicDecksPerPage-1].ID
	}
	return showScreen(c, screen)
}

func (s *server) searchScreen(c *fiber.Ctx, screen views.LibraryScreen) (err error) {
	screen.Query = search.ParseQuery(screen.SearchText)
	ctx, who := c.UserContext(), visitor(c).Who()
	if screen.DeckHits, err = s.Store.SearchDecks(ctx, who, screen.Query, maxFoundDecks); err != nil {
		return err
	}
	if screen.FactHits, err = s.Store.SearchFacts(ctx, who, screen.Query, maxFoundFacts+1); err != nil {
		return err
	}
	if screen.HasMoreFacts = len(screen.FactHits) > maxFoundFacts; screen.HasMoreFacts {
		screen.FactHits = screen.FactHits[:maxFoundFacts]
	}
	return showScreen(c, screen)
}

// followDeck adds a deck to the visitor's library. A new visitor becomes a guest.
func (s *server) followDeck(c *fiber.Ctx) error {
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	p, err := s.ensureGuest(c)
	if err != nil {
		return err
	}
	if err := s.Store.FollowDeck(c.UserContext(), p.Who(), pool.Deck.ID, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToDeck(pool.Deck.Name))
}

func (s *server) unfollowDeck(c *fiber.Ctx) error {
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	if err := s.Store.UnfollowDeck(c.UserContext(), visitor(c).Who(), pool.Deck.ID); err != nil {
		return err
	}
	return redirect(c, views.ToDeck(pool.Deck.Name))
}

// markNoticesRead marks the notices shown as read; newer ones remain.
func (s *server) markNoticesRead(c *fiber.Ctx) error {
	from, _ := strconv.ParseInt(field(c, "from"), 10, 64)
	until, _ := strconv.ParseInt(field(c, "until"), 10, 64)
	deck, back := int64(0), views.ToToday
	if name := strings.TrimSpace(field(c, "deck")); name != "" {
		pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), name)
		if err != nil {
			return err
		}
		deck, back = pool.Deck.ID, views.ToDeck(name)
	}
	if err := s.Store.MarkNoticesRead(c.UserContext(), visitor(c).Who(), deck, time.UnixMilli(from), time.UnixMilli(until), s.Now()); err != nil {
		return err
	}
	return redirect(c, back)
}
