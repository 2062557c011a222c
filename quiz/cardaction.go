package quiz

import "time"

// CardActionKind is the kind of change that a learner makes to a card by hand.
type CardActionKind string

// The kinds of card action. A buried or suspended card is not asked until a day, a
// reset card is new again, and a rescheduled day is valid until the next answer.
const (
	ActionBury       CardActionKind = "bury"    // not asked until tomorrow
	ActionSuspend    CardActionKind = "suspend" // not asked until resumed
	ActionResume     CardActionKind = "resume"
	ActionReset      CardActionKind = "forget"
	ActionReschedule CardActionKind = "set"
)

// CardActionKinds lists all kinds of card action.
var CardActionKinds = []CardActionKind{ActionBury, ActionSuspend, ActionResume, ActionReset, ActionReschedule}

// NeverDay is a day that never comes.
const NeverDay = 1 << 40

// CardAction is a change that a learner made to a card by hand. It is stored in the
// cares table, separately from the review log; undoing it sets a flag there.
type CardAction struct {
	ID int64
	CardID
	Kind       CardActionKind
	Day        int64 // day until which the card is not asked, or on which it is due
	LastReview int64 // ID of the person's last review at that time
	At         time.Time
	Undone     bool
}

// Suspends reports whether the action changes until when the card is suspended or
// buried.
func (d CardActionKind) Suspends() bool {
	return d == ActionBury || d == ActionSuspend || d == ActionResume
}

// DueDayHolds reports whether a due day set by hand is still valid after the card's
// answers.
func (c CardAction) DueDayHolds(log []Review) bool {
	return c.Kind == ActionReschedule && len(log) > 0 && log[len(log)-1].ID <= c.LastReview
}

// MaxRescheduleDays is how many days ahead a card can be rescheduled.
const MaxRescheduleDays = 3650

// Validate returns the problems with the action on that day. The fields are day and
// deed.
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
