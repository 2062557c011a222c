package study_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage/storagetest"
)

// TestMonthOfPractice simulates thirty days of a learner who guesses, practises at odd
// hours, skips some days and sometimes leaves in the middle of learning.
func TestMonthOfPractice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, l *storagetest.Learner) { month(t, l, "America/New_York", 1) }) // with a clock change
}

func month(t *testing.T, l *storagetest.Learner, zone string, seed uint64) {
	t.Helper()
	l.Rand = rand.New(rand.NewPCG(seed, 30))
	l.SaveSettings(zone, 2)
	finished := 0
	for range 30 {
		if day(t, l) {
			finished++
		}
	}
	if finished < 10 {
		t.Errorf("only %d days were practised to the end", finished)
	}
	kinds := oneFacetADay(t, l)
	for _, k := range []quiz.Kind{ // kinds asked of young cards
		quiz.KindWhenChoice, quiz.KindWhatChoice, quiz.KindGapChoice, quiz.KindFirst, quiz.KindTrueFalse, quiz.KindDuring, quiz.KindWhenTyped, quiz.KindOrder,
	} {
		if kinds[k] == 0 {
			t.Errorf("no %s was asked in a month: %v", k, kinds)
		}
	}
}

// day simulates a day of practice and reports whether the learner finished it.
func day(t *testing.T, l *storagetest.Learner) bool {
	t.Helper()
	start := l.Time().Calendar.DayStart(l.Time().Day + 1)
	// From the first minutes of the day to the last ones before 4 a.m.
	l.Now = start.Add([]time.Duration{2 * time.Minute, 7 * time.Hour, 23*time.Hour + 50*time.Minute}[l.Rand.IntN(3)])
	switch l.Rand.IntN(6) {
	case 0:
		return false // skips the day
	case 1: // leaves early
		s := l.StartSession()
		for range l.Rand.IntN(6) {
			if s.HasQuestion() {
				l.Now = l.Now.Add(time.Duration(5+l.Rand.IntN(40)) * time.Second)
				l.Answer(l.GuessAnswer(s))
				s = l.Session()
			}
		}
		return false
	}
	today := l.Time().Day
	s := l.StartSession()
	for range 200 {
		if !s.HasQuestion() {
			nothingLeft(t, l)
			return l.Time().Day == today
		}
		l.Now = l.Now.Add(time.Duration(5+l.Rand.IntN(20)) * time.Second)
		l.Answer(l.GuessAnswer(s))
		s = l.Session()
	}
	t.Fatalf("day %d has no end", today)
	return false
}

// oneFacetADay checks in the whole log that no fact was asked by two facets on one
// day, and that no day had more new cards than allowed.
func oneFacetADay(t *testing.T, l *storagetest.Learner) map[quiz.Kind]int {
	t.Helper()
	type key struct{ day, fact int64 }
	facets := map[key]quiz.Facet{}
	met := map[int64]int{}
	kinds := map[quiz.Kind]int{}
	for _, r := range l.Reviews() {
		k := key{r.Day, r.Question.Fact}
		if other, asked := facets[k]; asked && other != r.Question.Facet {
			t.Errorf("day %d: fact %d was asked by two facets", r.Day, r.Question.Fact)
		}
		facets[k] = r.Question.Facet
		if r.CardBefore.IsNew() {
			met[r.Day]++
		}
		kinds[r.Question.Kind]++
	}
	for day, n := range met {
		if n > l.Person.NewPerDay {
			t.Errorf("day %d: %d new cards", day, n)
		}
	}
	return kinds
}
