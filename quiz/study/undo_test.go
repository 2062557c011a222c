package study_test

import (
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage/storagetest"
)

func TestUndo(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		_, err := l.Undo("none")
		wants(t, err, quiz.Conflict, "error.undo.other")
		first := l.Begin()
		l.Take(storagetest.Wrong(first))
		second := l.Sitting()
		l.Now = l.Now.Add(time.Minute)
		l.Take(storagetest.Right(second))
		for _, token := range []string{first.Token, "unknown", ""} {
			_, err := l.Undo(token)
			wants(t, err, quiz.Conflict, "error.undo.other")
		}
		s, err := l.Undo(second.Token)
		if err != nil || s.Token == second.Token || s.Question.Stem != second.Question.Stem || s.Done != 1 || s.Left != second.Left {
			t.Errorf("%+v %v, was %+v", s, err, second)
		}
		if waits := l.Sitting(); waits.Token != s.Token || !waits.Posed.Equal(l.Now) {
			t.Errorf("what waits is %+v", waits)
		}
		if twice, err := l.Undo(second.Token); err != nil || twice.Token != s.Token {
			t.Errorf("a second tap gives %+v %v", twice, err)
		}
		_, err = l.Try(storagetest.Right(second)) // from another window
		wants(t, err, quiz.Conflict, "error.answered")
		if r := l.Take(storagetest.Wrong(s)); r.After.Version != 1 || r.Verdict != quiz.Wrong {
			t.Errorf("%+v", r)
		}
		log := l.Reviews()
		if len(log) != 3 || log[0].Undone || !log[1].Undone || log[2].Undone || len(l.Cards()) != 2 {
			t.Errorf("%+v", log)
		}
	})
}

func TestUndoAfterTheLastQuestion(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		l.Set(baku, 1)
		l.Begin()
		practise(t, l, storagetest.Right)
		last := l.Reviews()[1]
		s, err := l.Undo(last.Token)
		if err != nil || s.Question.Fact != last.Question.Fact || s.Left != 1 || s.Done != 1 {
			t.Errorf("%+v %v", s, err)
		}
		l.Take(storagetest.Right(s))
		if l.Sitting().Waits() {
			t.Error("the session did not end again")
		}
	})
}

// An undo on another day, or from another deck, goes back to where it was.
func TestUndoFromElsewhere(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		first := l.Begin()
		l.Take(storagetest.Right(first))
		copied := storagetest.Shipped(t)
		copied.Name = "another"
		home := l.Deck
		l.Deck, l.Flips = storagetest.Put(t, l.DB, copied, "another").ID, true
		l.Now = l.Now.Add(24 * time.Hour)
		l.Begin()
		s, err := l.Undo(first.Token)
		if err != nil || s.Deck != home || s.Flips || s.Done != 0 || s.Day != l.At().Day || s.Question.Fact != first.Question.Fact {
			t.Errorf("%+v %v", s, err)
		}
		if len(l.Cards()) != 0 {
			t.Error("the card stayed")
		}
		if r := l.Take(storagetest.Right(s)); r.Day != first.Day+1 || r.After.First != first.Day+1 {
			t.Errorf("%+v", r)
		}
	})
}
