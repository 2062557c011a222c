package web

import (
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/enrol"
	"chronicle/quiz/fsrs"
	"chronicle/views"

	"github.com/gofiber/fiber/v2"
)

// assignedRows are what the visitor is to know for their classes, with how they stand;
// what has not begun and what is over is left out.
func (s *server) assignedRows(c *fiber.Ctx, k inks, cards []quiz.Card) ([]views.AssignedRow, error) {
	who := visitor(c).Who()
	all, err := s.Store.Assigned(c.UserContext(), who)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	at := s.moment(c)
	all = slices.DeleteFunc(all, func(a enrol.Assigned) bool { return a.Start > at.Day || a.Day <= at.Day })
	pools, err := s.Store.Pools(c.UserContext(), who, numbers(all, func(a enrol.Assigned) int64 { return a.Deck })...)
	if err != nil {
		return nil, err
	}
	var out []views.AssignedRow
	for _, a := range all {
		pool := pools[a.Deck]
		if pool == nil { // none of one that is not there
			continue
		}
		row := views.AssignedRow{Assigned: a, Days: int(a.Day - at.Day)}
		facts, n := askedOf(pool, a.Assignment)
		row.Cards = n
		in := map[int64]bool{}
		for _, f := range facts {
			in[f.ID] = true
			ink, _ := k.of(f.ID)
			row.Known += ink / float64(len(facts))
		}
		for _, card := range cards {
			if in[card.Fact] && card.Memory.Phase == fsrs.PhaseReview {
				row.Learned++
			}
		}
		out = append(out, row)
	}
	return out, nil
}

// taskFor is the assignment that bends the days of a deck; without class when a test of
// one's own comes first.
func (s *server) taskFor(c *fiber.Ctx, deck, today int64) (enrol.Assigned, error) {
	ctx, who := c.UserContext(), visitor(c).Who()
	own, err := s.Store.Goal(ctx, who, deck)
	if err != nil {
		return enrol.Assigned{}, err
	}
	all, err := s.Store.Assigned(ctx, who)
	for _, a := range all {
		if a.Deck == deck && a.Start <= today && a.Day > today && (own.Day <= today || a.Day < own.Day) {
			return a, err
		}
	}
	return enrol.Assigned{}, err
}
