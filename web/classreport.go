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
	"chronicle/quiz/classreport"
	"chronicle/quiz/kinds"
	"chronicle/quiz/stats"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type classReportStore interface {
	ClassReportInput(ctx context.Context, who quiz.Who, c quiz.Class, a quiz.Assignment, student int64, now time.Time) (classreport.ReportInput, error)
	WrongAnswers(ctx context.Context, who quiz.Who, class, assignment, fact int64) ([]classreport.WrongAnswer, error)
	StudentReviewOutcomes(ctx context.Context, who quiz.Who, class, assignment, student int64, since time.Time) ([]stats.ReviewOutcome, error)
	SetClassQuiz(ctx context.Context, who quiz.Who, class int64, address string, day int64) error
}

// Limits of the class page.
const (
	maxReteachFacts     = 6
	studentsPerPage     = 60 // rows per page
	classQuizTime       = 5 * time.Minute
	maxStudentHardFacts = 8
)

// classReport computes the class report of an assignment.
func (s *server) classReport(c *fiber.Ctx, class quiz.Class, a quiz.Assignment, pool *kinds.DeckIndex, when forecastMode) (classreport.Report, error) {
	return s.classReportAs(c, visitor(c).Who(), class, a, 0, pool, when)
}

// classReportAs computes the class report on behalf of who: for all students or one, with or without forecasts.
func (s *server) classReportAs(c *fiber.Ctx, who quiz.Who, class quiz.Class, a quiz.Assignment, student int64, pool *kinds.DeckIndex, when forecastMode) (classreport.Report, error) {
	data, err := s.Store.ClassReportInput(c.UserContext(), who, class, a, student, s.Now())
	if err != nil {
		return classreport.Report{}, err
	}
	data.Facts, _ = assignedFacts(pool, a)
	data.Facets = make(map[int64]int, len(data.Facts))
	for _, f := range data.Facts {
		data.Facets[f.ID] = len(pool.AskableFacets(f.ID))
	}
	if when == forecastNever {
		return classreport.BuildReport(data, classreport.NoForecast), nil
	}
	if len(data.Students) <= smallClass {
		when = forecastNow
	}
	return classreport.BuildReport(data, s.forecaster(a, when)), nil
}

// chosenAssignment returns the assignment in the URL, or else the next upcoming one, or else the last.
func chosenAssignment(c *fiber.Ctx, all []quiz.Assignment, today int64) quiz.Assignment {
	wanted, _ := strconv.ParseInt(cmp.Or(param(c, "assignment"), c.Query("assignment")), 10, 64)
	var out quiz.Assignment
	for _, a := range all {
		if a.ID == wanted {
			return a
		}
		if out.TargetDay <= today {
			out = a
		}
	}
	return out
}

// showClassReport shows the class page to its teacher.
func (s *server) showClassReport(c *fiber.Ctx, class quiz.Class) error {
	ctx, who, today := c.UserContext(), visitor(c).Who(), class.Calendar().Day(s.Now())
	screen := views.ClassReportScreen{Frame: s.frame(c, "classes"), Class: class, Today: today, Cal: class.Calendar(), Sort: c.Query("sort"), ShowNumbers: c.Query("numbers") != ""}
	var err error
	if screen.Assignments, err = s.Store.Assignments(ctx, who, class.ID); err != nil {
		return err
	}
	screen.RemovedAssignment, _ = strconv.ParseInt(c.Query("dropped"), 10, 64)
	if screen.Decks, err = s.Store.DeckTitles(ctx, who, idsOf(screen.Assignments, deckOf)...); err != nil {
		return err
	}
	a := chosenAssignment(c, screen.Assignments, today)
	if a.ID == 0 {
		roster, err := s.studentsScreen(c, class)
		if err != nil {
			return err
		}
		screen.Students = len(roster.Current)
		return showScreen(c, screen)
	}
	pool, err := s.Store.DeckIndex(ctx, who, a.Deck)
	if err != nil {
		return err
	}
	if screen.Report, err = s.classReport(c, class, a, pool, forecastLater); err != nil {
		return err
	}
	screen.Deck, screen.Students = pool.Deck, len(screen.Report.Rows)
	screen.FactsToReteach = screen.Report.FactsToReteach(maxReteachFacts)
	sortRows(screen.Report.Rows, screen.Sort)
	pages := (screen.Students + studentsPerPage - 1) / studentsPerPage
	screen.Page, screen.Pages = min(max(parseCount(c.Query("page")), 1), max(pages, 1)), pages
	from := (screen.Page - 1) * studentsPerPage
	screen.Rows = screen.Report.Rows[from:min(from+studentsPerPage, screen.Students)]
	return showScreen(c, screen)
}

