package web

import (
	"context"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classroom"
	"chronicle/quiz/kinds"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
)

type assignmentStore interface {
	classroom.AssignmentStore
	Assignments(ctx context.Context, who quiz.Who, class int64) ([]quiz.Assignment, error)
	Assignment(ctx context.Context, who quiz.Who, class, assignment int64) (quiz.Assignment, error)
	SetAssignmentRemoved(ctx context.Context, who quiz.Who, class, assignment int64, at time.Time) error
}

// Defaults of a new assignment, and the minutes per day whose forecast the form shows.
const (
	defaultAssignmentDays = 14
	defaultTargetPercent  = 80 // percent
)

var minuteChoices = []int{5, 10, 15, 20, 30, 45}

// newAssignmentForm asks for a deck, then for the target and date.
func (s *server) newAssignmentForm(c *fiber.Ctx) error {
	class, err := s.taughtClass(c)
	if err != nil {
		return err
	}
	ctx, who, today := c.UserContext(), visitor(c).Who(), class.Calendar().Day(s.Now())
	a := quiz.Assignment{Class: class.ID, StartDay: today, TargetDay: today + defaultAssignmentDays, TargetKind: quiz.TargetPercentKnown, Target: defaultTargetPercent, ExtendLateJoiners: true}
	name := validText(c.Query("deck"))
	if name == "" {
		screen := views.ChooseDeckScreen{Frame: s.frame(c, "classes"), Class: class}
		if screen.Decks, err = s.assignableDecks(c); err != nil {
			return err
		}
		return showScreen(c, screen)
	}
	pool, err := s.Store.DeckIndexByName(ctx, who, name)
	if err != nil {
		return err
	}
	if of, err := s.copiedAssignment(c); err != nil {
		return err
	} else if of.ID != 0 {
		length := of.TargetDay - of.StartDay
		of.ID, of.Version, of.Class, of.StartDay, of.TargetDay = 0, 0, class.ID, today, today+max(length, 1)
		a = of
	}
	a.Deck = pool.Deck.ID
	screen := s.assignmentScreen(c, class, pool, a)
	if screen.Minutes == "0" {
		screen.Minutes = strconv.Itoa(fewestMinutes(screen.Choices, minuteChoices[1]))
	}
	return showScreen(c, screen)
}

// copiedAssignment returns the assignment of another class that is to be copied to this one; its ID is 0 when
// there is none.
func (s *server) copiedAssignment(c *fiber.Ctx) (quiz.Assignment, error) {
	id, err := strconv.ParseInt(c.Query("copy"), 10, 64)
	if err != nil {
		return quiz.Assignment{}, nil
	}
	other, err := s.Store.TaughtClass(c.UserContext(), visitor(c).Who(), validText(c.Query("of")))
	if err != nil {
		return quiz.Assignment{}, err
	}
	return s.Store.Assignment(c.UserContext(), visitor(c).Who(), other.ID, id)
}

// assignableDecks returns the decks in the teacher's library that have facts.
func (s *server) assignableDecks(c *fiber.Ctx) ([]views.DeckRow, error) {
	at := s.learnerTime(c)
	k, _, err := s.recallByFact(c, at)
	if err != nil {
		return nil, err
	}
	rows, _, err := s.deckRows(c, at, k)
	var out []views.DeckRow
	for _, r := range rows {
		if r.Facts > 0 && !r.Deleted {
			out = append(out, r)
		}
	}
	return out, err
}

// assignmentScreen returns the assignment form with the forecast for several choices of minutes per day.
func (s *server) assignmentScreen(c *fiber.Ctx, class quiz.Class, pool *kinds.DeckIndex, a quiz.Assignment) views.AssignmentScreen {
	cal := class.Calendar()
	screen := views.AssignmentScreen{
		Frame: s.frame(c, "classes"), Class: class, Deck: pool.Deck, Assignment: a, TargetKind: a.TargetKind, ExtendLateJoiners: a.ExtendLateJoiners,
		Start: cal.Date(a.StartDay).Format(time.DateOnly), TargetDay: cal.Date(a.TargetDay).Format(time.DateOnly),
		KnownPercent: strconv.Itoa(defaultTargetPercent), LearnedCards: "", Minutes: strconv.Itoa(a.MinutesPerDay),
		Facts: len(pool.Facts()),
	}
	if a.FromYear != 0 {
		screen.From, screen.To = strconv.Itoa(a.FromYear), strconv.Itoa(a.ToYear)
	}
	switch {
	case a.TargetKind == quiz.TargetCardsLearned:
		screen.LearnedCards = strconv.Itoa(a.Target)
	case a.Target != 0:
		screen.KnownPercent = strconv.Itoa(a.Target)
	}
	_, screen.Cards = assignedFacts(pool, a)
	screen.Choices = forecastChoices(a, screen.Cards, cal.Day(s.Now()))
	return screen
}

