package storage_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/authoring"
	"chronicle/quiz/stats"
	"chronicle/quiz/study"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

func answersOf(t *testing.T, l *storagetest.Learner, since time.Time) []stats.ReviewOutcome {
	t.Helper()
	all, err := l.DB.ReviewOutcomes(context.Background(), l.Who(), since)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// brief computes the outcomes from the whole log.
func brief(log []quiz.Review, since time.Time) []stats.ReviewOutcome {
	var out []stats.ReviewOutcome
	for _, r := range log {
		if r.CountsForMemory() && !r.At.Before(since) {
			out = append(out, stats.ReviewOutcome{
				CardID: quiz.CardID{Fact: r.Question.Fact, Facet: r.Question.Facet}, Kind: r.Question.Kind, At: r.At, Day: r.Day,
				Verdict: r.Verdict, Rating: r.Rating, Expected: r.Expected, ConfusedWith: r.ConfusedWith, ContrastFact: r.Question.ContrastFact,
			})
		}
	}
	return out
}

func sameAnswers(a, b []stats.ReviewOutcome) bool {
	return slices.EqualFunc(a, b, func(x, y stats.ReviewOutcome) bool {
		same := x.At.Equal(y.At)
		x.At, y.At = time.Time{}, time.Time{}
		return same && x == y
	})
}

// TestReviewOutcomesMatchReviews checks that outcomes match the person's log, with undone
// answers and from any instant.
func TestReviewOutcomesMatchReviews(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
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
		foreseen := stats.WithExpectation(answersOf(t, ann, time.Time{}))
		if !undone || len(foreseen) == 0 {
			t.Errorf("the log has an undo: %t, and %d answers that were foreseen", undone, len(foreseen))
		}
		ann.Person.ID += 1000
		if none := answersOf(t, ann, time.Time{}); len(none) > 0 {
			t.Errorf("nobody has %d answers", len(none))
		}
	})
}

// TestReviewOutcomesUseRegrades checks that outcomes use the latest grades after several
// corrections and after the last one was undone.
func TestReviewOutcomesUseRegrades(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		a := withDeckTable(t, db)
		l := storagetest.NewLearner(t, db, baku, a.deck.ID)
		live(t, l, 80, true)
		a.now = l.Now
		check := func(when string) (again, void int) {
			log := l.Reviews()
			if got, want := answersOf(t, l, time.Time{}), brief(log, time.Time{}); !sameAnswers(got, want) {
				t.Errorf("%s: %d answers, want %d", when, len(got), len(want))
			}
			for _, r := range log {
				again += map[bool]int{true: 1}[r.Regraded]
				void += map[bool]int{true: 1}[r.Verdict == quiz.VerdictVoid]
			}
			return again, void
		}
		for i, key := range a.keys()[:3] {
			for _, date := range []string{"1950", []string{"1899", "June 1911", "1980"}[i]} {
				if err := a.redate(key, date, authoring.RegradeAnswers); err != nil {
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

// TestQuizAttemptRoundTrips checks that a quiz is saved with its years and contrasted facts.
func TestQuizAttemptRoundTrips(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := learner(t, db)
		s := l.StartQuiz(quiz.Quiz{Seed: 4, Length: 5, FromYear: 1800, ToYear: 1899})
		run, err := db.QuizAttempt(context.Background(), l.Who(), s.QuizAttempt)
		if err != nil || run.Quiz.FromYear != 1800 || run.Quiz.ToYear != 1899 || len(run.Quiz.Items) == 0 {
			t.Errorf("%+v, %v", run.Quiz, err)
		}
		facts := l.DeckIndex().Facts()
		for i := 1; i < len(facts); i++ {
			asks := l.DeckIndex().ContrastItems(facts[i-1].ID, facts[i].ID, 1)
			if len(asks) == 0 {
				continue
			}
			s, err := study.StartContrastQuiz(context.Background(), db, l.Who(), l.Deck, facts[i-1].ID, facts[i].ID, 1, l.Token(), l.Token(), l.Now)
			if err != nil || !slices.Equal(s.Quiz.Items, asks) || s.Question.ContrastFact == 0 {
				t.Fatalf("%+v, %v", s, err)
			}
			if run, err = db.QuizAttempt(context.Background(), l.Who(), s.QuizAttempt); err != nil || !slices.Equal(run.Quiz.Items, asks) {
				t.Errorf("kept as %v, not %v, %v", run.Quiz.Items, asks, err)
			}
			_, err = study.StartContrastQuiz(context.Background(), db, l.Who(), l.Deck, facts[i].ID, facts[i].ID, 1, l.Token(), l.Token(), l.Now)
			isFault(t, err, quiz.NotFound)
			return
		}
		t.Error("no two facts can be told apart")
	})
}