func deckOf(a quiz.Assignment) int64 { return a.Deck }

// sortRows sorts the students by the given column; by alias when it is unknown.
func sortRows(rows []classreport.StudentRow, by string) {
	slices.SortStableFunc(rows, func(a, b classreport.StudentRow) int {
		switch by {
		case "known":
			return cmp.Compare(a.Known, b.Known)
		case "expected":
			return cmp.Compare(a.Forecast.KnownOnDay, b.Forecast.KnownOnDay)
		case "seen":
			return cmp.Compare(a.LastDay, b.LastDay)
		}
		return 0
	})
}

// showClassFact shows how well a class knows one fact, and its wrong answers.
func (s *server) showClassFact(c *fiber.Ctx) error {
	class, a, pool, err := s.assignmentOf(c)
	if err != nil {
		return err
	}
	report, err := s.classReportAs(c, visitor(c).Who(), class, a, 0, pool, forecastNever)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(report.Columns, func(col classreport.FactColumn) bool { return col.Key == param(c, "key") })
	if at < 0 {
		return quiz.NewError(quiz.NotFound, "error.missing")
	}
	screen := views.ClassFactScreen{Frame: s.frame(c, "classes"), Class: class, Assignment: a, Deck: pool.Deck, Column: report.Columns[at], FactIndex: at, Report: report}
	slices.SortStableFunc(report.Rows, func(x, y classreport.StudentRow) int { return cmp.Compare(x.FactRecall[at], y.FactRecall[at]) })
	wrongs, err := s.Store.WrongAnswers(c.UserContext(), visitor(c).Who(), class.ID, a.ID, screen.Column.ID)
	if err != nil {
		return err
	}
	for _, w := range wrongs {
		if w.ConfusedWith == 0 && w.Given == "" {
			screen.OtherWrong += w.Answers
			continue
		}
		shown := views.WrongAnswerRow{WrongAnswer: w}
		shown.Fact, _ = pool.Deck.Fact(w.ConfusedWith)
		screen.Wrongs = append(screen.Wrongs, shown)
	}
	return showScreen(c, screen)
}

// showStudent shows the page of one student.
func (s *server) showStudent(c *fiber.Ctx) error {
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
	return showScreen(c, screen)
}

func (s *server) studentScreen(c *fiber.Ctx, class quiz.Class, student quiz.Student) (views.StudentScreen, error) {
	ctx, who, cal := c.UserContext(), visitor(c).Who(), class.Calendar()
	screen := views.StudentScreen{Frame: s.frame(c, "classes"), Class: class, Student: student, Alias: student.Alias, Cal: cal, Today: cal.Day(s.Now())}
	var err error
	if screen.CanActFor, screen.CanResetPassword, err = s.Store.StudentPermissions(ctx, who, class.ID, student.ID); err != nil {
		return screen, err
	}
	named, err := s.Store.StudentsWithRealName(ctx, who, class.ID)
	if err != nil {
		return screen, err
	}
	screen.HasRealName = named[student.ID]
	all, err := s.Store.Classes(ctx, who)
	if err != nil {
		return screen, err
	}
	for _, one := range all {
		if one.IsTeacher && one.ID != class.ID && one.Archived.IsZero() {
			screen.Others = append(screen.Others, one.Class)
		}
	}
	assignments, err := s.Store.Assignments(ctx, who, class.ID)
	if err != nil || len(assignments) == 0 || !student.LeftAt.IsZero() {
		return screen, err
	}
	titles, err := s.Store.DeckTitles(ctx, who, idsOf(assignments, deckOf)...)
	if err != nil {
		return screen, err
	}
	for _, a := range assignments {
		screen.Assignments = append(screen.Assignments, views.TitledAssignment{Assignment: a, Title: titles[a.Deck]})
	}
	a := chosenAssignment(c, assignments, screen.Today)
	screen.Assignment = a
	pool, err := s.Store.DeckIndex(ctx, who, a.Deck)
	if err != nil {
		return screen, err
	}
	screen.Deck = pool.Deck
	report, err := s.classReportAs(c, who, class, a, student.ID, pool, forecastNow)
	if err != nil {
		return screen, err
	}
	for _, row := range report.Rows {
		if row.ID == student.ID {
			screen.Row, screen.Cards = row, report.Cards
			screen.Days = strconv.Itoa(row.ExtensionDays)
			screen.HardestFacts = hardestFactsOf(report, row)
		}
	}
	if screen.RushedAnswers, err = s.Store.CountRushedAnswers(ctx, who, class.ID, a.ID, student.ID, screen.Today-classreport.RecentDays); err != nil {
		return screen, err
	}
	answers, err := s.Store.StudentReviewOutcomes(ctx, who, class.ID, a.ID, student.ID, s.Now().AddDate(0, 0, -progressDays))
	if err != nil {
		return screen, err
	}
	foreseen := stats.WithExpectation(answers)
	screen.RecallShare = stats.NewRecallShare(foreseen)
	screen.TimeBuckets, screen.Monthly = stats.GroupByTime(foreseen)
	return screen, nil
}

