package study

import (
	"context"
	"strconv"
	"strings"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/mark"
)

// longest is how long an answer is taken to last: a page that was left open
// says nothing about memory.
const longest = 3 * time.Minute

// Taker keeps answers.
type Taker interface {
	Person(ctx context.Context, who quiz.Who) (quiz.Person, error)
	Pool(ctx context.Context, who quiz.Who, deck int64) (*ask.Pool, error)
	Sitting(ctx context.Context, who quiz.Who) (quiz.Sitting, error)
	Card(ctx context.Context, who quiz.Who, id quiz.CardID) (quiz.Card, error)
	ReviewOf(ctx context.Context, who quiz.Who, token string) (quiz.Review, error)
	Loader
	Keep(ctx context.Context, who quiz.Who, all []quiz.Review, at Moment, pose Poser) error
}

// Take marks an answer, moves the memory and poses the next question, whose
// token is next. The same answer again writes nothing and gives what is kept;
// another answer to a question that was answered, or an answer to a question
// that no longer waits or whose deck was corrected since, is a Conflict.
func Take(ctx context.Context, db Taker, who quiz.Who, a quiz.Answer, next string, now time.Time) (quiz.Review, error) {
	s, err := db.Sitting(ctx, who)
	if err != nil && !quiz.Is(err, quiz.Missing) {
		return quiz.Review{}, err
	}
	if a.Token == "" || s.Token != a.Token {
		return again(ctx, db, who, a)
	}
	person, err := db.Person(ctx, who)
	if err != nil {
		return quiz.Review{}, err
	}
	pool, err := db.Pool(ctx, who, s.Deck)
	if err != nil {
		return quiz.Review{}, err
	}
	if s.Question.Version != pool.Deck.Version {
		return quiz.Review{}, quiz.Fail(quiz.Conflict, "error.edited")
	}
	a.Took, a.Strict = took(s, a, now), person.Strict
	a = plain(s.Question.Kind, a)
	if s.Question.Kind == quiz.GapTyped {
		s.Question.Terms = pool.Mistakable(s.Question, a.Given)
	}
	m, err := mark.Answer(s.Question, a)
	if err != nil {
		return quiz.Review{}, err
	}
	if m.Confused == 0 {
		m.Confused = confused(pool, s.Question, a, m)
	}
	m = m.With(person.Tuning.Effects, s.Question.Kind)
	at := At(person, now)
	all, err := reviews(ctx, db, who, s, a, m, person.Tuning.Effects, at)
	if err != nil {
		return quiz.Review{}, err
	}
	err = db.Keep(ctx, who, all, at, func(d Desk) quiz.Sitting {
		s := s
		s.Done++
		return pose(s, d, pool, person, next, now)
	})
	if quiz.Is(err, quiz.Conflict) {
		return again(ctx, db, who, a)
	}
	return all[0], err
}

// took is how long the question was before the learner. Where the browser does
// not tell it stays unknown; against a clock the server's own is taken, which a
// reload does not set back.
func took(s quiz.Sitting, a quiz.Answer, now time.Time) time.Duration {
	since := max(now.Sub(s.Posed), 0)
	if s.Quiz.Clock {
		a.Took = since
	}
	return min(max(a.Took, 0), since, longest)
}

// plain is the answer without what its kind of question does not ask for.
func plain(k quiz.Kind, a quiz.Answer) quiz.Answer {
	a.Given = strings.TrimSpace(a.Given)
	if k.Chooses() || k == quiz.Flip || a.Passed {
		a.Given = ""
	}
	if !k.Chooses() || a.Passed {
		a.Chosen = -1
	}
	return a
}

// confused gives the fact that a wrong typed answer belongs to, if it is one
// of the deck's.
func confused(p *ask.Pool, q quiz.Question, a quiz.Answer, m mark.Mark) int64 {
	if m.Verdict == quiz.Right || a.Given == "" {
		return 0
	}
	switch q.Kind {
	case quiz.WhenTyped:
		if d := mark.Date(a.Given); edtf.Disjoint(d, q.Doubt) {
			return p.Whose(d, q.Fact)
		}
	case quiz.GapTyped:
		return p.Named(a.Given, q.Fact)
	}
	return 0
}

