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
		_, err := l.UndoAnswer("none")
		wants(t, err, quiz.Conflict, "error.undo.other")
		first := l.StartSession()
		l.Answer(storagetest.Wrong(first))
		second := l.Session()
		l.Now = l.Now.Add(time.Minute)
		l.Answer(storagetest.Right(second))
		for _, token := range []string{first.Token, "unknown", ""} {
			_, err := l.UndoAnswer(token)
			wants(t, err, quiz.Conflict, "error.undo.other")
		}
		s, err := l.UndoAnswer(second.Token)
		if err != nil || s.Token == second.Token || s.Question.Stem != second.Question.Stem || s.AnswerCount != 1 || s.Remaining != second.Remaining {
			t.Errorf("%+v %v, was %+v", s, err, second)
		}
		if waits := l.Session(); waits.Token != s.Token || !waits.AskedAt.Equal(l.Now) {
			t.Errorf("what waits is %+v", waits)
		}
		if twice, err := l.UndoAnswer(second.Token); err != nil || twice.Token != s.Token {
			t.Errorf("a second tap gives %+v %v", twice, err)
		}
		_, err = l.TryAnswer(storagetest.Right(second)) // in another window
		wants(t, err, quiz.Conflict, "error.answered")
		if r := l.Answer(storagetest.Wrong(s)); r.CardAfter.Version != 1 || r.Verdict != quiz.VerdictWrong {
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
		l.SaveSettings(baku, 1)
		l.StartSession()
		practise(t, l, storagetest.Right)
		last := l.Reviews()[1]
		s, err := l.UndoAnswer(last.Token)
		if err != nil || s.Question.Fact != last.Question.Fact || s.Remaining != 1 || s.AnswerCount != 1 {
			t.Errorf("%+v %v", s, err)
		}
		l.Answer(storagetest.Right(s))
		if l.Session().HasQuestion() {
			t.Error("the session did not end again")
		}
	})
}

// TestUndoFromOtherDevice checks that undoing on another day or while studying another
// deck returns to the answered question.
func TestUndoFromOtherDevice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) {
		first := l.StartSession()
		l.Answer(storagetest.Right(first))
		copied := storagetest.Shipped(t)
		copied.Name = "another"
		home := l.Deck
		l.Deck, l.Flashcards = storagetest.PutDeck(t, l.DB, copied, "another").ID, true
		l.Now = l.Now.Add(24 * time.Hour)
		l.StartSession()
		s, err := l.UndoAnswer(first.Token)
		if err != nil || s.Deck != home || s.Flashcards || s.AnswerCount != 0 || s.Day != l.Time().Day || s.Question.Fact != first.Question.Fact {
			t.Errorf("%+v %v", s, err)
		}
		if len(l.Cards()) != 0 {
			t.Error("the card stayed")
		}
		if r := l.Answer(storagetest.Right(s)); r.Day != first.Day+1 || r.CardAfter.FirstDay != first.Day+1 {
			t.Errorf("%+v", r)
		}
	})
}
