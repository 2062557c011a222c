package web

import (
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/kinds"
	"chronicle/quiz/stats"
	"chronicle/quiz/study"
	"chronicle/views"
	"chronicle/views/kit"

	"github.com/gofiber/fiber/v2"
)

type progressStore interface {
	TrainingResults(ctx context.Context, who quiz.Who) ([]quiz.TrainingResult, error)
	ReviewOutcomes(ctx context.Context, who quiz.Who, since time.Time) ([]stats.ReviewOutcome, error)
}

// Limits of the progress page.
const (
	forecastLoadDays = 30
	progressDays     = 365 // days of reviews that are read
	maxWeakFacts     = 10
	maxConfusions    = 10
	maxConfusedWith  = 3 // number of confused facts shown
)

// showProgress shows the progress page.
func (s *server) showProgress(c *fiber.Ctx) error {
	at := s.learnerTime(c)
	k, cards, err := s.recallByFact(c, at)
	if err != nil {
		return err
	}
	screen := views.ProgressScreen{Frame: s.frame(c, "progress")}
	if len(cards) == 0 {
		return showScreen(c, screen)
	}
	asides, err := s.Store.Suspensions(c.UserContext(), visitor(c).Who(), at.Day)
	if err != nil {
		return err
	}
	cards = study.BurySiblings(cards, asides, at)
	screen.AllSuspended = len(cards) == 0
	screen.Facts = countFacts(cards)
	screen.Recall, _ = recallNowAndAfter(cards, at)
	shelf, err := s.practisedDecks(c, k)
	if err != nil {
		return err
	}
	shelf.addTimeline(&screen, k)
	if err := s.addPractice(c, &screen, cards, at); err != nil {
		return err
	}
	answers, err := s.Store.ReviewOutcomes(c.UserContext(), visitor(c).Who(), at.Now.AddDate(0, 0, -progressDays))
	if err != nil {
		return err
	}
	foreseen := stats.WithExpectation(answers)
	screen.RecallShare, screen.KindShares, screen.CalibrationBins = stats.NewRecallShare(foreseen), stats.GroupByKind(foreseen), stats.CalibrationBins(foreseen)
	screen.TimeBuckets, screen.Monthly = stats.GroupByTime(foreseen)
	trials, err := s.Store.TrainingResults(c.UserContext(), visitor(c).Who())
	if err != nil {
		return err
	}
	if len(trials) > 0 {
		screen.TrainingResult = trials[0]
	}
	screen.WeakFacts = shelf.weakCards(slices.DeleteFunc(stats.FindWeakCards(answers), func(s stats.WeakCard) bool { return asides[s.CardID] == quiz.NeverDay }))
	screen.Confusions = shelf.confusions(stats.FindConfusions(answers))
	return showScreen(c, screen)
}

// addPractice adds past practice and the forecast of due cards.
func (s *server) addPractice(c *fiber.Ctx, screen *views.ProgressScreen, cards []quiz.Card, at study.LearnerTime) error {
	days, err := s.Store.PracticeDays(c.UserContext(), visitor(c).Who(), 0)
	if err != nil {
		return err
	}
	screen.PracticeTime = stats.SumPractice(days, at.Day, at.IsRestDay)
	screen.Calendar, screen.Days, screen.Answers = practiceSquares(screen.Frame, days, at)
	screen.Cal = at.Calendar
	for _, d := range slices.Backward(days) {
		if d.Day > at.Day-halfYearDays {
			screen.PracticeDays = append(screen.PracticeDays, d)
		}
	}
	plan := study.ForecastInput{Cards: cards, DesiredRetention: at.SchedulerVersion.DesiredRetention, Parameters: visitor(c).Parameters, Today: at.Day}
	for i, n := range study.ForecastLoad(plan, forecastLoadDays, 1) {
		date := at.Calendar.Date(at.Day + int64(i))
		day := screen.T("weekday." + strconv.Itoa(int(date.Weekday())))
		bar := kit.Bar{Name: day + " " + date.Format(time.DateOnly), Value: n, Current: i == 0}
		if i == 0 {
			bar.Label = screen.T("today.now")
		} else if i%15 == 0 {
			bar.Label = screen.Day(at.Day + int64(i))
		}
		screen.ForecastBars = append(screen.ForecastBars, bar)
	}
	return nil
}

// practisedDecks holds the visitor's decks by fact. Facts of other decks, and facts that are no longer asked, are
// excluded and not shown.
type practisedDecks struct {
	indexes []*kinds.DeckIndex
	byFact  map[int64]*kinds.DeckIndex
	facts   map[int64]quiz.Fact
}

