package storage

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/classreport"
	"chronicle/quiz/stats"
	"chronicle/quiz/study"

	"gorm.io/gorm"
)

// ClassReportInput returns the data of a class report on an assignment: the students with their
// cards of it, and what they confuse. Of other decks it reads only how long answers took. If
// student is not 0, only that student is read.
func (db *DB) ClassReportInput(ctx context.Context, who quiz.Who, c quiz.Class, a quiz.Assignment, student int64, now time.Time) (classreport.ReportInput, error) {
	out := classreport.ReportInput{Assignment: a, Today: c.Calendar().Day(now)}
	tx := db.read(ctx)
	if _, err := requireTeacher(tx, who, c.ID); err != nil {
		return out, err
	}
	q := reportQuery{tx: tx, args: map[string]any{"class": c.ID, "deck": a.Deck, "assignment": a.ID, "since": toMillis(now.AddDate(0, 0, -classreport.RecentDays)), "day": out.Today - paceDays, "today": out.Today, "start": max(a.StartDay, out.Today-confusionDays), "student": student}}
	first, last := a.AsQuiz().DayRange()
	q.args["first"], q.args["last"] = first, last
	pupils := q.students(c)
	shelves, err := db.deckFacts(tx, a.Deck)
	if err != nil {
		return out, dbError(err)
	}
	asked := func(id quiz.CardID) bool {
		one := shelves[a.Deck].byFact[id.Fact]
		return one.facets.has(id.Facet) && one.lo >= first && one.hi <= last
	}
	// The three largest queries run concurrently; each fills different fields.
	cards, mixes := q, q
	var reading sync.WaitGroup
	reading.Go(func() { cards.cards(pupils, asked) })
	reading.Go(func() { out.Confusions = mixes.confusions() })
	q.answers(pupils)
	q.paces(pupils)
	reading.Wait()
	for _, p := range pupils {
		out.Students = append(out.Students, *p)
	}
	return out, dbError(cmp.Or(q.err, cards.err, mixes.err))
}

// confusionDays is how many days of confusions a report covers. Older ones say little about
// what to teach again.
const confusionDays = 30

// joinLatestRegrade joins m, the latest regrade (remarks) of a review r, if it has one.
const joinLatestRegrade = ` LEFT JOIN remarks m ON m.review = r.id AND m.change = (SELECT max(x.change) FROM remarks x WHERE x.review = r.id)`

// reportQuery runs queries until one fails.
type reportQuery struct {
	tx           *gorm.DB
	args         map[string]any
	err          error
	studentIndex map[int64]int // index in pupils, by person
}

func (q *reportQuery) scan(into any, query string) {
	if q.err == nil {
		q.err = q.tx.Raw(query, q.args).Scan(into).Error
	}
}

func (q *reportQuery) students(c quiz.Class) []*classreport.StudentInput {
	var rows []struct {
		ID, Class, Person int64
		Alias, Role       string
		Since, Made, Used int64
		Extra             int
		Retention         float64
		Weights           int64
		Body, Effects     string
	}
	q.scan(&rows, `SELECT s.id, s.class, s.person, s.alias, s.since, p.role, coalesce(k.made, 0) AS made, coalesce(k.used, 0) AS used, coalesce(e.days, 0) AS extra, p.retention, p.weights, `+parameterColumns+`
		FROM students s JOIN persons p ON p.id = s.person LEFT JOIN weights w ON w.id = p.weights LEFT JOIN passes k ON k.person = s.person
		LEFT JOIN extras e ON e.student = s.id AND e.assignment = @assignment
		WHERE s.class = @class AND s.gone = 0 AND (@student = 0 OR s.id = @student) ORDER BY s.alias_key, s.id`)
	cal := c.Calendar()
	q.studentIndex = make(map[int64]int, len(rows))
	out := make([]*classreport.StudentInput, len(rows))
	for i, r := range rows {
		row := studentRow{ID: r.ID, Class: r.Class, Person: r.Person, Alias: r.Alias, Role: r.Role, Since: r.Since, Made: r.Made, Used: r.Used}
		p := &classreport.StudentInput{Student: row.student(), ExtensionDays: r.Extra, DesiredRetention: r.Retention, Parameters: quiz.Parameters{ID: r.Weights}, JoinedDay: cal.Day(fromMillis(r.Since)), Pace: study.Pace(nil)}
		if r.Weights != 0 && q.err == nil {
			q.err = json.Unmarshal([]byte(r.Body), &p.Parameters.Weights)
		}
		if r.Effects != "" && q.err == nil {
			q.err = json.Unmarshal([]byte(r.Effects), &p.Parameters.Effects)
		}
		out[i], q.studentIndex[r.Person] = p, i
	}
	return out
}

