package study

import (
	"context"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/grading"
	"chronicle/quiz/kinds"
)

// maxAnswerDuration is the longest duration recorded for an answer. A page left open
// for longer says nothing about memory.
const maxAnswerDuration = 3 * time.Minute

// AnswerStore stores answers.
type AnswerStore interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	DeckIndex(ctx context.Context, who quiz.Who, deck int64) (*kinds.DeckIndex, error)
	StudySession(ctx context.Context, who quiz.Who) (quiz.StudySession, error)
	Card(ctx context.Context, who quiz.Who, id quiz.CardID) (quiz.Card, error)
	ReviewByToken(ctx context.Context, who quiz.Who, token string) (quiz.Review, error)
	DueCounter
	SaveAnswer(ctx context.Context, who quiz.Who, all []quiz.Review, at LearnerTime, pose PickNext) error
}

// SubmitAnswer grades an answer, updates the card and picks the next question, whose
// token is next. It returns the saved review. Submitting the same answer again writes
// nothing and returns the saved review. A different answer to an answered question, or
// an answer to a question that no longer waits or whose deck was corrected, is a
// Conflict.
func SubmitAnswer(ctx context.Context, db AnswerStore, who quiz.Who, a quiz.Answer, next string, now time.Time) (quiz.Review, error) {
	s, err := db.StudySession(ctx, who)
	if err != nil && !quiz.Is(err, quiz.NotFound) {
		return quiz.Review{}, err
	}
	if a.Token == "" || s.Token != a.Token {
		return repeatedAnswer(ctx, db, who, a)
	}
	person, err := db.Person(ctx, who)
	if err != nil {
		return quiz.Review{}, err
	}
	pool, err := db.DeckIndex(ctx, who, s.Deck)
	if err != nil {
		return quiz.Review{}, err
	}
	if s.Question.DeckVersion != pool.Deck.Version {
		return quiz.Review{}, quiz.NewError(quiz.Conflict, "error.edited")
	}
	a.Duration, a.StrictSpelling = answerDuration(s, a, now), person.StrictSpelling
	a = relevantAnswer(s.Question.Kind, a)
	if s.Question.Kind == quiz.KindGapTyped {
		s.Question.ConfusableTerms = pool.ConfusableTerms(s.Question, a.Given)
	}
	m, err := grading.GradeAnswer(s.Question, a)
	if err != nil {
		return quiz.Review{}, err
	}
	if m.ConfusedWith == 0 {
		m.ConfusedWith = confusedFact(pool, s.Question, a, m)
	}
	m = m.WithEffects(person.Parameters.Effects, s.Question.Kind)
	at := NewLearnerTime(person, now)
	all, err := buildReviews(ctx, db, who, s, a, m, person.Parameters.Effects, at)
	if err != nil {
		return quiz.Review{}, err
	}
	err = db.SaveAnswer(ctx, who, all, at, func(d Queue) quiz.StudySession {
		s := s
		s.AnswerCount++
		return pickNextQuestion(s, d, pool, person, next, now)
	})
	if quiz.Is(err, quiz.Conflict) {
		return repeatedAnswer(ctx, db, who, a)
	}
	return all[0], err
}

// answerDuration returns how long the learner saw the question. It is 0 if the browser
// did not report it. In a timed quiz the server's own measurement is used, which
// reloading the page does not reset.
func answerDuration(s quiz.StudySession, a quiz.Answer, now time.Time) time.Duration {
	since := max(now.Sub(s.AskedAt), 0)
	if s.Quiz.Timed {
		a.Duration = since
	}
	return min(max(a.Duration, 0), since, maxAnswerDuration)
}

// relevantAnswer returns the answer without the fields that its kind of question does
// not use.
func relevantAnswer(k quiz.Kind, a quiz.Answer) quiz.Answer {
	a.Given = strings.TrimSpace(a.Given)
	if k.IsChoice() || k == quiz.KindFlashcard || a.DontKnow {
		a.Given = ""
	}
	if !k.IsChoice() || a.DontKnow {
		a.ChosenOption = -1
	}
	return a
}

// confusedFact returns the fact of the deck that a wrong typed answer belongs to, or
// 0.
func confusedFact(p *kinds.DeckIndex, q quiz.Question, a quiz.Answer, m grading.Grade) int64 {
	if m.Verdict == quiz.VerdictRight || a.Given == "" {
		return 0
	}
	switch q.Kind {
	case quiz.KindWhenTyped:
		if d := grading.ParseDate(a.Given); edtf.Disjoint(d, q.UncertainDate) {
			return p.FactWithDate(d, q.Fact)
		}
	case quiz.KindGapTyped:
		return p.FactWithTerm(a.Given, q.Fact)
	}
	return 0
}

