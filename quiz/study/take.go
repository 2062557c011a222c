package study

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/ask"
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
	Keep(ctx context.Context, who quiz.Who, r quiz.Review, at Moment, pose Poser) error
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
	a.Took = min(max(a.Took, 0), max(now.Sub(s.Posed), 0), longest)
	m, err := mark.Answer(s.Question, a)
	if err != nil {
		return quiz.Review{}, err
	}
	card, err := db.Card(ctx, who, quiz.CardID{Fact: s.Question.Fact, Facet: s.Question.Facet})
	if err != nil {
		return quiz.Review{}, err
	}
	at := At(person, now)
	card.Deck = s.Deck
	r := review(s, a, m, card, at)
	err = db.Keep(ctx, who, r, at, func(d Desk) quiz.Sitting {
		s := s
		s.Done++
		return pose(s, d, pool, person.NewPerDay, next, now)
	})
	if quiz.Is(err, quiz.Conflict) {
		return again(ctx, db, who, a)
	}
	return r, err
}

// review is the record of an answer, with the card before and after it.
func review(s quiz.Sitting, a quiz.Answer, m mark.Mark, c quiz.Card, at Moment) quiz.Review {
	if s.Question.Kind == quiz.Flip {
		a.Chosen = -1
	}
	return quiz.Review{
		Token: a.Token, Deck: s.Deck, Question: s.Question, Chosen: a.Chosen,
		Verdict: m.Verdict, Rating: m.Rating, Form: m.Form,
		At: at.Now, Day: at.Day, Zone: at.Zone, Offset: at.Offset, Took: a.Took,
		Model: Scheduler.Model.Version(), Before: c, After: move(c, m, at),
	}
}

// move gives the card after an answer.
func move(c quiz.Card, m mark.Mark, at Moment) quiz.Card {
	next := Scheduler.Answer(c.Memory, at.Day, m.Rating, m.Form, chance(c.CardID))
	if c.IsNew() {
		c.First = at.Day
	}
	c.Memory = next.Card
	c.Due = due(next, at)
	c.DueDay = at.Cal.Day(c.Due)
	if next.Days > 0 {
		c.DueDay = at.Day + int64(next.Days)
	}
	c.Version++
	return c
}

// due is the instant at which a card comes again: after minutes while it is
// learned, else as its day begins for the learner.
func due(n fsrs.Next, at Moment) time.Time {
	if n.Days > 0 {
		return at.Cal.Start(at.Day + int64(n.Days))
	}
	return at.Now.Add(n.Wait)
}

// chance is the seed of a card's fuzz, so that the interval a button shows is
// the one it gives.
func chance(id quiz.CardID) uint64 { return uint64(id.Fact)<<8 | uint64(id.Facet) }

// Preview gives when a card would come again for each rating by hand, from
// again to easy.
func Preview(c quiz.Card, at Moment) [4]time.Time {
	var out [4]time.Time
	for i, n := range Scheduler.Preview(c.Memory, at.Day, fsrs.Plain, chance(c.CardID)) {
		out[i] = due(n, at)
	}
	return out
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
	same := r.Chosen == a.Chosen
	if r.Question.Kind == quiz.Flip {
		same = r.Rating == a.Rating
	}
	if r.Undone || !same {
		return quiz.Review{}, quiz.Fail(quiz.Conflict, "error.answered")
	}
	return r, nil
}
