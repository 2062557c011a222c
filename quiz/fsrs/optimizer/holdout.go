package optimizer

import (
	"context"
	"math"

	"chronicle/quiz/fsrs"
)

// HoldoutResult is what weights were learned, and how they predict answers that they were
// not learned from: the last fifth in time.
type HoldoutResult struct {
	Weights      fsrs.Weights // learned from all answers, to be used if they are better
	ReviewCount  int          // answers that could be learned from
	Loss         float64      // mean log loss over the last fifth, with weights learned from those before
	PreviousLoss float64      // the same with the weights in use
	Improved     bool
}

// minReviewsToAdopt is from how many answers weights of one's own are believed. Below,
// the last fifth is too short to tell better from lucky.
const minReviewsToAdopt = 400

// minWeightSigmas is by how many standard errors of the difference the last fifth has to be
// predicted better. In simulation it leaves about one log in twenty worse than
// before, by little, of those of a few hundred answers, and fewer of longer ones.
const minWeightSigmas = 1.0

// FitWithHoldout learns weights from the first four fifths of a log and holds them against
// those in use on the last one. Training begins at start, and is pulled towards it.
// The same log and seed give the same proof; it returns ctx's error as soon as ctx
// ends.
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

// compareHoldout notes both losses and says whether the new weights are surely better.
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
