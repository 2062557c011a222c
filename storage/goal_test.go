package storage_test

import (
	"context"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/study"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// goes practises a deck to the end of each of so many days, and says how many
// answers that took on each.
func goes(t *testing.T, l *storagetest.Learner, days int) (answers []int) {
	t.Helper()
	for range days {
		n := 0
		for s := l.Begin(); s.Waits() && n < 200; s = l.Sitting() {
			l.Now = l.Now.Add(9 * time.Second)
			a := l.Guess(s)
			a.Took = 6 * time.Second
			l.Take(a)
			n++
		}
		answers = append(answers, n)
		l.Now = l.Now.Add(24 * time.Hour).Truncate(24 * time.Hour).Add(8 * time.Hour)
	}
	return answers
}

// On the way to a test the day asks as much as its minutes have time for, and more
// new cards than the settings say; the log rebuilds the cards, and without the goal
// all is as it would have been.
func TestAGoalBendsTheDay(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		l := seeded(learner(t, db), 8)
		l.Set(baku, 2)
		live(t, l, 30, false)
		usual, err := db.Waiting(ctx, l.Who(), l.Deck, 2, l.At())
		if err != nil || usual.Bent {
			t.Fatalf("%+v, %v", usual, err)
		}
		g := quiz.Goal{Deck: l.Deck, Day: l.At().Day + 10, Minutes: 6}
		if err := db.SetGoal(ctx, l.Who(), g); err != nil {
			t.Fatal(err)
		}
		if kept, err := db.Goal(ctx, l.Who(), l.Deck); err != nil || kept != g {
			t.Errorf("%+v, %v", kept, err)
		}
		w, err := db.Waiting(ctx, l.Who(), l.Deck, 2, l.At())
		if err != nil || !w.Bent || w.New <= 2 {
			t.Errorf("%+v, %v", w, err)
		}
		r, err := db.Ready(ctx, l.Who(), g, l.At())
		if err != nil || r.PerDay < 10 || len(r.Cards)+r.Fresh < 100 {
			t.Errorf("%d cards, %d fresh, %d a day, %v", len(r.Cards), r.Fresh, r.PerDay, err)
		}
		e := study.Expect(r, l.At().Scheduler(), 1)
		if !(e.Now < e.Share && e.Low <= e.Share && e.Share <= e.High) {
			t.Errorf("%+v", e)
		}
		for day, n := range goes(t, l, 3) {
			if n == 0 || n > r.PerDay*2+10 { // what is being learned is finished
				t.Errorf("day %d: %d answers, with time for %d", day, n, r.PerDay)
			}
		}
		rebuilt(t, l)
		other := learner(t, db)
		if kept, err := db.Goal(ctx, other.Who(), l.Deck); err != nil || kept != (quiz.Goal{}) {
			t.Errorf("another has the goal too: %+v, %v", kept, err)
		}
		for range 2 { // a second tap is no fault
			if err := db.DropGoal(ctx, l.Who(), l.Deck); err != nil {
				t.Fatal(err)
			}
		}
		if w, err := db.Waiting(ctx, l.Who(), l.Deck, 2, l.At()); err != nil || w.Bent {
			t.Errorf("%+v, %v", w, err)
		}
	})
}

// From the day of the test on everything is as it was.
func TestAGoalEndsWithItsDay(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		l := seeded(learner(t, db), 8)
		live(t, l, 20, false)
		if err := db.SetGoal(ctx, l.Who(), quiz.Goal{Deck: l.Deck, Day: l.At().Day, Minutes: 1}); err != nil {
			t.Fatal(err)
		}
		with, err := db.Waiting(ctx, l.Who(), l.Deck, 10, l.At())
		if err != nil || with.Bent {
			t.Errorf("%+v, %v", with, err)
		}
	})
}
