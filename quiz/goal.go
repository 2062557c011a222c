package quiz

// Goal is a day on which a deck is to be known, for one person.
type Goal struct {
	Deck    int64
	Day     int64 // the learner's day of the test
	Minutes int   // of practice a day that are given to the deck
	From    int   // the first and the last year as people count, both 0 for the whole deck
	To      int
}

// Days are the first and the last day of the facts that are to be known.
func (g Goal) Days() (first, last int64) { return Quiz{From: g.From, To: g.To}.Days() }

// The limits of a goal.
const (
	FurthestGoal = 730 // days ahead
	MostMinutes  = 240
)

// Check says what is wrong on that day; fields are day and minutes.
func (g Goal) Check(today int64) Problems {
	var p Problems
	switch {
	case g.Day <= today:
		p.Add("day", "problem.goal.past")
	case g.Day > today+FurthestGoal:
		p.Add("day", "problem.goal.far", "Max", FurthestGoal)
	}
	if g.Minutes < 1 || g.Minutes > MostMinutes {
		p.Add("minutes", "problem.goal.minutes", "Max", MostMinutes)
	}
	return p
}
