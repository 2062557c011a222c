package web

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/enrol"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

func (s *server) settingsForm(c *fiber.Ctx) error {
	screen, err := s.chosenSettings(c)
	if err != nil {
		return err
	}
	return show(c, screen)
}

// asStudent says as whom a guest is known in a class, and whether a card brings them back.
func (s *server) asStudent(c *fiber.Ctx, screen views.Settings) (views.Settings, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	if who.Role != quiz.Guest {
		return screen, nil
	}
	var err error
	if screen.Policy, err = s.Store.Policy(ctx, who); err != nil {
		return screen, err
	}
	all, err := s.Store.Classes(ctx, who)
	for _, one := range all {
		_, student, err := s.Store.Joined(ctx, who, one.Name)
		if err != nil {
			return screen, err
		}
		if screen.Student.Alias == "" || !student.Card.IsZero() {
			screen.Class, screen.Student = one.Title, student
		}
	}
	return screen, err
}

// settingsAgain shows what is kept of them, with what is wrong in a form beside them.
func (s *server) settingsAgain(c *fiber.Ctx, problems quiz.Problems) error {
	screen, err := s.chosenSettings(c)
	if err != nil {
		return err
	}
	screen.Problems = problems
	return again(c, screen)
}

// chosenSettings are the settings as they are kept.
func (s *server) chosenSettings(c *fiber.Ctx) (views.Settings, error) {
	p := visitor(c)
	screen := views.Settings{
		Zone: p.Zone, New: strconv.Itoa(p.NewPerDay), Wanted: "own", Share: strconv.Itoa(percent(p.Retention)),
		Start: strconv.Itoa(p.DayStart), Rest: p.Rest, Unwanted: p.Unwanted, Strict: p.Strict,
		Saved: c.Query("saved") != "", Alone: c.Query("alone") != "", Changed: c.Query("changed") != "",
	}
	for _, w := range quiz.Shares {
		if p.Retention == w.Share {
			screen.Wanted = w.Word
		}
	}
	return s.choosing(c, screen, p.NewPerDay)
}

func percent(share float64) int { return int(math.Round(100 * share)) }

// choosing is the form of settings with a year of practice beside each choice, for
// so many new cards a day.
func (s *server) choosing(c *fiber.Ctx, screen views.Settings, newPerDay int) (views.Settings, error) {
	screen.Frame, screen.Person, screen.Zones = s.frame(c, "settings"), visitor(c), zones
	var err error
	if screen.Hidden, err = s.Store.Hidden(c.UserContext(), visitor(c).Who()); err != nil {
		return screen, err
	}
	if screen, err = s.asStudent(c, screen); err != nil {
		return screen, err
	}
	at := s.moment(c)
	k, cards, err := s.inks(c, at)
	if err != nil {
		return screen, err
	}
	rows, _, err := s.deckRows(c, at, k)
	if err != nil {
		return screen, err
	}
	plan := study.Plan{Cards: cards, NewPerDay: newPerDay, Day: at.Day, Tuning: visitor(c).Tuning}
	for _, r := range rows {
		plan.Fresh += r.Wait.Fresh
	}
	days, err := s.Store.Days(c.UserContext(), visitor(c).Who(), at.Day-halfYear)
	if err != nil {
		return screen, err
	}
	for _, w := range quiz.Shares {
		plan.Wanted = w.Share
		load := study.Year(plan, 1)
		answers := int(math.Round(load.Answers))
		screen.Years = append(screen.Years, views.Year{
			Word: w.Word, Share: percent(w.Share), Answers: answers, Hours: (minutes(answers, days) + 59) / 60, Recall: percent(load.Recall),
		})
	}
	return screen, nil
}

func (s *server) settings(c *fiber.Ctx) error {
	p := visitor(c)
	typed, share, start := strings.TrimSpace(field(c, "new")), strings.TrimSpace(field(c, "share")), strings.TrimSpace(field(c, "start"))
	form := p.Settings
	form.Zone, form.NewPerDay, form.Retention = strings.TrimSpace(field(c, "zone")), counted(typed), wanted(field(c, "wanted"), share, p.Retention)
	if field(c, "whole") != "" { // else nothing was said of what a box says by not being sent
		form.DayStart, form.Strict = counted(start), field(c, "strict") != ""
		form.Rest, form.Unwanted = days(several(c.Request().PostArgs())("rest")), unwanted(several(c.Request().PostArgs())("kinds"))
	}
	err := enrol.Set(c.UserContext(), s.Store, p.Who(), form)
	if problems := problemsOf(err); len(problems) > 0 {
		screen, err := s.choosing(c, views.Settings{
			Zone: form.Zone, New: typed, Wanted: field(c, "wanted"), Share: share, Start: start,
			Rest: form.Rest, Unwanted: form.Unwanted, Strict: form.Strict, Problems: problems,
		}, p.NewPerDay)
		if err != nil {
			return err
		}
		return again(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, "/settings?saved=yes")
}

// counted reads a number, −1 for what is none.
func counted(typed string) int {
	n, err := strconv.Atoi(typed)
	if err != nil {
		return -1
	}
	return n
}

// days reads days of the week; what is none is left out.
func days(sent []string) (w quiz.Weekdays) {
	for _, one := range sent {
		if d, err := strconv.Atoi(one); err == nil && d >= 0 && d < 7 {
			w = w.With(time.Weekday(d))
		}
	}
	return w
}

// unwanted is every kind that was not sent as wanted.
func unwanted(sent []string) (out []quiz.Kind) {
	for _, k := range quiz.Scored {
		if !slices.Contains(sent, string(k)) {
			out = append(out, k)
		}
	}
	return out
}

// wanted is the share of a word, or the one that was typed in percent; 0 for none,
// and what it was where nothing is said of it.
func wanted(word, typed string, was float64) float64 {
	if word == "" && typed == "" {
		return was
	}
	for _, w := range quiz.Shares {
		if w.Word == word {
			return w.Share
		}
	}
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(typed, "%")))
	if err != nil || word != "own" {
		return 0
	}
	return float64(n) / 100
}
