package stats

import (
	"cmp"
	"slices"
	"time"

	"chronicle/quiz"
)

// TimeBucket counts the answers of a week or month, identified by its first day.
type TimeBucket struct {
	FirstDay int64
	RecallShare
}

// maxWeeks is the maximum number of weeks grouped by week rather than by month.
const maxWeeks = 12

// GroupByTime groups reviews by week, starting on Monday, or by month if they span more
// than maxWeeks weeks. Buckets between the first and the last are included even if they
// are empty.
func GroupByTime(all []ReviewOutcome) (times []TimeBucket, monthly bool) {
	if len(all) == 0 {
		return nil, false
	}
	byDay := func(a, b ReviewOutcome) int { return cmp.Compare(a.Day, b.Day) }
	first, last := slices.MinFunc(all, byDay).Day, slices.MaxFunc(all, byDay).Day
	start, length := StartOfWeek, int64(7)
	if monthly = StartOfWeek(last)-StartOfWeek(first) > 7*(maxWeeks-1); monthly {
		start, length = startOfMonth, 31
	}
	at := map[int64]*RecallShare{}
	for _, a := range all {
		day := start(a.Day)
		if at[day] == nil {
			at[day] = &RecallShare{}
		}
		at[day].Add(a)
	}
	for day := start(first); day <= last; day = start(day + length) {
		one := TimeBucket{FirstDay: day}
		if s := at[day]; s != nil {
			one.RecallShare = *s
		}
		times = append(times, one)
	}
	return times, monthly
}

// StartOfWeek returns the Monday of the week of a day, both in days since 1970-01-01,
// which was a Thursday.
func StartOfWeek(day int64) int64 { return day - ((day+3)%7+7)%7 }

func startOfMonth(day int64) int64 {
	y, m, _ := time.Unix(day*86400, 0).UTC().Date()
	return time.Date(y, m, 1, 0, 0, 0, 0, time.UTC).Unix() / 86400
}

// KindShare counts the answers to one kind of question.
type KindShare struct {
	Kind quiz.Kind
	RecallShare
}

// GroupByKind groups reviews by kind of question, most frequent first.
func GroupByKind(all []ReviewOutcome) []KindShare {
	at := map[quiz.Kind]*RecallShare{}
	for _, a := range all {
		if at[a.Kind] == nil {
			at[a.Kind] = &RecallShare{}
		}
		at[a.Kind].Add(a)
	}
	var out []KindShare
	for kind, s := range at {
		out = append(out, KindShare{kind, *s})
	}
	slices.SortFunc(out, func(a, b KindShare) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(slices.Index(quiz.Kinds, a.Kind), slices.Index(quiz.Kinds, b.Kind)))
	})
	return out
}

// PracticeTime is the time spent practising.
type PracticeTime struct {
	Week, LastWeek, Total time.Duration
	Answers               int
	StreakDays            int // days in a row up to today, or up to yesterday if nothing was answered today; a rest day neither counts nor ends the streak
}

// PerAnswer returns the mean time per answer; 0 if none was measured.
func (s PracticeTime) PerAnswer() time.Duration { return s.Total / time.Duration(max(1, s.Answers)) }

// SumPractice sums days of practice. rests reports whether a day is a rest day; at least
// one day of the week must not be.
func SumPractice(days []quiz.PracticeDay, today int64, rests func(day int64) bool) PracticeTime {
	var s PracticeTime
	week, practised := StartOfWeek(today), map[int64]bool{}
	for _, d := range days {
		s.Total += d.Duration
		s.Answers += d.Answers
		practised[d.Day] = d.Answers > 0
		switch StartOfWeek(d.Day) {
		case week:
			s.Week += d.Duration
		case week - 7:
			s.LastWeek += d.Duration
		}
	}
	day := today
	if !practised[day] {
		day--
	}
	for ; practised[day] || rests(day); day-- {
		if practised[day] {
			s.StreakDays++
		}
	}
	return s
}
