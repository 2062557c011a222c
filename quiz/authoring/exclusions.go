package authoring

import (
	"context"
	"slices"
	"time"

	"chronicle/quiz"
)

// maxExclusions is the maximum number of excluded distractors of a fact.
const maxExclusions = 100

// SetKindDisabled disables or enables a question kind for a fact.
func SetKindDisabled(ctx context.Context, db DeckStore, who quiz.Who, deck int64, key string, k quiz.Kind, back bool, now time.Time) error {
	if !slices.Contains(quiz.Kinds, k) {
		return quiz.NewError(quiz.Invalid, "error.invalid")
	}
	what := "release"
	if back {
		what = "hold"
	}
	return changeFact(ctx, db, who, deck, key, what, now, func(f quiz.Fact) (quiz.Fact, error) {
		f.DisabledKinds = slices.DeleteFunc(slices.Clone(f.DisabledKinds), func(one quiz.Kind) bool { return one == k })
		if back {
			f.DisabledKinds = append(f.DisabledKinds, k)
		}
		return f, nil
	})
}

// SetDistractorExcluded excludes another fact or a term as a distractor for a fact,
// or allows it again.
func SetDistractorExcluded(ctx context.Context, db DeckStore, who quiz.Who, deck int64, key string, b quiz.ExcludedDistractor, on bool, now time.Time) error {
	if (b.Fact == "") == (b.Term == "") || b.Fact != "" && !quiz.IsValidName(b.Fact) || len(b.Term) > 400 {
		return quiz.NewError(quiz.Invalid, "error.invalid")
	}
	what := "unbar"
	if on {
		what = "bar"
	}
	return changeFact(ctx, db, who, deck, key, what, now, func(f quiz.Fact) (quiz.Fact, error) {
		f.ExcludedDistractors = slices.DeleteFunc(slices.Clone(f.ExcludedDistractors), func(one quiz.ExcludedDistractor) bool { return one == b })
		if on && len(f.ExcludedDistractors) >= maxExclusions {
			return f, quiz.NewError(quiz.Invalid, "error.bars")
		}
		if on {
			f.ExcludedDistractors = append(f.ExcludedDistractors, b)
		}
		return f, nil
	})
}

// changeFact changes one fact as one undoable change. It saves nothing if the fact
// stays the same.
func changeFact(ctx context.Context, db DeckStore, who quiz.Who, deck int64, key, what string, now time.Time, do func(quiz.Fact) (quiz.Fact, error)) error {
	return db.EditDeck(ctx, who, deck, 0, now, func(d EditInput) (EditResult, error) {
		before, err := findFact(d.Deck, key)
		if err != nil {
			return EditResult{}, err
		}
		after, err := do(before)
		if err != nil || sameFact(before, after) {
			return EditResult{}, err
		}
		return EditResult{Change: quiz.Change{Action: what, Facts: []quiz.FactChange{{Before: before, After: after}}}}, nil
	})
}
