package fit

import (
	"cmp"
	"slices"

	"chronicle/quiz/fsrs"
)

// cell is where cards stand at their first review on a later day.
type cell struct {
	rating fsrs.Rating // of the very first review
	days   float32     // before the first one on a later day
}

// tally counts the answers in a cell.
type tally struct {
	cell
	count, recalled int
}

// cellOf finds the card's first review on a later day.
func cellOf(card []review) (c cell, at int) {
	for i := 1; i < len(card); i++ {
		if card[i].days > 0 {
			return cell{card[0].rating, card[i].days}, i
		}
	}
	return cell{}, 0
}

// tallies counts the answers by cell, in the order of ratings.
func (t *items) tallies() []tally {
	found := map[cell]tally{}
	for _, s := range t.cards {
		card, weights := t.of(s)
		c, i := cellOf(card)
		if weights[i] == 0 {
			continue
		}
		n := found[c]
		n.cell = c
		n.count++
		if card[i].rating != fsrs.Again {
			n.recalled++
		}
		found[c] = n
	}
	all := make([]tally, 0, len(found))
	for _, n := range found {
		if n.usual() {
			all = append(all, n)
		}
	}
	slices.SortFunc(all, func(a, b tally) int {
		return cmp.Or(cmp.Compare(a.rating, b.rating), cmp.Compare(a.days, b.days))
	})
	return all
}

// usual leaves out intervals that hardly occur, and breaks of months. The
// reference leaves out more, and trains without such cards; in simulation that
// predicted worse on average, at every size.
func (n tally) usual() bool {
	longest := float32(100)
	if n.rating == fsrs.Easy {
		longest = 365
	}
	return n.count >= 3 && n.days <= longest
}

// recalled is the share of right answers among all that is learned from.
func (t *items) recalled() float64 {
	right := 0
	for i, w := range t.weights {
		if w > 0 && t.log.reviews[i].rating != fsrs.Again {
			right++
		}
	}
	return float64(right) / float64(t.count)
}
