package web

import (
	"cmp"
	"context"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/kinds"
	"chronicle/quiz/leaderboard"
	"chronicle/quiz/study"

	"chronicle/views"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
)

type boardStore interface {
	leaderboard.MemberStore
	Leaderboard(ctx context.Context, who quiz.Who, b quiz.BoardID, counts quiz.BoardMetric, period string) (quiz.Leaderboard, error)
	PastPeriods(ctx context.Context, who quiz.Who, b quiz.BoardID, counts quiz.BoardMetric, periods []string) ([]string, error)
	FirstQuizAnswers(ctx context.Context, who quiz.Who, run string) ([]quiz.Review, error)
	JoinedBoards(ctx context.Context, who quiz.Who) ([]leaderboard.JoinedBoard, error)
	LastBoardAlias(ctx context.Context, who quiz.Who) (string, error)
	LeaveBoard(ctx context.Context, who quiz.Who, b quiz.BoardID) error
	IsHiddenOnBoards(ctx context.Context, who quiz.Who) (bool, error)
	SetHiddenOnBoards(ctx context.Context, who quiz.Who, hidden bool) error
	SetClassBoardsEnabled(ctx context.Context, who quiz.Who, class int64, boards bool, now time.Time) error
	QuizAttempts(ctx context.Context, who quiz.Who, deck int64) ([]quiz.QuizAttempt, error)
	CountRushedAnswers(ctx context.Context, who quiz.Who, class, assignment, student, since int64) (int, error)
}

// How many past periods a leaderboard links to.
const (
	maxPastWeeks = 8
	maxPastTerms = 3
)

// minClassForKnown is the smallest class whose average is shown to students: in a smaller one it would reveal
// individual results.
const minClassForKnown = 5

// boardPage is a leaderboard with its page title and URL.
type boardPage struct {
	board quiz.BoardID
	title string
	at    templ.SafeURL
	cal   quiz.Calendar
	zone  string
}

func (s *server) siteBoardPage() boardPage {
	return boardPage{quiz.BoardID{Kind: quiz.BoardKindSite}, "", views.ToBoard, quiz.NewCalendar(s.DefaultZone), s.DefaultZone}
}

func (s *server) deckBoardPage(p *kinds.DeckIndex) boardPage {
	return boardPage{quiz.BoardID{Kind: quiz.BoardKindDeck, ID: p.Deck.ID}, p.Deck.Title, views.ToDeckBoard(p.Deck.Name), quiz.NewCalendar(s.DefaultZone), s.DefaultZone}
}

func (s *server) quizBoardPage(p *kinds.DeckIndex, q quiz.Quiz) boardPage {
	return boardPage{quiz.BoardID{Kind: quiz.BoardKindQuiz, ID: p.Deck.ID, QuizKey: q.Key()}, p.Deck.Title, views.ToQuizBoard(p.Deck.Name, q), quiz.NewCalendar(s.DefaultZone), s.DefaultZone}
}

// showSiteBoard shows the site's leaderboard.
func (s *server) showSiteBoard(c *fiber.Ctx) error {
	screen, err := s.boardScreen(c, s.siteBoardPage())
	if err != nil {
		return err
	}
	return showScreen(c, screen)
}

// showDeckBoard shows the leaderboard of a public deck.
func (s *server) showDeckBoard(c *fiber.Ctx) error {
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	screen, err := s.boardScreen(c, s.deckBoardPage(pool))
	if err != nil {
		return err
	}
	return showScreen(c, screen)
}

// showQuizBoard shows the leaderboard of a shared quiz.
func (s *server) showQuizBoard(c *fiber.Ctx) error {
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	q, _ := readQuiz(multiValues(c.Context().QueryArgs()))
	if len(q.Validate()) > 0 || c.Query("seed") == "" {
		return quiz.NewError(quiz.NotFound, "error.missing")
	}
	screen, err := s.boardScreen(c, s.quizBoardPage(pool, q))
	if err != nil {
		return err
	}
	screen.Quiz = views.ToSameQuiz(pool.Deck.Name, q)
	c.Context().QueryArgs().VisitAll(func(name, value []byte) {
		screen.QuizFields = append(screen.QuizFields, [2]string{validText(string(name)), validText(string(value))})
	})
	return showScreen(c, screen)
}

