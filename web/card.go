package web

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/stats"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type cardStore interface {
	study.CardActionStore
	Suspensions(ctx context.Context, who quiz.Who, day int64) (map[quiz.CardID]int64, error)
	CardReviews(ctx context.Context, who quiz.Who, id quiz.CardID) ([]quiz.Review, error)
}

// showCard shows the page of one card.
func (s *server) showCard(c *fiber.Ctx) error {
	screen, err := s.cardScreen(c)
	if err != nil {
		return err
	}
	screen.DoneAction = cardActionKindOf(c.Query("done"))
	return showScreen(c, screen)
}

// cardActionKindOf parses the name of a card action; it returns none for an unknown name.
func cardActionKindOf(name string) quiz.CardActionKind {
	for _, d := range append([]quiz.CardActionKind{actionUndone}, quiz.CardActionKinds...) {
		if string(d) == name {
			return d
		}
	}
	return ""
}

// actionUndone is the pseudo-action shown after a card action was undone.
const actionUndone quiz.CardActionKind = "undone"

func facetOf(name string) quiz.Facet {
	for _, f := range quiz.Facets {
		if f.String() == name {
			return f
		}
	}
	return 0
}

// cardScreen returns the screen of the card in the URL, or NotFound when the deck has no such card.
func (s *server) cardScreen(c *fiber.Ctx) (views.CardScreen, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	pool, err := s.Store.DeckIndexByName(ctx, who, param(c, "name"))
	if err != nil {
		return views.CardScreen{}, err
	}
	facts := pool.Facts()
	i := slices.IndexFunc(facts, func(f quiz.Fact) bool { return f.Key == param(c, "key") })
	facet := facetOf(param(c, "facet"))
	if i < 0 || !slices.Contains(pool.AskableFacets(facts[i].ID), facet) {
		return views.CardScreen{}, quiz.NewError(quiz.NotFound, "error.missing")
	}
	id := quiz.CardID{Fact: facts[i].ID, Facet: facet}
	screen := views.CardScreen{Frame: s.frame(c, "decks"), Deck: pool.Deck, Fact: facts[i], Time: s.learnerTime(c)}
	if screen.Card, err = s.Store.Card(ctx, who, id); err != nil {
		return screen, err
	}
	asides, err := s.Store.Suspensions(ctx, who, screen.Time.Day)
	if err != nil {
		return screen, err
	}
	screen.SuspendedUntil = asides[id]
	if screen.Reviews, err = s.Store.CardReviews(ctx, who, id); err != nil {
		return screen, err
	}
	screen.WeakCard = weakCardOf(screen.Reviews)
	if f, ok := pool.Deck.Fact(screen.WeakCard.MostConfusedWith()); ok && !f.Retired && len(pool.ContrastItems(id.Fact, f.ID, 0)) > 0 {
		screen.ConfusedWith = f
	}
	slices.Reverse(screen.Reviews)
	screen.Day = screen.Time.Calendar.Date(max(screen.Card.DueDay, screen.Time.Day)).Format(time.DateOnly)
	if last, err := s.Store.LastCardAction(ctx, who); err == nil && last.CardID == id {
		screen.UndoAction = last.ID
	} else if err != nil && !quiz.Is(err, quiz.NotFound) {
		return screen, err
	}
	return screen, nil
}

// weakCardOf returns the weakness of a card from its reviews, oldest first; Probability is 1 when it is not weak.
func weakCardOf(log []quiz.Review) stats.WeakCard {
	var all []stats.ReviewOutcome
	for _, r := range log {
		all = append(all, stats.ReviewOutcome{
			CardID: quiz.CardID{Fact: r.Question.Fact, Facet: r.Question.Facet}, Kind: r.Question.Kind, At: r.At, Day: r.Day,
			Verdict: r.Verdict, Rating: r.Rating, Expected: r.Expected, ConfusedWith: r.ConfusedWith,
		})
	}
	if slips := stats.FindWeakCards(all); len(slips) > 0 {
		return slips[0]
	}
	return stats.WeakCard{Probability: 1}
}

