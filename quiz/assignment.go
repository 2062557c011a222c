package quiz

import "time"

// TargetKind is what an assignment wants of each student.
type TargetKind string

// The aims: a share of the facts known on the day, or so many cards learned.
const (
	TargetPercentKnown TargetKind = "known"
	TargetCardsLearned TargetKind = "learned"
)

// TargetKinds are all of them.
var TargetKinds = []TargetKind{TargetPercentKnown, TargetCardsLearned}

// Assignment is a deck, or some years of it, that a class is to know by a day.
type Assignment struct {
	ID                int64
	Class             int64
	Deck              int64
	FromYear, ToYear  int   // the first and the last year as people count, both 0 for the whole deck
	StartDay          int64 // the class's day on which it begins
	TargetDay         int64 // the class's day by which it is to be known
	TargetKind        TargetKind
	Target            int  // percent of the facts, or cards
	MinutesPerDay     int  // of practice a day that it takes
	ExtendLateJoiners bool // who joins later has as many days as the others
	Created           time.Time
	Version           int64 // grows with every change
}

// The limits of an assignment.
const (
	MaxAssignments   = 100 // of a class
	minTargetPercent = 50  // percent
	maxTargetPercent = 99
	maxStartDaysAgo  = 60 // days ago
	MaxExtensionDays = 120
)

// AsQuiz are the quiz that asks for the same facts.
func (a Assignment) AsQuiz() Quiz {
	return Quiz{Deck: a.Deck, FromYear: a.FromYear, ToYear: a.ToYear, Length: DefaultQuizLength}
}

// Includes tells whether a fact is asked for: it lies within the years, whatever its
// doubt.
func (a Assignment) Includes(f Fact) bool {
	first, last := a.AsQuiz().DayRange()
	return f.Date.Lo() >= first && f.Date.Hi() <= last
}

// Validate says what is wrong on that day of the class, if so many cards can be
// learned, with a new assignment or with what was changed of the one that was; fields
// are from, to, start, day, aim, want and minutes.
func (a Assignment) Validate(was Assignment, today int64, cards int) Problems {
	var p Problems
	a.AsQuiz().validateYears(&p)
	if len(p) == 0 && cards == 0 {
		p.Add("from", "problem.assign.none")
	}
	if a.StartDay != was.StartDay && (a.StartDay < today-maxStartDaysAgo || a.StartDay > today+MaxTestDateDays) || a.StartDay == 0 {
		p.Add("start", "problem.assign.start", "Max", maxStartDaysAgo)
	}
	switch {
	case a.TargetDay != was.TargetDay && a.TargetDay <= today || a.TargetDay == 0:
		p.Add("day", "problem.goal.past")
	case a.TargetDay != was.TargetDay && a.TargetDay > today+MaxTestDateDays:
		p.Add("day", "problem.goal.far", "Max", MaxTestDateDays)
	case a.TargetDay <= a.StartDay:
		p.Add("day", "problem.assign.turned")
	}
	switch a.TargetKind {
	case TargetPercentKnown:
		if a.Target < minTargetPercent || a.Target > maxTargetPercent {
			p.Add("want", "problem.assign.known", "Min", minTargetPercent, "Max", maxTargetPercent)
		}
	case TargetCardsLearned:
		if a.Target < 1 || cards > 0 && a.Target > cards {
			p.Add("want", "problem.assign.learned", "Max", cards)
		}
	default:
		p.Add("aim", "problem.choose")
	}
	if a.MinutesPerDay < 1 || a.MinutesPerDay > MaxMinutesPerDay {
		p.Add("minutes", "problem.goal.minutes", "Max", MaxMinutesPerDay)
	}
	return p
}

// TargetDayFor is the day by which a student is to know it: later by the days that they
// came late, where that was said, or by those that they were given.
func (a Assignment) TargetDayFor(joined int64, extra int) int64 {
	if a.ExtendLateJoiners && joined > a.StartDay {
		extra = max(extra, int(min(joined-a.StartDay, MaxExtensionDays)))
	}
	return a.TargetDay + int64(extra)
}

// TestDate is the assignment as a student's own goal.
func (a Assignment) TestDate(day int64) TestDate {
	return TestDate{Deck: a.Deck, Day: day, Minutes: a.MinutesPerDay, From: a.FromYear, To: a.ToYear}
}
