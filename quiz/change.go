package quiz

import "time"

// Change is one edit that a teacher made to a deck, with everything it changed, so
// that it can be undone.
type Change struct {
	ID        int64
	Deck      int64
	Text      int64  // ID of the text it belongs to; 0 for the deck itself
	Person    int64  // who made the change
	Action    string // such as keep, edit, add or remove
	Facts     []FactChange
	Proposals []ProposalChange
	Moves     []FactMove
	Regraded  bool // past answers about facts whose date changed were regraded
	At        time.Time
	Undone    bool
}

// FactMove moves a fact to another deck of the same teacher. Learners' memory moves
// with it.
type FactMove struct {
	Fact     int64
	From, To FactLocation
}

// FactLocation is where a fact is stored: its deck, its key in the deck, and the
// source and text it came from.
type FactLocation struct {
	Deck        int64
	Key, Source string
	Text        int64
}

// FactChange is a fact before and after an edit. An empty key before means that the
// fact is new.
type FactChange struct{ Before, After Fact }

// ProposalChange is how an edit changed the state of a proposal of a text.
type ProposalChange struct {
	Position      int64
	Before, After ProposalState
}

// ProposalState is the status of a proposal and the key of the fact made from it.
type ProposalState struct {
	Status  ProposalStatus
	FactKey string
}

// ProposalStatus is what the teacher decided about a proposal.
type ProposalStatus string

// The statuses of a proposal. A proposal that does not exist has the empty status.
const (
	ProposalOpen     ProposalStatus = "open"
	ProposalAccepted ProposalStatus = "kept"
	ProposalSkipped  ProposalStatus = "skipped"
)

// Inverse returns the change that undoes c.
func (c Change) Inverse() Change {
	back := Change{Deck: c.Deck, Text: c.Text, Action: "undo", Regraded: c.Regraded}
	for _, m := range c.Moves {
		back.Moves = append(back.Moves, FactMove{m.Fact, m.To, m.From})
	}
	for i := len(c.Facts) - 1; i >= 0; i-- {
		f := c.Facts[i]
		if f.Before.Key == "" { // it was new: reviews may refer to it, so retire it
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
