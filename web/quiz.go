package web

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/kinds"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type quizStore interface {
	study.QuizStore
	LastQuizAttempt(ctx context.Context, who quiz.Who, deck int64) (quiz.QuizAttempt, error)
}

// addUnfinishedQuiz adds the last quiz attempt of a deck if it is unfinished.
func (s *server) addUnfinishedQuiz(c *fiber.Ctx, screen *views.QuizSetupScreen, p *kinds.DeckIndex) error {
	ctx, who := c.UserContext(), visitor(c).Who()
	run, err := s.Store.LastQuizAttempt(ctx, who, p.Deck.ID)
	if quiz.Is(err, quiz.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	answers, err := s.Store.QuizAttemptReviews(ctx, who, run.ID)
	if err != nil {
		return err
	}
	if screen.UnfinishedOpen = study.CountOpenQuestions(p, run.Quiz, answers); screen.UnfinishedOpen > 0 {
		screen.Unfinished = run
	}
	return nil
}

// quizForm shows the form for a new quiz of a deck, or the quiz that a link specifies.
func (s *server) quizForm(c *fiber.Ctx) error {
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	screen := views.QuizSetupScreen{Frame: s.frame(c, "decks"), Deck: pool.Deck, Length: strconv.Itoa(quiz.DefaultQuizLength)}
	if seed := validText(c.Query("seed")); seed != "" {
		q, typed := readQuiz(multiValues(c.Context().QueryArgs()))
		screen.Seed, screen.Length, screen.Kinds, screen.Timed = seed, typed, q.Kinds, q.Timed
		screen.From, screen.To, screen.Facts = validText(c.Query("from")), validText(c.Query("to")), q.FactKeys
		screen.Problems = q.Validate()
	}
	if err := s.addUnfinishedQuiz(c, &screen, pool); err != nil {
		return err
	}
	return showScreen(c, screen)
}

// multiValues returns a function that reads all values of a parameter from a query or form.
func multiValues(args interface{ PeekMulti(key string) [][]byte }) func(name string) []string {
	return func(name string) []string {
		var out []string
		for _, one := range args.PeekMulti(name) {
			out = append(out, validText(string(one)))
		}
		return out
	}
}

// readQuiz reads the settings of a quiz, and its length as typed. An invalid number becomes one that validation
// rejects.
func readQuiz(field func(name string) []string) (q quiz.Quiz, length string) {
	one := func(name string) string {
		if all := field(name); len(all) > 0 {
			return strings.TrimSpace(all[0])
		}
		return ""
	}
	length = one("length")
	if length == "" {
		length = strconv.Itoa(quiz.DefaultQuizLength)
	}
	q.Length, _ = strconv.Atoi(length)
	for _, k := range field("kinds") {
		if len(q.Kinds) < len(quiz.Kinds) {
			q.Kinds = append(q.Kinds, quiz.Kind(k))
		}
	}
	q.Timed = one("clock") != ""
	q.FromYear, q.ToYear = readYear(one("from")), readYear(one("to"))
	if facts := one("facts"); facts != "" {
		q.FactKeys = strings.SplitN(facts, ",", quiz.MaxQuizLength+2)
	}
	if seed := one("seed"); seed != "" {
		n, err := strconv.ParseUint(seed, 10, 64)
		if err != nil {
			n = quiz.MaxQuizSeed
		}
		q.Seed = n
	}
	return q, length
}

// readYear parses a historical year, negative for BC; it returns 0 for an invalid one.
func readYear(typed string) int {
	if typed == "" {
		return 0
	}
	n, err := strconv.Atoi(strings.NewReplacer("−", "-", "–", "-").Replace(typed))
	if err != nil || n == 0 {
		return quiz.MaxQuizYear + 1
	}
	return n
}

// startQuiz starts a quiz attempt. A new visitor becomes a guest.
func (s *server) startQuiz(c *fiber.Ctx) error {
	pool, err := s.Store.DeckIndexByName(c.UserContext(), visitor(c).Who(), field(c, "deck"))
	if err != nil {
		return err
	}
	q, typed := readQuiz(multiValues(c.Request().PostArgs()))
	q.Deck = pool.Deck.ID
	seed := field(c, "seed")
	if seed == "" {
		q.Seed = rand.Uint64N(quiz.MaxQuizSeed)
	}
	problems := q.Validate()
	if len(problems) == 0 && len(pool.BuildQuiz(q)) == 0 {
		problems.Add("kinds", "problem.quiz.none")
	}
	if len(problems) > 0 {
		return showScreenAgain(c, views.QuizSetupScreen{
			Frame: s.frame(c, "decks"), Deck: pool.Deck, Length: typed, Kinds: q.Kinds, Timed: q.Timed, Seed: seed, Problems: problems,
			From: field(c, "from"), To: field(c, "to"), Facts: q.FactKeys,
		})
	}
	p, err := s.ensureGuest(c)
	if err != nil {
		return err
	}
	if _, err := study.StartQuiz(c.UserContext(), s.Store, p.Who(), q, newToken(), newToken(), s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToStudy)
}

// startMissed starts a quiz on the questions missed in an attempt.
func (s *server) startMissed(c *fiber.Ctx) error {
	_, err := study.StartMissedQuiz(c.UserContext(), s.Store, visitor(c).Who(), param(c, "run"), newToken(), newToken(), s.Now())
	if err != nil {
		return err
	}
	return redirect(c, views.ToStudy)
}

// resumeQuiz resumes an unfinished quiz attempt.
func (s *server) resumeQuiz(c *fiber.Ctx) error {
	_, err := study.ResumeQuiz(c.UserContext(), s.Store, visitor(c).Who(), param(c, "run"), newToken(), s.Now())
	if err != nil {
		return err
	}
	return redirect(c, views.ToStudy)
}

// showQuizResult shows the result of a quiz attempt.
func (s *server) showQuizResult(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), visitor(c).Who()
	run, err := s.Store.QuizAttempt(ctx, who, param(c, "run"))
	if err != nil {
		return err
	}
	pool, err := s.Store.DeckIndex(ctx, who, run.Quiz.Deck)
	if err != nil {
		return err
	}
	answers, err := s.Store.QuizAttemptReviews(ctx, who, run.ID)
	if err != nil {
		return err
	}
	screen := views.QuizResultScreen{Frame: s.frame(c, "decks"), Deck: pool.Deck, QuizAttempt: run, OpenQuestions: study.CountOpenQuestions(pool, run.Quiz, answers)}
	if !run.Quiz.RepeatsMissed {
		screen.Link = s.siteOrigin(c) + string(views.ToSameQuiz(pool.Deck.Name, run.Quiz))
	}
	if !run.Quiz.RepeatsMissed && screen.OpenQuestions == 0 {
		if screen.BoardSummary, err = s.boardNote(c, s.quizBoardPage(pool, run.Quiz)); err != nil {
			return err
		}
		screen.BoardSummary.JoinURL = views.ToAttemptBoard(run.ID)
	}
	for _, r := range answers {
		screen.Score += r.Score
		if r.Duration > 0 && r.Duration <= r.Question.Kind.TimeLimit() {
			screen.InTime++
		}
		a := views.QuizAnswer{Review: r}
		a.Fact, _ = pool.Deck.Fact(r.Question.Fact)
		a.Source, _ = pool.Deck.SourceOf(a.Fact)
		a.Given, a.Right = screen.Words.GivenText(r), screen.Words.RightAnswerText(r, a.Fact)
		screen.Answers = append(screen.Answers, a)
	}
	return showScreen(c, screen)
}

// siteOrigin returns the origin (scheme and host) by which the visitor reached the site.
func (s *server) siteOrigin(c *fiber.Ctx) string {
	if s.HTTPS {
		return "https://" + c.Hostname()
	}
	return "http://" + c.Hostname()
}
