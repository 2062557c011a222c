package quiz

// TestDate is the day by which a person wants to know a deck.
type TestDate struct {
	Deck    int64
	Day     int64 // the learner's day the test is on
	Minutes int   // minutes of practice per day
	From    int   // first and last historical year, both 0 for the whole deck
	To      int
}

// DayRange returns the first and last day of the years that the test covers.
func (g TestDate) DayRange() (first, last int64) {
	return Quiz{FromYear: g.From, ToYear: g.To}.DayRange()
}

// Limits of a test date.
const (
	MaxTestDateDays  = 730 // days ahead
	MaxMinutesPerDay = 240
)

// Validate returns the problems with the test date on that day. The fields are day and
// minutes.
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
