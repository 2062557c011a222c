package web

import (
	"cmp"
	"context"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/enrol"
	"chronicle/quiz/rank"
	"chronicle/quiz/study"

	"chronicle/views"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
)

type boardStore interface {
	enrol.Player
	Standing(ctx context.Context, who quiz.Who, b quiz.Board, counts quiz.Count, period string) (quiz.Standing, error)
	Seasons(ctx context.Context, who quiz.Who, b quiz.Board, counts quiz.Count, periods []string) ([]string, error)
	FirstAnswers(ctx context.Context, who quiz.Who, run string) ([]quiz.Review, error)
	Boards(ctx context.Context, who quiz.Who) ([]enrol.Joined, error)
	BoardAlias(ctx context.Context, who quiz.Who) (string, error)
	LeaveBoard(ctx context.Context, who quiz.Who, b quiz.Board) error
	Hidden(ctx context.Context, who quiz.Who) (bool, error)
	SetHidden(ctx context.Context, who quiz.Who, hidden bool) error
	SetBoards(ctx context.Context, who quiz.Who, class int64, boards bool, now time.Time) error
	RunsOf(ctx context.Context, who quiz.Who, deck int64) ([]quiz.Run, error)
	Hurried(ctx context.Context, who quiz.Who, class, assignment, student, since int64) (int, error)
}

// How many seasons that are over a board leads to.
const (
	pastWeeks = 8
	pastTerms = 3
)

// fewTogether are so few students that what all know would tell of each.
const fewTogether = 5

// stand is a board with what its page is called and where it is.
type stand struct {
	board quiz.Board
	title string
	at    templ.SafeURL
	cal   quiz.Calendar
	zone  string
}

func (s *server) siteBoard() stand {
	return stand{quiz.Board{Kind: quiz.OfSite}, "", views.ToBoard, quiz.NewCalendar(s.Zone), s.Zone}
}

func (s *server) deckBoard(p *ask.Pool) stand {
	return stand{quiz.Board{Kind: quiz.OfDeck, ID: p.Deck.ID}, p.Deck.Title, views.ToDeckBoard(p.Deck.Name), quiz.NewCalendar(s.Zone), s.Zone}
}

func (s *server) quizBoard(p *ask.Pool, q quiz.Quiz) stand {
	return stand{quiz.Board{Kind: quiz.OfQuiz, ID: p.Deck.ID, Quiz: q.Key()}, p.Deck.Title, views.ToQuizBoard(p.Deck.Name, q), quiz.NewCalendar(s.Zone), s.Zone}
}

// board is the site's.
func (s *server) board(c *fiber.Ctx) error {
	screen, err := s.standing(c, s.siteBoard())
	if err != nil {
		return err
	}
	return show(c, screen)
}

// boardOfDeck is that of a deck open to all.
func (s *server) boardOfDeck(c *fiber.Ctx) error {
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	screen, err := s.standing(c, s.deckBoard(pool))
	if err != nil {
		return err
	}
	return show(c, screen)
}

// boardOfQuiz is that of the quiz of a link.
func (s *server) boardOfQuiz(c *fiber.Ctx) error {
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	q, _ := readQuiz(several(c.Context().QueryArgs()))
	if len(q.Check()) > 0 || c.Query("seed") == "" {
		return quiz.Fail(quiz.Missing, "error.missing")
	}
	screen, err := s.standing(c, s.quizBoard(pool, q))
	if err != nil {
		return err
	}
	screen.Quiz = views.ToSameQuiz(pool.Deck.Name, q)
	c.Context().QueryArgs().VisitAll(func(name, value []byte) {
		screen.QuizFields = append(screen.QuizFields, [2]string{text(string(name)), text(string(value))})
	})
	return show(c, screen)
}

// boardOfClass is that of a class, for those who are in it, with how far the class is.
func (s *server) boardOfClass(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), visitor(c).Who()
	class, err := s.taught(c)
	if quiz.Is(err, quiz.Missing) {
		class, _, err = s.Store.Joined(ctx, who, param(c, "class"))
	}
	if err != nil {
		return err
	}
	screen, err := s.standing(c, stand{quiz.Board{Kind: quiz.OfClass, ID: class.ID}, class.Title, views.ToClassBoard(class.Name), class.Calendar(), class.Zone})
	if err != nil {
		return err
	}
	screen.Back = views.ToClass(class.Name)
	all, err := s.Store.Assignments(ctx, who, class.ID)
	if err != nil {
		return err
	}
	today := class.Calendar().Day(s.Now())
	a := chosen(c, all, today)
	if a.ID == 0 || a.Day <= today {
		return show(c, screen)
	}
	pool, err := s.Store.Pool(ctx, who, a.Deck)
	if err != nil {
		return err
	}
	// How all do together is no one's own: it is told to every student.
	// Of few together one could tell the others' from one's own.
	report, err := s.surveyAs(c, quiz.Who{Role: quiz.System}, class, a, 0, pool, never)
	if err != nil {
		return err
	}
	if len(report.Rows) < fewTogether && class.Owner != who.Person {
		return show(c, screen)
	}
	screen.Goal = views.ClassGoal{Deck: pool.Deck.Title, Known: report.Known, Want: a.Want, Day: a.Day, Learn: a.Aim == quiz.ToLearn}
	return show(c, screen)
}

