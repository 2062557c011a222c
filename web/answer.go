package web

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/grading"
	"chronicle/quiz/kinds"
	"chronicle/quiz/study"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

// submitAnswer handles a submitted answer or flashcard rating.
func (s *server) submitAnswer(c *fiber.Ctx) error {
	a := readAnswer(c)
	who := visitor(c).Who()
	r, err := study.SubmitAnswer(c.UserContext(), s.Store, who, a, newToken(), s.Now())
	if quiz.Is(err, quiz.Invalid) {
		return s.showQuestionAgain(c, err)
	}
	if quiz.Is(err, quiz.NotFound) { // the browser has no study session
		return redirect(c, views.ToToday)
	}
	if err != nil {
		return err
	}
	if r.Question.Kind == quiz.KindFlashcard {
		return redirect(c, views.ToStudy)
	}
	return redirect(c, views.ToFeedback(r.Token))
}

// readAnswer reads the answer form. Invalid values become no option and no rating.
func readAnswer(c *fiber.Ctx) quiz.Answer {
	a := quiz.Answer{Token: field(c, "token"), ChosenOption: -1, Given: givenText(c), DontKnow: field(c, "passed") != ""}
	if n, err := strconv.Atoi(field(c, "chosen")); err == nil {
		a.ChosenOption = n
	}
	if n, err := strconv.ParseUint(field(c, "rating"), 10, 8); err == nil {
		a.Rating = fsrs.Rating(n)
	}
	if n, err := strconv.ParseInt(field(c, "took"), 10, 32); err == nil {
		a.Duration = time.Duration(n) * time.Millisecond
	}
	return a
}

// givenText returns the typed or placed answer: the field's text, or the order of the events or the dates of a
// match, separated by commas.
func givenText(c *fiber.Ctx) string {
	var parts []string
	for _, one := range c.Request().PostArgs().PeekMulti("order") {
		parts = append(parts, validText(string(one)))
	}
	if n, err := strconv.Atoi(field(c, "pairs")); err == nil {
		for i := range min(n, kinds.MaxOrderEvents) {
			parts = append(parts, field(c, "pair"+strconv.Itoa(i)))
		}
	}
	if len(parts) > 0 {
		return strings.Join(parts, ",")
	}
	return field(c, "given")
}

// showQuestionAgain shows the question again with the problem in the answer.
func (s *server) showQuestionAgain(c *fiber.Ctx, why error) error {
	st, err := s.studyFrame(c)
	if err != nil {
		return err
	}
	_, _, key := s.describeError(why)
	problem := st.T(key)
	var known *quiz.Error
	if errors.As(why, &known) && len(known.Problems) > 0 {
		problem = st.Problem(known.Problems[0])
	}
	q := st.Session.Question
	if q.Kind == quiz.KindFlashcard {
		screen, err := s.flashcardBackScreen(c, st)
		if err != nil {
			return err
		}
		screen.Problem = problem
		return showScreenAgain(c, screen)
	}
	a := views.QuestionScreen{StudyFrame: st, Problem: problem, GivenText: givenText(c)}
	switch q.Kind {
	case quiz.KindOrder:
		a.Arrangement = parsePermutation(c.Request().PostArgs().PeekMulti("order"), len(q.Options))
	case quiz.KindMatch:
		a.Arrangement = slices.Repeat([]int{-1}, len(q.Options))
		for i := range a.Arrangement {
			if at, err := strconv.Atoi(field(c, "pair"+strconv.Itoa(i))); err == nil && at < len(q.Dates) {
				a.Arrangement[i] = at
			}
		}
	}
	return s.showQuestion(c, showScreenAgain, a)
}

// arrangementFrom reads a partly arranged order or placed year from the URL, for browsers without script; nothing
// is stored. Invalid values leave the initial arrangement.
func arrangementFrom(c *fiber.Ctx, f views.Frame, q quiz.Question) (put []int, given string) {
	args := c.Context().QueryArgs()
	switch q.Kind {
	case quiz.KindOrder:
		put = parsePermutation(args.PeekMulti("order"), len(q.Options))
		if at, err := strconv.Atoi(c.Query("up")); err == nil && at > 0 && at < len(put) {
			put[at], put[at-1] = put[at-1], put[at]
		}
		if at, err := strconv.Atoi(c.Query("down")); err == nil && at >= 0 && at+1 < len(put) {
			put[at], put[at+1] = put[at+1], put[at]
		}
	case quiz.KindMatch:
		put = slices.Repeat([]int{-1}, len(q.Options))
	case quiz.KindPlace:
		year, err := grading.ParseYear(q.Scale, validText(c.Query("given")))
		step, noStep := strconv.Atoi(c.Query("step"))
		if err != nil && noStep != nil {
			return nil, ""
		}
		if err != nil {
			year = (q.Scale.First + q.Scale.Last) / 2
		}
		year = min(max(year+int64(step), q.Scale.First), q.Scale.Last)
		given = f.Year(year)
	}
	return put, given
}

// parsePermutation parses an order of n places and returns the initial order if it is invalid.
func parsePermutation(texts [][]byte, n int) []int {
	put := make([]int, n)
	for i := range put {
		put[i] = i
	}
	if len(texts) != n {
		return put
	}
	out, seen := make([]int, 0, n), make([]bool, n)
	for _, one := range texts {
		at, err := strconv.Atoi(string(one))
		if err != nil || at < 0 || at >= n || seen[at] {
			return put
		}
		seen[at] = true
		out = append(out, at)
	}
	return out
}
