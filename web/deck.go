package web

import (
	"cmp"
	"context"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type deckStore interface {
	Decks(ctx context.Context, who quiz.Who) ([]quiz.Deck, error)
	Pool(ctx context.Context, who quiz.Who, deck int64) (*ask.Pool, error)
	Pools(ctx context.Context, who quiz.Who, decks ...int64) (map[int64]*ask.Pool, error)
	Titles(ctx context.Context, who quiz.Who, decks ...int64) (map[int64]string, error)
	PoolNamed(ctx context.Context, who quiz.Who, name string) (*ask.Pool, error)
	Follows(ctx context.Context, who quiz.Who) (map[int64]int, error)
	Waiting(ctx context.Context, who quiz.Who, deck int64, newPerDay int, at study.Moment) (quiz.Waiting, error)
	Waitings(ctx context.Context, who quiz.Who, decks []int64, newPerDay int, at study.Moment) (map[int64]quiz.Waiting, error)
}

// inks is how dark each fact is for a person today: the mean chance of recall
// over its cards that were met.
type inks struct {
	sum  map[int64]float64
	n    map[int64]int
	deck map[int64]bool // decks with a card
}

// inks gives them with the cards that they come from.
func (s *server) inks(c *fiber.Ctx, at study.Moment) (inks, []quiz.Card, error) {
	if visitor(c).Who().IsNobody() {
		return inksOf(nil, at), nil, nil
	}
	cards, err := s.Store.Cards(c.UserContext(), visitor(c).Who())
	return inksOf(cards, at), cards, err
}

// inksIn gives those of one deck.
func (s *server) inksIn(c *fiber.Ctx, at study.Moment, deck int64) (inks, error) {
	if visitor(c).Who().IsNobody() {
		return inksOf(nil, at), nil
	}
	cards, err := s.Store.CardsOf(c.UserContext(), visitor(c).Who(), deck)
	return inksOf(cards, at), err
}

func inksOf(cards []quiz.Card, at study.Moment) inks {
	k := inks{sum: map[int64]float64{}, n: map[int64]int{}, deck: map[int64]bool{}}
	for _, card := range cards {
		k.sum[card.Fact] += inkOf(card, at)
		k.n[card.Fact]++
		k.deck[card.Deck] = true
	}
	return k
}

// inkOf is what is shown of a card: the chance that it is recalled today.
func inkOf(c quiz.Card, at study.Moment) float64 { return c.Shown(at.Model(), at.Day) }

// of is a fact's ink, 0 to 1, and whether it was met.
func (k inks) of(fact int64) (float64, bool) {
	n := k.n[fact]
	if n == 0 {
		return 0, false
	}
	return k.sum[fact] / float64(n), true
}

// all is the ink of every fact that was met.
func (k inks) all() map[int64]float64 {
	out := make(map[int64]float64, len(k.n))
	for fact := range k.n {
		out[fact], _ = k.of(fact)
	}
	return out
}

// moment is now, in the visitor's own calendar.
func (s *server) moment(c *fiber.Ctx) study.Moment {
	p := visitor(c)
	if p.Who().IsNobody() {
		p.Settings = quiz.Beginning(s.Zone)
	}
	return study.At(p, s.Now())
}

// deckRows lists the decks on the visitor's shelf with what waits in each.
func (s *server) deckRows(c *fiber.Ctx, at study.Moment, k inks) ([]views.DeckRow, []*ask.Pool, error) {
	decks, err := s.Store.Decks(c.UserContext(), visitor(c).Who())
	if err != nil {
		return nil, nil, err
	}
	follows, err := s.Store.Follows(c.UserContext(), visitor(c).Who())
	if err != nil {
		return nil, nil, err
	}
	waits, err := s.waitings(c, decks, at)
	if err != nil {
		return nil, nil, err
	}
	of, err := s.Store.Pools(c.UserContext(), visitor(c).Who(), numbers(decks, idOf)...)
	if err != nil {
		return nil, nil, err
	}
	var rows []views.DeckRow
	var pools []*ask.Pool
	for _, d := range decks {
		if pool := of[d.ID]; pool != nil { // none of one that is not there
			row := s.deckRow(c, pool, k, waits[d.ID])
			row.Fresh, row.Followed = follows[d.ID]
			rows, pools = append(rows, row), append(pools, pool)
		}
	}
	return rows, pools, nil
}

// waitings tells of each of the decks what waits in it.
func (s *server) waitings(c *fiber.Ctx, decks []quiz.Deck, at study.Moment) (map[int64]quiz.Waiting, error) {
	who, limit := visitor(c).Who(), visitor(c).NewPerDay
	if who.IsNobody() {
		limit = quiz.DefaultNewPerDay
	}
	return s.Store.Waitings(c.UserContext(), who, numbers(decks, idOf), limit, at)
}

func idOf(d quiz.Deck) int64 { return d.ID }

// numbers gives a number of each of them.
func numbers[T any](all []T, of func(T) int64) []int64 {
	out := make([]int64, len(all))
	for i, one := range all {
		out[i] = of(one)
	}
	return out
}

func (s *server) deckRow(c *fiber.Ctx, p *ask.Pool, k inks, wait quiz.Waiting) views.DeckRow {
	who := visitor(c).Who()
	first, last := p.Deck.Years()
	return views.DeckRow{
		Name: p.Deck.Name, Title: p.Deck.Title, Facts: len(p.Facts()), First: first, Last: last, Met: k.deck[p.Deck.ID],
		Mine: !who.IsNobody() && p.Deck.OwnedBy(who), Gone: !p.Deck.Deleted.IsZero(), Visible: p.Deck.Visible, Wait: wait,
	}
}

func (s *server) deck(c *fiber.Ctx) error {
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	at := s.moment(c)
	k, err := s.inksIn(c, at, pool.Deck.ID)
	if err != nil {
		return err
	}
	waits, err := s.waitings(c, []quiz.Deck{*pool.Deck}, at)
	if err != nil {
		return err
	}
	row := s.deckRow(c, pool, k, waits[pool.Deck.ID])
	screen := views.Deck{
		Frame: s.frame(c, "decks"), Deck: pool.Deck, Row: row, Facts: factRows(pool, k), Fading: c.Query("sort") == "fading",
	}
	if screen.Notices, err = s.Store.Notices(c.UserContext(), visitor(c).Who(), pool.Deck.ID); err != nil {
		return err
	}
	follows, err := s.Store.Follows(c.UserContext(), visitor(c).Who())
	if err != nil {
		return err
	}
	screen.Row.Fresh, screen.Row.Followed = follows[pool.Deck.ID]
	goal, err := s.Store.Goal(c.UserContext(), visitor(c).Who(), pool.Deck.ID)
	if err != nil {
		return err
	}
	if goal.Day > at.Day {
		screen.Test = at.Cal.Date(goal.Day).Format(time.DateOnly)
	}
	if screen.Asides, err = s.Store.Asides(c.UserContext(), visitor(c).Who(), at.Day); err != nil {
		return err
	}
	if screen.Replies, err = s.Store.Replies(c.UserContext(), visitor(c).Who(), pool.Deck.ID); err != nil {
		return err
	}
	if screen.Fading {
		slices.SortStableFunc(screen.Facts, fadingFirst)
	}
	return show(c, screen)
}

// fadingFirst puts what was met and is palest first, what is new last.
func fadingFirst(a, b views.FactRow) int {
	if a.Met != b.Met {
		if a.Met {
			return -1
		}
		return 1
	}
	return cmp.Compare(a.Ink, b.Ink)
}

func factRows(p *ask.Pool, k inks) []views.FactRow {
	facts := p.Facts()
	rows := make([]views.FactRow, len(facts))
	for i, f := range facts {
		ink, met := k.of(f.ID)
		rows[i] = views.FactRow{Fact: f, Facets: p.Facets(f.ID), Ink: ink, Met: met}
	}
	return rows
}
