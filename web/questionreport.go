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
	SaveReport(ctx context.Context, who quiz.Who, r quiz.QuestionReport) error
}

// reportForm shows the report form for the current question.
func (s *server) reportForm(c *fiber.Ctx) error {
	st, err := s.studyFrame(c)
	if err != nil && !quiz.Is(err, quiz.NotFound) {
		return err
	}
	if err != nil || !st.Session.HasQuestion() {
		return redirect(c, views.ToStudy)
	}
	return showScreen(c, reportScreen(st, quiz.QuestionReport{Token: st.Session.Token, Question: st.Session.Question}, nil))
}

// reportAnswerForm shows the report form for an answered question.
func (s *server) reportAnswerForm(c *fiber.Ctx) error {
	st, r, err := s.reportScreenFor(c, param(c, "token"))
	if err != nil {
		return err
	}
	return showScreen(c, reportScreen(st, r, nil))
}

// reportScreenFor finds the question of a token: the current one, or one that was answered.
func (s *server) reportScreenFor(c *fiber.Ctx, token string) (views.StudyFrame, quiz.QuestionReport, error) {
	st, err := s.studyFrame(c)
	if err != nil && !quiz.Is(err, quiz.NotFound) {
		return st, quiz.QuestionReport{}, err
	}
	if err == nil && st.Session.Token == token && st.Session.HasQuestion() {
		return st, quiz.QuestionReport{Token: token, Deck: st.Session.Deck, Question: st.Session.Question}, nil
	}
	r, err := s.Store.ReviewByToken(c.UserContext(), visitor(c).Who(), token)
	if quiz.Is(err, quiz.NotFound) && c.Method() == fiber.MethodPost && st.Session.HasQuestion() {
		return st, quiz.QuestionReport{}, quiz.NewError(quiz.Conflict, "error.report.gone")
	}
	if err != nil {
		return st, quiz.QuestionReport{}, err
	}
	if st.Index, err = s.Store.DeckIndex(c.UserContext(), visitor(c).Who(), r.Deck); err != nil {
		return st, quiz.QuestionReport{}, err
	}
	out := quiz.QuestionReport{Token: token, Deck: r.Deck, Question: r.Question, Given: r.Given}
	if r.ChosenOption >= 0 {
		out.Given = r.Question.Options[r.ChosenOption].Text
	}
	st.ShowsFeedback = true
	return st, out, nil
}

func reportScreen(st views.StudyFrame, r quiz.QuestionReport, p quiz.Problems) views.ReportScreen {
	return views.ReportScreen{StudyFrame: st, Question: r.Question, Form: r, Problems: p, Back: questionURL(st, r.Token)}
}

// questionURL returns the URL of a reported question.
func questionURL(st views.StudyFrame, token string) templ.SafeURL {
	if st.ShowsFeedback {
		return views.ToFeedback(token)
	}
	return views.ToStudy
}

// saveReport saves a report on a question.
func (s *server) saveReport(c *fiber.Ctx) error {
	st, r, err := s.reportScreenFor(c, field(c, "token"))
	if err != nil {
		return err
	}
	r.Reason, r.Note, r.At = field(c, "reason"), strings.TrimSpace(field(c, "note")), s.Now()
	if p := r.Validate(); len(p) > 0 {
		return showScreenAgain(c, reportScreen(st, r, p))
	}
	if err := s.limits.spend(s.limits.reports, network(c)); err != nil {
		return err
	}
	if err := s.Store.SaveReport(c.UserContext(), visitor(c).Who(), r); err != nil {
		return err
	}
	return redirect(c, questionURL(st, r.Token)+"?reported=yes")
}