// showClassBoard shows the leaderboard of a class to its members, with the class's progress.
func (s *server) showClassBoard(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), visitor(c).Who()
	class, err := s.taughtClass(c)
	if quiz.Is(err, quiz.NotFound) {
		class, _, err = s.Store.JoinedClass(ctx, who, param(c, "class"))
	}
	if err != nil {
		return err
	}
	screen, err := s.boardScreen(c, boardPage{quiz.BoardID{Kind: quiz.BoardKindClass, ID: class.ID}, class.Title, views.ToClassBoard(class.Name), class.Calendar(), class.Zone})
	if err != nil {
		return err
	}
	screen.Back = views.ToClass(class.Name)
	all, err := s.Store.Assignments(ctx, who, class.ID)
	if err != nil {
		return err
	}
	today := class.Calendar().Day(s.Now())
	a := chosenAssignment(c, all, today)
	if a.ID == 0 || a.TargetDay <= today {
		return showScreen(c, screen)
	}
	pool, err := s.Store.DeckIndex(ctx, who, a.Deck)
	if err != nil {
		return err
	}
	// Every student may see the class average, so it is computed as the system. In a small class it would reveal
	// the others' results.
	report, err := s.classReportAs(c, quiz.Who{Role: quiz.RoleSystem}, class, a, 0, pool, forecastNever)
	if err != nil {
		return err
	}
	if len(report.Rows) < minClassForKnown && class.Owner != who.Person {
		return showScreen(c, screen)
	}
	screen.Target = views.ClassTarget{Deck: pool.Deck.Title, Known: report.KnownMean, Target: a.Target, TargetDay: a.TargetDay, ByCards: a.TargetKind == quiz.TargetCardsLearned}
	return showScreen(c, screen)
}

// boardScreen returns the screen of a leaderboard.
func (s *server) boardScreen(c *fiber.Ctx, p boardPage) (views.BoardScreen, error) {
	ctx, who, now := c.UserContext(), visitor(c).Who(), s.Now()
	screen := views.BoardScreen{
		Frame: s.frame(c, "board"), Board: p.board, Name: p.title, URL: p.at, Zone: p.zone,
		Metric: quiz.MetricPractice, PeriodKind: leaderboard.PeriodWeek, Period: leaderboard.PeriodKey(leaderboard.PeriodWeek, p.cal, now), Current: true,
	}
	switch {
	case p.board.Kind == quiz.BoardKindQuiz:
		screen.Metric, screen.PeriodKind, screen.Period = quiz.MetricScore, leaderboard.PeriodAllTime, string(leaderboard.PeriodAllTime)
	case c.Query("of") == string(quiz.MetricMastered):
		screen.Metric = quiz.MetricMastered
	}
	if wanted := validText(c.Query("period")); p.board.Kind != quiz.BoardKindQuiz && wanted != "" {
		switch span := leaderboard.PeriodKind(wanted); {
		case span == leaderboard.PeriodWeek || span == leaderboard.PeriodTerm || span == leaderboard.PeriodAllTime:
			screen.PeriodKind, screen.Period = span, leaderboard.PeriodKey(span, p.cal, now)
		case leaderboard.ParsePeriodKind(wanted) != "" && wanted <= leaderboard.PeriodKey(leaderboard.ParsePeriodKind(wanted), p.cal, now): // future periods are not accepted
			screen.PeriodKind, screen.Period = leaderboard.ParsePeriodKind(wanted), wanted
			screen.Current = wanted == leaderboard.PeriodKey(screen.PeriodKind, p.cal, now)
		}
	}
	var err error
	if screen.Standing, err = s.Store.Leaderboard(ctx, who, p.board, screen.Metric, screen.Period); err != nil {
		return screen, err
	}
	if end := leaderboard.PeriodEnd(screen.PeriodKind, p.cal, now); screen.Current && end != 0 {
		screen.Ends = end
	}
	if screen.PastPeriods, err = s.pastPeriods(c, p, screen.Metric); err != nil {
		return screen, err
	}
	if screen.Alias, err = s.suggestBoardAlias(c); err != nil {
		return screen, err
	}
	if who.IsNobody() {
		return screen, nil
	}
	if screen.Hidden, err = s.Store.IsHiddenOnBoards(ctx, who); err != nil {
		return screen, err
	}
	screen.JoinedBoards, err = s.Store.JoinedBoards(ctx, who)
	return screen, err
}

