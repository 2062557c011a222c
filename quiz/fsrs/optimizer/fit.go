package optimizer

import (
	"context"
	"math"
	"math/rand/v2"

	"chronicle/quiz/fsrs"
)

// FitResult is what a log taught.
type FitResult struct {
	Weights     fsrs.Weights
	ReviewCount int     // reviews learned from
	Loss        float64 // mean log loss over them with the weights; 0 if there are none
	DefaultLoss float64 // the same with the default weights
}

// minReviews is how many reviews have to be learned from to leave the defaults.
const minReviews = 8

// minLossGain is by how much the summed log loss has to fall for new weights to be
// taken: the answers are then e³, some 20 times as likely as with the default
// ones. Less happens by chance. In simulation this halves the small logs that
// end worse than the defaults, and the mean gain stays.
const minLossGain = 3

// FitWeights finds the weights that predict the log best; the same log and seed give
// the same weights. They are the default ones where there is too little to
// learn from, and where what was learned predicts the log itself hardly better:
// the loss has to fall by some proof, and that in which recent answers count
// more has to fall too.
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

// fitWeights gives weights of six digits after the point. From the published weights on,
// first stabilities are guessed from the first intervals alone, if the answers can be
// taken at their word.
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
