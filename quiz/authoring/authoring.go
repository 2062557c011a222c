// Package authoring creates and edits decks: it imports source texts, stores the
// proposals found in them, and edits facts. Every action on facts and proposals is
// one change that can be undone.
package authoring

import (
	"context"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/extract"
)

// SourceText is a text that a teacher imported, with the highlights found in it.
type SourceText struct {
	ID         int64
	Deck       int64
	Source     quiz.Source
	Language   string
	FormKey    string // sent with the form; a second text with the same key is a Conflict; empty for none
	Body       string
	Highlights []Highlight // in text order
	Created    time.Time
	RemovedAt  time.Time // zero while the text is listed
}

// Highlight is a part of a text that is shown as a date or as skipped.
type Highlight struct {
	Span quiz.Span
	Kind string // "date", "inferred", or the reason why it was skipped
}

// ProposalItem is a proposal from a text and the decision about it. Positions are
// spaced PositionGap apart so that items can be inserted between them.
type ProposalItem struct {
	Position int64
	quiz.ProposalState
	extract.Proposal
}

// PositionGap is the distance between the positions of newly imported items.
const PositionGap = 1 << 20

// EditInput is the data that an edit of a deck reads.
type EditInput struct {
	Deck           *quiz.Deck     // including retired facts
	Proposals      []ProposalItem // of the text being edited
	TakenPositions map[int64]bool // positions that an item has or had
	LastChange     quiz.Change

	// Data that few edits need is loaded on demand.
	FactAt        func(key string, revision int64) (quiz.Fact, error) // a fact at an earlier revision; NotFound if that revision is gone
	CountAnswered func(fact int64) (people int, err error)            // number of people who have answered about a fact
	OwnDeck       func(deck int64) (*quiz.Deck, error)                // another deck of the same person
}

// EditResult is the outcome of an edit: one change, new proposals for the text, and
// the change that it undoes, if any.
type EditResult struct {
	quiz.Change
	NewProposals []ProposalItem
	UndoneChange int64 // ID of the undone change; 0 for none
}

// freePosition returns a position between after and before that no item has or had.
// It never returns a multiple of PositionGap, because those mark imported items. It
// returns false if there is no room.
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

// DeckStore is the storage that deck editing needs. EditDeck runs an edit on a deck
// that the person owns and saves the result in the same transaction. It returns
// Forbidden if the deck belongs to someone else and NotFound if it does not exist.
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
	OpenCount, AcceptedCount int // numbers of proposals
	Removed                  bool
}
