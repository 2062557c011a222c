package quiz

import "time"

// Change is one deed of a teacher on a deck, with what it changed, so that it
// can be taken back.
type Change struct {
	ID        int64
	Deck      int64
	Text      int64  // that it belongs to; 0 for the deck itself
	Person    int64  // whose deed it is
	Action    string // the deed: keep, edit, add, remove, …
	Facts     []FactChange
	Proposals []ProposalChange
	Moves     []FactMove
	Regraded  bool // answers about what changed its date were marked again
	At        time.Time
	Undone    bool
}

// FactMove takes a fact to another deck of the same teacher, with all memory of it.
type FactMove struct {
	Fact     int64
	From, To FactLocation
}

// FactLocation is where a fact stands: its deck, its key there, and the source and the
// text that it is from.
type FactLocation struct {
	Deck        int64
	Key, Source string
	Text        int64
}

// FactChange is a fact before and after; no key before means that it is new.
type FactChange struct{ Before, After Fact }

// ProposalChange is what became of a proposal of a text.
type ProposalChange struct {
	Position      int64
	Before, After ProposalState
}

// ProposalState is what was decided of a proposal, and the key of the fact that it
// became.
type ProposalState struct {
	Status  ProposalStatus
	FactKey string
}

// ProposalStatus is what was decided of a proposal.
type ProposalStatus string

// The states. One that was never there, or is there no longer, has none.
const (
	ProposalOpen     ProposalStatus = "open"
	ProposalAccepted ProposalStatus = "kept"
	ProposalSkipped  ProposalStatus = "skipped"
)

// Inverse is the change that takes this one back.
func (c Change) Inverse() Change {
	back := Change{Deck: c.Deck, Text: c.Text, Action: "undo", Regraded: c.Regraded}
	for _, m := range c.Moves {
		back.Moves = append(back.Moves, FactMove{m.Fact, m.To, m.From})
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
	for i := len(c.Proposals) - 1; i >= 0; i-- {
		one := c.Proposals[i]
		back.Proposals = append(back.Proposals, ProposalChange{one.Position, one.After, one.Before})
	}
	return back
}
