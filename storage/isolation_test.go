package storage_test

import (
	"context"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

func TestPeopleAreIsolated(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		ann := learner(t, db)
		ben := storagetest.NewLearner(t, db, "America/New_York", ann.Deck)
		live(t, ann, 25, true)
		begun := memory(t, db, ann.Who())
		live(t, seeded(ben, 9), 25, true)
		if memory(t, db, ann.Who()) != begun {
			t.Error("Ben's answers changed what Ann has")
		}
		for _, c := range ann.Cards() {
			other, err := db.Card(context.Background(), ben.Who(), c.CardID)
			if err != nil || other == c {
				t.Errorf("Ben sees Ann's card %+v, %v", c, err)
			}
		}
		tokens := map[string]bool{}
		for _, r := range ann.Reviews() {
			tokens[r.Token] = true
			_, err := db.ReviewByToken(context.Background(), ben.Who(), r.Token)
			isFault(t, err, quiz.NotFound)
		}
		for _, r := range ben.Reviews() {
			if tokens[r.Token] {
				t.Errorf("Ben has Ann's review %s", r.Token)
			}
		}
		waits := ann.StartSession()
		ben.StartSession()
		all := everything(t, db)
		_, err := ben.TryAnswer(storagetest.Right(waits))
		isFault(t, err, quiz.Conflict)
		last, _, err := db.LastAnswerToken(context.Background(), ann.Who())
		if err != nil || !tokens[last] {
			t.Errorf("Ann's last token is %q, %v", last, err)
		}
		_, err = ben.UndoAnswer(last)
		isFault(t, err, quiz.Conflict)
		_, err = db.UndoAnswer(context.Background(), ben.Who(), ann.Reviews()[:1], ben.Time(), nil)
		isFault(t, err, quiz.Conflict)
		if everything(t, db) != all {
			t.Error("Ben changed something with Ann's tokens")
		}
		rebuilt(t, ann)
		rebuilt(t, ben)
	})
}

// TestNobodyHasNothing checks that a person who does not exist has no data and that nothing can
// be saved for them.
func TestNobodyHasNothing(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := learner(t, db)
		live(t, l, 5, false)
		before := everything(t, db)
		l.Person.ID += 1000
		if cards, log := l.Cards(), l.Reviews(); len(cards)+len(log) != 0 {
			t.Errorf("%v %v", cards, log)
		}
		_, err := db.Person(context.Background(), l.Who())
		isFault(t, err, quiz.NotFound)
		_, err = db.StudySession(context.Background(), l.Who())
		isFault(t, err, quiz.NotFound)
		_, err = db.LastReview(context.Background(), l.Who())
		isFault(t, err, quiz.NotFound)
		if token, _, err := db.LastAnswerToken(context.Background(), l.Who()); token != "" || err != nil {
			t.Error(token, err)
		}
		if days, err := db.PracticeDays(context.Background(), l.Who(), 0); len(days) != 0 || err != nil {
			t.Error(days, err)
		}
		if err := db.CreateSession(context.Background(), l.Who(), "hash", time.Now()); err == nil {
			t.Error("a session of nobody was kept")
		}
		if everything(t, db) != before {
			t.Error("something was kept for nobody")
		}
	})
}
