package storage_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/study"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// step is the state before an answer, and the answer's token.
type step struct {
	memory, token string
	session       quiz.StudySession
}

// TestUndoIsExact checks that undoing many answers restores each earlier state exactly, also
// after the database was closed and reopened.
func TestUndoIsExact(t *testing.T) {
	t.Parallel()
	storagetest.ForEachAddress(t, func(t *testing.T, address string) {
		db := storagetest.Open(t, address)
		l := seeded(learner(t, db), 4)
		for round := range 3 {
			l.Flashcards = round == 1
			live(t, l, 15, true) // some history first
			steps := answer(t, l, 12)
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			db = storagetest.Open(t, address)
			l.DB = db
			for i := len(steps) - 1; i >= 0; i-- {
				undoAnswer(t, l, steps[i])
			}
			rebuilt(t, l)
		}
	})
}

// answer submits n answers and returns the state before each.
func answer(t *testing.T, l *storagetest.Learner, n int) []step {
	t.Helper()
	var steps []step
	for s := l.StartSession(); len(steps) < n; s = l.Session() {
		for !s.HasQuestion() {
			l.Now = l.Now.Add(24 * time.Hour)
			s = l.StartSession()
		}
		steps = append(steps, step{memory(t, l.DB, l.Who()), s.Token, s})
		l.Now = l.Now.Add(time.Duration(1+l.Rand.IntN(50)) * time.Second)
		l.Answer(l.GuessAnswer(s))
	}
	return steps
}

func undoAnswer(t *testing.T, l *storagetest.Learner, before step) {
	t.Helper()
	reviews, undos := count(t, l.DB, "reviews"), count(t, l.DB, "undos")
	pauseBetween(l)
	s, err := l.UndoAnswer(before.token)
	if err != nil {
		t.Fatal(err)
	}
	if now := memory(t, l.DB, l.Who()); now != before.memory {
		t.Errorf("before the answer\n%s\nafter the undo\n%s", before.memory, now)
	}
	if old := before.session; s.Day == old.Day && s.StartedAt.Equal(old.StartedAt) && (s.AnswerCount != old.AnswerCount || s.Remaining != old.Remaining) {
		t.Errorf("sat at %+v, after the undo at %+v", old, s)
	}
	if r, u := count(t, l.DB, "reviews"), count(t, l.DB, "undos"); r != reviews || u != undos+1 {
		t.Errorf("%d reviews and %d undos became %d and %d", reviews, undos, r, u)
	}
	all := everything(t, l.DB)
	if again, err := l.UndoAnswer(before.token); err != nil || again.Token != s.Token || everything(t, l.DB) != all {
		t.Errorf("a second tap on undo: %v, or it changed something", err)
	}
}

func TestRepeatedAnswerWritesNothing(t *testing.T) {
	t.Parallel()
	storagetest.ForEachAddress(t, func(t *testing.T, address string) {
		l := learner(t, storagetest.Open(t, address))
		live(t, l, 20, true)
		a := storagetest.Right(l.StartSession())
		l.Answer(a)
		before := everything(t, l.DB)
		l.Now = l.Now.Add(50 * time.Hour)
		kept := l.Answer(a)
		other := a
		other.ChosenOption++
		_, err := l.TryAnswer(other)
		isFault(t, err, quiz.Conflict)
		_, err = l.TryAnswer(quiz.Answer{Token: "unknown"})
		isFault(t, err, quiz.Conflict)
		_, err = l.TryAnswer(quiz.Answer{Token: l.Session().Token, ChosenOption: 99, Rating: 99})
		isFault(t, err, quiz.Invalid)
		if everything(t, l.DB) != before {
			t.Error("an answer that was given already, or is none, was written")
		}
		if log := l.Reviews(); fmt.Sprint(kept) != fmt.Sprint(log[len(log)-1]) {
			t.Errorf("kept is\n%+v, given was\n%+v", log[len(log)-1], kept)
		}
	})
}

// racing is a store in which another device answers between an undo's look-up of the last
// answer and the undo itself.
type racing struct {
	*storage.DB
	before func()
}

func (r racing) LastReview(ctx context.Context, who quiz.Who) (quiz.Review, error) {
	last, err := r.DB.LastReview(ctx, who)
	r.before()
	return last, err
}

func TestUndoRacingAnswer(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := learner(t, db)
		first := storagetest.Right(l.StartSession())
		l.Answer(first)
		var second quiz.Review
		race := racing{db, func() { second = l.Answer(storagetest.Right(l.Session())) }}
		_, err := study.UndoAnswer(context.Background(), race, l.Who(), first.Token, l.Token(), l.Now)
		isFault(t, err, quiz.Conflict)
		for _, r := range l.Reviews() {
			if r.Undone {
				t.Errorf("the undo of %s took %s back, after %s was given", first.Token, r.Token, second.Token)
			}
		}
		rebuilt(t, l)
	})
}

// TestUndoAndAnswerAtOnce checks that an undo concurrent with an answer undoes the answer it
// names while that is the last one, or nothing.
func TestUndoAndAnswerAtOnce(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := learner(t, db)
		l.StartSession()
		for round := range 15 {
			l.Now = l.Now.Add(time.Minute)
			first := l.Answer(l.GuessAnswer(l.Session()))
			next := l.GuessAnswer(l.Session())
			var undo, answer error
			var all sync.WaitGroup
			all.Go(func() {
				_, undo = study.UndoAnswer(context.Background(), db, l.Who(), first.Token, fmt.Sprintf("undo-%d", round), l.Now)
			})
			all.Go(func() { _, answer = submit(l, next, fmt.Sprintf("next-%d", round)) })
			all.Wait()
			if (undo == nil) == (answer == nil) {
				t.Errorf("round %d: undo %v, answer %v; want one of them", round, undo, answer)
			}
			log := l.Reviews()
			if last := log[len(log)-1]; last.Undone != (undo == nil) || last.Undone && last.Token != first.Token {
				t.Errorf("round %d: the last answer is %s, undone %v; undo of %s gave %v", round, last.Token, last.Undone, first.Token, undo)
			}
		}
		rebuilt(t, l)
	})
}
