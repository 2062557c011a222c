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
	_ "time/tzdata" // learners use time zones that the machine may not have

	"chronicle/quiz"
	"chronicle/quiz/edtf"
	"chronicle/quiz/fsrs"
	"chronicle/quiz/grading"
	"chronicle/quiz/kinds"
	"chronicle/quiz/study"
	"chronicle/storage"
)

// Learner is a guest who studies a deck; the test sets the time.
type Learner struct {
	tb         testing.TB
	DB         *storage.DB
	Person     quiz.Person
	Deck       int64
	Flashcards bool
	Now        time.Time
	Rand       *rand.Rand // seeded: the same test gives the same history
	tokens     int
}

// Noon is when learners start: a Wednesday in spring, at noon in Baku.
var Noon = time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)

// NewLearner creates a guest in a time zone, at Noon.
func NewLearner(tb testing.TB, db *storage.DB, zone string, deck int64) *Learner {
	tb.Helper()
	p, err := db.CreateGuest(context.Background(), quiz.Who{}, zone, Noon)
	if err != nil {
		tb.Fatal(err)
	}
	return &Learner{tb: tb, DB: db, Person: p, Deck: deck, Now: Noon, Rand: rand.New(rand.NewPCG(1, 2))}
}

// Who returns the learner as the acting person.
func (l *Learner) Who() quiz.Who { return l.Person.Who() }

// Time returns the learner's current time.
func (l *Learner) Time() study.LearnerTime { return study.NewLearnerTime(l.Person, l.Now) }

// SaveSettings changes the learner's time zone and new cards per day.
func (l *Learner) SaveSettings(zone string, newPerDay int) {
	l.tb.Helper()
	l.Person.Zone, l.Person.NewPerDay = zone, newPerDay
	if err := l.DB.SaveSettings(context.Background(), l.Who(), l.Person.Settings); err != nil {
		l.tb.Fatal(err)
	}
}

// Token returns a token that this learner has not used.
func (l *Learner) Token() string {
	l.tokens++
	return fmt.Sprintf("%d-%d", l.Person.ID, l.tokens)
}

// StartSession starts a study session on the learner's deck.
func (l *Learner) StartSession() quiz.StudySession {
	l.tb.Helper()
	s, err := study.StartSession(context.Background(), l.DB, l.Who(), study.SessionOptions{Deck: l.Deck, Flashcards: l.Flashcards, Token: l.Token()}, l.Now)
	if err != nil {
		l.tb.Fatal(err)
	}
	return s
}

// Session returns the learner's study session.
func (l *Learner) Session() quiz.StudySession {
	l.tb.Helper()
	s, err := l.DB.StudySession(context.Background(), l.Who())
	if err != nil {
		l.tb.Fatal(err)
	}
	return s
}

// TryAnswer submits an answer and returns the error.
func (l *Learner) TryAnswer(a quiz.Answer) (quiz.Review, error) {
	return study.SubmitAnswer(context.Background(), l.DB, l.Who(), a, l.Token(), l.Now)
}

// Answer submits an answer, which must succeed.
func (l *Learner) Answer(a quiz.Answer) quiz.Review {
	l.tb.Helper()
	r, err := l.TryAnswer(a)
	if err != nil {
		l.tb.Fatal(err)
	}
	return r
}

// StartQuiz starts a quiz on the learner's deck.
func (l *Learner) StartQuiz(q quiz.Quiz) quiz.StudySession {
	l.tb.Helper()
	q.Deck = l.Deck
	s, err := study.StartQuiz(context.Background(), l.DB, l.Who(), q, l.Token(), l.Token(), l.Now)
	if err != nil {
		l.tb.Fatal(err)
	}
	return s
}

