package web

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

type quizStore interface {
	study.Quizzer
	LastRun(ctx context.Context, who quiz.Who, deck int64) (quiz.Run, error)
}

// left finds the last quiz of a deck if it was left before its end.
func (s *server) left(c *fiber.Ctx, screen *views.Quiz, p *ask.Pool) error {
	ctx, who := c.UserContext(), visitor(c).Who()
	run, err := s.Store.LastRun(ctx, who, p.Deck.ID)
	if quiz.Is(err, quiz.Missing) {
		return nil
	}
	if err != nil {
		return err
	}
	answers, err := s.Store.RunReviews(ctx, who, run.ID)
	if err != nil {
		return err
	}
	if screen.LeftOpen = study.Open(p, run.Quiz, answers); screen.LeftOpen > 0 {
		screen.Left = run
	}
	return nil
}

// quizForm chooses a quiz of a deck, or shows the one that a link names.
func (s *server) quizForm(c *fiber.Ctx) error {
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), param(c, "name"))
	if err != nil {
		return err
	}
	screen := views.Quiz{Frame: s.frame(c, "decks"), Deck: pool.Deck, Length: strconv.Itoa(quiz.QuizDefault)}
	if seed := text(c.Query("seed")); seed != "" {
		q, typed := readQuiz(several(c.Context().QueryArgs()))
		screen.Seed, screen.Length, screen.Kinds, screen.Clock = seed, typed, q.Kinds, q.Clock
		screen.From, screen.To, screen.Facts = text(c.Query("from")), text(c.Query("to")), q.Facts
		screen.Problems = q.Check()
	}
	if err := s.left(c, &screen, pool); err != nil {
		return err
	}
	return show(c, screen)
}

// several reads all values of a name, of an address or a form.
func several(args interface{ PeekMulti(key string) [][]byte }) func(name string) []string {
	return func(name string) []string {
		var out []string
		for _, one := range args.PeekMulti(name) {
			out = append(out, text(string(one)))
		}
		return out
	}
}

// readQuiz reads what a quiz is to be, and its length as it was typed. A number
// that is none becomes one that Check refuses.
func readQuiz(field func(name string) []string) (q quiz.Quiz, length string) {
	one := func(name string) string {
		if all := field(name); len(all) > 0 {
			return strings.TrimSpace(all[0])
		}
		return ""
	}
	length = one("length")
	if length == "" {
		length = strconv.Itoa(quiz.QuizDefault)
	}
	q.Length, _ = strconv.Atoi(length)
	for _, k := range field("kinds") {
		if len(q.Kinds) < len(quiz.Kinds) {
			q.Kinds = append(q.Kinds, quiz.Kind(k))
		}
	}
	q.Clock = one("clock") != ""
	q.From, q.To = readYear(one("from")), readYear(one("to"))
	if facts := one("facts"); facts != "" {
		q.Facts = strings.SplitN(facts, ",", quiz.QuizMost+2)
	}
	if seed := one("seed"); seed != "" {
		n, err := strconv.ParseUint(seed, 10, 64)
		if err != nil {
			n = quiz.QuizSeeds
		}
		q.Seed = n
	}
	return q, length
}

// readYear reads a year as people count it, below 0 before Christ; 0 for none.
func readYear(typed string) int {
	if typed == "" {
		return 0
	}
	n, err := strconv.Atoi(strings.NewReplacer("−", "-", "–", "-").Replace(typed))
	if err != nil || n == 0 {
		return quiz.QuizYear + 1
	}
	return n
}

// startQuiz sits the visitor down to a quiz; a stranger becomes a guest.
func (s *server) startQuiz(c *fiber.Ctx) error {
	pool, err := s.Store.PoolNamed(c.UserContext(), visitor(c).Who(), field(c, "deck"))
	if err != nil {
		return err
	}
	q, typed := readQuiz(several(c.Request().PostArgs()))
	q.Deck = pool.Deck.ID
	seed := field(c, "seed")
	if seed == "" {
		q.Seed = rand.Uint64N(quiz.QuizSeeds)
	}
	problems := q.Check()
	if len(problems) == 0 && len(pool.Lay(q)) == 0 {
		problems.Add("kinds", "problem.quiz.none")
	}
	if len(problems) > 0 {
		return again(c, views.Quiz{
			Frame: s.frame(c, "decks"), Deck: pool.Deck, Length: typed, Kinds: q.Kinds, Clock: q.Clock, Seed: seed, Problems: problems,
			From: field(c, "from"), To: field(c, "to"), Facts: q.Facts,
		})
	}
	p, err := s.welcome(c)
	if err != nil {
		return err
	}
	if _, err := study.StartQuiz(c.UserContext(), s.Store, p.Who(), q, newToken(), newToken(), s.Now()); err != nil {
		return err
	}
	return redirect(c, views.ToStudy)
}

// startMissed asks again what was missed in a quiz.
func (s *server) startMissed(c *fiber.Ctx) error {
	_, err := study.StartMissed(c.UserContext(), s.Store, visitor(c).Who(), param(c, "run"), newToken(), newToken(), s.Now())
	if err != nil {
		return err
	}
	return redirect(c, views.ToStudy)
}

// resumeQuiz goes on with a quiz that was left.
func (s *server) resumeQuiz(c *fiber.Ctx) error {
	_, err := study.ResumeQuiz(c.UserContext(), s.Store, visitor(c).Who(), param(c, "run"), newToken(), s.Now())
	if err != nil {
		return err
	}
	return redirect(c, views.ToStudy)
}

// result shows what a quiz came to.
func (s *server) result(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), visitor(c).Who()
	run, err := s.Store.Run(ctx, who, param(c, "run"))
	if err != nil {
		return err
	}
	pool, err := s.Store.Pool(ctx, who, run.Quiz.Deck)
	if err != nil {
		return err
	}
	answers, err := s.Store.RunReviews(ctx, who, run.ID)
	if err != nil {
		return err
	}
	screen := views.Result{Frame: s.frame(c, "decks"), Deck: pool.Deck, Run: run, Open: study.Open(pool, run.Quiz, answers)}
	if !run.Quiz.Missed {
		screen.Link = s.origin(c) + string(views.ToSameQuiz(pool.Deck.Name, run.Quiz))
	}
	if !run.Quiz.Missed && screen.Open == 0 {
		if screen.Note, err = s.boardNote(c, s.quizBoard(pool, run.Quiz)); err != nil {
			return err
		}
		screen.Note.Join = views.ToRunBoard(run.ID)
	}
	for _, r := range answers {
		screen.Score += r.Score
		if r.Took > 0 && r.Took <= r.Question.Kind.Within() {
			screen.InTime++
		}
		a := views.Answered{Review: r}
		a.Fact, _ = pool.Deck.Fact(r.Question.Fact)
		a.Source, _ = pool.Deck.SourceOf(a.Fact)
		a.Given, a.Right = screen.Words.Given(r), screen.Words.Right(r, a.Fact)
		screen.Answers = append(screen.Answers, a)
	}
	return show(c, screen)
}

// origin is the beginning of this site's addresses, as the visitor reached it.
func (s *server) origin(c *fiber.Ctx) string {
	if s.HTTPS {
		return "https://" + c.Hostname()
	}
	return "http://" + c.Hostname()
}