// forecastChoices forecasts the result of each choice of minutes per day for a new student. It returns nothing
// when the dates are invalid.
func forecastChoices(a quiz.Assignment, cards int, today int64) (out []views.MinutesChoice) {
	from := max(a.StartDay, today)
	if cards == 0 || a.TargetDay <= from || a.TargetDay > from+quiz.MaxTestDateDays {
		return nil
	}
	for _, minutes := range minuteChoices {
		e := newStudentForecast(a, cards, from, minutes)
		out = append(out, views.MinutesChoice{Minutes: minutes, Known: e.KnownOnDay, Learned: int(e.LearnedOnDay*float64(cards) + 0.5), ReachesTarget: reachesTarget(a, e, cards)})
	}
	return out
}

// newStudentForecast forecasts what a student who starts from nothing will know after practising that many minutes
// a day.
func newStudentForecast(a quiz.Assignment, cards int, today int64, minutes int) study.TestForecast {
	a.MinutesPerDay = minutes
	r := study.TestPlanInput{NewCards: cards, Today: today, Pace: study.Pace(nil)}.WithTestDate(a.TestDate(a.TargetDay))
	return study.ForecastTestRoughly(r, study.DefaultScheduler, 1)
}

// reachesTarget reports whether the forecast meets the assignment's target.
func reachesTarget(a quiz.Assignment, e study.TestForecast, cards int) bool {
	if a.TargetKind == quiz.TargetCardsLearned {
		return e.LearnedOnDay*float64(cards)+0.5 >= float64(a.Target)
	}
	return e.KnownOnDay*100+0.5 >= float64(a.Target)
}

// fewestMinutes returns the fewest minutes per day that reach the target.
func fewestMinutes(choices []views.MinutesChoice, other int) int {
	for _, c := range choices {
		if c.ReachesTarget {
			return c.Minutes
		}
	}
	return other
}

// assignedFacts returns the facts of an assignment and their number of cards.
func assignedFacts(pool *kinds.DeckIndex, a quiz.Assignment) (facts []quiz.Fact, cards int) {
	for _, f := range pool.Facts() {
		if n := len(pool.AskableFacets(f.ID)); n > 0 && a.Includes(f) {
			facts = append(facts, f)
			cards += n
		}
	}
	return facts, cards
}

// readAssignmentForm applies the form's values to an assignment.
func readAssignmentForm(c *fiber.Ctx, a quiz.Assignment) quiz.Assignment {
	a.FromYear, a.ToYear = readYear(strings.TrimSpace(field(c, "from"))), readYear(strings.TrimSpace(field(c, "to")))
	a.StartDay, a.TargetDay = dayOf(field(c, "start")), dayOf(field(c, "day"))
	a.TargetKind = quiz.TargetKind(field(c, "aim"))
	a.Target = parseCount(strings.TrimSuffix(strings.TrimSpace(field(c, "known")), "%"))
	if a.TargetKind == quiz.TargetCardsLearned {
		a.Target = parseCount(strings.TrimSpace(field(c, "learned")))
	}
	a.MinutesPerDay, a.ExtendLateJoiners = parseCount(strings.TrimSpace(field(c, "minutes"))), field(c, "late") != ""
	return a
}

// createAssignment creates an assignment for the class.
func (s *server) createAssignment(c *fiber.Ctx) error {
	class, err := s.taughtClass(c)
	if err != nil {
		return err
	}
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), field(c, "deck"))
	if err != nil {
		return err
	}
	return s.saveAssignment(c, class, pool, readAssignmentForm(c, quiz.Assignment{Class: class.ID, Deck: pool.Deck.ID}), quiz.Assignment{})
}

