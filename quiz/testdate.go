package quiz

// TestDate is a day on which a deck is to be known, for one person.
type TestDate struct {
	Deck    int64
	Day     int64 // the learner's day of the test
	Minutes int   // of practice a day that are given to the deck
	From    int   // the first and the last year as people count, both 0 for the whole deck
	To      int
}

// DayRange are the first and the last day of the facts that are to be known.
func (g TestDate) DayRange() (first, last int64) {
	return Quiz{FromYear: g.From, ToYear: g.To}.DayRange()
}

// The limits of a goal.
const (
	MaxTestDateDays  = 730 // days ahead
	MaxMinutesPerDay = 240
)

// Validate says what is wrong on that day; fields are day and minutes.
func (g TestDate) Validate(today int64) Problems {
	var p Problems
	switch {
	case g.Day <= today:
		p.Add("day", "problem.goal.past")
	case g.Day > today+MaxTestDateDays:
		p.Add("day", "problem.goal.far", "Max", MaxTestDateDays)
	}
	if g.Minutes < 1 || g.Minutes > MaxMinutesPerDay {
		p.Add("minutes", "problem.goal.minutes", "Max", MaxMinutesPerDay)
	}
	return p
}
