package web

import (
	"context"
	"strconv"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/enrol"
	"chronicle/quiz/recall"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type goalStore interface {
	enrol.GoalSetter
	Goal(ctx context.Context, who quiz.Who, deck int64) (quiz.Goal, error)
	DropGoal(ctx context.Context, who quiz.Who, deck int64) error
	Ready(ctx context.Context, who quiz.Who, g quiz.Goal, at study.Moment) (study.Ready, error)
	Answers(ctx context.Context, who quiz.Who, since time.Time) ([]recall.Answer, error)
}

// What the form begins with, and the minutes a day whose effect stands beside it.
const (
	goalDays    = 14
	goalMinutes = 10
)

var goalChoices = []int{5, 10, 20, 40}

// foretold is over how many days expectations are held against answers.
const foretold = 90

// goal is the page on which a person says when a deck is to be known.
func (s *server) goal(c *fiber.Ctx) error {
	pool, screen, err := s.goalOf(c)
	if err != nil {
		return err
	}
	at := s.moment(c)
	day := screen.Goal.Day
	if screen.Goal.Day <= at.Day {
		day = at.Day + goalDays
	}
	screen.Day, screen.Minutes = at.Cal.Date(day).Format(time.DateOnly), strconv.Itoa(goalMinutes)
	if screen.Goal.Minutes != 0 {
		screen.Minutes = strconv.Itoa(screen.Goal.Minutes)
	}
	if done := c.Query("done"); done == "set" || done == "dropped" {
		screen.Done = done
	}
	if screen, err = s.foresee(c, screen, quiz.Goal{Deck: pool.Deck.ID, Day: day}, at); err != nil {
		return err
	}
	return show(c, screen)
}

func (s *server) goalOf(c *fiber.Ctx) (*ask.Pool, views.Goal, error) {
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return nil, views.Goal{}, err
	}
	at := s.moment(c)
	screen := views.Goal{Frame: s.frame(c, "decks"), Deck: pool.Deck, Cal: at.Cal}
	screen.Goal, err = s.Store.Goal(c.UserContext(), visitor(c).Who(), pool.Deck.ID)
	screen.Over = screen.Goal.Day != 0 && screen.Goal.Day <= at.Day
	return pool, screen, err
}

// foresee says what is expected of the goal, and what other minutes would bring by
// the day in the form.
func (s *server) foresee(c *fiber.Ctx, screen views.Goal, typed quiz.Goal, at study.Moment) (views.Goal, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	r, err := s.Store.Ready(ctx, who, quiz.Goal{Deck: screen.Deck.ID}, at)
	if err != nil {
		return screen, err
	}
	if screen.Goal.Day != 0 && !screen.Over {
		way := r.For(screen.Goal)
		screen.Expected, screen.PerDay = study.Expect(way, at.Scheduler(), 1), way.PerDay
		answers, err := s.Store.Answers(ctx, who, at.Now.AddDate(0, 0, -foretold))
		if err != nil {
			return screen, err
		}
		screen.Foretold = recall.Of(recall.Foreseen(answers))
	}
	for _, minutes := range goalChoices {
		typed.Minutes = minutes
		if len(typed.Check(at.Day)) > 0 {
			return screen, nil
		}
		screen.Choices = append(screen.Choices, views.Choice{Minutes: minutes, Share: study.Expect(r.For(typed), at.Scheduler(), 1).Share})
	}
	return screen, nil
}

// setGoal keeps when the deck is to be known.
func (s *server) setGoal(c *fiber.Ctx) error {
	pool, screen, err := s.goalOf(c)
	if err != nil {
		return err
	}
	at := s.moment(c)
	g := quiz.Goal{Deck: pool.Deck.ID, Day: dayOf(field(c, "day")), Minutes: counted(field(c, "minutes"))}
	err = enrol.SetGoal(c.UserContext(), s.Store, visitor(c).Who(), g, at.Day)
	if p := problemsOf(err); len(p) > 0 {
		screen.Day, screen.Minutes, screen.Problems = field(c, "day"), field(c, "minutes"), p
		if screen, err = s.foresee(c, screen, g, at); err != nil {
			return err
		}
		return again(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToTest(pool.Deck.Name)+"?done=set")
}

// dropGoal forgets it.
func (s *server) dropGoal(c *fiber.Ctx) error {
	pool, _, err := s.goalOf(c)
	if err != nil {
		return err
	}
	if err := s.Store.DropGoal(c.UserContext(), visitor(c).Who(), pool.Deck.ID); err != nil {
		return err
	}
	return redirect(c, views.ToTest(pool.Deck.Name)+"?done=dropped")
}
