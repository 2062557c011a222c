package quiz

import "time"

// CardActionKind is what a person does to a card by hand.
type CardActionKind string

// The deeds. What is put aside is not asked until a day; what is forgotten is new
// again; a day that is set holds until the next answer.
const (
	ActionBury       CardActionKind = "bury"    // aside until tomorrow
	ActionSuspend    CardActionKind = "suspend" // aside until it is taken up again
	ActionResume     CardActionKind = "resume"
	ActionReset      CardActionKind = "forget"
	ActionReschedule CardActionKind = "set"
)

// CardActionKinds are all of them.
var CardActionKinds = []CardActionKind{ActionBury, ActionSuspend, ActionResume, ActionReset, ActionReschedule}

// NeverDay is a day that does not come.
const NeverDay = 1 << 40

// CardAction is a deed on a card. It is kept beside the log, and taken back by a mark of
// its own.
type CardAction struct {
	ID int64
	CardID
	Kind       CardActionKind
	Day        int64 // until which the card is aside, or on which it is due
	LastReview int64 // the person's last answer then
	At         time.Time
	Undone     bool
}

// Suspends tells whether the deed says until when the card is aside.
func (d CardActionKind) Suspends() bool {
	return d == ActionBury || d == ActionSuspend || d == ActionResume
}

// DueDayHolds tells whether the day that was set still holds after the card's answers.
func (c CardAction) DueDayHolds(log []Review) bool {
	return c.Kind == ActionReschedule && len(log) > 0 && log[len(log)-1].ID <= c.LastReview
}

// MaxRescheduleDays is how many days ahead a card may be set.
const MaxRescheduleDays = 3650

// Validate says what is wrong on that day; the field is day.
func (c CardAction) Validate(today int64) Problems {
	var p Problems
	switch c.Kind {
	case ActionBury, ActionSuspend, ActionResume, ActionReset:
	case ActionReschedule:
		if c.Day < today || c.Day > today+MaxRescheduleDays {
			p.Add("day", "problem.due", "Max", MaxRescheduleDays)
		}
	default:
		p.Add("deed", "error.option")
	}
	return p
}
