package quiz

import "time"

// Change is one deed of a teacher on a deck, with what it changed, so that it
// can be taken back.
type Change struct {
	ID     int64
	Deck   int64
	Text   int64  // that it belongs to; 0 for the deck itself
	Person int64  // whose deed it is
	What   string // the deed: keep, edit, add, remove, …
	Facts  []FactChange
	Items  []ItemChange
	Moves  []Move
	Marked bool // answers about what changed its date were marked again
	At     time.Time
	Undone bool
}

// Move takes a fact to another deck of the same teacher, with all memory of it.
type Move struct {
	Fact     int64
	From, To Home
}

// Home is where a fact stands: its deck, its key there, and the source and the
// text that it is from.
type Home struct {
	Deck        int64
	Key, Source string
	Text        int64
}

// FactChange is a fact before and after; no key before means that it is new.
type FactChange struct{ Before, After Fact }

// ItemChange is what became of a proposal of a text.
type ItemChange struct {
	Place         int64
	Before, After ItemState
}

// ItemState is what was decided of a proposal, and the key of the fact that it
// became.
type ItemState struct {
	State State
	Fact  string
}

// State is what was decided of a proposal.
type State string

// The states. One that was never there, or is there no longer, has none.
const (
	Open    State = "open"
	Kept    State = "kept"
	Skipped State = "skipped"
)

// Back is the change that takes this one back.
func (c Change) Back() Change {
	back := Change{Deck: c.Deck, Text: c.Text, What: "undo", Marked: c.Marked}
	for _, m := range c.Moves {
		back.Moves = append(back.Moves, Move{m.Fact, m.To, m.From})
	}
	for i := len(c.Facts) - 1; i >= 0; i-- {
		f := c.Facts[i]
		if f.Before.Key == "" { // it was new: reviews may speak of it, so it stays, unasked
			gone := f.After
			gone.Retired = true
			f.Before = gone
		}
		f.Before.Revision = f.After.Revision
		back.Facts = append(back.Facts, FactChange{Before: f.After, After: f.Before})
	}
	for i := len(c.Items) - 1; i >= 0; i-- {
		one := c.Items[i]
		back.Items = append(back.Items, ItemChange{one.Place, one.After, one.Before})
	}
	return back
}
