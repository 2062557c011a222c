package study_test

import (
	"context"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/study"
	"chronicle/storage/storagetest"
)

// edited saves the deck again with words added to every event.
func edited(t *testing.T, l *storagetest.Learner) *quiz.Deck {
	t.Helper()
	d := storagetest.Shipped(t)
	for i := range d.Facts {
		d.Facts[i].Event += ", they say"
	}
	return storagetest.PutDeck(t, l.DB, d, "edited")
}

// TestDeckEditDuringStudySession checks that an answer to a question of an outdated
// deck version is not graded, and that the question is asked again.
func TestDeckEditDuringStudySession(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		s := l.StartSession()
		a := storagetest.Right(s)
		now := edited(t, l)
		_, err := l.TryAnswer(a)
		wants(t, err, quiz.Conflict, "error.edited")
		if len(l.Reviews())+len(l.Cards()) != 0 {
			t.Error("the answer to the old question was kept")
		}
		again := l.StartSession()
		if again.Token == s.Token || again.Question.DeckVersion != now.Version || again.Question.Stem == s.Question.Stem {
			t.Errorf("%+v, was %+v", again, s)
		}
		l.Answer(storagetest.Right(again))
		_, err = l.TryAnswer(a)
		wants(t, err, quiz.Conflict, "error.moved")
	})
}

// TestUndoAfterDeckEdit checks that an answer given before a correction can be undone
// and that the question then has its new wording.
func TestUndoAfterDeckEdit(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		r := l.Answer(storagetest.Right(l.StartSession()))
		now := edited(t, l)
		s, err := l.UndoAnswer(r.Token)
		if err != nil || s.Question.Fact != r.Question.Fact || s.Question.DeckVersion != now.Version || s.Question.Stem == r.Question.Stem {
			t.Errorf("%+v %v, was %+v", s.Question, err, r.Question)
		}
		if len(l.Cards()) != 0 {
			t.Error("the card stayed")
		}
		l.Answer(storagetest.Right(s))
	})
}

func TestResumeKeepsMode(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.Flashcards = true
		flip := l.StartSession()
		resume := func() quiz.StudySession {
			s, err := study.StartSession(context.Background(), l.DB, l.Who(), study.SessionOptions{Deck: l.Deck, KeepMode: true, Token: l.Token()}, l.Now)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		if s := resume(); s.Token != flip.Token || !s.Flashcards {
			t.Errorf("%+v", s)
		}
		l.Now = l.Now.Add(24 * time.Hour)
		if s := resume(); s.Token != flip.Token || !s.Flashcards {
			t.Errorf("the next day %+v", s)
		}
	})
}

// TestBurySiblings checks that if two facets of a fact are due on one day, the one
// that was not asked becomes due tomorrow.
func TestBurySiblings(t *testing.T) {
	t.Parallel()
	at := study.NewLearnerTime(quiz.Person{Settings: quiz.DefaultSettings(baku)}, storagetest.Noon)
	card := func(fact int64, facet quiz.Facet, last, due int64) quiz.Card {
		c := quiz.Card{CardID: quiz.CardID{Fact: fact, Facet: facet}, DueDay: due, Due: at.Calendar.DayStart(due)}
		c.State.Phase, c.State.LastDay = 2, last
		return c
	}
	cards := []quiz.Card{
		card(1, quiz.FacetWhen, at.Day, at.Day+5), card(1, quiz.FacetWhat, at.Day-9, at.Day-1), // buried until tomorrow
		card(2, quiz.FacetWhen, at.Day, at.Day), card(3, quiz.FacetWhat, at.Day-9, at.Day), // no sibling asked today
		card(4, quiz.FacetWhen, at.Day, at.Day+5), card(4, quiz.FacetWhat, at.Day-9, at.Day+3), // not due anyway
	}
	want := append([]quiz.Card{}, cards...)
	want[1].Due, want[1].DueDay = at.DayEnd, at.Day+1
	for i, c := range study.BurySiblings(cards, nil, at) {
		if c != want[i] {
			t.Errorf("card %d is %+v, want %+v", i, c, want[i])
		}
	}
	if cards[1].DueDay != at.Day-1 {
		t.Error("the cards that were handed in changed")
	}
}
