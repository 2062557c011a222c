package web

import (
	"slices"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/kinds"
	"chronicle/views"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
)

// proposalsPerPage is the number of proposals on one page.
const proposalsPerPage = 30

// sourceTextOf returns the source text in the URL with its proposals, for the deck's owner.
func (s *server) sourceTextOf(c *fiber.Ctx) (*kinds.DeckIndex, authoring.SourceText, []authoring.ProposalItem, error) {
	pool, err := s.ownedDeck(c)
	if err != nil {
		return nil, authoring.SourceText{}, nil, err
	}
	id, err := strconv.ParseInt(param(c, "text"), 10, 64)
	if err != nil {
		return nil, authoring.SourceText{}, nil, quiz.NewError(quiz.NotFound, "error.missing")
	}
	t, items, err := s.Store.SourceText(c.UserContext(), visitor(c).Who(), pool.Deck.ID, id)
	return pool, t, items, err
}

// showProposals shows a source text next to its proposals.
func (s *server) showProposals(c *fiber.Ctx) error {
	pool, t, items, err := s.sourceTextOf(c)
	if err != nil {
		return err
	}
	at, _ := strconv.ParseInt(c.Query("at"), 10, 64)
	return showScreen(c, s.proposalsScreen(c, pool, t, items, c.Query("sort"), at))
}

// proposalsScreen returns the page with the proposal at a position, or with the first open one.
func (s *server) proposalsScreen(c *fiber.Ctx, pool *kinds.DeckIndex, t authoring.SourceText, items []authoring.ProposalItem, sort string, at int64) views.ProposalsScreen {
	r := views.ProposalsScreen{Frame: s.frame(c, "decks"), Deck: pool.Deck, SourceText: t, Done: c.Query("done")}
	if sort == "worth" {
		r.Sort = sort
		slices.SortStableFunc(items, byScore)
	}
	first := -1
	for i, it := range items {
		switch it.Status {
		case quiz.ProposalOpen:
			r.OpenCount++
			if authoring.IsReady(it, pool.Deck.Language) {
				r.ReadyCount++
			}
			if first < 0 {
				first = i
			}
		case quiz.ProposalAccepted:
			r.AcceptedCount++
		}
		if it.Position == at {
			first = i
		}
	}
	first = max(first, 0)
	r.Total, r.Page, r.Pages = len(items), first/proposalsPerPage, (len(items)+proposalsPerPage-1)/proposalsPerPage
	from := min(r.Page*proposalsPerPage, len(items))
	r.Proposals = items[from:min(from+proposalsPerPage, len(items))]
	if first < len(items) {
		r.CurrentPosition = items[first].Position
	}
	for i, it := range items { // finds the page boundaries for the navigation
		if i == from-1 {
			r.Before = it.Position
		}
		if i == from+proposalsPerPage {
			r.After = it.Position
		}
	}
	return r
}

func byScore(a, b authoring.ProposalItem) int {
	switch {
	case a.Score > b.Score:
		return -1
	case a.Score < b.Score:
		return 1
	}
	return 0
}

// nextOpenProposal returns the first open proposal after a position in display order, or the position itself if
// there is none.
func nextOpenProposal(items []authoring.ProposalItem, sort string, place int64) int64 {
	if sort == "worth" {
		slices.SortStableFunc(items, byScore)
	}
	passed, any := false, place
	for _, it := range items {
		if it.Position == place {
			passed = true
			continue
		}
		if it.Status != quiz.ProposalOpen {
			continue
		}
		if passed {
			return it.Position
		}
		if any == place {
			any = it.Position
		}
	}
	return any
}

