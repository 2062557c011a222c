package web

import (
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/recall"
	"chronicle/quiz/study"
	"chronicle/views"
	"chronicle/views/kit"

	"github.com/gofiber/fiber/v2"
)

type progressStore interface {
	Trials(ctx context.Context, who quiz.Who) ([]quiz.Trial, error)
	Answers(ctx context.Context, who quiz.Who, since time.Time) ([]recall.Answer, error)
}

// What the page of progress shows.
const (
	aheadDays    = 30
	pastAnswers  = 365 // days of the log that are read
	hardestFacts = 10
	mostMixed    = 10
	mostTaken    = 3 // facts that one was taken for
)

// progress shows what practice came to.
func (s *server) progress(c *fiber.Ctx) error {
	at := s.moment(c)
	k, cards, err := s.inks(c, at)
	if err != nil {
		return err
	}
	screen := views.Progress{Frame: s.frame(c, "progress")}
	if len(cards) == 0 {
		return show(c, screen)
	}
	asides, err := s.Store.Asides(c.UserContext(), visitor(c).Who(), at.Day)
	if err != nil {
		return err
	}
	cards = study.Apart(cards, asides, at)
	screen.Aside = len(cards) == 0
	screen.Facts = factsOf(cards)
	screen.Recall, _ = remembered(cards, at)
	shelf, err := s.shelf(c, k)
	if err != nil {
		return err
	}
	shelf.line(&screen, k)
	if err := s.practice(c, &screen, cards, at); err != nil {
		return err
	}
	answers, err := s.Store.Answers(c.UserContext(), visitor(c).Who(), at.Now.AddDate(0, 0, -pastAnswers))
	if err != nil {
		return err
	}
	foreseen := recall.Foreseen(answers)
	screen.All, screen.Forms, screen.Bins = recall.Of(foreseen), recall.Forms(foreseen), recall.Bins(foreseen)
	screen.Times, screen.Monthly = recall.Times(foreseen)
	trials, err := s.Store.Trials(c.UserContext(), visitor(c).Who())
	if err != nil {
		return err
	}
	if len(trials) > 0 {
		screen.Trial = trials[0]
	}
	screen.Slips = shelf.slips(slices.DeleteFunc(recall.Slips(answers), func(s recall.Slip) bool { return asides[s.CardID] == quiz.Never }))
	screen.Mixed = shelf.mixed(recall.Confusions(answers))
	return show(c, screen)
}

// practice fills in what was practised and what is to come.
func (s *server) practice(c *fiber.Ctx, screen *views.Progress, cards []quiz.Card, at study.Moment) error {
	days, err := s.Store.Days(c.UserContext(), visitor(c).Who(), 0)
	if err != nil {
		return err
	}
	screen.Spent = recall.Spend(days, at.Day, at.Rests)
	screen.Calendar, screen.Days, screen.Answers = calendar(screen.Frame, days, at)
	screen.Cal = at.Cal
	for _, d := range slices.Backward(days) {
		if d.Day > at.Day-halfYear {
			screen.Practised = append(screen.Practised, d)
		}
	}
	plan := study.Plan{Cards: cards, Wanted: at.Made.Wanted, Tuning: visitor(c).Tuning, Day: at.Day}
	for i, n := range study.Coming(plan, aheadDays, 1) {
		date := at.Cal.Date(at.Day + int64(i))
		day := screen.T("weekday." + strconv.Itoa(int(date.Weekday())))
		bar := kit.Bar{Name: day + " " + date.Format(time.DateOnly), Value: n, Now: i == 0}
		if i == 0 {
			bar.Label = screen.T("today.now")
		} else if i%15 == 0 {
			bar.Label = screen.Day(at.Day + int64(i))
		}
		screen.Ahead = append(screen.Ahead, bar)
	}
	return nil
}

// shelf is the decks that the visitor practises, by their facts. A fact of another
// deck, or one that is not asked any more, is none of it: nothing of it is shown.
type shelf struct {
	pools []*ask.Pool
	deck  map[int64]*ask.Pool
	facts map[int64]quiz.Fact
}

