package teach

import (
	"context"
	"time"

	"chronicle/quiz"
)

// Undone is what became of an undo.
type Undone string

// The outcomes. PassedOver is a change that cannot be taken back any more, since what
// it made was changed elsewhere: it stays, and the one before it is next.
const (
	TakenBack  Undone = "undone"
	Nothing    Undone = "nothing"
	Another    Undone = "other" // the last change is not the one that was meant
	PassedOver Undone = "skipped"
)

// Undo takes the last change back, of a text or, where it is 0, of the deck. What is
// meant is the change of that number; 0 for whichever it is.
func Undo(ctx context.Context, db Store, who quiz.Who, deck, text, meant int64, now time.Time) (out Undone, err error) {
	err = db.Edit(ctx, who, deck, text, now, func(d Desk) (Result, error) {
		switch {
		case d.Last.ID == 0:
			out = Nothing
			return Result{}, nil
		case meant != 0 && meant != d.Last.ID:
			out = Another
			return Result{}, nil
		}
		back, ok, err := d.back()
		if err != nil {
			return Result{}, err
		}
		if out = TakenBack; !ok {
			out = PassedOver
			back = quiz.Change{What: "undo", Text: d.Last.Text}
		}
		return Result{Change: back, Undoes: d.Last.ID}, nil
	})
	return out, err
}

// back is the change that takes the last one back; false where something that it
// made was changed since.
func (d Desk) back() (quiz.Change, bool, error) {
	back := d.Last.Back()
	for _, m := range back.Moves {
		to, err := d.Own(m.From.Deck) // where it went
		if err != nil {
			return back, false, err
		}
		if f, ok := to.Fact(m.Fact); !ok || f.Retired || f.Key != m.From.Key {
			return back, false, nil
		}
		if f, taken := current(d.Deck, m.To.Key); taken && !f.Retired {
			return back, false, nil
		}
	}
	for i := range back.Facts { // only what the change made; another one came since
		now, found := current(d.Deck, back.Facts[i].After.Key)
		if !found || !alike(now, back.Facts[i].Before) {
			return back, false, nil
		}
		back.Facts[i].Before, back.Facts[i].After.Revision = now, now.Revision
	}
	return back, true, nil
}
