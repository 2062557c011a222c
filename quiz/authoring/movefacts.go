package authoring

import (
	"context"
	"slices"
	"time"

	"chronicle/quiz"
)

// MoveFacts moves facts to another deck of the person as one change, with their
// sources and every learner's memory of them. It returns Invalid if the target deck
// is full or is the same deck. Facts that no longer exist are ignored.
func MoveFacts(ctx context.Context, db DeckStore, who quiz.Who, deck, to int64, factKeys []string, now time.Time) (moved int, err error) {
	if deck == to {
		return 0, quiz.NewError(quiz.Invalid, "error.move.same")
	}
	err = db.EditDeck(ctx, who, deck, 0, now, func(d EditInput) (EditResult, error) {
		other, err := d.OwnDeck(to)
		if err != nil {
			return EditResult{}, err
		}
		r := EditResult{Change: quiz.Change{Action: "move"}}
		taken, has := newKeySet(other), facts(other)
		for _, key := range factKeys {
			f, err := findFact(d.Deck, key)
			if err != nil || slices.ContainsFunc(r.Moves, func(m quiz.FactMove) bool { return m.Fact == f.ID }) {
				continue
			}
			if has+len(r.Moves) >= quiz.MaxFacts {
				return EditResult{}, quiz.NewError(quiz.Invalid, "error.deck.full")
			}
			there := quiz.FactLocation{Deck: to, Key: UnusedKey(key, func(k string) bool { return taken.used[k] })}
			taken.used[there.Key] = true
			if s, ok := d.Deck.SourceOf(f); ok {
				there.Source = copySource(other, s)
			}
			r.Moves = append(r.Moves, quiz.FactMove{Fact: f.ID, From: quiz.FactLocation{Deck: deck, Key: key, Source: f.Source, Text: f.Text}, To: there})
		}
		moved = len(r.Moves)
		return r, nil
	})
	return moved, err
}

// copySource returns the key of a source in a deck. If the deck does not have the
// source yet, copySource adds it, under its own key or an unused one.
func copySource(d *quiz.Deck, s quiz.Source) string {
	key := s.Key
	for _, one := range d.Sources {
		if s.Key = one.Key; one == s {
			return one.Key
		}
	}
	s.Key = UnusedKey(key, func(k string) bool {
		return slices.ContainsFunc(d.Sources, func(one quiz.Source) bool { return one.Key == k })
	})
	d.Sources = append(d.Sources, s)
	return s.Key
}