// AskQuestion makes a question the current one of a new study session.
func (l *Learner) AskQuestion(q quiz.Question) quiz.StudySession {
	l.tb.Helper()
	s, err := l.DB.OpenStudySession(context.Background(), l.Who(), l.Deck, l.Time(), func(d study.Queue) quiz.StudySession {
		return quiz.StudySession{Deck: l.Deck, StartedAt: l.Now, Day: l.Time().Day, Token: l.Token(), Question: q, AskedAt: l.Now, Remaining: 1}
	})
	if err != nil {
		l.tb.Fatal(err)
	}
	return s
}

// DeckIndex returns the index of the learner's deck.
func (l *Learner) DeckIndex() *kinds.DeckIndex {
	l.tb.Helper()
	p, err := l.DB.DeckIndex(context.Background(), l.Who(), l.Deck)
	if err != nil {
		l.tb.Fatal(err)
	}
	return p
}

// UndoAnswer undoes an answer.
func (l *Learner) UndoAnswer(token string) (quiz.StudySession, error) {
	return study.UndoAnswer(context.Background(), l.DB, l.Who(), token, l.Token(), l.Now)
}

// GuessAnswer returns an answer to the current question that is right about four times out of
// five.
func (l *Learner) GuessAnswer(s quiz.StudySession) quiz.Answer {
	took := time.Duration(1+l.Rand.IntN(40)) * time.Second
	a := Right(s)
	if l.Rand.IntN(5) == 0 {
		a = Wrong(s)
	} else if s.Question.Kind == quiz.KindFlashcard {
		a.Rating = fsrs.Hard + fsrs.Rating(l.Rand.IntN(3))
	}
	a.Duration = took
	return a
}

// Cards returns the learner's cards, by fact and facet.
func (l *Learner) Cards() []quiz.Card {
	l.tb.Helper()
	cards, err := l.DB.Cards(context.Background(), l.Who())
	if err != nil {
		l.tb.Fatal(err)
	}
	return cards
}

// Reviews returns all reviews of the learner, oldest first.
func (l *Learner) Reviews() []quiz.Review {
	l.tb.Helper()
	log, err := l.DB.Reviews(context.Background(), l.Who(), time.Time{})
	if err != nil {
		l.tb.Fatal(err)
	}
	return log
}

// History returns what the learner's cards are computed from.
func (l *Learner) History() study.History {
	l.tb.Helper()
	p, err := l.DB.ReviewHistory(context.Background(), l.Who())
	if err != nil {
		l.tb.Fatal(err)
	}
	return p
}

// Right returns the right answer to the current question.
func Right(s quiz.StudySession) quiz.Answer {
	a := grading.RightAnswer(s.Question)
	a.Token = s.Token
	return a
}

// Wrong returns an answer to the current question in which nothing is right.
func Wrong(s quiz.StudySession) quiz.Answer {
	q, a := s.Question, quiz.Answer{Token: s.Token, ChosenOption: -1}
	switch {
	case q.Kind == quiz.KindFlashcard:
		a.Rating = fsrs.Again
	case q.Kind.IsChoice():
		a.ChosenOption = (q.RightOption + 1) % len(q.Options)
	case q.Kind == quiz.KindWhenTyped:
		a.Given = "3000-01-01"
	case q.Kind == quiz.KindPlace:
		a.Given = strconv.FormatInt(q.Scale.First, 10)
		if y, _, _ := edtf.CivilDate(q.RightDate.Lo()); 2*y < q.Scale.First+q.Scale.Last {
			a.Given = strconv.FormatInt(q.Scale.Last, 10)
		}
	case q.Kind == quiz.KindGapTyped:
		a.Given = "zzzzzz"
	case q.Kind == quiz.KindOrder:
		turned := slices.Clone(q.RightOrder)
		slices.Reverse(turned)
		a.Given = joinPositions(turned)
	default:
		a.Given = joinPositions(append(slices.Clone(q.RightOrder[1:]), q.RightOrder[0]))
	}
	return a
}

// joinPositions joins positions with commas.
func joinPositions(all []int) string {
	var out []string
	for _, one := range all {
		out = append(out, strconv.Itoa(one))
	}
	return strings.Join(out, ",")
}
