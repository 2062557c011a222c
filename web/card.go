package web

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/recall"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type cardStore interface {
	study.Carer
	Asides(ctx context.Context, who quiz.Who, day int64) (map[quiz.CardID]int64, error)
	CardReviews(ctx context.Context, who quiz.Who, id quiz.CardID) ([]quiz.Review, error)
}

// card shows all about one card.
func (s *server) card(c *fiber.Ctx) error {
	screen, err := s.cardOf(c)
	if err != nil {
		return err
	}
	screen.Done = deedOf(c.Query("done"))
	return show(c, screen)
}

// deedOf reads a deed, none for what is no deed.
func deedOf(name string) quiz.Deed {
	for _, d := range append([]quiz.Deed{undoneDeed}, quiz.Deeds...) {
		if string(d) == name {
			return d
		}
	}
	return ""
}

// undoneDeed stands for a deed that was taken back.
const undoneDeed quiz.Deed = "undone"

func facetOf(name string) quiz.Facet {
	for _, f := range quiz.Facets {
		if f.String() == name {
			return f
		}
	}
	return 0
}

// cardOf finds the card that the address names; Missing where the deck asks no such
// thing.
func (s *server) cardOf(c *fiber.Ctx) (views.Card, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	pool, err := s.Store.PoolNamed(ctx, who, param(c, "name"))
	if err != nil {
		return views.Card{}, err
	}
	facts := pool.Facts()
	i := slices.IndexFunc(facts, func(f quiz.Fact) bool { return f.Key == param(c, "key") })
	facet := facetOf(param(c, "facet"))
	if i < 0 || !slices.Contains(pool.Facets(facts[i].ID), facet) {
		return views.Card{}, quiz.Fail(quiz.Missing, "error.missing")
	}
	id := quiz.CardID{Fact: facts[i].ID, Facet: facet}
	screen := views.Card{Frame: s.frame(c, "decks"), Deck: pool.Deck, Fact: facts[i], At: s.moment(c)}
	if screen.Card, err = s.Store.Card(ctx, who, id); err != nil {
		return screen, err
	}
	asides, err := s.Store.Asides(ctx, who, screen.At.Day)
	if err != nil {
		return screen, err
	}
	screen.Aside = asides[id]
	if screen.Log, err = s.Store.CardReviews(ctx, who, id); err != nil {
		return screen, err
	}
	screen.Slip = slipOf(screen.Log)
	if f, ok := pool.Deck.Fact(screen.Slip.Taken()); ok && !f.Retired && len(pool.Contrasts(id.Fact, f.ID, 0)) > 0 {
		screen.With = f
	}
	slices.Reverse(screen.Log)
	screen.Day = screen.At.Cal.Date(max(screen.Card.DueDay, screen.At.Day)).Format(time.DateOnly)
	if last, err := s.Store.LastCare(ctx, who); err == nil && last.CardID == id {
		screen.Undo = last.ID
	} else if err != nil && !quiz.Is(err, quiz.Missing) {
		return screen, err
	}
	return screen, nil
}

// slipOf tells whether a card slips, by its answers, the oldest first.
func slipOf(log []quiz.Review) recall.Slip {
	var all []recall.Answer
	for _, r := range log {
		all = append(all, recall.Answer{
			CardID: quiz.CardID{Fact: r.Question.Fact, Facet: r.Question.Facet}, Kind: r.Question.Kind, At: r.At, Day: r.Day,
			Verdict: r.Verdict, Rating: r.Rating, Expected: r.Expected, Confused: r.Confused,
		})
	}
	if slips := recall.Slips(all); len(slips) > 0 {
		return slips[0]
	}
	return recall.Slip{Chance: 1}
}

// tend does a deed to the card that the address names.
func (s *server) tend(c *fiber.Ctx) error {
	screen, err := s.cardOf(c)
	if err != nil {
		return err
	}
	care := quiz.Care{CardID: screen.Card.CardID, Deed: deedOf(field(c, "deed"))}
	if care.Deed == quiz.SetDue {
		care.Day = dayOf(field(c, "day"))
	}
	err = study.Tend(c.UserContext(), s.Store, visitor(c).Who(), screen.Deck.ID, care, newToken(), s.Now())
	if p := problemsOf(err); len(p) > 0 {
		if _, ok := p.On("day"); ok {
			screen.Day, screen.Problems = field(c, "day"), p
			return again(c, screen)
		}
		return quiz.Fail(quiz.Invalid, "error.option")
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToCardDone(screen.Deck.Name, screen.Fact.Key, screen.Card.Facet, string(care.Deed)))
}

// dayOf reads a date as a day number, 0 for what is none.
func dayOf(text string) int64 {
	date, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0
	}
	return date.Unix() / 86400
}

// posed names a question that waits by the instant at which it was posed: its token
// is kept from a flashcard's front. It has no digits, which could be taken for a year.
func posed(s quiz.Sitting) string {
	return strings.Map(func(digit rune) rune { return digit - '0' + 'a' }, strconv.FormatInt(s.Posed.UnixMilli(), 10))
}

// aside puts the card that waits, or was just answered, aside; the form says which
// it was when the page was made.
func (s *server) aside(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), visitor(c).Who()
	deck, id, err := s.cardBehind(ctx, who, field(c, "card"))
	if quiz.Is(err, quiz.Conflict) && s.justAside(ctx, who) {
		return redirect(c, views.ToStudyDone(field(c, "deed")))
	}
	if err != nil {
		return err
	}
	deed := deedOf(field(c, "deed"))
	if deed != quiz.Bury && deed != quiz.Suspend {
		return quiz.Fail(quiz.Invalid, "error.option")
	}
	if err := study.Tend(ctx, s.Store, who, deck, quiz.Care{CardID: id, Deed: deed}, newToken(), s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToStudyDone(string(deed)))
}

// secondTap is for how long the same deed again is one.
const secondTap = 10 * time.Second

// justAside tells whether a card was put aside a moment ago.
func (s *server) justAside(ctx context.Context, who quiz.Who) bool {
	last, err := s.Store.LastCare(ctx, who)
	return err == nil && last.Deed.Aside() && s.Now().Sub(last.At) < secondTap
}

// cardBehind is the card of a question that waits, or of an answer by its token; a
// Conflict when it is neither any more.
func (s *server) cardBehind(ctx context.Context, who quiz.Who, name string) (int64, quiz.CardID, error) {
	sitting, err := s.Store.Sitting(ctx, who)
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return 0, quiz.CardID{}, err
	}
	if err == nil && sitting.Waits() && posed(sitting) == name {
		return sitting.Deck, quiz.CardID{Fact: sitting.Question.Fact, Facet: sitting.Question.Facet}, nil
	}
	r, err := s.Store.ReviewOf(ctx, who, name)
	if quiz.Is(err, quiz.Missing) {
		return 0, quiz.CardID{}, quiz.Fail(quiz.Conflict, "error.moved")
	}
	return r.Deck, quiz.CardID{Fact: r.Question.Fact, Facet: r.Question.Facet}, err
}

// undoCare takes the last deed on a card back.
func (s *server) undoCare(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), visitor(c).Who()
	id, _ := strconv.ParseInt(field(c, "care"), 10, 64)
	if err := study.Untend(ctx, s.Store, who, id, newToken(), s.Now()); err != nil {
		return err
	}
	if facet := facetOf(field(c, "facet")); facet != 0 {
		return redirect(c, views.ToCardDone(field(c, "deck"), field(c, "key"), facet, string(undoneDeed)))
	}
	return redirect(c, views.ToStudyDone(string(undoneDeed)))
}
