package authoring

import (
	"context"
	"time"

	"chronicle/quiz"
)

// UndoOutcome is the result of an undo.
type UndoOutcome string

// The outcomes. UndoSkipped means that the change cannot be undone because what it
// changed was edited since: it stays, and the next undo concerns the change before
// it.
const (
	UndoDone    UndoOutcome = "undone"
	UndoNothing UndoOutcome = "nothing"
	UndoStale   UndoOutcome = "other" // the last change is not the requested one
	UndoSkipped UndoOutcome = "skipped"
)

// UndoChange undoes the last change of a text or, if text is 0, of the deck. It
// does so only if that change has the ID meant; 0 accepts any.
func UndoChange(ctx context.Context, db DeckStore, who quiz.Who, deck, text, meant int64, now time.Time) (out UndoOutcome, err error) {
	err = db.EditDeck(ctx, who, deck, text, now, func(d EditInput) (EditResult, error) {
		switch {
		case d.LastChange.ID == 0:
			out = UndoNothing
			return EditResult{}, nil
		case meant != 0 && meant != d.LastChange.ID:
			out = UndoStale
			return EditResult{}, nil
		}
		back, ok, err := d.inverseChange()
		if err != nil {
			return EditResult{}, err
		}
		if out = UndoDone; !ok {
			out = UndoSkipped
			back = quiz.Change{Action: "undo", Text: d.LastChange.Text}
		}
		return EditResult{Change: back, UndoneChange: d.LastChange.ID}, nil
	})
	return out, err
}

// inverseChange returns the change that undoes the last one. It returns false if
// something that the last change made was edited since.
func (d EditInput) inverseChange() (quiz.Change, bool, error) {
	back := d.LastChange.Inverse()
	for _, m := range back.Moves {
		to, err := d.OwnDeck(m.From.Deck) // the deck that the fact was moved to
		if err != nil {
			return back, false, err
		}
		if f, ok := to.Fact(m.Fact); !ok || f.Retired || f.Key != m.From.Key {
			return back, false, nil
		}
		if f, taken := currentFact(d.Deck, m.To.Key); taken && !f.Retired {
			return back, false, nil
		}
	}
	for i := range back.Facts { // the current fact must equal what the change made
		now, found := currentFact(d.Deck, back.Facts[i].After.Key)
		if !found || !sameFact(now, back.Facts[i].Before) {
			return back, false, nil
		}
		back.Facts[i].Before, back.Facts[i].After.Revision = now, now.Revision
	}
	return back, true, nil
}
