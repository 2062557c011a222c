package storage_test

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/study"
	"chronicle/storage"
	"chronicle/storage/pgtest"
	"chronicle/storage/storagetest"

	_ "github.com/jackc/pgx/v5/stdlib"
)

// beside opens a separate connection to the same server.
func beside(t *testing.T, address string) *sql.DB {
	t.Helper()
	pool, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	return pool
}

// patient submits an answer like a browser does: it repeats it while the database is
// unavailable.
func patient(l *storagetest.Learner, a quiz.Answer, next string) (busy int, err error) {
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); busy++ {
		if _, err = submit(l, a, next); !quiz.Is(err, quiz.Unavailable) {
			return busy, err
		}
		time.Sleep(5 * time.Millisecond)
	}
	return busy, err
}

// TestConnectionsThatAreCut cuts connections again and again under load. Callers must get only
// Unavailable, repeated answers must be saved once, and the database must recover.
func TestConnectionsThatAreCut(t *testing.T) {
	t.Parallel()
	address := pgtest.Start(t)
	db := storagetest.Open(t, address)
	deck := storagetest.Deck(t, db).ID
	var all sync.WaitGroup
	busy := make([]int, 8)
	learners := make([]*storagetest.Learner, len(busy))
	begin := make(chan struct{})
	for i := range learners {
		l := seeded(storagetest.NewLearner(t, db, baku, deck), uint64(i))
		learners[i] = l
		s := l.StartSession()
		all.Go(func() {
			<-begin
			for n := range 15 {
				more, err := patient(l, storagetest.Right(s), fmt.Sprintf("next-%d-%d", i, n))
				if err != nil {
					t.Error(err)
				}
				busy[i] += more
				for s, err = db.StudySession(context.Background(), l.Who()); quiz.Is(err, quiz.Unavailable); {
					busy[i]++
					s, err = db.StudySession(context.Background(), l.Who())
				}
				if err != nil {
					t.Error(err)
				}
				l.Now = l.Now.Add(30 * time.Second)
			}
		})
	}
	other := beside(t, address)
	close(begin)
	for range 10 {
		time.Sleep(20 * time.Millisecond)
		exec(t, other, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	}
	all.Wait()
	cut := 0
	for i, l := range learners {
		cut += busy[i]
		rebuilt(t, l)
		if n := len(l.Reviews()); n != 15 {
			t.Errorf("person %d: %d reviews of 15 answers", l.Person.ID, n)
		}
	}
	if cut == 0 {
		t.Error("nobody noticed that connections were cut")
	}
}

// TestALockThatIsHeldTooLong checks that a deadline ends the wait for a lock and that the
// answer can be repeated.
func TestALockThatIsHeldTooLong(t *testing.T) {
	t.Parallel()
	address := pgtest.Start(t)
	l := learner(t, storagetest.Open(t, address))
	s := l.StartSession()
	tx, err := beside(t, address).Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec("SELECT 1 FROM sittings FOR UPDATE"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err = study.SubmitAnswer(ctx, l.DB, l.Who(), storagetest.Right(s), "next", l.Now)
	isFault(t, err, quiz.Unavailable)
	if waited := time.Since(began); waited > 5*time.Second {
		t.Errorf("waited %v", waited)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	l.Answer(storagetest.Right(s))
	rebuilt(t, l)
}

// TestWritesOfOnePersonDoNotDeadlock checks that concurrent writes of one person take their
// locks in the same order.
func TestWritesOfOnePersonDoNotDeadlock(t *testing.T) {
	t.Parallel()
	address := pgtest.Start(t)
	db, err := storage.Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	l := learner(t, db)
	l.StartSession()
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() {
			for n := range 30 {
				token := fmt.Sprintf("token-%d-%d", i, n)
				s, err := db.StudySession(context.Background(), l.Who())
				switch {
				case err != nil:
				case i < 3:
					_, err = submit(l, storagetest.Wrong(s), token)
				case i < 5:
					_, err = study.StartSession(context.Background(), db, l.Who(), study.SessionOptions{Deck: l.Deck, Token: token, Flashcards: n%2 == 0}, l.Now)
				default:
					var last string
					if last, _, err = db.LastAnswerToken(context.Background(), l.Who()); err == nil {
						_, err = study.UndoAnswer(context.Background(), db, l.Who(), last, token, l.Now)
					}
				}
				if err != nil && !quiz.Is(err, quiz.Conflict) && !quiz.Is(err, quiz.Invalid) {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	s := l.StartSession()
	if r := l.Answer(storagetest.Right(s)); r.ID != 0 {
		t.Errorf("what waited had been answered: %+v", s)
	}
	rebuilt(t, l)
	if err := db.Close(); err != nil { // its connections report their counts as they close
		t.Fatal(err)
	}
	time.Sleep(200 * time.Millisecond)
	var deadlocks int
	err = beside(t, address).QueryRow("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").Scan(&deadlocks)
	if err != nil || deadlocks != 0 {
		t.Errorf("%d deadlocks, %v", deadlocks, err)
	}
}