// saveAssignment saves the form or shows it again, either with its problems or with the forecast when that is
// below the target.
func (s *server) saveAssignment(c *fiber.Ctx, class quiz.Class, pool *kinds.DeckIndex, a, was quiz.Assignment) error {
	_, cards := assignedFacts(pool, a)
	today := class.Calendar().Day(s.Now())
	if problems := a.Validate(was, today, cards); len(problems) > 0 {
		screen := s.retypedAssignment(c, class, pool, a)
		screen.Problems = problems
		return showScreenAgain(c, screen)
	}
	if field(c, "anyhow") == "" && isHarder(a, was) {
		from := a.StartDay
		if was.ID == 0 {
			from = max(from, today)
		}
		if short := newStudentForecast(a, cards, from, a.MinutesPerDay); !reachesTarget(a, short, cards) {
			screen := s.retypedAssignment(c, class, pool, a)
			screen.Shortfall = views.MinutesChoice{Minutes: a.MinutesPerDay, Known: short.KnownOnDay, Learned: int(short.LearnedOnDay*float64(cards) + 0.5)}
			return showScreenAgain(c, screen)
		}
	}
	err := classroom.SaveAssignment(c.UserContext(), s.Store, visitor(c).Who(), &a, was, today, cards, s.Now())
	if quiz.Is(err, quiz.Conflict) { // shows both versions; saving again overwrites
		now, err := s.Store.Assignment(c.UserContext(), visitor(c).Who(), class.ID, a.ID)
		if err != nil {
			return err
		}
		a.Version = now.Version
		screen := s.retypedAssignment(c, class, pool, a)
		screen.CurrentVersion = &now
		c.Status(fiber.StatusConflict)
		return showScreen(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToClassReport(class.Name, a.ID, ""))
}

// isHarder reports whether an assignment is new or its requirements changed.
func isHarder(a, was quiz.Assignment) bool {
	return was.ID == 0 || a.StartDay != was.StartDay || a.TargetDay != was.TargetDay || a.TargetKind != was.TargetKind || a.Target != was.Target || a.MinutesPerDay != was.MinutesPerDay || a.FromYear != was.FromYear || a.ToYear != was.ToYear
}

// retypedAssignment returns the form with the submitted values.
func (s *server) retypedAssignment(c *fiber.Ctx, class quiz.Class, pool *kinds.DeckIndex, a quiz.Assignment) views.AssignmentScreen {
	screen := s.assignmentScreen(c, class, pool, a)
	screen.Start, screen.TargetDay, screen.Minutes = field(c, "start"), field(c, "day"), field(c, "minutes")
	screen.KnownPercent, screen.LearnedCards = field(c, "known"), field(c, "learned")
	screen.From, screen.To = field(c, "from"), field(c, "to")
	return screen
}

// assignmentOf returns the class, the assignment and its deck named in the URL.
func (s *server) assignmentOf(c *fiber.Ctx) (quiz.Class, quiz.Assignment, *kinds.DeckIndex, error) {
	class, err := s.taughtClass(c)
	if err != nil {
		return class, quiz.Assignment{}, nil, err
	}
	id, err := strconv.ParseInt(param(c, "assignment"), 10, 64)
	if err != nil {
		return class, quiz.Assignment{}, nil, quiz.NewError(quiz.NotFound, "error.missing")
	}
	a, err := s.Store.Assignment(c.UserContext(), visitor(c).Who(), class.ID, id)
	if err != nil {
		return class, a, nil, err
	}
	pool, err := s.Store.DeckIndex(c.UserContext(), visitor(c).Who(), a.Deck)
	return class, a, pool, err
}

func (s *server) assignmentForm(c *fiber.Ctx) error {
	class, a, pool, err := s.assignmentOf(c)
	if err != nil {
		return err
	}
	screen := s.assignmentScreen(c, class, pool, a)
	all, err := s.Store.Classes(c.UserContext(), visitor(c).Who())
	for _, one := range all {
		if one.IsTeacher && one.ID != class.ID && one.Archived.IsZero() {
			screen.Others = append(screen.Others, one.Class)
		}
	}
	if err != nil {
		return err
	}
	return showScreen(c, screen)
}

func (s *server) updateAssignment(c *fiber.Ctx) error {
	class, a, pool, err := s.assignmentOf(c)
	if err != nil {
		return err
	}
	was := a
	a = readAssignmentForm(c, a)
	a.Version = int64(parseCount(field(c, "version")))
	return s.saveAssignment(c, class, pool, a, was)
}

func (s *server) removeAssignment(c *fiber.Ctx) error {
	class, err := s.taughtClass(c)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(param(c, "assignment"), 10, 64)
	if err != nil {
		return quiz.NewError(quiz.NotFound, "error.missing")
	}
	if err := s.Store.SetAssignmentRemoved(c.UserContext(), visitor(c).Who(), class.ID, id, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToClass(class.Name)+templ.SafeURL("?dropped="+strconv.FormatInt(id, 10)))
}

func (s *server) restoreAssignment(c *fiber.Ctx) error {
	class, err := s.taughtClass(c)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(param(c, "assignment"), 10, 64)
	if err != nil {
		return quiz.NewError(quiz.NotFound, "error.missing")
	}
	if err := s.Store.SetAssignmentRemoved(c.UserContext(), visitor(c).Who(), class.ID, id, time.Time{}); err != nil {
		return err
	}
	return redirect(c, views.ToClassReport(class.Name, id, ""))
}

// extendDeadline extends a student's deadline.
func (s *server) extendDeadline(c *fiber.Ctx) error {
	class, a, _, err := s.assignmentOf(c)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(field(c, "student"), 10, 64)
	if err != nil {
		return quiz.NewError(quiz.NotFound, "error.missing")
	}
	student, err := s.Store.Student(c.UserContext(), visitor(c).Who(), class.ID, id)
	if err != nil {
		return err
	}
	err = classroom.ExtendDeadline(c.UserContext(), s.Store, visitor(c).Who(), class.ID, a.ID, student.ID, parseCount(strings.TrimSpace(field(c, "days"))))
	if p := problemsOf(err); len(p) > 0 {
		return s.studentScreenWithProblems(c, class, student, p)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToStudentAssignment(class.Name, student.ID, a.ID)+"&done=time")
}