// applyCardAction applies a card action to the card in the URL.
func (s *server) applyCardAction(c *fiber.Ctx) error {
	screen, err := s.cardScreen(c)
	if err != nil {
		return err
	}
	care := quiz.CardAction{CardID: screen.Card.CardID, Kind: cardActionKindOf(field(c, "deed"))}
	if care.Kind == quiz.ActionReschedule {
		care.Day = dayOf(field(c, "day"))
	}
	err = study.ApplyCardAction(c.UserContext(), s.Store, visitor(c).Who(), screen.Deck.ID, care, newToken(), s.Now())
	if p := problemsOf(err); len(p) > 0 {
		if _, ok := p.ForField("day"); ok {
			screen.Day, screen.Problems = field(c, "day"), p
			return showScreenAgain(c, screen)
		}
		return quiz.NewError(quiz.Invalid, "error.option")
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToCardWithMessage(screen.Deck.Name, screen.Fact.Key, screen.Card.Facet, string(care.Kind)))
}

// dayOf parses a date as a day number; it returns 0 for an invalid date.
func dayOf(text string) int64 {
	date, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0
	}
	return date.Unix() / 86400
}

// questionName identifies the current question by the time it was posed, because its token must not appear on the
// front of a flashcard. It has no digits, which could be mistaken for a year.
func questionName(s quiz.StudySession) string {
	return strings.Map(func(digit rune) rune { return digit - '0' + 'a' }, strconv.FormatInt(s.AskedAt.UnixMilli(), 10))
}

// suspendCurrentCard suspends or buries the card that is current or was just answered. The form says which card
// the page showed.
func (s *server) suspendCurrentCard(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), visitor(c).Who()
	deck, id, err := s.currentCard(ctx, who, field(c, "card"))
	if quiz.Is(err, quiz.Conflict) && s.wasJustSuspended(ctx, who) {
		return redirect(c, views.ToStudyWithMessage(field(c, "deed")))
	}
	if err != nil {
		return err
	}
	deed := cardActionKindOf(field(c, "deed"))
	if deed != quiz.ActionBury && deed != quiz.ActionSuspend {
		return quiz.NewError(quiz.Invalid, "error.option")
	}
	if err := study.ApplyCardAction(ctx, s.Store, who, deck, quiz.CardAction{CardID: id, Kind: deed}, newToken(), s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToStudyWithMessage(string(deed)))
}

// doubleTapWindow is the time within which a repeated card action counts as one.
const doubleTapWindow = 10 * time.Second

// wasJustSuspended reports whether a card was suspended within doubleTapWindow.
func (s *server) wasJustSuspended(ctx context.Context, who quiz.Who) bool {
	last, err := s.Store.LastCardAction(ctx, who)
	return err == nil && last.Kind.Suspends() && s.Now().Sub(last.At) < doubleTapWindow
}

// currentCard returns the card of the current question, or of an answer by its token. It returns Conflict when
// name matches neither any more.
func (s *server) currentCard(ctx context.Context, who quiz.Who, name string) (int64, quiz.CardID, error) {
	sitting, err := s.Store.StudySession(ctx, who)
	if err != nil && !quiz.Is(err, quiz.NotFound) {
		return 0, quiz.CardID{}, err
	}
	if err == nil && sitting.HasQuestion() && questionName(sitting) == name {
		return sitting.Deck, quiz.CardID{Fact: sitting.Question.Fact, Facet: sitting.Question.Facet}, nil
	}
	r, err := s.Store.ReviewByToken(ctx, who, name)
	if quiz.Is(err, quiz.NotFound) {
		return 0, quiz.CardID{}, quiz.NewError(quiz.Conflict, "error.moved")
	}
	return r.Deck, quiz.CardID{Fact: r.Question.Fact, Facet: r.Question.Facet}, err
}

// undoCardAction undoes the last card action.
func (s *server) undoCardAction(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), visitor(c).Who()
	id, _ := strconv.ParseInt(field(c, "care"), 10, 64)
	if err := study.UndoCardAction(ctx, s.Store, who, id, newToken(), s.Now()); err != nil {
		return err
	}
	if facet := facetOf(field(c, "facet")); facet != 0 {
		return redirect(c, views.ToCardWithMessage(field(c, "deck"), field(c, "key"), facet, string(actionUndone)))
	}
	return redirect(c, views.ToStudyWithMessage(string(actionUndone)))
}
