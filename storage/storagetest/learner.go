package storagetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // learners live in zones that the machine may not know

	"chronicle/quiz"
	"chronicle/quiz/ask"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/mark"
	"chronicle/quiz/study"
	"chronicle/storage"
)

// Learner is a guest who studies a deck; the test holds the clock.
type Learner struct {
	tb     testing.TB
	DB     *storage.DB
	Person quiz.Person
	Deck   int64
	Flips  bool
	Now    time.Time
	Chance *rand.Rand // seeded: the same test gives the same history
	tokens int
}

// Noon is when learners begin: a Wednesday in spring, at noon in Baku.
var Noon = time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)

// NewLearner makes a guest in that zone, at Noon.
func NewLearner(tb testing.TB, db *storage.DB, zone string, deck int64) *Learner {
	tb.Helper()
	p, err := db.NewGuest(context.Background(), quiz.Who{}, zone, Noon)
	if err != nil {
		tb.Fatal(err)
	}
	return &Learner{tb: tb, DB: db, Person: p, Deck: deck, Now: Noon, Chance: rand.New(rand.NewPCG(1, 2))}
}

// Who is the learner as one who asks.
func (l *Learner) Who() quiz.Who { return l.Person.Who() }

// At is the learner's moment now.
func (l *Learner) At() study.Moment { return study.At(l.Person, l.Now) }

// Set keeps settings, and makes them the learner's.
func (l *Learner) Set(zone string, newPerDay int) {
	l.tb.Helper()
	l.Person.Zone, l.Person.NewPerDay = zone, newPerDay
	if err := l.DB.SetSettings(context.Background(), l.Who(), l.Person.Settings); err != nil {
		l.tb.Fatal(err)
	}
}

// Token is one that this learner never had.
func (l *Learner) Token() string {
	l.tokens++
	return fmt.Sprintf("%d-%d", l.Person.ID, l.tokens)
}

// Begin sits down to the deck.
func (l *Learner) Begin() quiz.Sitting {
	l.tb.Helper()
	s, err := study.Begin(context.Background(), l.DB, l.Who(), study.Start{Deck: l.Deck, Flips: l.Flips, Token: l.Token()}, l.Now)
	if err != nil {
		l.tb.Fatal(err)
	}
	return s
}

// Sitting is where the learner stands.
func (l *Learner) Sitting() quiz.Sitting {
	l.tb.Helper()
	s, err := l.DB.Sitting(context.Background(), l.Who())
	if err != nil {
		l.tb.Fatal(err)
	}
	return s
}

// Try gives an answer, which may be refused.
func (l *Learner) Try(a quiz.Answer) (quiz.Review, error) {
	return study.Take(context.Background(), l.DB, l.Who(), a, l.Token(), l.Now)
}

// Take gives an answer.
func (l *Learner) Take(a quiz.Answer) quiz.Review {
	l.tb.Helper()
	r, err := l.Try(a)
	if err != nil {
		l.tb.Fatal(err)
	}
	return r
}

// Quiz sits down to a quiz, and gives its run.
func (l *Learner) Quiz(q quiz.Quiz) quiz.Sitting {
	l.tb.Helper()
	q.Deck = l.Deck
	s, err := study.StartQuiz(context.Background(), l.DB, l.Who(), q, l.Token(), l.Token(), l.Now)
	if err != nil {
		l.tb.Fatal(err)
	}
	return s
}

// Sit puts a question before the learner, as if it had been posed.
func (l *Learner) Sit(q quiz.Question) quiz.Sitting {
	l.tb.Helper()
	s, err := l.DB.Sit(context.Background(), l.Who(), l.Deck, l.At(), func(d study.Desk) quiz.Sitting {
		return quiz.Sitting{Deck: l.Deck, Started: l.Now, Day: l.At().Day, Token: l.Token(), Question: q, Posed: l.Now, Left: 1}
	})
	if err != nil {
		l.tb.Fatal(err)
	}
	return s
}

// Pool is the learner's deck made ready.
func (l *Learner) Pool() *ask.Pool {
	l.tb.Helper()
	p, err := l.DB.Pool(context.Background(), l.Who(), l.Deck)
	if err != nil {
		l.tb.Fatal(err)
	}
	return p
}

// Undo takes an answer back.
func (l *Learner) Undo(token string) (quiz.Sitting, error) {
	return study.Undo(context.Background(), l.DB, l.Who(), token, l.Token(), l.Now)
}

// Guess is an answer to what waits, right about four times of five.
func (l *Learner) Guess(s quiz.Sitting) quiz.Answer {
	took := time.Duration(1+l.Chance.IntN(40)) * time.Second
	a := Right(s)
	if l.Chance.IntN(5) == 0 {
		a = Wrong(s)
	} else if s.Question.Kind == quiz.Flip {
		a.Rating = fsrs.Hard + fsrs.Rating(l.Chance.IntN(3))
	}
	a.Took = took
	return a
}

// Cards are the learner's, by fact and facet.
func (l *Learner) Cards() []quiz.Card {
	l.tb.Helper()
	cards, err := l.DB.Cards(context.Background(), l.Who())
	if err != nil {
		l.tb.Fatal(err)
	}
	return cards
}

// Reviews are all the learner's, oldest first.
func (l *Learner) Reviews() []quiz.Review {
	l.tb.Helper()
	log, err := l.DB.Reviews(context.Background(), l.Who(), time.Time{})
	if err != nil {
		l.tb.Fatal(err)
	}
	return log
}

// Past is what the learner's cards are made from.
func (l *Learner) Past() study.Past {
	l.tb.Helper()
	p, err := l.DB.Past(context.Background(), l.Who())
	if err != nil {
		l.tb.Fatal(err)
	}
	return p
}

// Right is the right answer to what waits.
func Right(s quiz.Sitting) quiz.Answer {
	a := mark.Right(s.Question)
	a.Token = s.Token
	return a
}

// Wrong is a wrong answer to what waits, with nothing right in it.
func Wrong(s quiz.Sitting) quiz.Answer {
	q, a := s.Question, quiz.Answer{Token: s.Token, Chosen: -1}
	switch {
	case q.Kind == quiz.Flip:
		a.Rating = fsrs.Again
	case q.Kind.Chooses():
		a.Chosen = (q.Answer + 1) % len(q.Options)
	case q.Kind == quiz.WhenTyped:
		a.Given = "3000-01-01"
	case q.Kind == quiz.Place:
		a.Given = strconv.FormatInt(q.Scale.First, 10)
		if y, _, _ := edtf.Civil(q.Right.Lo()); 2*y < q.Scale.First+q.Scale.Last {
			a.Given = strconv.FormatInt(q.Scale.Last, 10)
		}
	case q.Kind == quiz.GapTyped:
		a.Given = "zzzzzz"
	case q.Kind == quiz.Order:
		turned := slices.Clone(q.Order)
		slices.Reverse(turned)
		a.Given = places(turned)
	default:
		a.Given = places(append(slices.Clone(q.Order[1:]), q.Order[0]))
	}
	return a
}

// places writes places with commas between them.
func places(all []int) string {
	var out []string
	for _, one := range all {
		out = append(out, strconv.Itoa(one))
	}
	return strings.Join(out, ",")
}
