package quiz

import "time"

// Aim is what an assignment wants of each student.
type Aim string

// The aims: a share of the facts known on the day, or so many cards learned.
const (
	ToKnow  Aim = "known"
	ToLearn Aim = "learned"
)

// Aims are all of them.
var Aims = []Aim{ToKnow, ToLearn}

// Assignment is a deck, or some years of it, that a class is to know by a day.
type Assignment struct {
	ID       int64
	Class    int64
	Deck     int64
	From, To int   // the first and the last year as people count, both 0 for the whole deck
	Start    int64 // the class's day on which it begins
	Day      int64 // the class's day by which it is to be known
	Aim      Aim
	Want     int  // percent of the facts, or cards
	Minutes  int  // of practice a day that it takes
	Late     bool // who joins later has as many days as the others
	Created  time.Time
	Version  int64 // grows with every change
}

// The limits of an assignment.
const (
	MaxAssignments = 100 // of a class
	leastKnown     = 50  // percent
	mostKnown      = 99
	earliestStart  = 60 // days ago
	MostExtra      = 120
)

// Years are the quiz that asks for the same facts.
func (a Assignment) Years() Quiz {
	return Quiz{Deck: a.Deck, From: a.From, To: a.To, Length: QuizDefault}
}

// Has tells whether a fact is asked for: it lies within the years, whatever its
// doubt.
func (a Assignment) Has(f Fact) bool {
	first, last := a.Years().Days()
	return f.Date.Lo() >= first && f.Date.Hi() <= last
}

// Check says what is wrong on that day of the class, if so many cards can be
// learned, with a new assignment or with what was changed of the one that was; fields
// are from, to, start, day, aim, want and minutes.
func (a Assignment) Check(was Assignment, today int64, cards int) Problems {
	var p Problems
	a.Years().checkYears(&p)
	if len(p) == 0 && cards == 0 {
		p.Add("from", "problem.assign.none")
	}
	if a.Start != was.Start && (a.Start < today-earliestStart || a.Start > today+FurthestGoal) || a.Start == 0 {
		p.Add("start", "problem.assign.start", "Max", earliestStart)
	}
	switch {
	case a.Day != was.Day && a.Day <= today || a.Day == 0:
		p.Add("day", "problem.goal.past")
	case a.Day != was.Day && a.Day > today+FurthestGoal:
		p.Add("day", "problem.goal.far", "Max", FurthestGoal)
	case a.Day <= a.Start:
		p.Add("day", "problem.assign.turned")
	}
	switch a.Aim {
	case ToKnow:
		if a.Want < leastKnown || a.Want > mostKnown {
			p.Add("want", "problem.assign.known", "Min", leastKnown, "Max", mostKnown)
		}
	case ToLearn:
		if a.Want < 1 || cards > 0 && a.Want > cards {
			p.Add("want", "problem.assign.learned", "Max", cards)
		}
	default:
		p.Add("aim", "problem.choose")
	}
	if a.Minutes < 1 || a.Minutes > MostMinutes {
		p.Add("minutes", "problem.goal.minutes", "Max", MostMinutes)
	}
	return p
}

// DayFor is the day by which a student is to know it: later by the days that they
// came late, where that was said, or by those that they were given.
func (a Assignment) DayFor(joined int64, extra int) int64 {
	if a.Late && joined > a.Start {
		extra = max(extra, int(min(joined-a.Start, MostExtra)))
	}
	return a.Day + int64(extra)
}

// Goal is the assignment as a student's own goal.
func (a Assignment) Goal(day int64) Goal {
	return Goal{Deck: a.Deck, Day: day, Minutes: a.Minutes, From: a.From, To: a.To}
}
