package storage_test

import (
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// TestDueDaysAreBalanced checks that a card is due on the day with the fewest cards in its
// range, and on a rest day only if the range has no other days.
func TestDueDaysAreBalanced(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		l := seeded(learner(t, db), 11)
		l.Person.RestDays = quiz.Weekdays(0).With(time.Saturday).With(time.Sunday)
		l.SaveSettings(baku, 40)
		chosen, moved := 0, 0
		for s := l.StartSession(); chosen < 30; s = l.Session() {
			if !s.HasQuestion() {
				l.Now = l.Now.Add(24 * time.Hour)
				if s = l.StartSession(); !s.HasQuestion() {
					continue
				}
			}
			load := map[int64]int{}
			for _, c := range l.Cards() {
				load[c.DueDay]++
			}
			r, at := l.Answer(storagetest.Right(s)), l.Time()
			n := at.Scheduler().AnswerCard(r.CardBefore.State, r.Day, r.Rating, r.Form, uint64(r.Question.Fact)<<8|uint64(r.Question.Facet))
			if n.MaxDays <= n.MinDays {
				if r.Fuzz != -1 {
					t.Errorf("there is no choice, and %v was taken", r.Fuzz)
				}
				continue
			}
			chosen++
			least, most := fsrs.FuzzRange(int(at.Scheduler().Model.Interval(r.CardAfter.State.Memory.Stability, 0.9)+0.5), fsrs.MaxStability)
			if r.CardAfter.DueDay < r.Day+int64(least) || r.CardAfter.DueDay > r.Day+int64(most) {
				t.Errorf("due in %d days, not %d to %d", r.CardAfter.DueDay-r.Day, least, most)
			}
			if r.CardAfter.DueDay != r.Day+int64(n.Days) {
				moved++
			}
			lightest(t, l, n, load, r)
		}
		if moved < 5 {
			t.Errorf("only %d of %d cards were moved", moved, chosen)
		}
		rebuilt(t, l)
	})
}

func lightest(t *testing.T, l *storagetest.Learner, n fsrs.NextState, load map[int64]int, r quiz.Review) {
	t.Helper()
	rests := func(day int64) bool { return l.Person.RestDays.Has(l.Time().Calendar.Date(day).Weekday()) }
	for day := r.Day + int64(n.MinDays); day <= r.Day+int64(n.MaxDays); day++ {
		if rests(day) {
			continue
		}
		if rests(r.CardAfter.DueDay) {
			t.Errorf("day %d is one of rest, and %d is not", r.CardAfter.DueDay, day)
		}
		if load[day] < load[r.CardAfter.DueDay] {
			t.Errorf("%d cards on day %d, and only %d on %d", load[r.CardAfter.DueDay], r.CardAfter.DueDay, load[day], day)
		}
	}
}

// TestDueDaysSurviveClockChanges checks that, whatever happens to the clock, time zone and
// start of day, no card is lost, no card in review is asked twice on a day or too early, and
// the log rebuilds all cards.
func TestDueDaysSurviveClockChanges(t *testing.T) {
	t.Parallel()
	zones := []string{"Asia/Baku", "Europe/Moscow", "America/New_York", "Pacific/Apia", "Asia/Kathmandu", "UTC"}
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		for seed := range uint64(2) {
			l := seeded(learner(t, db), 70+seed)
			l.Now = time.Date(2026, time.Month(3+seed*4), 20, 1, 0, 0, 0, time.UTC) // shortly before a daylight saving change
			cards, posed := 0, map[string]int64{}                                   // a waiting question stays, whatever the clock does
			for range 50 {
				switch l.Rand.IntN(12) {
				case 0:
					l.Person.DayStart = l.Rand.IntN(quiz.MaxDayStart + 1)
					l.SaveSettings(zones[l.Rand.IntN(len(zones))], 12)
				case 1:
					l.Now = l.Now.Add(-time.Duration(l.Rand.IntN(40)) * time.Hour) // set back
				case 2, 3, 4:
					l.Now = l.Now.Add(time.Duration(l.Rand.IntN(50)) * time.Hour)
				}
				s := l.StartSession()
				if !s.HasQuestion() {
					l.Now = l.Now.Add(20 * time.Hour)
					continue
				}
				if _, ok := posed[s.Token]; !ok {
					posed[s.Token] = l.Time().Day
				}
				r := l.Answer(l.GuessAnswer(s))
				if b, day := r.CardBefore, posed[s.Token]; b.State.Phase == fsrs.PhaseReview && (b.DueDay > day || b.State.LastDay >= day) {
					t.Errorf("seed %d: asked on day %d, due on %d, last asked on %d", seed, day, b.DueDay, b.State.LastDay)
				}
				posed[l.Session().Token] = r.Day
				if n := len(l.Cards()); n < cards {
					t.Fatalf("seed %d: %d cards, and there were %d", seed, n, cards)
				} else {
					cards = n
				}
			}
			rebuilt(t, l)
		}
	})
}
