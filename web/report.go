package web

import (
	"context"
	"strings"

	"chronicle/quiz"
	"chronicle/views"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
)

type reportStore interface {
	PutReport(ctx context.Context, who quiz.Who, r quiz.Report) error
}

// reportForm reports the question that waits.
func (s *server) reportForm(c *fiber.Ctx) error {
	st, err := s.studying(c)
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return err
	}
	if err != nil || !st.Sitting.Waits() {
		return redirect(c, views.ToStudy)
	}
	return show(c, reporting(st, quiz.Report{Token: st.Sitting.Token, Question: st.Sitting.Question}, nil))
}

// reportAnswerForm reports a question that was answered.
func (s *server) reportAnswerForm(c *fiber.Ctx) error {
	st, r, err := s.reported(c, param(c, "token"))
	if err != nil {
		return err
	}
	return show(c, reporting(st, r, nil))
}

// reported finds the question of a token: the one that waits, or one that was
// answered.
func (s *server) reported(c *fiber.Ctx, token string) (views.Studying, quiz.Report, error) {
	st, err := s.studying(c)
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return st, quiz.Report{}, err
	}
	if err == nil && st.Sitting.Token == token && st.Sitting.Waits() {
		return st, quiz.Report{Token: token, Deck: st.Sitting.Deck, Question: st.Sitting.Question}, nil
	}
	r, err := s.Store.ReviewOf(c.UserContext(), visitor(c).Who(), token)
	if quiz.Is(err, quiz.Missing) && c.Method() == fiber.MethodPost && st.Sitting.Waits() {
		return st, quiz.Report{}, quiz.Fail(quiz.Conflict, "error.report.gone")
	}
	if err != nil {
		return st, quiz.Report{}, err
	}
	if st.Pool, err = s.Store.Pool(c.UserContext(), visitor(c).Who(), r.Deck); err != nil {
		return st, quiz.Report{}, err
	}
	out := quiz.Report{Token: token, Deck: r.Deck, Question: r.Question, Given: r.Given}
	if r.Chosen >= 0 {
		out.Given = r.Question.Options[r.Chosen].Text
	}
	st.Told = true
	return st, out, nil
}

func reporting(st views.Studying, r quiz.Report, p quiz.Problems) views.Reporting {
	return views.Reporting{Studying: st, Question: r.Question, Form: r, Problems: p, Back: asked(st, r.Token)}
}

// asked is where a reported question stands.
func asked(st views.Studying, token string) templ.SafeURL {
	if st.Told {
		return views.ToAnswer(token)
	}
	return views.ToStudy
}

// report keeps what is said to be wrong with a question.
func (s *server) report(c *fiber.Ctx) error {
	st, r, err := s.reported(c, field(c, "token"))
	if err != nil {
		return err
	}
	r.Reason, r.Note, r.At = field(c, "reason"), strings.TrimSpace(field(c, "note")), s.Now()
	if p := r.Check(); len(p) > 0 {
		return again(c, reporting(st, r, p))
	}
	if err := s.limits.spend(s.limits.reports, network(c)); err != nil {
		return err
	}
	if err := s.Store.PutReport(c.UserContext(), visitor(c).Who(), r); err != nil {
		return err
	}
	return redirect(c, asked(st, r.Token)+"?reported=yes")
}
