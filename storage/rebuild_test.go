package storage_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/study"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// TestRebuildCardsFromReviews rebuilds long histories, across both daylight saving changes and
// the day that Apia skipped. The cards must match exactly.
func TestRebuildCardsFromReviews(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		deck := storagetest.Deck(t, db).ID
		for seed, place := range []struct{ zone, from string }{
			{baku, "2026-02-20T10:00:00Z"},
			{"America/New_York", "2026-02-25T13:00:00Z"},
			{"America/New_York", "2026-10-20T13:00:00Z"},
			{"Pacific/Apia", "2011-12-20T20:00:00Z"},
		} {
			l := seeded(storagetest.NewLearner(t, db, place.zone, deck), uint64(seed))
			from, err := time.Parse(time.RFC3339, place.from)
			if err != nil {
				t.Fatal(err)
			}
			l.Now = from
			live(t, l, 45, true)
			if gone := l.Now.Sub(from); gone < 3*24*time.Hour {
				t.Errorf("%s: the history is only %v long", place.zone, gone)
			}
			rebuilt(t, l)
		}
	})
}

// rebuilt checks a learner's cards and days against the log.
func rebuilt(t *testing.T, l *storagetest.Learner) {
	t.Helper()
	log := l.Reviews()
	past := l.History()
	cards := study.ReplayCards(past)
	kept := l.Cards()
	if len(kept) != len(cards) || len(kept) == 0 {
		t.Errorf("%d cards are kept, the log makes %d", len(kept), len(cards))
	}
	tended := count(t, l.DB, fmt.Sprintf("cares WHERE person = %d", l.Person.ID)) > 0
	again := map[int64]bool{}
	for _, r := range log {
		again[r.Question.Fact] = again[r.Question.Fact] || r.Regraded || study.ParametersID(r.Model) != past.CurrentParameters.ID
	}
	for _, c := range kept {
		marked := again[c.Fact] || tended
		again := cards[c.CardID]
		if marked { // the version also grows with each regrade and card action
			again.Version = c.Version
		}
		again.Due = again.Due.UTC()
		if c != again {
			t.Errorf("kept\n%+v, the log makes\n%+v", c, again)
		}
	}
	days := map[int64]quiz.PracticeDay{}
	undone := 0
	for _, r := range log {
		if r.Undone {
			undone++
			continue
		}
		if r.LeadToken != "" { // another card in the same answer; the answer counts once
			continue
		}
		d := days[r.Day]
		d.Day = r.Day
		d.Answers++
		d.Duration += r.Duration
		if r.Verdict == quiz.VerdictRight {
			d.Correct++
		}
		days[r.Day] = d
	}
	counted, err := l.DB.PracticeDays(context.Background(), l.Who(), -1<<40)
	if err != nil || len(counted) != len(days) {
		t.Errorf("%d days are counted, the log has %d, %v", len(counted), len(days), err)
	}
	for _, d := range counted {
		if d != days[d.Day] {
			t.Errorf("counted %+v, the log makes %+v", d, days[d.Day])
		}
	}
	if n := count(t, l.DB, fmt.Sprintf("undos WHERE person = %d", l.Person.ID)); n != undone {
		t.Errorf("%d undos are kept, %d answers are marked", n, undone)
	}
}

func TestReviewsAreAppendOnly(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := learner(t, db)
		r := l.Answer(storagetest.Wrong(l.StartSession()))
		if _, err := l.UndoAnswer(r.Token); err != nil {
			t.Fatal(err)
		}
		l.Answer(storagetest.Right(l.Session()))
		before := everything(t, db)
		for _, statement := range []string{
			"UPDATE reviews SET verdict = 'right'", "UPDATE reviews SET day = day", "DELETE FROM reviews",
			"DELETE FROM reviews WHERE id NOT IN (SELECT review FROM undos)",
		} {
			if _, err := db.Raw().Exec(statement); err == nil {
				t.Errorf("%s went through", statement)
			}
		}
		if after := everything(t, db); after != before {
			t.Errorf("before\n%s\nafter\n%s", before, after)
		}
	})
}
