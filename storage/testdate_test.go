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

// setTestDate practises a deck until the queue is empty on each of that many days, and returns
// the number of answers per day.
func setTestDate(t *testing.T, l *storagetest.Learner, days int) (answers []int) {
	t.Helper()
	for range days {
		n := 0
		for s := l.StartSession(); s.HasQuestion() && n < 200; s = l.Session() {
			l.Now = l.Now.Add(9 * time.Second)
			a := l.GuessAnswer(s)
			a.Duration = 6 * time.Second
			l.Answer(a)
			n++
		}
		answers = append(answers, n)
		l.Now = l.Now.Add(24 * time.Hour).Truncate(24 * time.Hour).Add(8 * time.Hour)
	}
	return answers
}

// TestTestDatePlansTheDay checks that before a test each day asks as much as its minutes allow
// and more new cards than the settings, that the log rebuilds the cards, and that deleting the
// test date restores the usual queue.
func TestTestDatePlansTheDay(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := seeded(learner(t, db), 8)
		l.SaveSettings(baku, 2)
		live(t, l, 30, false)
		usual, err := db.QueueCounts(ctx, l.Who(), l.Deck, 2, l.Time())
		if err != nil || usual.PlannedForTest {
			t.Fatalf("%+v, %v", usual, err)
		}
		g := quiz.TestDate{Deck: l.Deck, Day: l.Time().Day + 10, Minutes: 6}
		if err := db.SetTestDate(ctx, l.Who(), g); err != nil {
			t.Fatal(err)
		}
		if kept, err := db.TestDate(ctx, l.Who(), l.Deck); err != nil || kept != g {
			t.Errorf("%+v, %v", kept, err)
		}
		w, err := db.QueueCounts(ctx, l.Who(), l.Deck, 2, l.Time())
		if err != nil || !w.PlannedForTest || w.New <= 2 {
			t.Errorf("%+v, %v", w, err)
		}
		r, err := db.TestPlanInput(ctx, l.Who(), g, l.Time())
		if err != nil || r.AnswersPerDay < 10 || len(r.Cards)+r.NewCards < 100 {
			t.Errorf("%d cards, %d fresh, %d a day, %v", len(r.Cards), r.NewCards, r.AnswersPerDay, err)
		}
		e := study.ForecastTest(r, l.Time().Scheduler(), 1)
		if !(e.KnownToday < e.KnownOnDay && e.Low <= e.KnownOnDay && e.KnownOnDay <= e.High) {
			t.Errorf("%+v", e)
		}
		for day, n := range setTestDate(t, l, 3) {
			if n == 0 || n > r.AnswersPerDay*2+10 { // cards in learning are finished
				t.Errorf("day %d: %d answers, with time for %d", day, n, r.AnswersPerDay)
			}
		}
		rebuilt(t, l)
		other := learner(t, db)
		if kept, err := db.TestDate(ctx, other.Who(), l.Deck); err != nil || kept != (quiz.TestDate{}) {
			t.Errorf("another has the goal too: %+v, %v", kept, err)
		}
		for range 2 { // a double tap is no error
			if err := db.DeleteTestDate(ctx, l.Who(), l.Deck); err != nil {
				t.Fatal(err)
			}
		}
		if w, err := db.QueueCounts(ctx, l.Who(), l.Deck, 2, l.Time()); err != nil || w.PlannedForTest {
			t.Errorf("%+v, %v", w, err)
		}
	})
}

// TestTestDateEndsWithItsDay checks that the usual queue returns on the day of the test.
func TestTestDateEndsWithItsDay(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := seeded(learner(t, db), 8)
		live(t, l, 20, false)
		if err := db.SetTestDate(ctx, l.Who(), quiz.TestDate{Deck: l.Deck, Day: l.Time().Day, Minutes: 1}); err != nil {
			t.Fatal(err)
		}
		with, err := db.QueueCounts(ctx, l.Who(), l.Deck, 10, l.Time())
		if err != nil || with.PlannedForTest {
			t.Errorf("%+v, %v", with, err)
		}
	})
}