func (s *server) shelf(c *fiber.Ctx, k inks) (shelf, error) {
	out := shelf{deck: map[int64]*ask.Pool{}, facts: map[int64]quiz.Fact{}}
	decks, err := s.Store.Decks(c.UserContext(), visitor(c).Who())
	if err != nil {
		return out, err
	}
	decks = slices.DeleteFunc(decks, func(d quiz.Deck) bool { return !k.deck[d.ID] })
	pools, err := s.Store.Pools(c.UserContext(), visitor(c).Who(), numbers(decks, idOf)...)
	if err != nil {
		return out, err
	}
	for _, d := range decks {
		pool := pools[d.ID]
		if pool == nil { // none of one that is not there
			continue
		}
		out.pools = append(out.pools, pool)
		for _, f := range pool.Facts() {
			out.deck[f.ID], out.facts[f.ID] = pool, f
		}
	}
	return out, nil
}

// line fills in the memory line and its periods.
func (h shelf) line(screen *views.Progress, k inks) {
	var all []recall.Moment
	var of []*ask.Pool
	for _, p := range h.pools {
		rows := factRows(p, k)
		screen.Line = append(screen.Line, rows...)
		first, last := p.Deck.Years()
		screen.First, screen.Last = widen(screen.First, screen.Last, views.DeckRow{First: first, Last: last})
		for _, r := range rows {
			lo, hi := r.Fact.Date.Fuzzy()
			all, of = append(all, recall.Moment{First: lo, Last: hi, Ink: r.Ink}), append(of, p)
		}
	}
	screen.Named = len(h.pools) > 1
	for _, p := range recall.Periods(all) {
		if one, ok := h.period(p, all, of); ok {
			screen.Periods = append(screen.Periods, one)
		}
	}
}

// period is the part of a period that is of the deck with most facts there; false
// where no question of it is proven.
func (h shelf) period(p recall.Period, all []recall.Moment, of []*ask.Pool) (views.Period, bool) {
	var best views.Period
	var pool *ask.Pool
	q := quiz.Quiz{From: quiz.Counted(p.From), To: quiz.Counted(p.To), Length: 1}
	first, last := q.Days()
	for _, deck := range h.pools {
		one := views.Period{Period: recall.Period{From: p.From, To: p.To}, Deck: deck.Deck.Name, Title: deck.Deck.Title}
		for i, m := range all {
			if of[i] == deck && m.First >= first && m.Last <= last {
				one.Facts++
				one.Sum += m.Ink
			}
		}
		if one.Facts > best.Facts {
			best, pool = one, deck
		}
	}
	if pool == nil || len(q.Check()) > 1 { // its length is that of a look
		return best, false
	}
	return best, len(pool.Lay(q)) > 0
}

func (h shelf) slips(all []recall.Slip) []views.Slip {
	var out []views.Slip
	for _, slip := range all {
		fact, ok := h.facts[slip.Fact]
		if !ok || len(out) == hardestFacts {
			continue
		}
		one := views.Slip{Slip: slip, Deck: h.deck[slip.Fact].Deck, Fact: fact}
		for _, id := range slip.With {
			if f, ok := h.facts[id]; ok && slip.Keeps() && len(one.With) < mostTaken {
				one.With = append(one.With, f)
			}
		}
		out = append(out, one)
	}
	return out
}

func (h shelf) mixed(all []recall.Confusion) []views.Mixed {
	var out []views.Mixed
	for _, one := range all {
		fact, ok := h.facts[one.Fact]
		with, known := h.facts[one.With]
		if !ok || !known || len(out) == mostMixed {
			continue
		}
		pool := h.deck[one.Fact]
		out = append(out, views.Mixed{
			Deck: pool.Deck, Fact: fact, With: with, N: one.N, Told: len(pool.Contrasts(one.Fact, one.With, 0)) > 0,
		})
	}
	return out
}

// startContrast asks two facts that were mixed up.
func (s *server) startContrast(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), visitor(c).Who()
	pool, err := s.Store.PoolNamed(ctx, who, field(c, "deck"))
	if err != nil {
		return err
	}
	a, _ := strconv.ParseInt(field(c, "a"), 10, 64)
	b, _ := strconv.ParseInt(field(c, "b"), 10, 64)
	seed := rand.Uint64N(quiz.QuizSeeds)
	if _, err := study.StartContrast(ctx, s.Store, who, pool.Deck.ID, a, b, seed, newToken(), newToken(), s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToStudy)
}
