package enrol

import (
	"cmp"
	"context"
	"slices"
	"time"

	"chronicle/quiz"
)

// Assigned is an assignment as a student has it: Day is the one that holds for them.
type Assigned struct {
	quiz.Assignment
	Class, ClassTitle             string // the class's word in its address, and its title
	DeckName, DeckTitle, Language string
}

// SortAssigned puts what is to be known first at first.
func SortAssigned(all []Assigned) {
	slices.SortFunc(all, func(a, b Assigned) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID)) })
}

// Assigner keeps assignments.
type Assigner interface {
	Assign(ctx context.Context, who quiz.Who, a *quiz.Assignment, now time.Time) error
	SetExtra(ctx context.Context, who quiz.Who, class, assignment, student int64, days int) error
}

// Assign gives a class an assignment, or changes the one that was, on that day of the
// class; so many cards can be learned by it. What makes no sense is Invalid, with its Problems; a
// Conflict if it was changed since the version that it has.
func Assign(ctx context.Context, db Assigner, who quiz.Who, a *quiz.Assignment, was quiz.Assignment, today int64, cards int, now time.Time) error {
	if err := a.Check(was, today, cards).Err(); err != nil {
		return err
	}
	return db.Assign(ctx, who, a, now)
}

// GiveTime gives a student more days for an assignment; Invalid at days for what makes
// no sense.
func GiveTime(ctx context.Context, db Assigner, who quiz.Who, class, assignment, student int64, days int) error {
	if days < 0 || days > quiz.MostExtra {
		var p quiz.Problems
		p.Add("days", "problem.assign.days", "Max", quiz.MostExtra)
		return p.Err()
	}
	return db.SetExtra(ctx, who, class, assignment, student, days)
}