// cards adds each student's cards that the assignment asks for. There are tens of thousands, so
// it scans without GORM's models and filters with deckFacts.
func (q *reportQuery) cards(pupils []*classreport.StudentInput, asked func(quiz.CardID) bool) {
	aside := q.suspended()
	if q.err != nil {
		return
	}
	rows, err := q.tx.Raw(`SELECT c.person, c.fact, c.facet, c.phase, c.step, c.stability, c.difficulty, c.last_day, c.lapses, c.due_day
		FROM students s JOIN cards c ON c.person = s.person AND c.deck = @deck
		WHERE s.class = @class AND s.gone = 0 AND (@student = 0 OR s.id = @student)`, q.args).Rows()
	if err != nil {
		q.err = err
		return
	}
	defer func() { _ = rows.Close() }()
	var v [10]any // the driver's own types, which halves the cost
	into := make([]any, len(v))
	for i := range v {
		into[i] = &v[i]
	}
	for rows.Next() {
		if q.err = rows.Scan(into...); q.err != nil {
			return
		}
		person, id := v[0].(int64), quiz.CardID{Fact: v[1].(int64), Facet: quiz.Facet(v[2].(int64))}
		i, ok := q.studentIndex[person]
		if !ok || !asked(id) || aside[personCard{person, id}] { // without an index: they joined a moment ago
			continue
		}
		pupils[i].Cards = append(pupils[i].Cards, cardRow{
			Fact: id.Fact, Facet: uint8(id.Facet), Phase: uint8(v[3].(int64)), Step: uint8(v[4].(int64)), Stability: v[5].(float64), Difficulty: v[6].(float64),
			LastDay: v[7].(int64), Lapses: uint32(v[8].(int64)), DueDay: v[9].(int64), Version: 1,
		}.card())
	}
	q.err = rows.Err()
}

// personCard identifies a card of a person.
type personCard struct {
	person int64
	quiz.CardID
}

func (q *reportQuery) suspended() map[personCard]bool {
	var rows []struct {
		Person, Fact int64
		Facet        uint8
	}
	q.scan(&rows, `SELECT a.person, a.fact, a.facet FROM students s JOIN asides a ON a.person = s.person AND a.until > @today JOIN facts f ON f.id = a.fact AND f.deck = @deck
		WHERE s.class = @class AND s.gone = 0 AND (@student = 0 OR s.id = @student)`)
	out := make(map[personCard]bool, len(rows))
	for _, r := range rows {
		out[personCard{r.Person, quiz.CardID{Fact: r.Fact, Facet: quiz.Facet(r.Facet)}}] = true
	}
	return out
}

func (q *reportQuery) answers(pupils []*classreport.StudentInput) {
	var rows []struct {
		Person  int64
		Answers int
		Correct int
	}
	q.scan(&rows, `SELECT r.person, count(*) AS answers, coalesce(sum(CASE WHEN coalesce(m.verdict, r.verdict) = 'right' THEN 1 ELSE 0 END), 0) AS correct
		FROM students s JOIN reviews r ON r.person = s.person AND r.at >= @since AND r.deck = @deck AND r.lead = ''
		JOIN facts f ON f.id = r.fact AND f.lo >= @first AND f.hi <= @last`+joinLatestRegrade+`
		WHERE s.class = @class AND s.gone = 0 AND (@student = 0 OR s.id = @student) AND coalesce(m.verdict, r.verdict) <> 'void' AND `+notUndoneSQL+` GROUP BY r.person`)
	for _, r := range rows {
		if i, ok := q.studentIndex[r.Person]; ok {
			pupils[i].RecentAnswers, pupils[i].RecentRight = r.Answers, r.Correct
		}
	}
}

func (q *reportQuery) paces(pupils []*classreport.StudentInput) {
	var rows []struct {
		Person  int64
		Answers int
		Took    int64
	}
	q.scan(&rows, `SELECT d.person, sum(d.answers) AS answers, sum(d.took) AS took FROM students s JOIN days d ON d.person = s.person AND d.day >= @day
		WHERE s.class = @class AND s.gone = 0 AND (@student = 0 OR s.id = @student) GROUP BY d.person`)
	for _, r := range rows {
		if i, ok := q.studentIndex[r.Person]; ok {
			pupils[i].Pace = study.Pace([]quiz.PracticeDay{{Answers: r.Answers, Duration: time.Duration(r.Took) * time.Millisecond}})
		}
	}
}

