package storage_test

import (
	"strings"
	"testing"

	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// TestDesiredRetentionIsRebuilt checks that a new desired retention applies to later answers
// only, and that the log rebuilds every card exactly.
func TestDesiredRetentionIsRebuilt(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := seeded(learner(t, db), 4)
		for _, wanted := range []float64{0.9, 0.8, 0.95, 0.87} {
			l.Person.DesiredRetention = wanted
			l.SaveSettings(baku, 20)
			live(t, l, 45, true)
		}
		rebuilt(t, l)
		models := map[string]int{}
		for _, r := range l.Reviews() {
			models[r.Model]++
		}
		if len(models) != 4 || models["fsrs-6"] == 0 || models["fsrs-6 at 0.8"] == 0 {
			t.Errorf("models: %v", models)
		}
		for m := range models {
			if !strings.HasPrefix(m, "fsrs-6") {
				t.Errorf("model %q", m)
			}
		}
	})
}

// TestDesiredRetentionSetsDueDay checks that a lower desired retention gives a later due day.
func TestDesiredRetentionSetsDueDay(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		last := int64(0)
		for _, wanted := range []float64{0.97, 0.9, 0.7} {
			l := storagetest.NewLearner(t, db, baku, storagetest.Deck(t, db).ID)
			l.Person.DesiredRetention = wanted
			l.SaveSettings(baku, 1)
			days := int64(0)
			for range 4 { // until the interval is long enough to compare
				s := l.StartSession()
				for s.HasQuestion() {
					r := l.Answer(storagetest.Right(s))
					l.SaveSettings(baku, 0) // one card only
					days = r.CardAfter.DueDay - r.Day
					l.Now = r.CardAfter.Due
					if s = l.StartSession(); days > 0 {
						break
					}
				}
			}
			if days <= last {
				t.Errorf("at %v the card comes back after %d days, at more after %d", wanted, days, last)
			}
			last = days
		}
	})
}
