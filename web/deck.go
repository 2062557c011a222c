package web

import (
	"cmp"
	"context"
	"slices"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/kinds"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type deckStore interface {
	MyDecks(ctx context.Context, who quiz.Who) ([]quiz.Deck, error)
	DeckIndex(ctx context.Context, who quiz.Who, deck int64) (*kinds.DeckIndex, error)
	DeckIndexes(ctx context.Context, who quiz.Who, decks ...int64) (map[int64]*kinds.DeckIndex, error)
	DeckTitles(ctx context.Context, who quiz.Who, decks ...int64) (map[int64]string, error)
	DeckIndexByName(ctx context.Context, who quiz.Who, name string) (*kinds.DeckIndex, error)
	FollowedDecks(ctx context.Context, who quiz.Who) (map[int64]int, error)
	QueueCounts(ctx context.Context, who quiz.Who, deck int64, newPerDay int, at study.LearnerTime) (quiz.QueueCounts, error)
	QueueCountsByDeck(ctx context.Context, who quiz.Who, decks []int64, newPerDay int, at study.LearnerTime) (map[int64]quiz.QueueCounts, error)
}

// recallByFact holds each fact's mean retrievability today, over its cards that were started.
type recallByFact struct {
	sum  map[int64]float64
	n    map[int64]int
	deck map[int64]bool // decks with at least one card
}

// recallByFact returns the recall of every fact with the cards it was computed from.
func (s *server) recallByFact(c *fiber.Ctx, at study.LearnerTime) (recallByFact, []quiz.Card, error) {
	if visitor(c).Who().IsNobody() {
		return recallByFactOf(nil, at), nil, nil
	}
	cards, err := s.Store.Cards(c.UserContext(), visitor(c).Who())
	return recallByFactOf(cards, at), cards, err
}

// recallByFactIn returns the recall of the facts in one deck.
func (s *server) recallByFactIn(c *fiber.Ctx, at study.LearnerTime, deck int64) (recallByFact, error) {
	if visitor(c).Who().IsNobody() {
		return recallByFactOf(nil, at), nil
	}
	cards, err := s.Store.DeckCards(c.UserContext(), visitor(c).Who(), deck)
	return recallByFactOf(cards, at), err
}

func recallByFactOf(cards []quiz.Card, at study.LearnerTime) recallByFact {
	k := recallByFact{sum: map[int64]float64{}, n: map[int64]int{}, deck: map[int64]bool{}}
	for _, card := range cards {
		k.sum[card.Fact] += recallOf(card, at)
		k.n[card.Fact]++
		k.deck[card.Deck] = true
	}
	return k
}

// recallOf returns the retrievability of a card today.
func recallOf(c quiz.Card, at study.LearnerTime) float64 {
	return c.DisplayedRecall(at.Model(), at.Day)
}

// recall returns a fact's recall from 0 to 1, and whether it was started.
func (k recallByFact) recall(fact int64) (float64, bool) {
	n := k.n[fact]
	if n == 0 {
		return 0, false
	}
	return k.sum[fact] / float64(n), true
}

// all returns the recall of every fact that was started.
func (k recallByFact) all() map[int64]float64 {
	out := make(map[int64]float64, len(k.n))
	for fact := range k.n {
		out[fact], _ = k.recall(fact)
	}
	return out
}

// learnerTime returns the current time with the visitor's calendar.
func (s *server) learnerTime(c *fiber.Ctx) study.LearnerTime {
	p := visitor(c)
	if p.Who().IsNobody() {
		p.Settings = quiz.DefaultSettings(s.DefaultZone)
	}
	return study.NewLearnerTime(p, s.Now())
}

// deckRows returns the decks in the visitor's library with their queue counts.
func (s *server) deckRows(c *fiber.Ctx, at study.LearnerTime, k recallByFact) ([]views.DeckRow, []*kinds.DeckIndex, error) {
	decks, err := s.Store.MyDecks(c.UserContext(), visitor(c).Who())
	if err != nil {
		return nil, nil, err
	}
	follows, err := s.Store.FollowedDecks(c.UserContext(), visitor(c).Who())
	if err != nil {
		return nil, nil, err
	}
	waits, err := s.queueCounts(c, decks, at)
	if err != nil {
		return nil, nil, err
	}
	of, err := s.Store.DeckIndexes(c.UserContext(), visitor(c).Who(), idsOf(decks, idOf)...)
	if err != nil {
		return nil, nil, err
	}
	var rows []views.DeckRow
	var pools []*kinds.DeckIndex
	for _, d := range decks {
		if pool := of[d.ID]; pool != nil { // nil for a deck that no longer exists
			row := s.deckRow(c, pool, k, waits[d.ID])
			row.NewFacts, row.Followed = follows[d.ID]
			rows, pools = append(rows, row), append(pools, pool)
		}
	}
	return rows, pools, nil
}

