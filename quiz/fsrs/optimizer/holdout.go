package optimizer

import (
	"context"
	"math"

	"chronicle/quiz/fsrs"
)

// HoldoutResult holds the trained weights and how well weights trained on the first
// four fifths of the answers predict the last fifth in time.
type HoldoutResult struct {
	Weights      fsrs.Weights // trained on all answers if Improved, otherwise the current weights
	ReviewCount  int          // answers usable for training
	Loss         float64      // mean log loss over the last fifth, with weights trained on the answers before it
	PreviousLoss float64      // the same with the current weights
	Improved     bool
}

// minReviewsToAdopt is the number of reviews needed to adopt a person's own weights.
// With fewer, the last fifth is too short to tell better from lucky.
const minReviewsToAdopt = 400

// minWeightSigmas is by how many standard errors of the difference the last fifth has
// to be predicted better. In simulation about one in twenty logs of a few hundred
// answers then becomes slightly worse than before, and fewer of longer logs.
const minWeightSigmas = 1.0

// FitWithHoldout trains weights on the first four fifths of a log and compares them
// with the current ones on the last fifth. If they are better, it trains again on all
// answers. Training starts at start and is pulled towards it. The same log and seed
// give the same result. It returns ctx's error as soon as ctx ends.
func FitWithHoldout(ctx context.Context, l *Log, now, start fsrs.Weights, seed uint64) (HoldoutResult, error) {
	places, n := timeRanks(l)
	p := HoldoutResult{Weights: now, ReviewCount: n}
	if n < minReviewsToAdopt {
		return p, ctx.Err()
	}
	early, late := subset(l, places, 0, n*4/5), subset(l, places, n*4/5, n)
	early.start = start
	w, err := early.fitWeights(ctx, seed)
	if err != nil {
		return p, err
	}
	p.Improved, err = late.compareHoldout(ctx, &p, now, w)
	if err != nil || !p.Improved {
		return p, err
	}
	all := subset(l, places, 0, n)
	all.start = start
	p.Weights, err = all.fitWeights(ctx, seed)
	return p, err
}

// compareHoldout sets both mean losses and reports whether the new weights are
// significantly better.
func (t *trainingSet) compareHoldout(ctx context.Context, p *HoldoutResult, now, w fsrs.Weights) (bool, error) {
	old, fresh := newModelTerms(now), newModelTerms(w)
	var sum, squares float64
	for i, s := range t.cards {
		if i%256 == 0 && ctx.Err() != nil {
			return false, ctx.Err()
		}
		card, weights := t.reviewsOf(s)
		_, before := t.pass.forward(old, card, weights)
		_, after := t.pass.forward(fresh, card, weights)
		p.PreviousLoss += before
		p.Loss += after
		sum += before - after
		squares += (before - after) * (before - after)
	}
	p.PreviousLoss /= float64(t.count)
	p.Loss /= float64(t.count)
	return sum > minWeightSigmas*math.Sqrt(squares), nil
}
