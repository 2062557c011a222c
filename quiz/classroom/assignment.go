package classroom

import (
	"cmp"
	"context"
	"slices"
	"time"

	"chronicle/quiz"
)

// StudentAssignment is an assignment as a student has it: Day is the one that holds for them.
type StudentAssignment struct {
	quiz.Assignment
	ClassName, ClassTitle         string // the class's word in its address, and its title
	DeckName, DeckTitle, Language string
}

// SortAssignments puts what is to be known first at first.
func SortAssignments(all []StudentAssignment) {
	slices.SortFunc(all, func(a, b StudentAssignment) int {
		return cmp.Or(cmp.Compare(a.TargetDay, b.TargetDay), cmp.Compare(a.ID, b.ID))
	})
}

// AssignmentStore keeps assignments.
type AssignmentStore interface {
	SaveAssignment(ctx context.Context, who quiz.Who, a *quiz.Assignment, now time.Time) error
	SetDeadlineExtension(ctx context.Context, who quiz.Who, class, assignment, student int64, days int) error
}

// SaveAssignment gives a class an assignment, or changes the one that was, on that day of the
// class; so many cards can be learned by it. What makes no sense is Invalid, with its Problems; a
// Conflict if it was changed since the version that it has.
func SaveAssignment(ctx context.Context, db AssignmentStore, who quiz.Who, a *quiz.Assignment, was quiz.Assignment, today int64, cards int, now time.Time) error {
	if err := a.Validate(was, today, cards).Err(); err != nil {
		return err
	}
	return db.SaveAssignment(ctx, who, a, now)
}

// ExtendDeadline gives a student more days for an assignment; Invalid at days for what makes
// no sense.
func ExtendDeadline(ctx context.Context, db AssignmentStore, who quiz.Who, class, assignment, student int64, days int) error {
	if days < 0 || days > quiz.MaxExtensionDays {
		var p quiz.Problems
		p.Add("days", "problem.assign.days", "Max", quiz.MaxExtensionDays)
		return p.Err()
	}
	return db.SetDeadlineExtension(ctx, who, class, assignment, student, days)
}
