package web

import (
	"context"
	"math"
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/kinds"
	"chronicle/quiz/study"
	"chronicle/views"
	"chronicle/views/kit"

	"github.com/gofiber/fiber/v2"
)

type todayStore interface {
	PracticeDays(ctx context.Context, who quiz.Who, from int64) ([]quiz.PracticeDay, error)
	StudySession(ctx context.Context, who quiz.Who) (quiz.StudySession, error)
}

const (
	forecastDays = 14
	halfYearDays = 26 * 7 // days
)

// showToday shows the home page: an invitation for a new visitor, the cards that are due for everyone else.
func (s *server) showToday(c *fiber.Ctx) error {
	at := s.learnerTime(c)
	k, cards, err := s.recallByFact(c, at)
	if err != nil {
		return err
	}
	rows, pools, err := s.deckRows(c, at, k)
	if err != nil {
		return err
	}
	f := s.frame(c, "today")
	tasks, err := s.assignmentRows(c, k, cards)
	if err != nil {
		return err
	}
	if len(cards) == 0 {
		screen := views.WelcomeScreen{Frame: f, Decks: rows, Assignments: tasks}
		if len(pools) > 0 {
			screen.Timeline = factRows(pools[0], k)
		}
		return showScreen(c, screen)
	}
	screen := views.TodayScreen{Frame: f, Decks: rows, Assignments: tasks}
	if screen.Notices, err = s.Store.Notices(c.UserContext(), visitor(c).Who(), 0); err != nil {
		return err
	}
	bent := 0
	for i, p := range pools {
		screen.Due += rows[i].Queue.Due
		screen.Learning += rows[i].Queue.Learning
		if !k.deck[p.Deck.ID] {
			continue
		}
		if rows[i].Queue.PlannedForTest {
			bent += rows[i].Queue.New
		} else {
			screen.New += rows[i].Queue.New
		}
		screen.Timeline = append(screen.Timeline, factRows(p, k)...)
		screen.First, screen.Last = widenYears(screen.First, screen.Last, rows[i])
	}
	screen.New = min(screen.New, visitor(c).NewPerDay) + bent // the daily limit covers all decks without a test date
	asides, err := s.Store.Suspensions(c.UserContext(), visitor(c).Who(), at.Day)
	if err != nil {
		return err
	}
	cards = study.BurySiblings(cards, asides, at)
	screen.Facts = countFacts(cards)
	screen.Recall, screen.RecallAfter = recallNowAndAfter(cards, at)
	days, err := s.Store.PracticeDays(c.UserContext(), visitor(c).Who(), at.Day-halfYearDays)
	if err != nil {
		return err
	}
	screen.Minutes = minutesFor(screen.Due+screen.New, days)
	screen.DueBars = dueBars(f, cards, at)
	screen.Calendar, screen.Days, screen.Answers = practiceSquares(f, days, at)
	screen.NextDueText = nextDueText(f, "today.next", cards, 0, at)
	sitting, err := s.Store.StudySession(c.UserContext(), visitor(c).Who())
	if err != nil && !quiz.Is(err, quiz.NotFound) {
		return err
	}
	if sitting.HasQuestion() && sitting.QuizAttempt != "" {
		screen.QuizSession = sitting
	}
	screen.ResumeDeck = deckToResume(sitting, rows, pools)
	return showScreen(c, screen)
}

// widenYears extends a range of years by those of a deck; the zero range is empty.
func widenYears(first, last int64, r views.DeckRow) (int64, int64) {
	if first == 0 && last == 0 {
		return r.FirstYear, r.LastYear
	}
	return min(first, r.FirstYear), max(last, r.LastYear)
}

// deckToResume returns the deck to continue: that of the current study session if cards are due there, else the
// first with due cards, else the first with new ones.
func deckToResume(sitting quiz.StudySession, rows []views.DeckRow, pools []*kinds.DeckIndex) string {
	best, name := -1, ""
	for i, r := range rows {
		rank := 0
		switch {
		case !r.Queue.Any():
			continue
		case pools[i].Deck.ID == sitting.Deck:
			rank = 3
		case r.Queue.Due > 0:
			rank = 2
		case r.Started:
			rank = 1
		}
		if rank > best {
			best, name = rank, r.Name
		}
	}
	return name
}

// recallNowAndAfter returns the mean recall of the cards today, and what it would be if all due cards were
// practised.
func recallNowAndAfter(cards []quiz.Card, at study.LearnerTime) (now, after float64) {
	for _, card := range cards {
		ink := recallOf(card, at)
		now += ink
		if card.IsDue(at.Day) {
			ink = 1
		}
		after += ink
	}
	if len(cards) == 0 { // all started cards are suspended
		return 0, 0
	}
	return now / float64(len(cards)), after / float64(len(cards))
}

// countFacts counts the distinct facts of the cards.
func countFacts(cards []quiz.Card) int {
	facts := map[int64]bool{}
	for _, c := range cards {
		facts[c.Fact] = true
	}
	return len(facts)
}

// minutesFor estimates the minutes for a number of cards at the person's own pace.
func minutesFor(cards int, days []quiz.PracticeDay) int {
	return max(1, int(math.Round((time.Duration(cards) * study.Pace(days)).Minutes())))
}

// dueBars returns the number of cards due on each of the coming days.
func dueBars(f views.Frame, cards []quiz.Card, at study.LearnerTime) []kit.Bar {
	bars := make([]kit.Bar, forecastDays)
	for i := range bars {
		date := at.Calendar.Date(at.Day + int64(i))
		day := f.T("weekday." + strconv.Itoa(int(date.Weekday())))
		bars[i] = kit.Bar{Name: day + " " + date.Format(time.DateOnly), Current: i == 0}
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

// practiceSquares returns the last half year in whole weeks, starting on Monday.
func practiceSquares(f views.Frame, days []quiz.PracticeDay, at study.LearnerTime) (squares []kit.Square, practised, answers int) {
	weekday := (int64(at.Calendar.Date(at.Day).Weekday()) + 6) % 7
	first := at.Day - weekday - halfYearDays + 7
	byDay := map[int64]int{}
	for _, d := range days {
		byDay[d.Day] = d.Answers
	}
	for i := range int64(halfYearDays) {
		day := first + i
		n := byDay[day]
		if n > 0 {
			practised++
			answers += n
		}
		squares = append(squares, kit.Square{
			Name: f.N("today.square", n, "Date", at.Calendar.Date(day).Format(time.DateOnly)), Level: activityLevel(n), OutOfRange: day > at.Day,
		})
	}
	return squares, practised, answers
}

func activityLevel(answers int) int {
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

// nextDueText says when the next card of a deck is due, or of all decks for deck 0; it is empty when none is.
func nextDueText(f views.Frame, key string, cards []quiz.Card, deck int64, at study.LearnerTime) string {
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
	return f.T(key, "When", f.When(next, at.Now, at.Calendar))
}
