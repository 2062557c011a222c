// Package teach makes decks: it brings texts, keeps what they propose, and edits
// facts. Every deed on facts and proposals is one change that can be taken back.
package authoring

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/extract"
)

// SourceText is a text that a teacher brought, with what was found in it.
type SourceText struct {
	ID         int64
	Deck       int64
	Source     quiz.Source
	Language   string
	FormKey    string // that it was sent with: another with the same is a Conflict; empty for none
	Body       string
	Highlights []Highlight // in order
	Created    time.Time
	RemovedAt  time.Time // zero as long as it is listed
}

// Highlight is a part of a text that is shown as a date or as set apart.
type Highlight struct {
	Span quiz.Span
	Kind string // "date", "inferred", or why it was set apart
}

// ProposalItem is a proposal of a text and what was decided of it. Places are far apart,
// so that others fit between.
type ProposalItem struct {
	Position int64
	quiz.ProposalState
	extract.Proposal
}

// PositionGap is how far apart the places of items are at first.
const PositionGap = 1 << 20

// EditInput is all that a deed on a deck looks at.
type EditInput struct {
	Deck           *quiz.Deck     // with its retired facts
	Proposals      []ProposalItem // of the text that the deed belongs to
	TakenPositions map[int64]bool // places of items that are there, or were
	LastChange     quiz.Change

	// What only few deeds look at is looked up when they do.
	FactAt        func(key string, revision int64) (quiz.Fact, error) // a fact as it was; Missing if nobody knows any more
	CountAnswered func(fact int64) (people int, err error)            // how many have answered about a fact
	OwnDeck       func(deck int64) (*quiz.Deck, error)                // another deck of the person
}

// EditResult is what a deed comes to: one change, new items of its text, and
// whether it takes the last change back.
type EditResult struct {
	quiz.Change
	NewProposals []ProposalItem
	UndoneChange int64 // the change that it takes back; 0 for none
}

// freePosition finds one between two others that no item has or had; none of those that
// the items of an import begin with. False where there is no room.
func (d EditInput) freePosition(after, before int64) (int64, bool) {
	for step := (before - after) / 2; step > 0; step /= 2 {
		for at := after + step; at < before; at += step {
			if !d.TakenPositions[at] && at%PositionGap != 0 {
				return at, true
			}
			if at-after > 64*step {
				break
			}
		}
	}
	return 0, false
}

// DeckStore is what the deeds need of storage. Edit runs a deed on a deck that is
// the person's own, in one transaction; what the deed gives is kept with it.
// Forbidden if somebody else's, Missing if not there.
type DeckStore interface {
	CreateDeck(ctx context.Context, who quiz.Who, d *quiz.Deck, now time.Time) error
	UpdateDeck(ctx context.Context, who quiz.Who, d *quiz.Deck, was string, now time.Time) error
	SetDeckDeleted(ctx context.Context, who quiz.Who, deck int64, deleted, now time.Time) error
	AddSourceText(ctx context.Context, who quiz.Who, t SourceText, items []ProposalItem) (int64, error)
	SourceTextByForm(ctx context.Context, who quiz.Who, deck int64, form string) (int64, error)
	SetSourceTextRemoved(ctx context.Context, who quiz.Who, deck, text int64, removed time.Time) error
	EditDeck(ctx context.Context, who quiz.Who, deck, text int64, now time.Time, do func(EditInput) (EditResult, error)) error
}

// SourceTextSummary is a text in the list of a deck's texts.
type SourceTextSummary struct {
	ID                       int64
	Title                    string
	OpenCount, AcceptedCount int // items
	Removed                  bool
}
