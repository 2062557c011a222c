package stats

import (
	"cmp"
	"slices"
	"time"

	"chronicle/quiz"
)

// TimeBucket is the answers of a week or a month, named by its first day.
type TimeBucket struct {
	FirstDay int64
	RecallShare
}

// maxWeeks is up to how many weeks answers are told by the week.
const maxWeeks = 12

// GroupByTime sorts answers by weeks, from Monday, or by months where they reach over
// more than a few weeks. Times without any stand between the others, with none.
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

// StartOfWeek is the first day of the week of a day. 1970-01-01 was a Thursday.
func StartOfWeek(day int64) int64 { return day - ((day+3)%7+7)%7 }

func startOfMonth(day int64) int64 {
	y, m, _ := time.Unix(day*86400, 0).UTC().Date()
	return time.Date(y, m, 1, 0, 0, 0, 0, time.UTC).Unix() / 86400
}

// KindShare is the answers to one kind of question.
type KindShare struct {
	Kind quiz.Kind
	RecallShare
}

// GroupByKind sorts answers by kind of question, the most frequent first.
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

// PracticeTime is how long was practised.
type PracticeTime struct {
	Week, LastWeek, Total time.Duration
	Answers               int
	StreakDays            int // days in a row up to today, or to yesterday while today is young; a day of rest neither counts nor ends it
}

// PerAnswer is how long an answer took on average; 0 where it was never measured.
func (s PracticeTime) PerAnswer() time.Duration { return s.Total / time.Duration(max(1, s.Answers)) }

// SumPractice sums up days of practice, given oldest first; rests tells of a day whether it
// is one of rest, which some day of the week has to be none of.
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
