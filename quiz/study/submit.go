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

// maxAnswerDuration is how long an answer is taken to last: a page that was left open
// says nothing about memory.
const maxAnswerDuration = 3 * time.Minute

// AnswerStore keeps answers.
type AnswerStore interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	DeckIndex(ctx context.Context, who quiz.Who, deck int64) (*kinds.DeckIndex, error)
	StudySession(ctx context.Context, who quiz.Who) (quiz.StudySession, error)
	Card(ctx context.Context, who quiz.Who, id quiz.CardID) (quiz.Card, error)
	ReviewByToken(ctx context.Context, who quiz.Who, token string) (quiz.Review, error)
	DueCounter
	SaveAnswer(ctx context.Context, who quiz.Who, all []quiz.Review, at LearnerTime, pose PickNext) error
}

// SubmitAnswer marks an answer, moves the memory and poses the next question, whose
// token is next. The same answer again writes nothing and gives what is kept;
// another answer to a question that was answered, or an answer to a question
// that no longer waits or whose deck was corrected since, is a Conflict.
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

// answerDuration is how long the question was before the learner. Where the browser does
// not tell it stays unknown; against a clock the server's own is taken, which a
// reload does not set back.
func answerDuration(s quiz.StudySession, a quiz.Answer, now time.Time) time.Duration {
	since := max(now.Sub(s.AskedAt), 0)
	if s.Quiz.Timed {
		a.Duration = since
	}
	return min(max(a.Duration, 0), since, maxAnswerDuration)
}

// relevantAnswer is the answer without what its kind of question does not ask for.
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

// confusedFact gives the fact that a wrong typed answer belongs to, if it is one
// of the deck's.
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

// buildReviews are the records of an answer: of the card that was asked, and of those
// that stood beside it and are in memory. A card is moved by others once a day at
// most, and never met by standing beside. What was expected of the answer is so by the
// form of the question, before it was known who is to blame for what.
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

// blamedForm is the form of what stood wrong in an order: others that stand wrong in
// it may be to blame.
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

// buildReview is the record of an answer, with the card before and after it.
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

// predictedRecall is the chance of a right answer in a form, −1 where memory tells none.
func predictedRecall(c quiz.Card, f fsrs.Form, at LearnerTime) float64 {
	days := c.State.ElapsedDays(at.Day)
	if days < 1 {
		return -1
	}
	return f.PredictCorrect(at.Model().Retrievability(c.State.Memory, days))
}

// repeatedAnswer answers a token that waits no more: with what was kept for it if the
// answer is the same.
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
