package quiz

import "time"

// TargetKind is the kind of target that an assignment sets for each student.
type TargetKind string

// The kinds of target: a percentage of the facts known on the day, or a number of
// cards learned.
const (
	TargetPercentKnown TargetKind = "known"
	TargetCardsLearned TargetKind = "learned"
)

// TargetKinds lists all target kinds.
var TargetKinds = []TargetKind{TargetPercentKnown, TargetCardsLearned}

// Assignment is a deck, or a range of its years, that a class has to learn by a target
// day.
type Assignment struct {
	ID                int64
	Class             int64
	Deck              int64
	FromYear, ToYear  int   // first and last historical year, both 0 for the whole deck
	StartDay          int64 // the class's day it starts on
	TargetDay         int64 // the class's day it has to be learned by
	TargetKind        TargetKind
	Target            int  // percent of the facts, or number of cards
	MinutesPerDay     int  // estimated practice time a day
	ExtendLateJoiners bool // students who join late get the same number of days
	Created           time.Time
	Version           int64 // increases with every change
}

// The limits of an assignment.
const (
	MaxAssignments   = 100 // per class
	minTargetPercent = 50
	maxTargetPercent = 99
	maxStartDaysAgo  = 60
	MaxExtensionDays = 120
)

// AsQuiz returns a quiz limited to the same facts.
func (a Assignment) AsQuiz() Quiz {
	return Quiz{Deck: a.Deck, FromYear: a.FromYear, ToYear: a.ToYear, Length: DefaultQuizLength}
}

// Includes reports whether the assignment covers a fact: its date must be within the
// years, including its uncertainty.
func (a Assignment) Includes(f Fact) bool {
	first, last := a.AsQuiz().DayRange()
	return f.Date.Lo() >= first && f.Date.Hi() <= last
}

// Validate returns the problems with a new or changed assignment. The argument was is
// the assignment before the change, today is the class's day and cards is the number
// of cards that can be learned. The fields are from, to, start, day, aim, want and
// minutes.
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

// TargetDayFor returns a student's own target day. It adds the student's extension or,
// if late joiners get one, the number of days they joined late, whichever is longer.
func (a Assignment) TargetDayFor(joined int64, extra int) int64 {
	if a.ExtendLateJoiners && joined > a.StartDay {
		extra = max(extra, int(min(joined-a.StartDay, MaxExtensionDays)))
	}
	return a.TargetDay + int64(extra)
}

// TestDate returns the assignment as a student's own test date.
func (a Assignment) TestDate(day int64) TestDate {
	return TestDate{Deck: a.Deck, Day: day, Minutes: a.MinutesPerDay, From: a.FromYear, To: a.ToYear}
}
