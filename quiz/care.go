package quiz

import "time"

// Deed is what a person does to a card by hand.
type Deed string

// The deeds. What is put aside is not asked until a day; what is forgotten is new
// again; a day that is set holds until the next answer.
const (
	Bury    Deed = "bury"    // aside until tomorrow
	Suspend Deed = "suspend" // aside until it is taken up again
	Resume  Deed = "resume"
	Forget  Deed = "forget"
	SetDue  Deed = "set"
)

// Deeds are all of them.
var Deeds = []Deed{Bury, Suspend, Resume, Forget, SetDue}

// Never is a day that does not come.
const Never = 1 << 40

// Care is a deed on a card. It is kept beside the log, and taken back by a mark of
// its own.
type Care struct {
	ID int64
	CardID
	Deed   Deed
	Day    int64 // until which the card is aside, or on which it is due
	Review int64 // the person's last answer then
	At     time.Time
	Undone bool
}

// Aside tells whether the deed says until when the card is aside.
func (d Deed) Aside() bool { return d == Bury || d == Suspend || d == Resume }

// Sets tells whether the day that was set still holds after the card's answers.
func (c Care) Sets(log []Review) bool {
	return c.Deed == SetDue && len(log) > 0 && log[len(log)-1].ID <= c.Review
}

// FurthestDue is how many days ahead a card may be set.
const FurthestDue = 3650

// Check says what is wrong on that day; the field is day.
func (c Care) Check(today int64) Problems {
	var p Problems
	switch c.Deed {
	case Bury, Suspend, Resume, Forget:
	case SetDue:
		if c.Day < today || c.Day > today+FurthestDue {
			p.Add("day", "problem.due", "Max", FurthestDue)
		}
	default:
		p.Add("deed", "error.option")
	}
	return p
}
