// Package teach makes decks: it brings texts, keeps what they propose, and edits
// facts. Every deed on facts and proposals is one change that can be taken back.
package teach

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/extract"
)

// Text is a text that a teacher brought, with what was found in it.
type Text struct {
	ID       int64
	Deck     int64
	Source   quiz.Source
	Language string
	Form     string // that it was sent with: another with the same is a Conflict; empty for none
	Body     string
	Marks    []Mark // in order
	Created  time.Time
	Removed  time.Time // zero as long as it is listed
}

// Mark is a part of a text that is shown as a date or as set apart.
type Mark struct {
	Span quiz.Span
	What string // "date", "inferred", or why it was set apart
}

// Item is a proposal of a text and what was decided of it. Places are far apart,
// so that others fit between.
type Item struct {
	Place int64
	quiz.ItemState
	extract.Proposal
}

// Gap is how far apart the places of items are at first.
const Gap = 1 << 20

// Desk is all that a deed on a deck looks at.
type Desk struct {
	Deck  *quiz.Deck     // with its retired facts
	Items []Item         // of the text that the deed belongs to
	Taken map[int64]bool // places of items that are there, or were
	Last  quiz.Change

	// What only few deeds look at is looked up when they do.
	Was      func(key string, revision int64) (quiz.Fact, error) // a fact as it was; Missing if nobody knows any more
	Answered func(fact int64) (people int, err error)            // how many have answered about a fact
	Own      func(deck int64) (*quiz.Deck, error)                // another deck of the person
}

// Result is what a deed comes to: one change, new items of its text, and
// whether it takes the last change back.
type Result struct {
	quiz.Change
	New    []Item
	Undoes int64 // the change that it takes back; 0 for none
}

// place finds one between two others that no item has or had; none of those that
// the items of an import begin with. False where there is no room.
func (d Desk) place(after, before int64) (int64, bool) {
	for step := (before - after) / 2; step > 0; step /= 2 {
		for at := after + step; at < before; at += step {
			if !d.Taken[at] && at%Gap != 0 {
				return at, true
			}
			if at-after > 64*step {
				break
			}
		}
	}
	return 0, false
}

// Store is what the deeds need of storage. Edit runs a deed on a deck that is
// the person's own, in one transaction; what the deed gives is kept with it.
// Forbidden if somebody else's, Missing if not there.
type Store interface {
	MakeDeck(ctx context.Context, who quiz.Who, d *quiz.Deck, now time.Time) error
	SetDeck(ctx context.Context, who quiz.Who, d *quiz.Deck, was string, now time.Time) error
	SetDeleted(ctx context.Context, who quiz.Who, deck int64, deleted, now time.Time) error
	PutText(ctx context.Context, who quiz.Who, t Text, items []Item) (int64, error)
	TextOfForm(ctx context.Context, who quiz.Who, deck int64, form string) (int64, error)
	SetTextRemoved(ctx context.Context, who quiz.Who, deck, text int64, removed time.Time) error
	Edit(ctx context.Context, who quiz.Who, deck, text int64, now time.Time, do func(Desk) (Result, error)) error
}

// Brought is a text in the list of a deck's texts.
type Brought struct {
	ID         int64
	Title      string
	Open, Kept int // items
	Removed    bool
}
