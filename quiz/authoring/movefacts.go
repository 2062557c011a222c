package authoring

import (
	"context"
	"slices"
	"time"

	"chronicle/quiz"
)

// MoveFacts takes facts to another deck of the person, as one change: what everybody
// remembers of them goes along, and so do their sources. Invalid where there is
// no room or the decks are one; facts that are gone already are left out.
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

// copySource gives the key that a source has in a deck; where it is not there yet it
// is added, under its own key or one that is free.
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