// standing fills a board's page.
func (s *server) standing(c *fiber.Ctx, p stand) (views.Board, error) {
	ctx, who, now := c.UserContext(), visitor(c).Who(), s.Now()
	screen := views.Board{
		Frame: s.frame(c, "board"), Board: p.board, Name: p.title, At: p.at, Zone: p.zone,
		Counts: quiz.Practice, Span: rank.Week, Period: rank.Period(rank.Week, p.cal, now), Current: true,
	}
	switch {
	case p.board.Kind == quiz.OfQuiz:
		screen.Counts, screen.Span, screen.Period = quiz.ByScore, rank.All, string(rank.All)
	case c.Query("of") == string(quiz.Knowledge):
		screen.Counts = quiz.Knowledge
	}
	if wanted := text(c.Query("period")); p.board.Kind != quiz.OfQuiz && wanted != "" {
		switch span := rank.Span(wanted); {
		case span == rank.Week || span == rank.Term || span == rank.All:
			screen.Span, screen.Period = span, rank.Period(span, p.cal, now)
		case rank.SpanOf(wanted) != "" && wanted <= rank.Period(rank.SpanOf(wanted), p.cal, now): // what is to come is no season
			screen.Span, screen.Period = rank.SpanOf(wanted), wanted
			screen.Current = wanted == rank.Period(screen.Span, p.cal, now)
		}
	}
	var err error
	if screen.Standing, err = s.Store.Standing(ctx, who, p.board, screen.Counts, screen.Period); err != nil {
		return screen, err
	}
	if end := rank.Ends(screen.Span, p.cal, now); screen.Current && end != 0 {
		screen.Ends = end
	}
	if screen.Seasons, err = s.seasons(c, p, screen.Counts); err != nil {
		return screen, err
	}
	if screen.Alias, err = s.playName(c); err != nil {
		return screen, err
	}
	if who.IsNobody() {
		return screen, nil
	}
	if screen.Hidden, err = s.Store.Hidden(ctx, who); err != nil {
		return screen, err
	}
	screen.Mine, err = s.Store.Boards(ctx, who)
	return screen, err
}

// seasons are those that are over and have players, the last first.
func (s *server) seasons(c *fiber.Ctx, p stand, counts quiz.Count) ([]string, error) {
	if counts == quiz.ByScore {
		return nil, nil
	}
	periods := append(rank.Before(rank.Week, p.cal, s.Now(), pastWeeks), rank.Before(rank.Term, p.cal, s.Now(), pastTerms)...)
	return s.Store.Seasons(c.UserContext(), visitor(c).Who(), p.board, counts, periods)
}

// playName is what a visitor is offered to be called on a board.
func (s *server) playName(c *fiber.Ctx) (string, error) {
	if visitor(c).Who().IsNobody() {
		return quiz.SuggestAlias(chance()), nil
	}
	alias, err := s.Store.BoardAlias(c.UserContext(), visitor(c).Who())
	return cmp.Or(alias, quiz.SuggestAlias(chance())), err
}

// joinBoard puts the visitor on the site's board, joinDeckBoard on a deck's; a stranger
// becomes a guest.
func (s *server) joinBoard(c *fiber.Ctx) error { return s.joinAt(c, s.siteBoard()) }

func (s *server) joinDeckBoard(c *fiber.Ctx) error {
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	return s.joinAt(c, s.deckBoard(pool))
}

func (s *server) joinAt(c *fiber.Ctx, p stand) error {
	alias := quiz.OneLine(field(c, "alias"))
	if problems := quiz.CheckAlias(alias); len(problems) > 0 {
		return s.boardAgain(c, p, problems)
	}
	person, err := s.welcome(c)
	if err != nil {
		return err
	}
	err = enrol.Play(c.UserContext(), s.Store, person.Who(), p.board, alias, s.Now())
	if problems := problemsOf(err); len(problems) > 0 {
		return s.boardAgain(c, p, problems)
	}
	if err != nil {
		return err
	}
	return redirect(c, p.at)
}

func (s *server) boardAgain(c *fiber.Ctx, p stand, problems quiz.Problems) error {
	screen, err := s.standing(c, p)
	if err != nil {
		return err
	}
	screen.Alias, screen.Problems = field(c, "alias"), problems
	return again(c, screen)
}

func (s *server) leaveBoard(c *fiber.Ctx) error { return s.leaveAt(c, s.siteBoard()) }

