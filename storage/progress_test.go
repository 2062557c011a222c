package storage_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/recall"
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
