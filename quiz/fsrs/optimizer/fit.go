package optimizer

import (
	"context"
	"math"
	"math/rand/v2"

	"chronicle/quiz/fsrs"
)

// FitResult is the result of FitWeights.
type FitResult struct {
	Weights     fsrs.Weights
	ReviewCount int     // reviews used for training
	Loss        float64 // mean log loss over them with Weights; 0 if there are none
	DefaultLoss float64 // the same with the default weights
}

// minReviews is the smallest number of training reviews for which the defaults can be
// replaced.
const minReviews = 8

// minLossGain is how much the summed log loss has to fall for new weights to be
// adopted: the answers are then e³, about 20 times as likely as with the default
// weights. Smaller gains occur by chance. In simulation this halves the number of
// small logs that end up worse than the defaults, and the mean gain stays the same.
const minLossGain = 3

// FitWeights finds the weights that predict the log best. The same log and seed give
// the same weights. It returns the default weights if there are too few reviews, or if
// the new weights predict the log itself hardly better: the loss has to fall by
// minLossGain, and the loss in which recent answers weigh more has to fall too.
//
// It returns ctx's error as soon as ctx ends.
func FitWeights(ctx context.Context, l *Log, seed uint64) (FitResult, error) {
	t := newTrainingSet(l)
	r := FitResult{Weights: fsrs.DefaultWeights, ReviewCount: t.count}
	if t.count == 0 {
		return r, ctx.Err()
	}
	weighted, plain, err := t.loss(ctx, newModelTerms(fsrs.DefaultWeights))
	if err != nil {
		return r, err
	}
	r.DefaultLoss = plain / float64(t.count)
	r.Loss = r.DefaultLoss
	if t.count < minReviews {
		return r, nil
	}
	w, err := t.fitWeights(ctx, seed)
	if err != nil {
		return r, err
	}
	weighted2, plain2, err := t.loss(ctx, newModelTerms(w))
	if err == nil && weighted2 < weighted && plain2 <= plain-minLossGain {
		r.Weights, r.Loss = w, plain2/float64(t.count)
	}
	return r, err
}

// fitWeights returns trained weights with six digits after the decimal point. When it
// starts from the default weights and all forms are plain, it first estimates the
// first stabilities from the first intervals alone.
func (t *trainingSet) fitWeights(ctx context.Context, seed uint64) (fsrs.Weights, error) {
	w := t.start
	if w == fsrs.DefaultWeights && len(t.log.forms) == 1 {
		first := firstStabilities(t.intervalCounts(), t.recallShare())
		copy(w[:], first[:])
	}
	w, err := t.train(ctx, w, rand.New(rand.NewPCG(seed, 0)))
	for i := range w {
		w[i] = math.Round(w[i]*1e6) / 1e6
	}
	return w, err
}
