package web

import (
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/classroom"
	"chronicle/quiz/fsrs"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

// assignmentRows returns the visitor's current assignments with their progress, without those that have not begun
// or are over.
func (s *server) assignmentRows(c *fiber.Ctx, k recallByFact, cards []quiz.Card) ([]views.AssignmentProgress, error) {
	who := visitor(c).Who()
	all, err := s.Store.StudentAssignments(c.UserContext(), who)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	at := s.learnerTime(c)
	all = slices.DeleteFunc(all, func(a classroom.StudentAssignment) bool { return a.StartDay > at.Day || a.TargetDay <= at.Day })
	pools, err := s.Store.DeckIndexes(c.UserContext(), who, idsOf(all, func(a classroom.StudentAssignment) int64 { return a.Deck })...)
	if err != nil {
		return nil, err
	}
	var out []views.AssignmentProgress
	for _, a := range all {
		pool := pools[a.Deck]
		if pool == nil { // nil for a deck that no longer exists
			continue
		}
		row := views.AssignmentProgress{StudentAssignment: a, Days: int(a.TargetDay - at.Day)}
		facts, n := assignedFacts(pool, a.Assignment)
		row.Cards = n
		in := map[int64]bool{}
		for _, f := range facts {
			in[f.ID] = true
			ink, _ := k.recall(f.ID)
			row.Known += ink / float64(len(facts))
		}
		for _, card := range cards {
			if in[card.Fact] && card.State.Phase == fsrs.PhaseReview {
				row.Learned++
			}
		}
		out = append(out, row)
	}
	return out, nil
}

// planningAssignment returns the assignment that determines the daily plan of a deck. It has no class when the
// learner's own test date comes first.
func (s *server) planningAssignment(c *fiber.Ctx, deck, today int64) (classroom.StudentAssignment, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	own, err := s.Store.TestDate(ctx, who, deck)
	if err != nil {
		return classroom.StudentAssignment{}, err
	}
	all, err := s.Store.StudentAssignments(ctx, who)
	for _, a := range all {
		if a.Deck == deck && a.StartDay <= today && a.TargetDay > today && (own.Day <= today || a.TargetDay < own.Day) {
			return a, err
		}
	}
	return classroom.StudentAssignment{}, err
}
