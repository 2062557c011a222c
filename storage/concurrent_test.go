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

// submit is Learner.Answer for concurrent use: the clock stands still and the caller passes the
// next token.
func submit(l *storagetest.Learner, a quiz.Answer, next string) (quiz.Review, error) {
	return study.SubmitAnswer(context.Background(), l.DB, l.Who(), a, next, l.Now)
}

func TestSameAnswerConcurrently(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := learner(t, db)
		l.StartSession()
		for round := range 5 {
			a := storagetest.Right(l.Session())
			var all sync.WaitGroup
			dues := make([]string, 20)
			for i := range dues {
				all.Go(func() {
					r, err := submit(l, a, fmt.Sprintf("next-%d-%d", round, i))
					dues[i] = fmt.Sprint(r.Token, r.Verdict, r.Rating, r.CardAfter.Due.UnixMilli(), r.CardAfter.State, err)
				})
			}
			all.Wait()
			for _, due := range dues {
				if due != dues[0] {
					t.Errorf("one got %s, another %s", dues[0], due)
				}
			}
			if n := count(t, db, "reviews"); n != round+1 {
				t.Errorf("%d reviews after %d answers", n, round+1)
			}
		}
		rebuilt(t, l)
	})
}

func TestManyPersonsAtOnce(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		deck := storagetest.Deck(t, db).ID
		learners := make([]*storagetest.Learner, 20)
		var all sync.WaitGroup
		for i := range learners {
			learners[i] = seeded(storagetest.NewLearner(t, db, baku, deck), uint64(i))
			all.Go(func() {
				l := learners[i]
				l.StartSession()
				for range 20 {
					s, err := db.StudySession(context.Background(), l.Who())
					if err != nil {
						t.Error(err)
						return
					}
					l.Now = l.Now.Add(20 * time.Second)
					if _, err := l.TryAnswer(l.GuessAnswer(s)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		for _, l := range learners {
			if n := len(l.Reviews()); n != 20 {
				t.Errorf("person %d: %d reviews", l.Person.ID, n)
			}
			rebuilt(t, l)
		}
	})
}

// TestTwoDevicesAndOneCard submits different answers to one question from two devices, while
// others open sessions and undo. One answer must be saved, the other must fail, and nothing may
// count twice.
func TestTwoDevicesAndOneCard(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := learner(t, db)
		l.StartSession()
		for round := range 9 {
			s := l.Session()
			start := study.SessionOptions{Deck: l.Deck, Token: fmt.Sprint("begun-", round)}
			results := make(chan error, 2)
			var all sync.WaitGroup
			for i, a := range []quiz.Answer{storagetest.Right(s), storagetest.Wrong(s)} {
				all.Go(func() {
					_, err := submit(l, a, fmt.Sprintf("next-%d-%d", round, i))
					results <- err
				})
			}
			all.Go(func() {
				if _, err := study.StartSession(context.Background(), db, l.Who(), start, l.Now); err != nil {
					t.Error(err)
				}
			})
			all.Go(func() {
				last, _, err := db.LastAnswerToken(context.Background(), l.Who())
				if err == nil && last != "" && round%3 == 2 {
					_, err = study.UndoAnswer(context.Background(), db, l.Who(), last, fmt.Sprint("undone-", round), l.Now)
				}
				if err != nil && !quiz.Is(err, quiz.Conflict) {
					t.Error(err)
				}
			})
			all.Wait()
			kept := 0
			for range 2 {
				if err := <-results; err == nil {
					kept++
				} else {
					isFault(t, err, quiz.Conflict)
				}
			}
			if kept > 1 || kept == 0 && round%3 != 2 {
				t.Errorf("round %d: %d of two answers were kept", round, kept)
			}
			if l.Now = l.Now.Add(time.Minute); !l.StartSession().HasQuestion() {
				t.Fatal("nothing waits any more")
			}
		}
		rebuilt(t, l)
		// The current question can always be answered.
		s := l.Session()
		if r := l.Answer(storagetest.Right(s)); r.ID != 0 || l.Session().Token == s.Token {
			t.Errorf("what waited had been answered: %+v", s)
		}
	})
}