// pastPeriods returns the past periods that have players, newest first.
func (s *server) pastPeriods(c *fiber.Ctx, p boardPage, counts quiz.BoardMetric) ([]string, error) {
	if counts == quiz.MetricScore {
		return nil, nil
	}
	periods := append(leaderboard.PreviousPeriods(leaderboard.PeriodWeek, p.cal, s.Now(), maxPastWeeks), leaderboard.PreviousPeriods(leaderboard.PeriodTerm, p.cal, s.Now(), maxPastTerms)...)
	return s.Store.PastPeriods(c.UserContext(), visitor(c).Who(), p.board, counts, periods)
}

// suggestBoardAlias suggests an alias for the leaderboard.
func (s *server) suggestBoardAlias(c *fiber.Ctx) (string, error) {
	if visitor(c).Who().IsNobody() {
		return quiz.SuggestAlias(newRand()), nil
	}
	alias, err := s.Store.LastBoardAlias(c.UserContext(), visitor(c).Who())
	return cmp.Or(alias, quiz.SuggestAlias(newRand())), err
}

// joinBoard adds the visitor to the site's leaderboard. A new visitor becomes a guest.
func (s *server) joinBoard(c *fiber.Ctx) error { return s.joinBoardPage(c, s.siteBoardPage()) }

func (s *server) joinDeckBoard(c *fiber.Ctx) error {
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	return s.joinBoardPage(c, s.deckBoardPage(pool))
}

func (s *server) joinBoardPage(c *fiber.Ctx, p boardPage) error {
	alias := quiz.OneLine(field(c, "alias"))
	if problems := quiz.ValidateAlias(alias); len(problems) > 0 {
		return s.boardScreenWithProblems(c, p, problems)
	}
	person, err := s.ensureGuest(c)
	if err != nil {
		return err
	}
	err = leaderboard.JoinBoard(c.UserContext(), s.Store, person.Who(), p.board, alias, s.Now())
	if problems := problemsOf(err); len(problems) > 0 {
		return s.boardScreenWithProblems(c, p, problems)
	}
	if err != nil {
		return err
	}
	return redirect(c, p.at)
}

func (s *server) boardScreenWithProblems(c *fiber.Ctx, p boardPage, problems quiz.Problems) error {
	screen, err := s.boardScreen(c, p)
	if err != nil {
		return err
	}
	screen.Alias, screen.Problems = field(c, "alias"), problems
	return showScreenAgain(c, screen)
}

func (s *server) leaveBoard(c *fiber.Ctx) error { return s.leaveBoardPage(c, s.siteBoardPage()) }

func (s *server) leaveDeckBoard(c *fiber.Ctx) error {
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	return s.leaveBoardPage(c, s.deckBoardPage(pool))
}

func (s *server) leaveBoardPage(c *fiber.Ctx, p boardPage) error {
	if err := s.Store.LeaveBoard(c.UserContext(), visitor(c).Who(), p.board); err != nil {
		return err
	}
	return redirect(c, p.at)
}