func (s *server) practisedDecks(c *fiber.Ctx, k recallByFact) (practisedDecks, error) {
	out := practisedDecks{byFact: map[int64]*kinds.DeckIndex{}, facts: map[int64]quiz.Fact{}}
	decks, err := s.Store.MyDecks(c.UserContext(), visitor(c).Who())
	if err != nil {
		return out, err
	}
	decks = slices.DeleteFunc(decks, func(d quiz.Deck) bool { return !k.deck[d.ID] })
	pools, err := s.Store.DeckIndexes(c.UserContext(), visitor(c).Who(), idsOf(decks, idOf)...)
	if err != nil {
		return out, err
	}
	for _, d := range decks {
		pool := pools[d.ID]
		if pool == nil { // nil for a deck that no longer exists
			continue
		}
		out.indexes = append(out.indexes, pool)
		for _, f := range pool.Facts() {
			out.byFact[f.ID], out.facts[f.ID] = pool, f
		}
	}
	return out, nil
}

// addTimeline adds the timeline of remembered facts and its periods.
func (h practisedDecks) addTimeline(screen *views.ProgressScreen, k recallByFact) {
	var all []stats.TimelineFact
	var of []*kinds.DeckIndex
	for _, p := range h.indexes {
		rows := factRows(p, k)
		screen.Timeline = append(screen.Timeline, rows...)
		first, last := p.Deck.YearRange()
		screen.First, screen.Last = widenYears(screen.First, screen.Last, views.DeckRow{FirstYear: first, LastYear: last})
		for _, r := range rows {
			lo, hi := r.Fact.Date.WidenedBounds()
			all, of = append(all, stats.TimelineFact{FirstDay: lo, LastDay: hi, Recall: r.Recall}), append(of, p)
		}
	}
	screen.NamesDecks = len(h.indexes) > 1
	for _, p := range stats.SplitPeriods(all) {
		if one, ok := h.period(p, all, of); ok {
			screen.Periods = append(screen.Periods, one)
		}
	}
}

// period returns a period for the deck that has the most facts in it; false where the deck has no provable
// question for it.
func (h practisedDecks) period(p stats.TimelinePeriod, all []stats.TimelineFact, of []*kinds.DeckIndex) (views.PracticePeriod, bool) {
	var best views.PracticePeriod
	var pool *kinds.DeckIndex
	q := quiz.Quiz{FromYear: quiz.HistoricalYear(p.FromYear), ToYear: quiz.HistoricalYear(p.ToYear), Length: 1}
	first, last := q.DayRange()
	for _, deck := range h.indexes {
		one := views.PracticePeriod{TimelinePeriod: stats.TimelinePeriod{FromYear: p.FromYear, ToYear: p.ToYear}, Deck: deck.Deck.Name, Title: deck.Deck.Title}
		for i, m := range all {
			if of[i] == deck && m.FirstDay >= first && m.LastDay <= last {
				one.Facts++
				one.RecallSum += m.Recall
			}
		}
		if one.Facts > best.Facts {
			best, pool = one, deck
		}
	}
	if pool == nil || len(q.Validate()) > 1 { // one problem is expected: a length of 1 is too short
		return best, false
	}
	return best, len(pool.BuildQuiz(q)) > 0
}

func (h practisedDecks) weakCards(all []stats.WeakCard) []views.WeakFact {
	var out []views.WeakFact
	for _, slip := range all {
		fact, ok := h.facts[slip.Fact]
		if !ok || len(out) == maxWeakFacts {
			continue
		}
		one := views.WeakFact{WeakCard: slip, Deck: h.byFact[slip.Fact].Deck, Fact: fact}
		for _, id := range slip.ConfusedWith {
			if f, ok := h.facts[id]; ok && slip.IsWeak() && len(one.ConfusedWith) < maxConfusedWith {
				one.ConfusedWith = append(one.ConfusedWith, f)
			}
		}
		out = append(out, one)
	}
	return out
}

func (h practisedDecks) confusions(all []stats.Confusion) []views.ConfusedFacts {
	var out []views.ConfusedFacts
	for _, one := range all {
		fact, ok := h.facts[one.Fact]
		with, known := h.facts[one.ConfusedWith]
		if !ok || !known || len(out) == maxConfusions {
			continue
		}
		pool := h.byFact[one.Fact]
		out = append(out, views.ConfusedFacts{
			Deck: pool.Deck, Fact: fact, ConfusedWith: with, Count: one.Count, CanContrast: len(pool.ContrastItems(one.Fact, one.ConfusedWith, 0)) > 0,
		})
	}
	return out
}

// startContrast starts a quiz on two facts that were confused.
func (s *server) startContrast(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), visitor(c).Who()
	pool, err := s.Store.DeckIndexByName(ctx, who, field(c, "deck"))
	if err != nil {
		return err
	}
	a, _ := strconv.ParseInt(field(c, "a"), 10, 64)
	b, _ := strconv.ParseInt(field(c, "b"), 10, 64)
	seed := rand.Uint64N(quiz.MaxQuizSeed)
	if _, err := study.StartContrastQuiz(ctx, s.Store, who, pool.Deck.ID, a, b, seed, newToken(), newToken(), s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToStudy)
}