// buildReviews returns the reviews of an answer: one for the card asked for and one
// for each companion in memory. A card is updated as a companion at most once a day,
// and a new card never. The predicted recall uses the form of the question without
// shared blame.
func buildReviews(ctx context.Context, db AnswerStore, who quiz.Who, s quiz.StudySession, a quiz.Answer, m grading.Grade, e fsrs.Effects, at LearnerTime) ([]quiz.Review, error) {
	cards := map[int64]quiz.Card{}
	for _, fact := range s.Question.AffectedFacts() {
		card, err := db.Card(ctx, who, quiz.CardID{Fact: fact, Facet: s.Question.Facet})
		if err != nil {
			return nil, err
		}
		card.Deck = s.Deck
		cards[fact] = card
	}
	if !a.DontKnow {
		m.Form = blamedForm(m, m, s.Question, s.Question.Fact, cards, at)
	}
	first, err := buildReview(ctx, db, who, s, a, m, cards[s.Question.Fact], at)
	if err != nil {
		return nil, err
	}
	first.Expected = predictedRecall(first.CardBefore, e.Apply(grading.FormClassOf(s.Question.Kind), grading.FormOf(s.Question)), at)
	out := []quiz.Review{first}
	for _, beside := range m.Companions {
		c := cards[beside.Fact]
		if c.State.Phase != fsrs.PhaseReview || c.State.LastDay >= at.Day {
			continue
		}
		one := beside.Grade
		one.Form = blamedForm(one, m, s.Question, beside.Fact, cards, at)
		r, err := buildReview(ctx, db, who, s, a, one, c, at)
		if err != nil {
			return nil, err
		}
		r.LeadToken, r.Token = a.Token, a.Token+"/"+strconv.Itoa(len(out))
		r.Question = quiz.Question{Kind: s.Question.Kind, Facet: s.Question.Facet, Fact: beside.Fact, RightOption: -1, DeckVersion: s.Question.DeckVersion}
		r.Duration, r.Given, r.Expected = 0, "", predictedRecall(c, beside.Form, at)
		out = append(out, r)
	}
	return out, nil
}

// blamedForm returns the form for an item of an order. If the item is wrong, the other
// wrong items share the blame.
func blamedForm(m, all grading.Grade, q quiz.Question, fact int64, cards map[int64]quiz.Card, at LearnerTime) fsrs.Form {
	if q.Kind != quiz.KindOrder || m.Rating != fsrs.Again {
		return m.Form
	}
	var others []float64
	for i, o := range q.Options {
		switch c := cards[o.Fact]; {
		case o.Fact == fact, all.OptionsRight[i]:
		case c.IsNew():
			others = append(others, fsrs.PriorKnowledge)
		default:
			others = append(others, c.Retrievability(at.Model(), at.Day))
		}
	}
	return m.Form.WithSharedBlame(others)
}

// buildReview returns the review of an answer, with the card before and after it.
func buildReview(ctx context.Context, db DueCounter, who quiz.Who, s quiz.StudySession, a quiz.Answer, m grading.Grade, c quiz.Card, at LearnerTime) (quiz.Review, error) {
	next := at.answerCard(c, m.Rating, m.Form)
	fuzz, err := pickFuzz(ctx, db, who, next, at)
	return quiz.Review{
		Token: a.Token, QuizAttempt: s.QuizAttempt, Deck: s.Deck, Question: s.Question, ChosenOption: a.ChosenOption, Given: a.Given,
		Verdict: m.Verdict, Score: m.Score, ConfusedWith: m.ConfusedWith, Rating: m.Rating, Form: m.Form,
		At: at.Now, Day: at.Day, Zone: at.Zone, Offset: at.Offset, DayStart: at.DayStart, Fuzz: fuzz, Duration: a.Duration,
		Model: at.SchedulerVersion.String(), CardBefore: c, CardAfter: cardAfter(c, next, fuzz, at),
	}, err
}

// predictedRecall returns the chance of a right answer in form f, or −1 if the model
// predicts none: at a first answer, or on the same day as the last one.
func predictedRecall(c quiz.Card, f fsrs.Form, at LearnerTime) float64 {
	days := c.State.ElapsedDays(at.Day)
	if days < 1 {
		return -1
	}
	return f.PredictCorrect(at.Model().Retrievability(c.State.Memory, days))
}

// repeatedAnswer handles a token that no longer waits. It returns the saved review if
// the answer is the same.
func repeatedAnswer(ctx context.Context, db AnswerStore, who quiz.Who, a quiz.Answer) (quiz.Review, error) {
	r, err := db.ReviewByToken(ctx, who, a.Token)
	if quiz.Is(err, quiz.NotFound) {
		return quiz.Review{}, quiz.NewError(quiz.Conflict, "error.moved")
	}
	if err != nil {
		return quiz.Review{}, err
	}
	a = relevantAnswer(r.Question.Kind, a)
	same := r.ChosenOption == a.ChosenOption && r.Given == a.Given
	if r.Question.Kind == quiz.KindFlashcard {
		same = r.Rating == a.Rating
	}
	if r.Undone || !same {
		return quiz.Review{}, quiz.NewError(quiz.Conflict, "error.answered")
	}
	return r, nil
}
