package teach

import (
	"context"
	"slices"
	"time"

	"chronicle/quiz"
)

// mostBars is how much can be barred from a fact.
const mostBars = 100

// Hold holds a kind of question of a fact back, or asks it again.
func Hold(ctx context.Context, db Store, who quiz.Who, deck int64, key string, k quiz.Kind, back bool, now time.Time) error {
	if !slices.Contains(quiz.Kinds, k) {
		return quiz.Fail(quiz.Invalid, "error.invalid")
	}
	what := "release"
	if back {
		what = "hold"
	}
	return change(ctx, db, who, deck, key, what, now, func(f quiz.Fact) (quiz.Fact, error) {
		f.Held = slices.DeleteFunc(slices.Clone(f.Held), func(one quiz.Kind) bool { return one == k })
		if back {
			f.Held = append(f.Held, k)
		}
		return f, nil
	})
}

// SetBar says that something never stands beside a fact as a wrong option, or
// that it may again.
func SetBar(ctx context.Context, db Store, who quiz.Who, deck int64, key string, b quiz.Bar, on bool, now time.Time) error {
	if (b.Fact == "") == (b.Term == "") || b.Fact != "" && !quiz.GoodName(b.Fact) || len(b.Term) > 400 {
		return quiz.Fail(quiz.Invalid, "error.invalid")
	}
	what := "unbar"
	if on {
		what = "bar"
	}
	return change(ctx, db, who, deck, key, what, now, func(f quiz.Fact) (quiz.Fact, error) {
		f.Bars = slices.DeleteFunc(slices.Clone(f.Bars), func(one quiz.Bar) bool { return one == b })
		if on && len(f.Bars) >= mostBars {
			return f, quiz.Fail(quiz.Invalid, "error.bars")
		}
		if on {
			f.Bars = append(f.Bars, b)
		}
		return f, nil
	})
}

// change changes one fact as one deed; nothing is kept where it stays as it is.
func change(ctx context.Context, db Store, who quiz.Who, deck int64, key, what string, now time.Time, do func(quiz.Fact) (quiz.Fact, error)) error {
	return db.Edit(ctx, who, deck, 0, now, func(d Desk) (Result, error) {
		before, err := factOf(d.Deck, key)
		if err != nil {
			return Result{}, err
		}
		after, err := do(before)
		if err != nil || alike(before, after) {
			return Result{}, err
		}
		return Result{Change: quiz.Change{What: what, Facts: []quiz.FactChange{{Before: before, After: after}}}}, nil
	})
}
