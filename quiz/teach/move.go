package teach

import (
	"context"
	"slices"
	"time"

	"chronicle/quiz"
)

// MoveTo takes facts to another deck of the person, as one change: what everybody
// remembers of them goes along, and so do their sources. Invalid where there is
// no room or the decks are one; facts that are gone already are left out.
func MoveTo(ctx context.Context, db Store, who quiz.Who, deck, to int64, factKeys []string, now time.Time) (moved int, err error) {
	if deck == to {
		return 0, quiz.Fail(quiz.Invalid, "error.move.same")
	}
	err = db.Edit(ctx, who, deck, 0, now, func(d Desk) (Result, error) {
		other, err := d.Own(to)
		if err != nil {
			return Result{}, err
		}
		r := Result{Change: quiz.Change{What: "move"}}
		taken, has := keysOf(other), facts(other)
		for _, key := range factKeys {
			f, err := factOf(d.Deck, key)
			if err != nil || slices.ContainsFunc(r.Moves, func(m quiz.Move) bool { return m.Fact == f.ID }) {
				continue
			}
			if has+len(r.Moves) >= quiz.MaxFacts {
				return Result{}, quiz.Fail(quiz.Invalid, "error.deck.full")
			}
			there := quiz.Home{Deck: to, Key: FreeKey(key, func(k string) bool { return taken.used[k] })}
			taken.used[there.Key] = true
			if s, ok := d.Deck.SourceOf(f); ok {
				there.Source = sourceIn(other, s)
			}
			r.Moves = append(r.Moves, quiz.Move{Fact: f.ID, From: quiz.Home{Deck: deck, Key: key, Source: f.Source, Text: f.Text}, To: there})
		}
		moved = len(r.Moves)
		return r, nil
	})
	return moved, err
}

// sourceIn gives the key that a source has in a deck; where it is not there yet it
// is added, under its own key or one that is free.
func sourceIn(d *quiz.Deck, s quiz.Source) string {
	key := s.Key
	for _, one := range d.Sources {
		if s.Key = one.Key; one == s {
			return one.Key
		}
	}
	s.Key = FreeKey(key, func(k string) bool {
		return slices.ContainsFunc(d.Sources, func(one quiz.Source) bool { return one.Key == k })
	})
	d.Sources = append(d.Sources, s)
	return s.Key
}
