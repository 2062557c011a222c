package web

import (
	"context"
	"math"
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/study"
	"chronicle/views"
	"chronicle/views/kit"

	"github.com/gofiber/fiber/v2"
)

type todayStore interface {
	Days(ctx context.Context, who quiz.Who, from int64) ([]quiz.Day, error)
	Sitting(ctx context.Context, who quiz.Who) (quiz.Sitting, error)
}

const (
	forecastDays = 14
	halfYear     = 26 * 7 // days
)

// today is the front page: an invitation for a stranger, what is fading for
// everybody else.
func (s *server) today(c *fiber.Ctx) error {
	at := s.moment(c)
	k, cards, err := s.inks(c, at)
	if err != nil {
		return err
	}
	rows, pools, err := s.deckRows(c, at, k)
	if err != nil {
		return err
	}
	f := s.frame(c, "today")
	tasks, err := s.assignedRows(c, k, cards)
	if err != nil {
		return err
	}
	if len(cards) == 0 {
		screen := views.Welcome{Frame: f, Decks: rows, Tasks: tasks}
		if len(pools) > 0 {
			screen.Line = factRows(pools[0], k)
		}
		return show(c, screen)
	}
	screen := views.Today{Frame: f, Decks: rows, Tasks: tasks}
	if screen.Notices, err = s.Store.Notices(c.UserContext(), visitor(c).Who(), 0); err != nil {
		return err
	}
	bent := 0
	for i, p := range pools {
		screen.Due += rows[i].Wait.Due
		screen.Steps += rows[i].Wait.Steps
		if !k.deck[p.Deck.ID] {
			continue
		}
		if rows[i].Wait.Bent {
			bent += rows[i].Wait.New
		} else {
			screen.New += rows[i].Wait.New
		}
		screen.Line = append(screen.Line, factRows(p, k)...)
		screen.First, screen.Last = widen(screen.First, screen.Last, rows[i])
	}
	screen.New = min(screen.New, visitor(c).NewPerDay) + bent // the limit is for all decks without a test
	asides, err := s.Store.Asides(c.UserContext(), visitor(c).Who(), at.Day)
	if err != nil {
		return err
	}
	cards = study.Apart(cards, asides, at)
	screen.Facts = factsOf(cards)
	screen.Recall, screen.After = remembered(cards, at)
	days, err := s.Store.Days(c.UserContext(), visitor(c).Who(), at.Day-halfYear)
	if err != nil {
		return err
	}
	screen.Minutes = minutes(screen.Due+screen.New, days)
	screen.Weeks = weeks(f, cards, at)
	screen.Calendar, screen.Days, screen.Answers = calendar(f, days, at)
	screen.Next = nextDue(f, "today.next", cards, 0, at)
	sitting, err := s.Store.Sitting(c.UserContext(), visitor(c).Who())
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return err
	}
	if sitting.Waits() && sitting.Run != "" {
		screen.Quiz = sitting
	}
	screen.Resume = resume(sitting, rows, pools)
	return show(c, screen)
}

// widen takes a deck's years into a range; the zero range is none.
func widen(first, last int64, r views.DeckRow) (int64, int64) {
	if first == 0 && last == 0 {
		return r.First, r.Last
	}
	return min(first, r.First), max(last, r.Last)
}

// resume names the deck to go on with: where the person sits if something
// waits there, else the first with something due, else with something new.
func resume(sitting quiz.Sitting, rows []views.DeckRow, pools []*ask.Pool) string {
	best, name := -1, ""
	for i, r := range rows {
		rank := 0
		switch {
		case !r.Wait.Any():
			continue
		case pools[i].Deck.ID == sitting.Deck:
			rank = 3
		case r.Wait.Due > 0:
			rank = 2
		case r.Met:
			rank = 1
		}
		if rank > best {
			best, name = rank, r.Name
		}
	}
	return name
}

// remembered is the share of the cards remembered today, and what it would be if
// everything due were practised.
func remembered(cards []quiz.Card, at study.Moment) (now, after float64) {
	for _, card := range cards {
		ink := inkOf(card, at)
		now += ink
		if card.IsDue(at.Day) {
			ink = 1
		}
		after += ink
	}
	if len(cards) == 0 { // all that was met is put aside
		return 0, 0
	}
	return now / float64(len(cards)), after / float64(len(cards))
}

// factsOf is how many facts the cards are of.
func factsOf(cards []quiz.Card) int {
	facts := map[int64]bool{}
	for _, c := range cards {
		facts[c.Fact] = true
	}
	return len(facts)
}

// minutes is how long so many cards take at the person's own pace.
func minutes(cards int, days []quiz.Day) int {
	return max(1, int(math.Round((time.Duration(cards) * study.Pace(days)).Minutes())))
}

// weeks is how many cards fall due on each of the coming days.
func weeks(f views.Frame, cards []quiz.Card, at study.Moment) []kit.Bar {
	bars := make([]kit.Bar, forecastDays)
	for i := range bars {
		date := at.Cal.Date(at.Day + int64(i))
		day := f.T("weekday." + strconv.Itoa(int(date.Weekday())))
		bars[i] = kit.Bar{Name: day + " " + date.Format(time.DateOnly), Now: i == 0}
		if i == 0 {
			bars[i].Label = f.T("today.now")
		} else if i%2 == 0 {
			bars[i].Label = day
		}
	}
	for _, card := range cards {
		i := max(0, card.DueDay-at.Day)
		if i < forecastDays {
			bars[i].Value++
		}
	}
	return bars
}

// calendar is the last half year in whole weeks, Monday first.
func calendar(f views.Frame, days []quiz.Day, at study.Moment) (squares []kit.Square, practised, answers int) {
	weekday := (int64(at.Cal.Date(at.Day).Weekday()) + 6) % 7
	first := at.Day - weekday - halfYear + 7
	byDay := map[int64]int{}
	for _, d := range days {
		byDay[d.Day] = d.Answers
	}
	for i := range int64(halfYear) {
		day := first + i
		n := byDay[day]
		if n > 0 {
			practised++
			answers += n
		}
		squares = append(squares, kit.Square{
			Name: f.N("today.square", n, "Date", at.Cal.Date(day).Format(time.DateOnly)), Level: level(n), Out: day > at.Day,
		})
	}
	return squares, practised, answers
}

func level(answers int) int {
	switch {
	case answers == 0:
		return 0
	case answers < 10:
		return 1
	case answers < 25:
		return 2
	case answers < 50:
		return 3
	}
	return 4
}

// nextDue says when the next card of a deck is due, or of all for deck 0;
// empty when none is.
func nextDue(f views.Frame, key string, cards []quiz.Card, deck int64, at study.Moment) string {
	var next time.Time
	for _, card := range cards {
		if (deck == 0 || card.Deck == deck) && (next.IsZero() || card.Due.Before(next)) {
			next = card.Due
		}
	}
	if next.IsZero() {
		return ""
	}
	if next.Before(at.Now) {
		next = at.Now
	}
	return f.T(key, "When", f.When(next, at.Now, at.Cal))
}
