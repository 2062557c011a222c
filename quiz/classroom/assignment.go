package classroom

import (
	"cmp"
	"context"
	"slices"
	"time"

	"chronicle/quiz"
)

// StudentAssignment is an assignment as a student sees it; TargetDay is that student's
// own.
type StudentAssignment struct {
	quiz.Assignment
	ClassName, ClassTitle         string // the class's name in its address, and its title
	DeckName, DeckTitle, Language string
}

// SortAssignments sorts assignments by target day, earliest first.
func SortAssignments(all []StudentAssignment) {
	slices.SortFunc(all, func(a, b StudentAssignment) int {
		return cmp.Or(cmp.Compare(a.TargetDay, b.TargetDay), cmp.Compare(a.ID, b.ID))
	})
}

// AssignmentStore stores assignments.
type AssignmentStore interface {
	SaveAssignment(ctx context.Context, who quiz.Who, a *quiz.Assignment, now time.Time) error
	SetDeadlineExtension(ctx context.Context, who quiz.Who, class, assignment, student int64, days int) error
}

// SaveAssignment creates an assignment for a class, or changes the existing one given as
// was. today is the class's day, and cards is the number of cards that can be learned
// from the assignment. It fails with Invalid and Problems if a field is not valid, and
// with Conflict if the assignment was changed since the version in a.
func SaveAssignment(ctx context.Context, db AssignmentStore, who quiz.Who, a *quiz.Assignment, was quiz.Assignment, today int64, cards int, now time.Time) error {
	if err := a.Validate(was, today, cards).Err(); err != nil {
		return err
	}
	return db.SaveAssignment(ctx, who, a, now)
}

// ExtendDeadline sets a student's extra days for an assignment. It fails with Invalid at
// the field days if the number is out of range.
func ExtendDeadline(ctx context.Context, db AssignmentStore, who quiz.Who, class, assignment, student int64, days int) error {
	if days < 0 || days > quiz.MaxExtensionDays {
		var p quiz.Problems
		p.Add("days", "problem.assign.days", "Max", quiz.MaxExtensionDays)
		return p.Err()
	}
	return db.SetDeadlineExtension(ctx, who, class, assignment, student, days)
}
