package web

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/recall"
	"chronicle/quiz/survey"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type surveyStore interface {
	Survey(ctx context.Context, who quiz.Who, c quiz.Class, a quiz.Assignment, student int64, now time.Time) (survey.Class, error)
	Wrongs(ctx context.Context, who quiz.Who, class, assignment, fact int64) ([]survey.Wrong, error)
	AnswersOf(ctx context.Context, who quiz.Who, class, assignment, student int64, since time.Time) ([]recall.Answer, error)
	SetClassQuiz(ctx context.Context, who quiz.Who, class int64, address string, day int64) error
}

// What the page of a class shows.
const (
	mostLessons  = 6
	studentsShow = 60 // rows of the table on one page
	quizTime     = 5 * time.Minute
	hardOfOne    = 8
)

// surveyOf surveys a class about an assignment.
func (s *server) surveyOf(c *fiber.Ctx, class quiz.Class, a quiz.Assignment, pool *ask.Pool, when expecting) (survey.Report, error) {
	return s.surveyAs(c, visitor(c).Who(), class, a, 0, pool, when)
}

// surveyAs surveys it for who asks: all students, or one, with or without what is to be
// expected of them.
func (s *server) surveyAs(c *fiber.Ctx, who quiz.Who, class quiz.Class, a quiz.Assignment, student int64, pool *ask.Pool, when expecting) (survey.Report, error) {
	data, err := s.Store.Survey(c.UserContext(), who, class, a, student, s.Now())
	if err != nil {
		return survey.Report{}, err
	}
	data.Facts, _ = askedOf(pool, a)
	data.Facets = make(map[int64]int, len(data.Facts))
	for _, f := range data.Facts {
		data.Facets[f.ID] = len(pool.Facets(f.ID))
	}
	if when == never {
		return survey.Of(data, survey.Unforetold), nil
	}
	if len(data.Pupils) <= smallClass {
		when = atOnce
	}
	return survey.Of(data, s.foretell(a, when)), nil
}

// chosen is the assignment that the page is about: the one that the address names, else
// the first that is to come, else the last.
func chosen(c *fiber.Ctx, all []quiz.Assignment, today int64) quiz.Assignment {
	wanted, _ := strconv.ParseInt(cmp.Or(param(c, "assignment"), c.Query("assignment")), 10, 64)
	var out quiz.Assignment
	for _, a := range all {
		if a.ID == wanted {
			return a
		}
		if out.Day <= today {
			out = a
		}
	}
	return out
}

// survey is the page of a class for its teacher.
func (s *server) survey(c *fiber.Ctx, class quiz.Class) error {
	ctx, who, today := c.UserContext(), visitor(c).Who(), class.Calendar().Day(s.Now())
	screen := views.Survey{Frame: s.frame(c, "classes"), Class: class, Today: today, Cal: class.Calendar(), Sort: c.Query("sort"), Numbers: c.Query("numbers") != ""}
	var err error
	if screen.Assignments, err = s.Store.Assignments(ctx, who, class.ID); err != nil {
		return err
	}
	screen.Dropped, _ = strconv.ParseInt(c.Query("dropped"), 10, 64)
	if screen.Decks, err = s.Store.Titles(ctx, who, numbers(screen.Assignments, deckOf)...); err != nil {
		return err
	}
	a := chosen(c, screen.Assignments, today)
	if a.ID == 0 {
		roster, err := s.roster(c, class)
		if err != nil {
			return err
		}
		screen.Students = len(roster.In)
		return show(c, screen)
	}
	pool, err := s.Store.Pool(ctx, who, a.Deck)
	if err != nil {
		return err
	}
	if screen.Report, err = s.surveyOf(c, class, a, pool, later); err != nil {
		return err
	}
	screen.Deck, screen.Students = pool.Deck, len(screen.Report.Rows)
	screen.Lessons = screen.Report.Lessons(mostLessons)
	sortRows(screen.Report.Rows, screen.Sort)
	pages := (screen.Students + studentsShow - 1) / studentsShow
	screen.Page, screen.Pages = min(max(counted(c.Query("page")), 1), max(pages, 1)), pages
	from := (screen.Page - 1) * studentsShow
	screen.Shown = screen.Report.Rows[from:min(from+studentsShow, screen.Students)]
	return show(c, screen)
}