// decideProposal applies the decision on one proposal or on all.
func (s *server) decideProposal(c *fiber.Ctx) error {
	pool, t, items, err := s.sourceTextOf(c)
	if err != nil {
		return err
	}
	ctx, who, now := c.UserContext(), visitor(c).Who(), s.Now()
	place, _ := strconv.ParseInt(field(c, "place"), 10, 64)
	next := place
	switch field(c, "do") {
	case "keep", "second":
		form := readFactForm(c)
		if field(c, "do") == "second" {
			form.Date = field(c, "second")
		}
		err = authoring.AcceptProposal(ctx, s.Store, who, t, place, form, now)
		if p := problemsOf(err); len(p) > 0 {
			screen := s.proposalsScreen(c, pool, t, items, field(c, "sort"), place)
			screen.Form, screen.Problems, screen.CurrentPosition = form, p, place
			return showScreenAgain(c, screen)
		}
		if quiz.Is(err, quiz.Conflict) { // decided in another tab: the submitted values are shown
			screen := s.proposalsScreen(c, pool, t, items, field(c, "sort"), place)
			screen.Form, screen.AlreadyDecided, screen.CurrentPosition = form, true, place
			c.Status(fiber.StatusConflict)
			return showScreen(c, screen)
		}
		next = nextOpenProposal(items, field(c, "sort"), place)
	case "skip":
		err = authoring.SkipProposal(ctx, s.Store, who, t, place, now)
		next = nextOpenProposal(items, field(c, "sort"), place)
	case "reopen":
		err = authoring.ReopenProposal(ctx, s.Store, who, t, place, now)
	case "merge":
		next, err = authoring.MergeProposals(ctx, s.Store, who, t, place, now)
	case "split":
		err = authoring.SplitProposal(ctx, s.Store, who, t, place, now)
	case "sure":
		err = authoring.AcceptReadyProposals(ctx, s.Store, who, t, now)
		next = 0
	case "undo":
		var became authoring.UndoOutcome
		if became, err = authoring.UndoChange(ctx, s.Store, who, t.Deck, t.ID, 0, now); err == nil && became != authoring.UndoDone {
			return redirect(c, views.ToSourceText(pool.Deck.Name, t.ID)+"?done="+templ.SafeURL(became))
		}
	case "undo-text":
		err = authoring.UndoImport(ctx, s.Store, who, t, now)
		next = 0
	case "words":
		return s.proposeWords(c, pool, t, items)
	default:
		err = quiz.NewError(quiz.Invalid, "error.invalid")
	}
	if err != nil {
		return err
	}
	return redirect(c, proposalURL(c, pool.Deck.Name, t.ID, next))
}

// proposeWords creates a proposal from words in the text.
func (s *server) proposeWords(c *fiber.Ctx, pool *kinds.DeckIndex, t authoring.SourceText, items []authoring.ProposalItem) error {
	near, _ := strconv.Atoi(field(c, "near"))
	span, ok := authoring.FindWords(t.Body, field(c, "words"), near)
	if !ok {
		screen := s.proposalsScreen(c, pool, t, items, field(c, "sort"), 0)
		screen.Words, screen.Problems = strings.TrimSpace(field(c, "words")), quiz.Problems{{Field: "words", Key: "problem.words"}}
		return showScreenAgain(c, screen)
	}
	place, err := authoring.ProposeSelection(c.UserContext(), s.Store, visitor(c).Who(), t, span, s.Now())
	if err != nil {
		return err
	}
	return redirect(c, proposalURL(c, pool.Deck.Name, t.ID, place))
}

// removeSourceText removes a text from the deck's list; its facts stay.
func (s *server) removeSourceText(c *fiber.Ctx) error {
	pool, t, _, err := s.sourceTextOf(c)
	if err != nil {
		return err
	}
	if err := authoring.RemoveSourceText(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, t.ID, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToEditor(pool.Deck.Name)+"?done=text-removed")
}

func (s *server) restoreSourceText(c *fiber.Ctx) error {
	pool, t, _, err := s.sourceTextOf(c)
	if err != nil {
		return err
	}
	if err := authoring.RestoreSourceText(c.UserContext(), s.Store, visitor(c).Who(), pool.Deck.ID, t.ID); err != nil {
		return err
	}
	return redirect(c, views.ToSourceText(pool.Deck.Name, t.ID))
}
