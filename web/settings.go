package web

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/account"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

func (s *server) settingsForm(c *fiber.Ctx) error {
	screen, err := s.settingsScreen(c)
	if err != nil {
		return err
	}
	return showScreen(c, screen)
}

// addStudentSettings adds a guest's class and alias, and whether they have a sign-in card.
func (s *server) addStudentSettings(c *fiber.Ctx, screen views.SettingsScreen) (views.SettingsScreen, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	if who.Role != quiz.RoleGuest {
		return screen, nil
	}
	var err error
	if screen.Policy, err = s.Store.SignUpPolicy(ctx, who); err != nil {
		return screen, err
	}
	all, err := s.Store.Classes(ctx, who)
	for _, one := range all {
		_, student, err := s.Store.JoinedClass(ctx, who, one.Name)
		if err != nil {
			return screen, err
		}
		if screen.Student.Alias == "" || !student.CardMadeAt.IsZero() {
			screen.StudentClass, screen.Student = one.Title, student
		}
	}
	return screen, err
}

// settingsScreenWithProblems shows the settings with the problems of a form.
func (s *server) settingsScreenWithProblems(c *fiber.Ctx, problems quiz.Problems) error {
	screen, err := s.settingsScreen(c)
	if err != nil {
		return err
	}
	screen.Problems = problems
	return showScreenAgain(c, screen)
}

// settingsScreen returns the settings as stored.
func (s *server) settingsScreen(c *fiber.Ctx) (views.SettingsScreen, error) {
	p := visitor(c)
	screen := views.SettingsScreen{
		Zone: p.Zone, NewPerDay: strconv.Itoa(p.NewPerDay), RetentionPreset: "own", RetentionPercent: strconv.Itoa(percent(p.DesiredRetention)),
		DayStart: strconv.Itoa(p.DayStart), RestDays: p.RestDays, AvoidedKinds: p.AvoidedKinds, StrictSpelling: p.StrictSpelling,
		Saved: c.Query("saved") != "", OtherSessionsEnded: c.Query("alone") != "", PasswordChanged: c.Query("changed") != "",
	}
	for _, w := range quiz.RetentionPresets {
		if p.DesiredRetention == w.Share {
			screen.RetentionPreset = w.Word
		}
	}
	return s.addYearForecasts(c, screen, p.NewPerDay)
}

func percent(share float64) int { return int(math.Round(100 * share)) }

// addYearForecasts adds the forecast of a year of practice for each retention choice and the given number of new
// cards a day.
func (s *server) addYearForecasts(c *fiber.Ctx, screen views.SettingsScreen, newPerDay int) (views.SettingsScreen, error) {
	screen.Frame, screen.Person, screen.Zones = s.frame(c, "settings"), visitor(c), suggestedZones
	var err error
	if screen.Hidden, err = s.Store.IsHiddenOnBoards(c.UserContext(), visitor(c).Who()); err != nil {
		return screen, err
	}
	if screen, err = s.addStudentSettings(c, screen); err != nil {
		return screen, err
	}
	at := s.learnerTime(c)
	k, cards, err := s.recallByFact(c, at)
	if err != nil {
		return screen, err
	}
	rows, _, err := s.deckRows(c, at, k)
	if err != nil {
		return screen, err
	}
	plan := study.ForecastInput{Cards: cards, NewPerDay: newPerDay, Today: at.Day, Parameters: visitor(c).Parameters}
	for _, r := range rows {
		plan.NewCards += r.Queue.NewBeyondLimit
	}
	days, err := s.Store.PracticeDays(c.UserContext(), visitor(c).Who(), at.Day-halfYearDays)
	if err != nil {
		return screen, err
	}
	for _, w := range quiz.RetentionPresets {
		plan.DesiredRetention = w.Share
		load := study.ForecastYear(plan, 1)
		answers := int(math.Round(load.Answers))
		screen.RetentionChoices = append(screen.RetentionChoices, views.RetentionChoice{
			Preset: w.Word, Share: percent(w.Share), Answers: answers, Hours: (minutesFor(answers, days) + 59) / 60, Recall: percent(load.RecallAtEnd),
		})
	}
	return screen, nil
}

func (s *server) saveSettings(c *fiber.Ctx) error {
	p := visitor(c)
	typed, share, start := strings.TrimSpace(field(c, "new")), strings.TrimSpace(field(c, "share")), strings.TrimSpace(field(c, "start"))
	form := p.Settings
	form.Zone, form.NewPerDay, form.DesiredRetention = strings.TrimSpace(field(c, "zone")), parseCount(typed), desiredRetention(field(c, "wanted"), share, p.DesiredRetention)
	if field(c, "whole") != "" { // otherwise an unchecked box cannot be told from a missing one
		form.DayStart, form.StrictSpelling = parseCount(start), field(c, "strict") != ""
		form.RestDays, form.AvoidedKinds = parseWeekdays(multiValues(c.Request().PostArgs())("rest")), avoidedKinds(multiValues(c.Request().PostArgs())("kinds"))
	}
	err := account.SaveSettings(c.UserContext(), s.Store, p.Who(), form)
	if problems := problemsOf(err); len(problems) > 0 {
		screen, err := s.addYearForecasts(c, views.SettingsScreen{
			Zone: form.Zone, NewPerDay: typed, RetentionPreset: field(c, "wanted"), RetentionPercent: share, DayStart: start,
			RestDays: form.RestDays, AvoidedKinds: form.AvoidedKinds, StrictSpelling: form.StrictSpelling, Problems: problems,
		}, p.NewPerDay)
		if err != nil {
			return err
		}
		return showScreenAgain(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, "/settings?saved=yes")
}

// parseCount parses a number; it returns −1 if invalid.
func parseCount(typed string) int {
	n, err := strconv.Atoi(typed)
	if err != nil {
		return -1
	}
	return n
}

// parseWeekdays parses weekdays and ignores invalid ones.
func parseWeekdays(sent []string) (w quiz.Weekdays) {
	for _, one := range sent {
		if d, err := strconv.Atoi(one); err == nil && d >= 0 && d < 7 {
			w = w.With(time.Weekday(d))
		}
	}
	return w
}

// avoidedKinds returns every question kind that was not sent as wanted.
func avoidedKinds(sent []string) (out []quiz.Kind) {
	for _, k := range quiz.GradedKinds {
		if !slices.Contains(sent, string(k)) {
			out = append(out, k)
		}
	}
	return out
}

// desiredRetention returns the retention of a preset, or the one typed in percent; 0 if it is invalid, and the
// previous value if none was sent.
func desiredRetention(word, typed string, was float64) float64 {
	if word == "" && typed == "" {
		return was
	}
	for _, w := range quiz.RetentionPresets {
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