func deckOf(a quiz.Assignment) int64 { return a.Deck }

// sortRows puts the students into the order that was asked for; by alias unless told.
func sortRows(rows []survey.Row, by string) {
	slices.SortStableFunc(rows, func(a, b survey.Row) int {
		switch by {
		case "known":
			return cmp.Compare(a.Known, b.Known)
		case "expected":
			return cmp.Compare(a.Expected.Share, b.Expected.Share)
		case "seen":
			return cmp.Compare(a.Seen, b.Seen)
		}
		return 0
	})
}

// classFact is how a class knows one fact, and what it answers wrongly.
func (s *server) classFact(c *fiber.Ctx) error {
	class, a, pool, err := s.assignmentOf(c)
	if err != nil {
		return err
	}
	report, err := s.surveyAs(c, visitor(c).Who(), class, a, 0, pool, never)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(report.Columns, func(col survey.Column) bool { return col.Key == param(c, "key") })
	if at < 0 {
		return quiz.Fail(quiz.Missing, "error.missing")
	}
	screen := views.ClassFact{Frame: s.frame(c, "classes"), Class: class, Assignment: a, Deck: pool.Deck, Column: report.Columns[at], Place: at, Report: report}
	slices.SortStableFunc(report.Rows, func(x, y survey.Row) int { return cmp.Compare(x.Inks[at], y.Inks[at]) })
	wrongs, err := s.Store.Wrongs(c.UserContext(), visitor(c).Who(), class.ID, a.ID, screen.Column.ID)
	if err != nil {
		return err
	}
	for _, w := range wrongs {
		if w.With == 0 && w.Given == "" {
			screen.Other += w.Answers
			continue
		}
		shown := views.Wrong{Wrong: w}
		shown.Fact, _ = pool.Deck.Fact(w.With)
		screen.Wrongs = append(screen.Wrongs, shown)
	}
	return show(c, screen)
}

// student is the page about one student.
func (s *server) student(c *fiber.Ctx) error {
	class, student, err := s.studentOf(c)
	if err != nil {
		return err
	}
	screen, err := s.studentScreen(c, class, student)
	if err != nil {
		return err
	}
	if done := c.Query("done"); done == "alias" || done == "time" || done == "name" {
		screen.Done = done
	}
	return show(c, screen)
}

func (s *server) studentScreen(c *fiber.Ctx, class quiz.Class, student quiz.Student) (views.Student, error) {
	ctx, who, cal := c.UserContext(), visitor(c).Who(), class.Calendar()
	screen := views.Student{Frame: s.frame(c, "classes"), Class: class, Student: student, Alias: student.Alias, Cal: cal, Today: cal.Day(s.Now())}
	var err error
	if screen.StandsFor, screen.Resets, err = s.Store.ActsFor(ctx, who, class.ID, student.ID); err != nil {
		return screen, err
	}
	named, err := s.Store.NamedStudents(ctx, who, class.ID)
	if err != nil {
		return screen, err
	}
	screen.Named = named[student.ID]
	all, err := s.Store.Classes(ctx, who)
	if err != nil {
		return screen, err
	}
	for _, one := range all {
		if one.Teaches && one.ID != class.ID && one.Archived.IsZero() {
			screen.Others = append(screen.Others, one.Class)
		}
	}
	assignments, err := s.Store.Assignments(ctx, who, class.ID)
	if err != nil || len(assignments) == 0 || !student.Gone.IsZero() {
		return screen, err
	}
	titles, err := s.Store.Titles(ctx, who, numbers(assignments, deckOf)...)
	if err != nil {
		return screen, err
	}
	for _, a := range assignments {
		screen.Assignments = append(screen.Assignments, views.Named{Assignment: a, Title: titles[a.Deck]})
	}
	a := chosen(c, assignments, screen.Today)
	screen.Assignment = a
	pool, err := s.Store.Pool(ctx, who, a.Deck)
	if err != nil {
		return screen, err
	}
	screen.Deck = pool.Deck
	report, err := s.surveyAs(c, who, class, a, student.ID, pool, atOnce)
	if err != nil {
		return screen, err
	}
	for _, row := range report.Rows {
		if row.ID == student.ID {
			screen.Row, screen.Cards = row, report.Cards
			screen.Days = strconv.Itoa(row.Extra)
			screen.Hard = hardFor(report, row)
		}
	}
	if screen.Hurried, err = s.Store.Hurried(ctx, who, class.ID, a.ID, student.ID, screen.Today-survey.Lately); err != nil {
		return screen, err
	}
	answers, err := s.Store.AnswersOf(ctx, who, class.ID, a.ID, student.ID, s.Now().AddDate(0, 0, -pastAnswers))
	if err != nil {
		return screen, err
	}
	foreseen := recall.Foreseen(answers)
	screen.All = recall.Of(foreseen)
	screen.Times, screen.Monthly = recall.Times(foreseen)
	return screen, nil
}

