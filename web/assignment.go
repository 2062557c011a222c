package web

import (
	"context"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/enrol"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
)

type assignmentStore interface {
	enrol.Assigner
	Assignments(ctx context.Context, who quiz.Who, class int64) ([]quiz.Assignment, error)
	AssignmentOf(ctx context.Context, who quiz.Who, class, assignment int64) (quiz.Assignment, error)
	DropAssignment(ctx context.Context, who quiz.Who, class, assignment int64, at time.Time) error
}

// What an assignment begins with, and the minutes a day whose effect stands beside it.
const (
	assignDays  = 14
	assignKnown = 80 // percent
)

var assignChoices = []int{5, 10, 15, 20, 30, 45}

// assignForm chooses a deck, and then what is to be known of it by when.
func (s *server) assignForm(c *fiber.Ctx) error {
	class, err := s.taught(c)
	if err != nil {
		return err
	}
	ctx, who, today := c.UserContext(), visitor(c).Who(), class.Calendar().Day(s.Now())
	a := quiz.Assignment{Class: class.ID, Start: today, Day: today + assignDays, Aim: quiz.ToKnow, Want: assignKnown, Late: true}
	name := text(c.Query("deck"))
	if name == "" {
		screen := views.AssignDeck{Frame: s.frame(c, "classes"), Class: class}
		if screen.Decks, err = s.assignable(c); err != nil {
			return err
		}
		return show(c, screen)
	}
	pool, err := s.Store.PoolNamed(ctx, who, name)
	if err != nil {
		return err
	}
	if of, err := s.copied(c); err != nil {
		return err
	} else if of.ID != 0 {
		length := of.Day - of.Start
		of.ID, of.Version, of.Class, of.Start, of.Day = 0, 0, class.ID, today, today+max(length, 1)
		a = of
	}
	a.Deck = pool.Deck.ID
	screen := s.assigning(c, class, pool, a)
	if screen.Minutes == "0" {
		screen.Minutes = strconv.Itoa(fewest(screen.Choices, assignChoices[1]))
	}
	return show(c, screen)
}

// copied is the assignment of another class that is to be given here too; without
// number when there is none.
func (s *server) copied(c *fiber.Ctx) (quiz.Assignment, error) {
	id, err := strconv.ParseInt(c.Query("copy"), 10, 64)
	if err != nil {
		return quiz.Assignment{}, nil
	}
	other, err := s.Store.Taught(c.UserContext(), visitor(c).Who(), text(c.Query("of")))
	if err != nil {
		return quiz.Assignment{}, err
	}
	return s.Store.AssignmentOf(c.UserContext(), visitor(c).Who(), other.ID, id)
}

// assignable are the decks on the teacher's shelf that have facts.
func (s *server) assignable(c *fiber.Ctx) ([]views.DeckRow, error) {
	at := s.moment(c)
	k, _, err := s.inks(c, at)
	if err != nil {
		return nil, err
	}
	rows, _, err := s.deckRows(c, at, k)
	var out []views.DeckRow
	for _, r := range rows {
		if r.Facts > 0 && !r.Gone {
			out = append(out, r)
		}
	}
	return out, err
}

// assigning is the form of an assignment with what minutes a day bring.
func (s *server) assigning(c *fiber.Ctx, class quiz.Class, pool *ask.Pool, a quiz.Assignment) views.Assign {
	cal := class.Calendar()
	screen := views.Assign{
		Frame: s.frame(c, "classes"), Class: class, Deck: pool.Deck, Assignment: a, Aim: a.Aim, Late: a.Late,
		Start: cal.Date(a.Start).Format(time.DateOnly), By: cal.Date(a.Day).Format(time.DateOnly),
		Known: strconv.Itoa(assignKnown), Learned: "", Minutes: strconv.Itoa(a.Minutes),
		Facts: len(pool.Facts()),
	}
	if a.From != 0 {
		screen.From, screen.To = strconv.Itoa(a.From), strconv.Itoa(a.To)
	}
	switch {
	case a.Aim == quiz.ToLearn:
		screen.Learned = strconv.Itoa(a.Want)
	case a.Want != 0:
		screen.Known = strconv.Itoa(a.Want)
	}
	_, screen.Cards = askedOf(pool, a)
	screen.Choices = foresee(a, screen.Cards, cal.Day(s.Now()))
	return screen
}

