package web

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/enrol"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

func (s *server) settingsForm(c *fiber.Ctx) error {
	p := visitor(c)
	screen := views.Settings{
		Zone: p.Zone, New: strconv.Itoa(p.NewPerDay), Wanted: "own", Share: strconv.Itoa(percent(p.Retention)),
		Saved: c.Query("saved") != "", Alone: c.Query("alone") != "",
	}
	for _, w := range quiz.Shares {
		if p.Retention == w.Share {
			screen.Wanted = w.Word
		}
	}
	screen, err := s.choosing(c, screen, p.NewPerDay)
	if err != nil {
		return err
	}
	return show(c, screen)
}

func percent(share float64) int { return int(math.Round(100 * share)) }

// choosing is the form of settings with a year of practice beside each choice, for
// so many new cards a day.
func (s *server) choosing(c *fiber.Ctx, screen views.Settings, newPerDay int) (views.Settings, error) {
	screen.Frame, screen.Person, screen.Zones = s.frame(c, "settings"), visitor(c), zones
	at := s.moment(c)
	k, cards, err := s.inks(c, at)
	if err != nil {
		return screen, err
	}
	rows, _, err := s.deckRows(c, at, k)
	if err != nil {
		return screen, err
	}
	plan := study.Plan{Cards: cards, NewPerDay: newPerDay, Day: at.Day}
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
	zone, typed, share := strings.TrimSpace(field(c, "zone")), strings.TrimSpace(field(c, "new")), strings.TrimSpace(field(c, "share"))
	n, err := strconv.Atoi(typed)
	if err != nil {
		n = -1
	}
	form := quiz.Settings{Zone: zone, NewPerDay: n, Retention: wanted(field(c, "wanted"), share, p.Retention)}
	err = enrol.Set(c.UserContext(), s.Store, p.Who(), form)
	var failed *quiz.Error
	if errors.As(err, &failed) && failed.Fault == quiz.Invalid {
		screen, err := s.choosing(c, views.Settings{Zone: zone, New: typed, Wanted: field(c, "wanted"), Share: share, Problems: failed.Problems}, p.NewPerDay)
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