// queueCounts returns the queue counts of the given decks.
func (s *server) queueCounts(c *fiber.Ctx, decks []quiz.Deck, at study.LearnerTime) (map[int64]quiz.QueueCounts, error) {
	who, limit := visitor(c).Who(), visitor(c).NewPerDay
	if who.IsNobody() {
		limit = quiz.DefaultNewPerDay
	}
	return s.Store.QueueCountsByDeck(c.UserContext(), who, idsOf(decks, idOf), limit, at)
}

func idOf(d quiz.Deck) int64 { return d.ID }

// idsOf returns the ID of each element.
func idsOf[T any](all []T, of func(T) int64) []int64 {
	out := make([]int64, len(all))
	for i, one := range all {
		out[i] = of(one)
	}
	return out
}

func (s *server) deckRow(c *fiber.Ctx, p *kinds.DeckIndex, k recallByFact, wait quiz.QueueCounts) views.DeckRow {
	who := visitor(c).Who()
	first, last := p.Deck.YearRange()
	return views.DeckRow{
		Name: p.Deck.Name, Title: p.Deck.Title, Facts: len(p.Facts()), FirstYear: first, LastYear: last, Started: k.deck[p.Deck.ID],
		Mine: !who.IsNobody() && p.Deck.OwnedBy(who), Deleted: !p.Deck.Deleted.IsZero(), Visibility: p.Deck.Visibility, Queue: wait,
	}
}

func (s *server) showDeck(c *fiber.Ctx) error {
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	at := s.learnerTime(c)
	k, err := s.recallByFactIn(c, at, pool.Deck.ID)
	if err != nil {
		return err
	}
	waits, err := s.queueCounts(c, []quiz.Deck{*pool.Deck}, at)
	if err != nil {
		return err
	}
	row := s.deckRow(c, pool, k, waits[pool.Deck.ID])
	screen := views.DeckScreen{
		Frame: s.frame(c, "decks"), Deck: pool.Deck, Row: row, Facts: factRows(pool, k), WeakestFirst: c.Query("sort") == "fading",
	}
	if screen.Notices, err = s.Store.Notices(c.UserContext(), visitor(c).Who(), pool.Deck.ID); err != nil {
		return err
	}
	follows, err := s.Store.FollowedDecks(c.UserContext(), visitor(c).Who())
	if err != nil {
		return err
	}
	screen.Row.NewFacts, screen.Row.Followed = follows[pool.Deck.ID]
	goal, err := s.Store.TestDate(c.UserContext(), visitor(c).Who(), pool.Deck.ID)
	if err != nil {
		return err
	}
	if goal.Day > at.Day {
		screen.TestDate = at.Calendar.Date(goal.Day).Format(time.DateOnly)
	}
	if screen.Suspensions, err = s.Store.Suspensions(c.UserContext(), visitor(c).Who(), at.Day); err != nil {
		return err
	}
	if screen.Replies, err = s.Store.ReportReplies(c.UserContext(), visitor(c).Who(), pool.Deck.ID); err != nil {
		return err
	}
	if screen.WeakestFirst {
		slices.SortStableFunc(screen.Facts, weakestFirst)
	}
	return showScreen(c, screen)
}

// weakestFirst sorts started facts by recall, lowest first, and new ones last.
func weakestFirst(a, b views.FactRow) int {
	if a.Started != b.Started {
		if a.Started {
			return -1
		}
		return 1
	}
	return cmp.Compare(a.Recall, b.Recall)
}

func factRows(p *kinds.DeckIndex, k recallByFact) []views.FactRow {
	facts := p.Facts()
	rows := make([]views.FactRow, len(facts))
	for i, f := range facts {
		ink, met := k.recall(f.ID)
		rows[i] = views.FactRow{Fact: f, Facets: p.AskableFacets(f.ID), Recall: ink, Started: met}
	}
	return rows
}
