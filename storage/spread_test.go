package storage_test

import (
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/fsrs"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// A card is set within the days that do as well; a day of rest is taken only where
// all of them are, and of the others always one on which least is due.
func TestDaysAreSpread(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		l := seeded(learner(t, db), 11)
		l.Person.Rest = quiz.Weekdays(0).With(time.Saturday).With(time.Sunday)
		l.Set(baku, 40)
		chosen, moved := 0, 0
		for s := l.Begin(); chosen < 30; s = l.Sitting() {
			if !s.Waits() {
				l.Now = l.Now.Add(24 * time.Hour)
				if s = l.Begin(); !s.Waits() {
					continue
				}
			}
			load := map[int64]int{}
			for _, c := range l.Cards() {
				load[c.DueDay]++
			}
			r, at := l.Take(storagetest.Right(s)), l.At()
			n := at.Scheduler().Answer(r.Before.Memory, r.Day, r.Rating, r.Form, uint64(r.Question.Fact)<<8|uint64(r.Question.Facet))
			if n.Most <= n.Least {
				if r.Fuzz != -1 {
					t.Errorf("there is no choice, and %v was taken", r.Fuzz)
				}
				continue
			}
			chosen++
			least, most := fsrs.FuzzRange(int(at.Scheduler().Model.Interval(r.After.Memory.Memory.Stability, 0.9)+0.5), fsrs.MaxStability)
			if r.After.DueDay < r.Day+int64(least) || r.After.DueDay > r.Day+int64(most) {
				t.Errorf("due in %d days, not %d to %d", r.After.DueDay-r.Day, least, most)
			}
			if r.After.DueDay != r.Day+int64(n.Days) {
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

func lightest(t *testing.T, l *storagetest.Learner, n fsrs.Next, load map[int64]int, r quiz.Review) {
	t.Helper()
	rests := func(day int64) bool { return l.Person.Rest.Has(l.At().Cal.Date(day).Weekday()) }
	for day := r.Day + int64(n.Least); day <= r.Day+int64(n.Most); day++ {
		if rests(day) {
			continue
		}
		if rests(r.After.DueDay) {
			t.Errorf("day %d is one of rest, and %d is not", r.After.DueDay, day)
		}
		if load[day] < load[r.After.DueDay] {
			t.Errorf("%d cards on day %d, and only %d on %d", load[r.After.DueDay], r.After.DueDay, load[day], day)
		}
	}
}

// Whatever the clock does, to whatever zone people go and whenever their day begins:
// no card is lost, none in memory comes twice on a day or before its day, and the log
// rebuilds them all.
func TestDaysHoldWhateverTheClockDoes(t *testing.T) {
	t.Parallel()
	zones := []string{"Asia/Baku", "Europe/Moscow", "America/New_York", "Pacific/Apia", "Asia/Kathmandu", "UTC"}
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		for seed := range uint64(2) {
			l := seeded(learner(t, db), 70+seed)
			l.Now = time.Date(2026, time.Month(3+seed*4), 20, 1, 0, 0, 0, time.UTC) // towards a change of clocks
			cards, posed := 0, map[string]int64{}                                   // a question that waits stays, whatever the clock does
			for range 50 {
				switch l.Chance.IntN(12) {
				case 0:
					l.Person.DayStart = l.Chance.IntN(quiz.LatestDayStart + 1)
					l.Set(zones[l.Chance.IntN(len(zones))], 12)
				case 1:
					l.Now = l.Now.Add(-time.Duration(l.Chance.IntN(40)) * time.Hour) // set back
				case 2, 3, 4:
					l.Now = l.Now.Add(time.Duration(l.Chance.IntN(50)) * time.Hour)
				}
				s := l.Begin()
				if !s.Waits() {
					l.Now = l.Now.Add(20 * time.Hour)
					continue
				}
				if _, ok := posed[s.Token]; !ok {
					posed[s.Token] = l.At().Day
				}
				r := l.Take(l.Guess(s))
				if b, day := r.Before, posed[s.Token]; b.Memory.Phase == fsrs.PhaseReview && (b.DueDay > day || b.Memory.LastDay >= day) {
					t.Errorf("seed %d: asked on day %d, due on %d, last asked on %d", seed, day, b.DueDay, b.Memory.LastDay)
				}
				posed[l.Sitting().Token] = r.Day
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