// hardestFactsOf returns the facts with the lowest recall that a student has started.
func hardestFactsOf(r classreport.Report, row classreport.StudentRow) []views.FactRecall {
	var out []views.FactRecall
	for i, ink := range row.FactRecall {
		if ink >= 0 {
			out = append(out, views.FactRecall{Fact: r.Facts[i], Recall: ink})
		}
	}
	slices.SortStableFunc(out, func(a, b views.FactRecall) int { return cmp.Compare(a.Recall, b.Recall) })
	return out[:min(maxStudentHardFacts, len(out))]
}

// createClassQuiz creates a five-minute quiz of the facts that the class is about to forget, and gives it to the
// class for today.
func (s *server) createClassQuiz(c *fiber.Ctx) error {
	class, a, pool, err := s.assignmentOf(c)
	if err != nil {
		return err
	}
	report, err := s.classReportAs(c, visitor(c).Who(), class, a, 0, pool, forecastNever)
	if err != nil {
		return err
	}
	length := report.AnswersWithin(classQuizTime)
	facts := report.WeakestFacts(length)
	if len(facts) < quiz.MinQuizLength { // too few started: choose from all
		facts = nil
	}
	q := quiz.Quiz{Deck: pool.Deck.ID, Seed: rand.Uint64N(quiz.MaxQuizSeed), Length: length, FromYear: a.FromYear, ToYear: a.ToYear}
	for _, f := range facts {
		q.FactKeys = append(q.FactKeys, f.Key)
	}
	if len(facts) > 0 {
		q.Length = max(quiz.MinQuizLength, min(length, len(facts)))
	}
	to := views.ToSameQuiz(pool.Deck.Name, q)
	day := class.Calendar().Day(s.Now())
	if err := s.Store.SetClassQuiz(c.UserContext(), visitor(c).Who(), class.ID, string(to), day); err != nil {
		return err
	}
	return redirect(c, to)
}

// classQuizURL returns the URL of today's quiz of a class; empty when there is none.
func (s *server) classQuizURL(class quiz.Class) string {
	if class.QuizDay != class.Calendar().Day(s.Now()) {
		return ""
	}
	return class.QuizPath
}

// exportClassTable exports the class report as CSV.
func (s *server) exportClassTable(c *fiber.Ctx) error {
	class, a, pool, err := s.assignmentOf(c)
	if err != nil {
		return err
	}
	report, err := s.classReport(c, class, a, pool, forecastNow)
	if err != nil {
		return err
	}
	f := s.frame(c, "")
	var out bytes.Buffer
	out.WriteString("\ufeff") // byte order mark, so that spreadsheets read the file as UTF-8
	w := csv.NewWriter(&out)
	head := []string{f.T("survey.student"), f.T("survey.known"), f.T("survey.expected"), f.T("survey.learned"), f.T("survey.state"), f.T("survey.seen"), f.T("survey.day")}
	for _, col := range report.Columns {
		head = append(head, escapeCell(f.Date(col.Date)+" "+cmp.Or(col.Label, col.Event)))
	}
	_ = w.Write(head)
	cal := class.Calendar()
	for _, row := range report.Rows {
		line := []string{
			escapeCell(row.Alias), strconv.Itoa(percent(row.Known)), strconv.Itoa(percent(row.Forecast.KnownOnDay)), strconv.Itoa(row.Learned),
			f.StatusText(row), "", cal.Date(row.TargetDay).Format(time.DateOnly),
		}
		if row.LastDay != 0 {
			line[5] = cal.Date(row.LastDay).Format(time.DateOnly)
		}
		for _, ink := range row.FactRecall {
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

// escapeCell prevents a spreadsheet from reading a cell as a formula.
func escapeCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t", []rune(s)[0]) {
		return "'" + s
	}
	return s
}