// foresee says what so many minutes a day bring to somebody who knows nothing yet;
// nothing for days that make no sense.
func foresee(a quiz.Assignment, cards int, today int64) (out []views.AssignChoice) {
	from := max(a.Start, today)
	if cards == 0 || a.Day <= from || a.Day > from+quiz.FurthestGoal {
		return nil
	}
	for _, minutes := range assignChoices {
		e := newcomer(a, cards, from, minutes)
		out = append(out, views.AssignChoice{Minutes: minutes, Known: e.Share, Learned: int(e.Met*float64(cards) + 0.5), Enough: enough(a, e, cards)})
	}
	return out
}

// newcomer is what somebody who knows nothing yet is expected to know, with so many
// minutes a day.
func newcomer(a quiz.Assignment, cards int, today int64, minutes int) study.Expected {
	a.Minutes = minutes
	r := study.Ready{Fresh: cards, Today: today, Pace: study.Pace(nil)}.For(a.Goal(a.Day))
	return study.Roughly(r, study.Scheduler, 1)
}

// enough tells whether what is expected is what is wanted.
func enough(a quiz.Assignment, e study.Expected, cards int) bool {
	if a.Aim == quiz.ToLearn {
		return e.Met*float64(cards)+0.5 >= float64(a.Want)
	}
	return e.Share*100+0.5 >= float64(a.Want)
}

// fewest are the fewest minutes that bring what is wanted.
func fewest(choices []views.AssignChoice, other int) int {
	for _, c := range choices {
		if c.Enough {
			return c.Minutes
		}
	}
	return other
}

// askedOf are the facts that an assignment asks for, and how many cards they have.
func askedOf(pool *ask.Pool, a quiz.Assignment) (facts []quiz.Fact, cards int) {
	for _, f := range pool.Facts() {
		if n := len(pool.Facets(f.ID)); n > 0 && a.Has(f) {
			facts = append(facts, f)
			cards += n
		}
	}
	return facts, cards
}

// typedAssignment reads the form over the assignment as it is.
func typedAssignment(c *fiber.Ctx, a quiz.Assignment) quiz.Assignment {
	a.From, a.To = readYear(strings.TrimSpace(field(c, "from"))), readYear(strings.TrimSpace(field(c, "to")))
	a.Start, a.Day = dayOf(field(c, "start")), dayOf(field(c, "day"))
	a.Aim = quiz.Aim(field(c, "aim"))
	a.Want = counted(strings.TrimSuffix(strings.TrimSpace(field(c, "known")), "%"))
	if a.Aim == quiz.ToLearn {
		a.Want = counted(strings.TrimSpace(field(c, "learned")))
	}
	a.Minutes, a.Late = counted(strings.TrimSpace(field(c, "minutes"))), field(c, "late") != ""
	return a
}

// assign gives the class an assignment.
func (s *server) assign(c *fiber.Ctx) error {
	class, err := s.taught(c)
	if err != nil {
		return err
	}
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), field(c, "deck"))
	if err != nil {
		return err
	}
	return s.keepAssignment(c, class, pool, typedAssignment(c, quiz.Assignment{Class: class.ID, Deck: pool.Deck.ID}), quiz.Assignment{})
}

