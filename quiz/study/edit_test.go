package study_test

import (
	"context"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/study"
	"chronicle/storage/storagetest"
)

// edited puts the deck again with another word in every event.
func edited(t *testing.T, l *storagetest.Learner) *quiz.Deck {
	t.Helper()
	d := storagetest.Shipped(t)
	for i := range d.Facts {
		d.Facts[i].Event += ", they say"
	}
	return storagetest.Put(t, l.DB, d, "edited")
}

// A question of a deck that was corrected since is not marked by what no
// longer holds: it is asked anew.
func TestADeckThatIsEditedDuringStudy(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		s := l.Begin()
		a := storagetest.Right(s)
		now := edited(t, l)
		_, err := l.Try(a)
		wants(t, err, quiz.Conflict, "error.edited")
		if len(l.Reviews())+len(l.Cards()) != 0 {
			t.Error("the answer to the old question was kept")
		}
		again := l.Begin()
		if again.Token == s.Token || again.Question.Version != now.Version || again.Question.Stem == s.Question.Stem {
			t.Errorf("%+v, was %+v", again, s)
		}
		l.Take(storagetest.Right(again))
		_, err = l.Try(a)
		wants(t, err, quiz.Conflict, "error.moved")
	})
}

// What was answered before the correction can be taken back; the question then
// comes in its new words.
func TestUndoAfterAnEdit(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		r := l.Take(storagetest.Right(l.Begin()))
		now := edited(t, l)
		s, err := l.Undo(r.Token)
		if err != nil || s.Question.Fact != r.Question.Fact || s.Question.Version != now.Version || s.Question.Stem == r.Question.Stem {
			t.Errorf("%+v %v, was %+v", s.Question, err, r.Question)
		}
		if len(l.Cards()) != 0 {
			t.Error("the card stayed")
		}
		l.Take(storagetest.Right(s))
	})
}

func TestResumeGoesOnAsBefore(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.Flips = true
		flip := l.Begin()
		resume := func() quiz.Sitting {
			s, err := study.Begin(context.Background(), l.DB, l.Who(), study.Start{Deck: l.Deck, Resume: true, Token: l.Token()}, l.Now)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		if s := resume(); s.Token != flip.Token || !s.Flips {
			t.Errorf("%+v", s)
		}
		l.Now = l.Now.Add(24 * time.Hour)
		if s := resume(); s.Token != flip.Token || !s.Flips {
			t.Errorf("the next day %+v", s)
		}
	})
}

// Of two facets that are due on one day, the one that was not asked is shown
// as due tomorrow.
func TestApart(t *testing.T) {
	t.Parallel()
	at := study.At(quiz.Person{Settings: quiz.Beginning(baku)}, storagetest.Noon)
	card := func(fact int64, facet quiz.Facet, last, due int64) quiz.Card {
		c := quiz.Card{CardID: quiz.CardID{Fact: fact, Facet: facet}, DueDay: due, Due: at.Cal.Start(due)}
		c.Memory.Phase, c.Memory.LastDay = 2, last
		return c
	}
	cards := []quiz.Card{
		card(1, quiz.When, at.Day, at.Day+5), card(1, quiz.What, at.Day-9, at.Day-1), // waits for tomorrow
		card(2, quiz.When, at.Day, at.Day), card(3, quiz.What, at.Day-9, at.Day), // alone
		card(4, quiz.When, at.Day, at.Day+5), card(4, quiz.What, at.Day-9, at.Day+3), // not due anyway
	}
	want := append([]quiz.Card{}, cards...)
	want[1].Due, want[1].DueDay = at.End, at.Day+1
	for i, c := range study.Apart(cards, nil, at) {
		if c != want[i] {
			t.Errorf("card %d is %+v, want %+v", i, c, want[i])
		}
	}
	if cards[1].DueDay != at.Day-1 {
		t.Error("the cards that were handed in changed")
	}
}