// hardFor are the facts that a student has met and knows least.
func hardFor(r survey.Report, row survey.Row) []views.HardInk {
	var out []views.HardInk
	for i, ink := range row.Inks {
		if ink >= 0 {
			out = append(out, views.HardInk{Fact: r.Facts[i], Ink: ink})
		}
	}
	slices.SortStableFunc(out, func(a, b views.HardInk) int { return cmp.Compare(a.Ink, b.Ink) })
	return out[:min(hardOfOne, len(out))]
}

// giveQuiz makes a quiz of what the class is about to forget, that takes five minutes,
// and gives it to the class for today.
func (s *server) giveQuiz(c *fiber.Ctx) error {
	class, a, pool, err := s.assignmentOf(c)
	if err != nil {
		return err
	}
	report, err := s.surveyAs(c, visitor(c).Who(), class, a, 0, pool, never)
	if err != nil {
		return err
	}
	length := report.Within(quizTime)
	facts := report.Fading(length)
	if len(facts) < quiz.QuizLeast { // too few were met: of all
		facts = nil
	}
	q := quiz.Quiz{Deck: pool.Deck.ID, Seed: rand.Uint64N(quiz.QuizSeeds), Length: length, From: a.From, To: a.To}
	for _, f := range facts {
		q.Facts = append(q.Facts, f.Key)
	}
	if len(facts) > 0 {
		q.Length = max(quiz.QuizLeast, min(length, len(facts)))
	}
	to := views.ToSameQuiz(pool.Deck.Name, q)
	day := class.Calendar().Day(s.Now())
	if err := s.Store.SetClassQuiz(c.UserContext(), visitor(c).Who(), class.ID, string(to), day); err != nil {
		return err
	}
	return redirect(c, to)
}

// quizOf is the address of the quiz that a class was given today; empty for none.
func (s *server) quizOf(class quiz.Class) string {
	if class.QuizDay != class.Calendar().Day(s.Now()) {
		return ""
	}
	return class.Quiz
}

// table is how a class stands, for a spreadsheet.
func (s *server) table(c *fiber.Ctx) error {
	class, a, pool, err := s.assignmentOf(c)
	if err != nil {
		return err
	}
	report, err := s.surveyOf(c, class, a, pool, atOnce)
	if err != nil {
		return err
	}
	f := s.frame(c, "")
	var out bytes.Buffer
	out.WriteString("\ufeff") // so that spreadsheets read it as UTF-8
	w := csv.NewWriter(&out)
	head := []string{f.T("survey.student"), f.T("survey.known"), f.T("survey.expected"), f.T("survey.learned"), f.T("survey.state"), f.T("survey.seen"), f.T("survey.day")}
	for _, col := range report.Columns {
		head = append(head, plainCell(f.Date(col.Date)+" "+cmp.Or(col.Label, col.Event)))
	}
	_ = w.Write(head)
	cal := class.Calendar()
	for _, row := range report.Rows {
		line := []string{
			plainCell(row.Alias), strconv.Itoa(percent(row.Known)), strconv.Itoa(percent(row.Expected.Share)), strconv.Itoa(row.Learned),
			f.StateOf(row), "", cal.Date(row.Day).Format(time.DateOnly),
		}
		if row.Seen != 0 {
			line[5] = cal.Date(row.Seen).Format(time.DateOnly)
		}
		for _, ink := range row.Inks {
			cell := ""
			if ink >= 0 {
				cell = strconv.Itoa(percent(ink))
			}
			line = append(line, cell)
		}
		_ = w.Write(line)
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="class.csv"`)
	return c.Send(out.Bytes())
}

// plainCell keeps a spreadsheet from taking a name for a formula.
func plainCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t", []rune(s)[0]) {
		return "'" + s
	}
	return s
}
