package storage_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/recall"
	"chronicle/quiz/study"
	"chronicle/quiz/teach"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

func answersOf(t *testing.T, l *storagetest.Learner, since time.Time) []recall.Answer {
	t.Helper()
	all, err := l.DB.Answers(context.Background(), l.Who(), since)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// brief is what the whole log says of the answers that count.
func brief(log []quiz.Review, since time.Time) []recall.Answer {
	var out []recall.Answer
	for _, r := range log {
		if r.Counts() && !r.At.Before(since) {
			out = append(out, recall.Answer{
				CardID: quiz.CardID{Fact: r.Question.Fact, Facet: r.Question.Facet}, Kind: r.Question.Kind, At: r.At, Day: r.Day,
				Verdict: r.Verdict, Rating: r.Rating, Expected: r.Expected, Confused: r.Confused, Contrast: r.Question.Contrast,
			})
		}
	}
	return out
}

func sameAnswers(a, b []recall.Answer) bool {
	return slices.EqualFunc(a, b, func(x, y recall.Answer) bool {
		same := x.At.Equal(y.At)
		x.At, y.At = time.Time{}, time.Time{}
		return same && x == y
	})
}

// The brief answers are those of the log, for each person their own, with answers
// taken back, and from whatever instant on.
func TestAnswersAreThoseOfTheLog(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		ann := learner(t, db)
		ben := seeded(storagetest.NewLearner(t, db, "America/New_York", ann.Deck), 9)
		live(t, ann, 60, true)
		live(t, ben, 30, true)
		for _, l := range []*storagetest.Learner{ann, ben} {
			log := l.Reviews()
			for _, since := range []time.Time{{}, log[len(log)/2].At, l.Now.Add(time.Hour)} {
				if got, want := answersOf(t, l, since), brief(log, since); !sameAnswers(got, want) {
					t.Errorf("since %v: %d answers, want %d", since, len(got), len(want))
				}
			}
		}
		undone := slices.ContainsFunc(ann.Reviews(), func(r quiz.Review) bool { return r.Undone })
		foreseen := recall.Foreseen(answersOf(t, ann, time.Time{}))
		if !undone || len(foreseen) == 0 {
			t.Errorf("the log has an undo: %t, and %d answers that were foreseen", undone, len(foreseen))
		}
		ann.Person.ID += 1000
		if none := answersOf(t, ann, time.Time{}); len(none) > 0 {
			t.Errorf("nobody has %d answers", len(none))
		}
	})
}

// Answers that were marked again count as they are marked now, by each of several
// corrections and after the last of them was taken back.
func TestAnswersAreMarkedAsTheyAreNow(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		a := withTable(t, db)
		l := storagetest.NewLearner(t, db, baku, a.deck.ID)
		live(t, l, 80, true)
		a.now = l.Now
		check := func(when string) (again, void int) {
			log := l.Reviews()
			if got, want := answersOf(t, l, time.Time{}), brief(log, time.Time{}); !sameAnswers(got, want) {
				t.Errorf("%s: %d answers, want %d", when, len(got), len(want))
			}
			for _, r := range log {
				again += map[bool]int{true: 1}[r.Remarked]
				void += map[bool]int{true: 1}[r.Verdict == quiz.Void]
			}
			return again, void
		}
		for i, key := range a.keys()[:3] {
			for _, date := range []string{"1950", []string{"1899", "June 1911", "1980"}[i]} {
				if err := a.redate(key, date, teach.MarkAgain); err != nil {
					t.Fatal(err)
				}
				check(key + " to " + date)
			}
		}
		if again, void := check("at the end"); again == 0 || void == 0 {
			t.Errorf("%d answers were marked again, %d are void: not all is tried", again, void)
		}
		a.undo()
		check("after an undo")
	})
}

// A quiz is kept with its years, and with what is to be told apart.
func TestQuizzesAreKeptWhole(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		l := learner(t, db)
		s := l.Quiz(quiz.Quiz{Seed: 4, Length: 5, From: 1800, To: 1899})
		run, err := db.Run(context.Background(), l.Who(), s.Run)
		if err != nil || run.Quiz.From != 1800 || run.Quiz.To != 1899 || len(run.Quiz.Asks) == 0 {
			t.Errorf("%+v, %v", run.Quiz, err)
		}
		facts := l.Pool().Facts()
		for i := 1; i < len(facts); i++ {
			asks := l.Pool().Contrasts(facts[i-1].ID, facts[i].ID, 1)
			if len(asks) == 0 {
				continue
			}
			s, err := study.StartContrast(context.Background(), db, l.Who(), l.Deck, facts[i-1].ID, facts[i].ID, 1, l.Token(), l.Token(), l.Now)
			if err != nil || !slices.Equal(s.Quiz.Asks, asks) || s.Question.Contrast == 0 {
				t.Fatalf("%+v, %v", s, err)
			}
			if run, err = db.Run(context.Background(), l.Who(), s.Run); err != nil || !slices.Equal(run.Quiz.Asks, asks) {
				t.Errorf("kept as %v, not %v, %v", run.Quiz.Asks, asks, err)
			}
			_, err = study.StartContrast(context.Background(), db, l.Who(), l.Deck, facts[i].ID, facts[i].ID, 1, l.Token(), l.Token(), l.Now)
			isFault(t, err, quiz.Missing)
			return
		}
		t.Error("no two facts can be told apart")
	})
}
