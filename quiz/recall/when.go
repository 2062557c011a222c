package recall

import (
	"cmp"
	"slices"
	"time"

	"chronicle/quiz"
)

// Time is the answers of a week or a month, named by its first day.
type Time struct {
	Day int64
	Share
}

// fewWeeks is up to how many weeks answers are told by the week.
const fewWeeks = 12

// Times sorts answers by weeks, from Monday, or by months where they reach over
// more than a few weeks. Times without any stand between the others, with none.
func Times(all []Answer) (times []Time, monthly bool) {
	if len(all) == 0 {
		return nil, false
	}
	byDay := func(a, b Answer) int { return cmp.Compare(a.Day, b.Day) }
	first, last := slices.MinFunc(all, byDay).Day, slices.MaxFunc(all, byDay).Day
	start, length := Monday, int64(7)
	if monthly = Monday(last)-Monday(first) > 7*(fewWeeks-1); monthly {
		start, length = month, 31
	}
	at := map[int64]*Share{}
	for _, a := range all {
		day := start(a.Day)
		if at[day] == nil {
			at[day] = &Share{}
		}
		at[day].Add(a)
	}
	for day := start(first); day <= last; day = start(day + length) {
		one := Time{Day: day}
		if s := at[day]; s != nil {
			one.Share = *s
		}
		times = append(times, one)
	}
	return times, monthly
}

// Monday is the first day of the week of a day. 1970-01-01 was a Thursday.
func Monday(day int64) int64 { return day - ((day+3)%7+7)%7 }

func month(day int64) int64 {
	y, m, _ := time.Unix(day*86400, 0).UTC().Date()
	return time.Date(y, m, 1, 0, 0, 0, 0, time.UTC).Unix() / 86400
}

// Form is the answers to one kind of question.
type Form struct {
	Kind quiz.Kind
	Share
}

// Forms sorts answers by kind of question, the most frequent first.
func Forms(all []Answer) []Form {
	at := map[quiz.Kind]*Share{}
	for _, a := range all {
		if at[a.Kind] == nil {
			at[a.Kind] = &Share{}
		}
		at[a.Kind].Add(a)
	}
	var out []Form
	for kind, s := range at {
		out = append(out, Form{kind, *s})
	}
	slices.SortFunc(out, func(a, b Form) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(slices.Index(quiz.Kinds, a.Kind), slices.Index(quiz.Kinds, b.Kind)))
	})
	return out
}

// Spent is how long was practised.
type Spent struct {
	Week, LastWeek, All time.Duration
	Answers             int
	Row                 int // days in a row up to today, or to yesterday while today is young; a day of rest neither counts nor ends it
}

// PerAnswer is how long an answer took on average; 0 where it was never measured.
func (s Spent) PerAnswer() time.Duration { return s.All / time.Duration(max(1, s.Answers)) }

// Spend sums up days of practice, given oldest first; rests tells of a day whether it
// is one of rest, which some day of the week has to be none of.
func Spend(days []quiz.Day, today int64, rests func(day int64) bool) Spent {
	var s Spent
	week, practised := Monday(today), map[int64]bool{}
	for _, d := range days {
		s.All += d.Took
		s.Answers += d.Answers
		practised[d.Day] = d.Answers > 0
		switch Monday(d.Day) {
		case week:
			s.Week += d.Took
		case week - 7:
			s.LastWeek += d.Took
		}
	}
	day := today
	if !practised[day] {
		day--
	}
	for ; practised[day] || rests(day); day-- {
		if practised[day] {
			s.Row++
		}
	}
	return s
}