// keepAssignment keeps what was typed, or shows it again: with what is wrong, or with
// what the minutes are expected to bring if that is less than is wanted.
func (s *server) keepAssignment(c *fiber.Ctx, class quiz.Class, pool *ask.Pool, a, was quiz.Assignment) error {
	_, cards := askedOf(pool, a)
	today := class.Calendar().Day(s.Now())
	if problems := a.Check(was, today, cards); len(problems) > 0 {
		screen := s.assignAgain(c, class, pool, a)
		screen.Problems = problems
		return again(c, screen)
	}
	if field(c, "anyhow") == "" && asksMore(a, was) {
		from := a.Start
		if was.ID == 0 {
			from = max(from, today)
		}
		if short := newcomer(a, cards, from, a.Minutes); !enough(a, short, cards) {
			screen := s.assignAgain(c, class, pool, a)
			screen.Short = views.AssignChoice{Minutes: a.Minutes, Known: short.Share, Learned: int(short.Met*float64(cards) + 0.5)}
			return again(c, screen)
		}
	}
	err := enrol.Assign(c.UserContext(), s.Store, visitor(c).Who(), &a, was, today, cards, s.Now())
	if quiz.Is(err, quiz.Conflict) { // both are shown, and the next time what was typed holds
		now, err := s.Store.AssignmentOf(c.UserContext(), visitor(c).Who(), class.ID, a.ID)
		if err != nil {
			return err
		}
		a.Version = now.Version
		screen := s.assignAgain(c, class, pool, a)
		screen.Now = &now
		c.Status(fiber.StatusConflict)
		return show(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToSurvey(class.Name, a.ID, ""))
}

// asksMore tells whether an assignment is new, or asks for something else than it did.
func asksMore(a, was quiz.Assignment) bool {
	return was.ID == 0 || a.Start != was.Start || a.Day != was.Day || a.Aim != was.Aim || a.Want != was.Want || a.Minutes != was.Minutes || a.From != was.From || a.To != was.To
}

// assignAgain is the form with what was typed.
func (s *server) assignAgain(c *fiber.Ctx, class quiz.Class, pool *ask.Pool, a quiz.Assignment) views.Assign {
	screen := s.assigning(c, class, pool, a)
	screen.Start, screen.By, screen.Minutes = field(c, "start"), field(c, "day"), field(c, "minutes")
	screen.Known, screen.Learned = field(c, "known"), field(c, "learned")
	screen.From, screen.To = field(c, "from"), field(c, "to")
	return screen
}

// assignmentOf gives the class and the assignment of the address, with its deck.
func (s *server) assignmentOf(c *fiber.Ctx) (quiz.Class, quiz.Assignment, *ask.Pool, error) {
	class, err := s.taught(c)
	if err != nil {
		return class, quiz.Assignment{}, nil, err
	}
	id, err := strconv.ParseInt(param(c, "assignment"), 10, 64)
	if err != nil {
		return class, quiz.Assignment{}, nil, quiz.Fail(quiz.Missing, "error.missing")
	}
	a, err := s.Store.AssignmentOf(c.UserContext(), visitor(c).Who(), class.ID, id)
	if err != nil {
		return class, a, nil, err
	}
	pool, err := s.Store.Pool(c.UserContext(), visitor(c).Who(), a.Deck)
	return class, a, pool, err
}

func (s *server) assignmentForm(c *fiber.Ctx) error {
	class, a, pool, err := s.assignmentOf(c)
	if err != nil {
		return err
	}
	screen := s.assigning(c, class, pool, a)
	all, err := s.Store.Classes(c.UserContext(), visitor(c).Who())
	for _, one := range all {
		if one.Teaches && one.ID != class.ID && one.Archived.IsZero() {
			screen.Others = append(screen.Others, one.Class)
		}
	}
	if err != nil {
		return err
	}
	return show(c, screen)
}

func (s *server) setAssignment(c *fiber.Ctx) error {
	class, a, pool, err := s.assignmentOf(c)
	if err != nil {
		return err
	}
	was := a
	a = typedAssignment(c, a)
	a.Version = int64(counted(field(c, "version")))
	return s.keepAssignment(c, class, pool, a, was)
}

func (s *server) dropAssignment(c *fiber.Ctx) error {
	class, err := s.taught(c)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(param(c, "assignment"), 10, 64)
	if err != nil {
		return quiz.Fail(quiz.Missing, "error.missing")
	}
	if err := s.Store.DropAssignment(c.UserContext(), visitor(c).Who(), class.ID, id, s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToClass(class.Name)+templ.SafeURL("?dropped="+strconv.FormatInt(id, 10)))
}

func (s *server) restoreAssignment(c *fiber.Ctx) error {
	class, err := s.taught(c)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(param(c, "assignment"), 10, 64)
	if err != nil {
		return quiz.Fail(quiz.Missing, "error.missing")
	}
	if err := s.Store.DropAssignment(c.UserContext(), visitor(c).Who(), class.ID, id, time.Time{}); err != nil {
		return err
	}
	return redirect(c, views.ToSurvey(class.Name, id, ""))
}

// giveTime gives a student more days.
func (s *server) giveTime(c *fiber.Ctx) error {
	class, a, _, err := s.assignmentOf(c)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(field(c, "student"), 10, 64)
	if err != nil {
		return quiz.Fail(quiz.Missing, "error.missing")
	}
	student, err := s.Store.StudentOf(c.UserContext(), visitor(c).Who(), class.ID, id)
	if err != nil {
		return err
	}
	err = enrol.GiveTime(c.UserContext(), s.Store, visitor(c).Who(), class.ID, a.ID, student.ID, counted(strings.TrimSpace(field(c, "days"))))
	if p := problemsOf(err); len(p) > 0 {
		return s.studentAgain(c, class, student, p)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ToStudentOf(class.Name, student.ID, a.ID)+"&done=time")
}