func (s *server) leaveDeckBoard(c *fiber.Ctx) error {
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	return s.leaveAt(c, s.deckBoard(pool))
}

func (s *server) leaveAt(c *fiber.Ctx, p stand) error {
	if err := s.Store.LeaveBoard(c.UserContext(), visitor(c).Who(), p.board); err != nil {
		return err
	}
	return redirect(c, p.at)
}

// runBoard is the board of the quiz that a run of the visitor is of, and the score of
// the first time that they took it; not ok while that has open questions.
func (s *server) runBoard(c *fiber.Ctx) (p stand, points int, at time.Time, ok bool, err error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	run, err := s.Store.Run(ctx, who, param(c, "run"))
	if err != nil {
		return p, 0, at, false, err
	}
	pool, err := s.Store.Pool(ctx, who, run.Quiz.Deck)
	if err != nil {
		return p, 0, at, false, err
	}
	if run.Quiz.Missed {
		return p, 0, at, false, quiz.Fail(quiz.Missing, "error.missing")
	}
	p = s.quizBoard(pool, run.Quiz)
	runs, err := s.Store.RunsOf(ctx, who, run.Quiz.Deck)
	if err != nil {
		return p, 0, at, false, err
	}
	for _, one := range runs {
		if one.Quiz.Missed || one.Quiz.Key() != run.Quiz.Key() {
			continue
		}
		answers, err := s.Store.RunReviews(ctx, who, one.ID)
		if err != nil {
			return p, 0, at, false, err
		}
		first, err := s.Store.FirstAnswers(ctx, who, one.ID) // who took an answer back has seen the solution
		if err != nil {
			return p, 0, at, false, err
		}
		score := 0.0
		for _, r := range first {
			score += r.Score
		}
		return p, max(1, int(100*score+0.5)), one.Started, study.Open(pool, one.Quiz, answers) == 0, nil
	}
	return p, 0, at, false, nil
}

// joinQuizBoard puts the visitor on the board of a shared quiz, with their first score.
func (s *server) joinQuizBoard(c *fiber.Ctx) error {
	p, points, at, ok, err := s.runBoard(c)
	if err != nil {
		return err
	}
	if !ok {
		return quiz.Fail(quiz.Conflict, "error.board.open")
	}
	alias := quiz.OneLine(field(c, "alias"))
	err = quiz.CheckAlias(alias).Err()
	if err == nil {
		err = s.Store.JoinQuiz(c.UserContext(), visitor(c).Who(), p.board, alias, points, at, s.Now())
	}
	if problems := problemsOf(err); len(problems) > 0 {
		screen, err := s.standing(c, p)
		if err != nil {
			return err
		}
		screen.Run, screen.Alias, screen.Problems = param(c, "run"), field(c, "alias"), problems
		return again(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, p.at)
}

// leaveQuizBoard takes the visitor off it.
func (s *server) leaveQuizBoard(c *fiber.Ctx) error {
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	q, _ := readQuiz(several(c.Request().PostArgs()))
	return s.leaveAt(c, s.quizBoard(pool, q))
}

// hide hides the visitor on every board, or shows them again.
func (s *server) hide(c *fiber.Ctx) error {
	if err := s.Store.SetHidden(c.UserContext(), visitor(c).Who(), field(c, "hidden") != ""); err != nil {
		return err
	}
	to := views.ToSettings + "?saved=yes"
	if back := field(c, "back"); strings.HasPrefix(back, "/board") {
		to = views.ToBoard
	}
	return redirect(c, to)
}

// boardNote is what a page at the end of a sitting says of a board: where the visitor
// stands this week, or how they join.
func (s *server) boardNote(c *fiber.Ctx, p stand) (views.BoardNote, error) {
	note := views.BoardNote{At: p.at, Join: p.at + "/join"}
	if hidden, err := s.Store.Hidden(c.UserContext(), visitor(c).Who()); err != nil || hidden {
		return views.BoardNote{}, err
	}
	counts, period := quiz.Practice, rank.Period(rank.Week, p.cal, s.Now())
	if p.board.Kind == quiz.OfQuiz {
		counts, period = quiz.ByScore, string(rank.All)
	}
	standing, err := s.Store.Standing(c.UserContext(), visitor(c).Who(), p.board, counts, period)
	if quiz.Is(err, quiz.Missing) { // the deck is not open to all
		return views.BoardNote{}, nil
	}
	if err != nil {
		return note, err
	}
	note.Joined, note.Players = standing.Joined, standing.Players
	for _, one := range standing.Places {
		if one.Me {
			note.Rank, note.Points = one.Rank, one.Points
		}
	}
	if counts == quiz.ByScore {
		note.Score = views.Hundredths(note.Points)
	}
	note.Alias, err = s.playName(c)
	return note, err
}