// confusions lists which facts the students confuse. It filters by facts of the deck, not by
// r.deck, so that the index by day covers the fact and only the remaining rows are looked up.
// The + keeps SQLite from searching fact by fact.
func (q *reportQuery) confusions() (out []classreport.ClassConfusion) {
	q.scan(&out, `SELECT r.fact, r.confused AS "with", count(DISTINCT r.person) AS people
		FROM students s JOIN reviews r ON r.person = s.person AND r.confused <> 0 AND r.day >= @start AND +r.fact IN (SELECT f.id FROM facts f WHERE f.deck = @deck)`+joinLatestRegrade+`
		WHERE s.class = @class AND s.gone = 0 AND (@student = 0 OR s.id = @student) AND coalesce(m.verdict, r.verdict) NOT IN ('right', 'void') AND `+notUndoneSQL+` GROUP BY r.fact, r.confused ORDER BY people DESC, r.fact, r.confused`)
	return out
}

// WrongAnswers lists the wrong answers that a class gave about a fact of an assignment since it
// started, those given by most people first.
func (db *DB) WrongAnswers(ctx context.Context, who quiz.Who, class, assignment, fact int64) ([]classreport.WrongAnswer, error) {
	a, err := db.Assignment(ctx, who, class, assignment)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Facet           uint8
		Given           string
		Confused        int64
		People, Answers int
	}
	// A chosen option is identified by its fact, a typed answer by its text. Timeline
	// positions, orders and matches have no single wrong answer.
	err = db.read(ctx).Raw(`SELECT x.facet, x.given, x.confused, count(DISTINCT x.person) AS people, count(*) AS answers FROM (
			SELECT r.person, r.facet, r.confused, CASE WHEN r.confused <> 0 OR r.kind NOT IN ('when-typed', 'gap-typed') THEN '' ELSE r.given END AS given
			FROM students s JOIN reviews r ON r.person = s.person AND r.fact = @fact AND r.verdict <> 'right'`+joinLatestRegrade+`
			WHERE s.class = @class AND s.gone = 0 AND r.deck = @deck AND r.day >= @since AND coalesce(m.verdict, r.verdict) NOT IN ('right', 'void')
				AND r.kind <> 'flip' AND `+notUndoneSQL+`) x
		GROUP BY x.facet, x.confused, x.given ORDER BY people DESC, answers DESC, x.facet, x.confused, x.given LIMIT 40`,
		map[string]any{"fact": fact, "class": class, "deck": a.Deck, "since": a.StartDay}).Scan(&rows).Error
	out := make([]classreport.WrongAnswer, len(rows))
	for i, r := range rows {
		out[i] = classreport.WrongAnswer{Facet: quiz.Facet(r.Facet), ConfusedWith: r.Confused, Given: r.Given, People: r.People, Answers: r.Answers}
	}
	return out, dbError(err)
}

// StudentReviewOutcomes returns a student's answers to an assignment since an instant and since
// they joined the class, as [DB.ReviewOutcomes] does for the current person.
func (db *DB) StudentReviewOutcomes(ctx context.Context, who quiz.Who, class, assignment, student int64, since time.Time) ([]stats.ReviewOutcome, error) {
	a, err := db.Assignment(ctx, who, class, assignment)
	if err != nil {
		return nil, err
	}
	s, err := db.Student(ctx, who, class, student)
	if err != nil {
		return nil, err
	}
	if !s.LeftAt.IsZero() {
		return nil, quiz.NewError(quiz.NotFound, "error.missing")
	}
	all, err := listOutcomes(db.read(ctx).Raw(selectOutcomes, map[string]any{"who": s.Person, "since": max(toMillis(since), toMillis(s.JoinedAt)), "deck": a.Deck}))
	if err != nil {
		return nil, err
	}
	first, last := a.AsQuiz().DayRange()
	var asked []int64
	if err := dbError(db.read(ctx).Raw("SELECT id FROM facts WHERE deck = ? AND lo >= ? AND hi <= ?", a.Deck, first, last).Scan(&asked).Error); err != nil {
		return nil, err
	}
	in := make(map[int64]bool, len(asked))
	for _, id := range asked {
		in[id] = true
	}
	return slices.DeleteFunc(all, func(one stats.ReviewOutcome) bool { return !in[one.Fact] }), nil
}
