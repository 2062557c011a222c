package authoring

import (
	"context"
	"time"

	"chronicle/quiz"
)

// UndoOutcome is what became of an undo.
type UndoOutcome string

// The outcomes. UndoSkipped is a change that cannot be taken back any more, since what
// it made was changed elsewhere: it stays, and the one before it is next.
const (
	UndoDone    UndoOutcome = "undone"
	UndoNothing UndoOutcome = "nothing"
	UndoStale   UndoOutcome = "other" // the last change is not the one that was meant
	UndoSkipped UndoOutcome = "skipped"
)

// UndoChange takes the last change back, of a text or, where it is 0, of the deck. What is
// meant is the change of that number; 0 for whichever it is.
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

// inverseChange is the change that takes the last one back; false where something that it
// made was changed since.
func (d EditInput) inverseChange() (quiz.Change, bool, error) {
	back := d.LastChange.Inverse()
	for _, m := range back.Moves {
		to, err := d.OwnDeck(m.From.Deck) // where it went
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
	for i := range back.Facts { // only what the change made; another one came since
		now, found := currentFact(d.Deck, back.Facts[i].After.Key)
		if !found || !sameFact(now, back.Facts[i].Before) {
			return back, false, nil
		}
		back.Facts[i].Before, back.Facts[i].After.Revision = now, now.Revision
	}
	return back, true, nil
}