// attemptBoardPage returns the leaderboard of the quiz that the visitor's attempt belongs to, and the score of
// their first attempt. ok is false while that attempt has open questions.
func (s *server) attemptBoardPage(c *fiber.Ctx) (p boardPage, points int, at time.Time, ok bool, err error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	run, err := s.Store.QuizAttempt(ctx, who, param(c, "run"))
	if err != nil {
		return p, 0, at, false, err
	}
	pool, err := s.Store.DeckIndex(ctx, who, run.Quiz.Deck)
	if err != nil {
		return p, 0, at, false, err
	}
	if run.Quiz.RepeatsMissed {
		return p, 0, at, false, quiz.NewError(quiz.NotFound, "error.missing")
	}
	p = s.quizBoardPage(pool, run.Quiz)
	runs, err := s.Store.QuizAttempts(ctx, who, run.Quiz.Deck)
	if err != nil {
		return p, 0, at, false, err
	}
	for _, one := range runs {
		if one.Quiz.RepeatsMissed || one.Quiz.Key() != run.Quiz.Key() {
			continue
		}
		answers, err := s.Store.QuizAttemptReviews(ctx, who, one.ID)
		if err != nil {
			return p, 0, at, false, err
		}
		first, err := s.Store.FirstQuizAnswers(ctx, who, one.ID) // an answer that was undone still counts: its solution was seen
		if err != nil {
			return p, 0, at, false, err
		}
		score := 0.0
		for _, r := range first {
			score += r.Score
		}
		return p, max(1, int(100*score+0.5)), one.StartedAt, study.CountOpenQuestions(pool, one.Quiz, answers) == 0, nil
	}
	return p, 0, at, false, nil
}

// joinQuizBoard adds the visitor to the leaderboard of a shared quiz with the score of their first attempt.
func (s *server) joinQuizBoard(c *fiber.Ctx) error {
	p, points, at, ok, err := s.attemptBoardPage(c)
	if err != nil {
		return err
	}
	if !ok {
		return quiz.NewError(quiz.Conflict, "error.board.open")
	}
	alias := quiz.OneLine(field(c, "alias"))
	err = quiz.ValidateAlias(alias).Err()
	if err == nil {
		err = s.Store.JoinQuizBoard(c.UserContext(), visitor(c).Who(), p.board, alias, points, at, s.Now())
	}
	if problems := problemsOf(err); len(problems) > 0 {
		screen, err := s.boardScreen(c, p)
		if err != nil {
			return err
		}
		screen.QuizAttempt, screen.Alias, screen.Problems = param(c, "run"), field(c, "alias"), problems
		return showScreenAgain(c, screen)
	}
	if err != nil {
		return err
	}
	return redirect(c, p.at)
}

// leaveQuizBoard removes the visitor from the quiz's leaderboard.
func (s *server) leaveQuizBoard(c *fiber.Ctx) error {
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	q, _ := readQuiz(multiValues(c.Request().PostArgs()))
	return s.leaveBoardPage(c, s.quizBoardPage(pool, q))
}

// setHidden hides the visitor on every leaderboard or shows them again.
func (s *server) setHidden(c *fiber.Ctx) error {
	if err := s.Store.SetHiddenOnBoards(c.UserContext(), visitor(c).Who(), field(c, "hidden") != ""); err != nil {
		return err
	}
	to := views.ToSettings + "?saved=yes"
	if back := field(c, "back"); strings.HasPrefix(back, "/leaderboard") {
		to = views.ToBoard
	}
	return redirect(c, to)
}

// boardNote returns the leaderboard summary for the end of a study session: the visitor's rank this week, or how
// to join.
func (s *server) boardNote(c *fiber.Ctx, p boardPage) (views.BoardSummary, error) {
	note := views.BoardSummary{URL: p.at, JoinURL: p.at + "/join"}
	if hidden, err := s.Store.IsHiddenOnBoards(c.UserContext(), visitor(c).Who()); err != nil || hidden {
		return views.BoardSummary{}, err
	}
	counts, period := quiz.MetricPractice, leaderboard.PeriodKey(leaderboard.PeriodWeek, p.cal, s.Now())
	if p.board.Kind == quiz.BoardKindQuiz {
		counts, period = quiz.MetricScore, string(leaderboard.PeriodAllTime)
	}
	standing, err := s.Store.Leaderboard(c.UserContext(), visitor(c).Who(), p.board, counts, period)
	if quiz.Is(err, quiz.NotFound) { // the deck is not public
		return views.BoardSummary{}, nil
	}
	if err != nil {
		return note, err
	}
	note.Joined, note.Players = standing.Joined, standing.PlayerCount
	for _, one := range standing.Standings {
		if one.IsMe {
			note.Rank, note.Points = one.Rank, one.Points
		}
	}
	if counts == quiz.MetricScore {
		note.Score = views.FormatHundredths(note.Points)
	}
	note.Alias, err = s.suggestBoardAlias(c)
	return note, err
}