// reviews are the records of an answer: of the card that was asked, and of those
// that stood beside it and are in memory. A card is moved by others once a day at
// most, and never met by standing beside. What was expected of the answer is so by the
// form of the question, before it was known who is to blame for what.
func reviews(ctx context.Context, db Taker, who quiz.Who, s quiz.Sitting, a quiz.Answer, m mark.Mark, e fsrs.Effects, at Moment) ([]quiz.Review, error) {
	cards := map[int64]quiz.Card{}
	for _, fact := range s.Question.Cards() {
		card, err := db.Card(ctx, who, quiz.CardID{Fact: fact, Facet: s.Question.Facet})
		if err != nil {
			return nil, err
		}
		card.Deck = s.Deck
		cards[fact] = card
	}
	if !a.Passed {
		m.Form = blamed(m, m, s.Question, s.Question.Fact, cards, at)
	}
	first, err := review(ctx, db, who, s, a, m, cards[s.Question.Fact], at)
	if err != nil {
		return nil, err
	}
	first.Expected = expected(first.Before, e.Of(mark.Class(s.Question.Kind), mark.Form(s.Question)), at)
	out := []quiz.Review{first}
	for _, beside := range m.Beside {
		c := cards[beside.Fact]
		if c.Memory.Phase != fsrs.PhaseReview || c.Memory.LastDay >= at.Day {
			continue
		}
		one := beside.Mark
		one.Form = blamed(one, m, s.Question, beside.Fact, cards, at)
		r, err := review(ctx, db, who, s, a, one, c, at)
		if err != nil {
			return nil, err
		}
		r.Lead, r.Token = a.Token, a.Token+"/"+strconv.Itoa(len(out))
		r.Question = quiz.Question{Kind: s.Question.Kind, Facet: s.Question.Facet, Fact: beside.Fact, Answer: -1, Version: s.Question.Version}
		r.Took, r.Given, r.Expected = 0, "", expected(c, beside.Form, at)
		out = append(out, r)
	}
	return out, nil
}

// blamed is the form of what stood wrong in an order: others that stand wrong in
// it may be to blame.
func blamed(m, all mark.Mark, q quiz.Question, fact int64, cards map[int64]quiz.Card, at Moment) fsrs.Form {
	if q.Kind != quiz.Order || m.Rating != fsrs.Again {
		return m.Form
	}
	var others []float64
	for i, o := range q.Options {
		switch c := cards[o.Fact]; {
		case o.Fact == fact, all.Each[i]:
		case c.IsNew():
			others = append(others, fsrs.PriorKnowledge)
		default:
			others = append(others, c.Ink(at.Model(), at.Day))
		}
	}
	return m.Form.Blamed(others)
}

// review is the record of an answer, with the card before and after it.
func review(ctx context.Context, db Loader, who quiz.Who, s quiz.Sitting, a quiz.Answer, m mark.Mark, c quiz.Card, at Moment) (quiz.Review, error) {
	next := at.answered(c, m.Rating, m.Form)
	fuzz, err := pick(ctx, db, who, next, at)
	return quiz.Review{
		Token: a.Token, Run: s.Run, Deck: s.Deck, Question: s.Question, Chosen: a.Chosen, Given: a.Given,
		Verdict: m.Verdict, Score: m.Score, Confused: m.Confused, Rating: m.Rating, Form: m.Form,
		At: at.Now, Day: at.Day, Zone: at.Zone, Offset: at.Offset, DayStart: at.DayStart, Fuzz: fuzz, Took: a.Took,
		Model: at.Made.String(), Before: c, After: moved(c, next, fuzz, at),
	}, err
}

// expected is the chance of a right answer in a form, −1 where memory tells none.
func expected(c quiz.Card, f fsrs.Form, at Moment) float64 {
	days := c.Memory.Elapsed(at.Day)
	if days < 1 {
		return -1
	}
	return f.Predict(at.Model().Recall(c.Memory.Memory, days))
}

// again answers a token that waits no more: with what was kept for it if the
// answer is the same.
func again(ctx context.Context, db Taker, who quiz.Who, a quiz.Answer) (quiz.Review, error) {
	r, err := db.ReviewOf(ctx, who, a.Token)
	if quiz.Is(err, quiz.Missing) {
		return quiz.Review{}, quiz.Fail(quiz.Conflict, "error.moved")
	}
	if err != nil {
		return quiz.Review{}, err
	}
	a = plain(r.Question.Kind, a)
	same := r.Chosen == a.Chosen && r.Given == a.Given
	if r.Question.Kind == quiz.Flip {
		same = r.Rating == a.Rating
	}
	if r.Undone || !same {
		return quiz.Review{}, quiz.Fail(quiz.Conflict, "error.answered")
	}
	return r, nil
}
