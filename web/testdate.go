package web

import (
	"context"
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/kinds"
	"chronicle/quiz/stats"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type testDateStore interface {
	study.TestDateStore
	TestDate(ctx context.Context, who quiz.Who, deck int64) (quiz.TestDate, error)
	DeleteTestDate(ctx context.Context, who quiz.Who, deck int64) error
	TestPlanInput(ctx context.Context, who quiz.Who, g quiz.TestDate, at study.LearnerTime) (study.TestPlanInput, error)
	ReviewOutcomes(ctx context.Context, who quiz.Who, since time.Time) ([]stats.ReviewOutcome, error)
}

// Defaults of the form, and the minutes per day whose forecast it shows.
const (
	defaultTestDays    = 14
	defaultTestMinutes = 10
)

var testMinuteChoices = []int{5, 10, 20, 40}

// forecastReviewDays is the number of days over which forecasts are compared with answers.
const forecastReviewDays = 90

// showTestDate shows the form for the test date of a deck.
func (s *server) showTestDate(c *fiber.Ctx) error {
	pool, screen, err := s.testDateScreen(c)
	if err != nil {
		return err
	}
	at := s.learnerTime(c)
	day := screen.TestDate.Day
	if screen.TestDate.Day <= at.Day {
		day = at.Day + defaultTestDays
	}
	screen.Day, screen.Minutes = at.Calendar.Date(day).Format(time.DateOnly), strconv.Itoa(defaultTestMinutes)
	if screen.TestDate.Minutes != 0 {
		screen.Minutes = strconv.Itoa(screen.TestDate.Minutes)
	}
	if done := c.Query("done"); done == "set" || done == "dropped" {
		screen.Done = done
	}
	if screen, err = s.forecastTestDate(c, screen, quiz.TestDate{Deck: pool.Deck.ID, Day: day}, at); err != nil {
		return err
	}
	return showScreen(c, screen)
}

func (s *server) testDateScreen(c *fiber.Ctx) (*kinds.DeckIndex, views.TestDateScreen, error) {
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return nil, views.TestDateScreen{}, err
	}
	at := s.learnerTime(c)
	screen := views.TestDateScreen{Frame: s.frame(c, "decks"), Deck: pool.Deck, Cal: at.Calendar}
	screen.TestDate, err = s.Store.TestDate(c.UserContext(), visitor(c).Who(), pool.Deck.ID)
	screen.IsPast = screen.TestDate.Day != 0 && screen.TestDate.Day <= at.Day
	return pool, screen, err
}

// forecastTestDate adds the forecast for the saved test date, and the forecasts for other minutes per day by the
// date in the form.
func (s *server) forecastTestDate(c *fiber.Ctx, screen views.TestDateScreen, typed quiz.TestDate, at study.LearnerTime) (views.TestDateScreen, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	r, err := s.Store.TestPlanInput(ctx, who, quiz.TestDate{Deck: screen.Deck.ID}, at)
	if err != nil {
		return screen, err
	}
	if screen.TestDate.Day != 0 && !screen.IsPast {
		way := r.WithTestDate(screen.TestDate)
		screen.Forecast, screen.AnswersPerDay = study.ForecastTest(way, at.Scheduler(), 1), way.AnswersPerDay
		answers, err := s.Store.ReviewOutcomes(ctx, who, at.Now.AddDate(0, 0, -forecastReviewDays))
		if err != nil {
			return screen, err
		}
		screen.ForecastAccuracy = stats.NewRecallShare(stats.WithExpectation(answers))
	}
	for _, minutes := range testMinuteChoices {
		typed.Minutes = minutes
		if len(typed.Validate(at.Day)) > 0 {
			return screen, nil
		}
		screen.Choices = append(screen.Choices, views.TestMinutesChoice{Minutes: minutes, KnownOnDay: study.ForecastTest(r.WithTestDate(typed), at.Scheduler(), 1).KnownOnDay})
	}
	return screen, nil
}

// setTestDate saves the test date of the deck.
func (s *server) setTestDate(c *fiber.Ctx) error {
	pool, screen, err := s.testDateScreen(c)
	if err != nil {
		return err
	}
	at := s.learnerTime(c)
	g := quiz.TestDate{Deck: pool.Deck.ID, Day: dayOf(field(c, "day")), Minutes: parseCount(field(c, "minutes"))}
	err = study.SetTestDate(c.UserContext(), s.Store, visitor(c).Who(), g, at.Day)
	if p := problemsOf(err); len(p) > 0 {
		screen.Day, screen.Minutes, screen.Problems = field(c, "day"), field(c, "minutes"), p
		if screen, err = s.forecastTestDate(c, screen, g, at); err != nil {
			return err
		}
		return showScreenAgain(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToTestDate(pool.Deck.Name)+"?done=set")
}

// deleteTestDate deletes the test date of the deck.
func (s *server) deleteTestDate(c *fiber.Ctx) error {
	pool, _, err := s.testDateScreen(c)
	if err != nil {
		return err
	}
	if err := s.Store.DeleteTestDate(c.UserContext(), visitor(c).Who(), pool.Deck.ID); err != nil {
		return err
	}
	return redirect(c, views.ToTestDate(pool.Deck.Name)+"?done=dropped")
}
