package web

import (
	"slices"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/teach"
	"chronicle/views"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
)

// perPage is how many items of a text stand on one page.
const perPage = 30

// reviewed reads the text of the address with its items, for the deck's owner.
func (s *server) reviewed(c *fiber.Ctx) (*ask.Pool, teach.Text, []teach.Item, error) {
	pool, err := s.mine(c)
	if err != nil {
		return nil, teach.Text{}, nil, err
	}
	id, err := strconv.ParseInt(param(c, "text"), 10, 64)
	if err != nil {
		return nil, teach.Text{}, nil, quiz.Fail(quiz.Missing, "error.missing")
	}
	t, items, err := s.Store.TextOf(c.UserContext(), visitor(c).Who(), pool.Deck.ID, id)
	return pool, t, items, err
}

// reviewText shows a text beside the facts that it proposes.
func (s *server) reviewText(c *fiber.Ctx) error {
	pool, t, items, err := s.reviewed(c)
	if err != nil {
		return err
	}
	at, _ := strconv.ParseInt(c.Query("at"), 10, 64)
	return show(c, s.review(c, pool, t, items, c.Query("sort"), at))
}

// review is the page of the item at a place, or of the first open one.
func (s *server) review(c *fiber.Ctx, pool *ask.Pool, t teach.Text, items []teach.Item, sort string, at int64) views.Review {
	r := views.Review{Frame: s.frame(c, "decks"), Deck: pool.Deck, Text: t, Done: c.Query("done")}
	if sort == "worth" {
		r.Sort = sort
		slices.SortStableFunc(items, byWorth)
	}
	first := -1
	for i, it := range items {
		switch it.State {
		case quiz.Open:
			r.Open++
			if teach.Ready(it, pool.Deck.Language) {
				r.Sure++
			}
			if first < 0 {
				first = i
			}
		case quiz.Kept:
			r.Kept++
		}
		if it.Place == at {
			first = i
		}
	}
	first = max(first, 0)
	r.All, r.Page, r.Pages = len(items), first/perPage, (len(items)+perPage-1)/perPage
	from := min(r.Page*perPage, len(items))
	r.Items = items[from:min(from+perPage, len(items))]
	if first < len(items) {
		r.At = items[first].Place
	}
	for i, it := range items { // the ends of the pages, for going on
		if i == from-1 {
			r.Before = it.Place
		}
		if i == from+perPage {
			r.After = it.Place
		}
	}
	return r
}

func byWorth(a, b teach.Item) int {
	switch {
	case a.Score > b.Score:
		return -1
	case a.Score < b.Score:
		return 1
	}
	return 0
}

// nextOpen is the first open item after a place, in the order shown; the item
// itself where none is.
func nextOpen(items []teach.Item, sort string, place int64) int64 {
	if sort == "worth" {
		slices.SortStableFunc(items, byWorth)
	}
	passed, any := false, place
	for _, it := range items {
		if it.Place == place {
			passed = true
			continue
		}
		if it.State != quiz.Open {
			continue
		}
		if passed {
			return it.Place
		}
		if any == place {
			any = it.Place
		}
	}
	return any
}

// decide does what was decided of one item, or of all.
func (s *server) decide(c *fiber.Ctx) error {
	pool, t, items, err := s.reviewed(c)
	if err != nil {
		return err
	}
	ctx, who, now := c.UserContext(), visitor(c).Who(), s.Now()
	place, _ := strconv.ParseInt(field(c, "place"), 10, 64)
	next := place
	switch field(c, "do") {
	case "keep", "second":
		form := factOf(c)
		if field(c, "do") == "second" {
			form.When = field(c, "second")
		}
		err = teach.Keep(ctx, s.Store, who, t, place, form, now)
		if p := problemsOf(err); len(p) > 0 {
			screen := s.review(c, pool, t, items, field(c, "sort"), place)
			screen.Form, screen.Problems, screen.At = form, p, place
			return again(c, screen)
		}
		if quiz.Is(err, quiz.Conflict) { // decided in another tab: what was typed is shown
			screen := s.review(c, pool, t, items, field(c, "sort"), place)
			screen.Form, screen.Decided, screen.At = form, true, place
			c.Status(fiber.StatusConflict)
			return show(c, screen)
		}
		next = nextOpen(items, field(c, "sort"), place)
	case "skip":
		err = teach.Skip(ctx, s.Store, who, t, place, now)
		next = nextOpen(items, field(c, "sort"), place)
	case "reopen":
		err = teach.Reopen(ctx, s.Store, who, t, place, now)
	case "merge":
		next, err = teach.Merge(ctx, s.Store, who, t, place, now)
	case "split":
		err = teach.Split(ctx, s.Store, who, t, place, now)
	case "sure":
		err = teach.KeepSure(ctx, s.Store, who, t, now)
		next = 0
	case "undo":
		var became teach.Undone
		if became, err = teach.Undo(ctx, s.Store, who, t.Deck, t.ID, 0, now); err == nil && became != teach.TakenBack {
			return redirect(c, views.ToText(pool.Deck.Name, t.ID)+"?done="+templ.SafeURL(became))
		}
	case "undo-text":
		err = teach.UndoText(ctx, s.Store, who, t, now)
		next = 0
	case "words":
		return s.words(c, pool, t, items)
	default:
		err = quiz.Fail(quiz.Invalid, "error.invalid")
	}
	if err != nil {
		return err
	}
	return redirect(c, backTo(c, pool.Deck.Name, t.ID, next))
}

// words makes an item of words that stand in the text.
func (s *server) words(c *fiber.Ctx, pool *ask.Pool, t teach.Text, items []teach.Item) error {
	near, _ := strconv.Atoi(field(c, "near"))
	span, ok := teach.Find(t.Body, field(c, "words"), near)
	if !ok {
		screen := s.review(c, pool, t, items, field(c, "sort"), 0)
		screen.Words, screen.Problems = strings.TrimSpace(field(c, "words")), quiz.Problems{{Field: "words", Key: "problem.words"}}
		return again(c, screen)
	}
	place, err := teach.Select(c.UserContext(), s.Store, visitor(c).Who(), t, span, s.Now())
	if err != nil {
		return err
	}
	return redirect(c, backTo(c, pool.Deck.Name, t.ID, place))
}

// removeText takes a text off the deck's list; its facts stay.
func (s *server) removeText(c *fiber.Ctx) error {
	pool, t, _, err := s.reviewed(c)
	if err != nil {
		return err
	}
	if err := teach.RemoveText(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, t.ID, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToEditor(pool.Deck.Name)+"?done=text-removed")
}

func (s *server) restoreText(c *fiber.Ctx) error {
	pool, t, _, err := s.reviewed(c)
	if err != nil {
		return err
	}
	if err := teach.RestoreText(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, t.ID); err != nil {
		return err
	}
	return redirect(c, views.ToText(pool.Deck.Name, t.ID))
}
