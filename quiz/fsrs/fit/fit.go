package fit

import (
	"context"
	"math"
	"math/rand/v2"

	"chronicle/quiz/fsrs"
)

// Result is what a log taught.
type Result struct {
	Weights fsrs.Weights
	Items   int     // reviews learned from
	Loss    float64 // mean log loss over them with the weights; 0 if there are none
	Default float64 // the same with the default weights
}

// fewest is how many reviews have to be learned from to leave the defaults.
const fewest = 8

// proof is by how much the summed log loss has to fall for new weights to be
// taken: the answers are then e³, some 20 times as likely as with the default
// ones. Less happens by chance. In simulation this halves the small logs that
// end worse than the defaults, and the mean gain stays.
const proof = 3

// Fit finds the weights that predict the log best; the same log and seed give
// the same weights. They are the default ones where there is too little to
// learn from, and where what was learned predicts the log itself hardly better:
// the loss has to fall by some proof, and that in which recent answers count
// more has to fall too.
//
// It returns ctx's error as soon as ctx ends.
func Fit(ctx context.Context, l *Log, seed uint64) (Result, error) {
	t := collect(l)
	r := Result{Weights: fsrs.DefaultWeights, Items: t.count}
	if t.count == 0 {
		return r, ctx.Err()
	}
	weighted, plain, err := t.loss(ctx, newShape(fsrs.DefaultWeights))
	if err != nil {
		return r, err
	}
	r.Default = plain / float64(t.count)
	r.Loss = r.Default
	if t.count < fewest {
		return r, nil
	}
	w, err := t.learn(ctx, seed)
	if err != nil {
		return r, err
	}
	weighted2, plain2, err := t.loss(ctx, newShape(w))
	if err == nil && weighted2 < weighted && plain2 <= plain-proof {
		r.Weights, r.Loss = w, plain2/float64(t.count)
	}
	return r, err
}

// learn gives weights of six digits after the point. From the published weights on,
// first stabilities are guessed from the first intervals alone, if the answers can be
// taken at their word.
func (t *items) learn(ctx context.Context, seed uint64) (fsrs.Weights, error) {
	w := t.start
	if w == fsrs.DefaultWeights && len(t.log.forms) == 1 {
		first := firstStabilities(t.tallies(), t.recalled())
		copy(w[:], first[:])
	}
	w, err := t.train(ctx, w, rand.New(rand.NewPCG(seed, 0)))
	for i := range w {
		w[i] = math.Round(w[i]*1e6) / 1e6
	}
	return w, err
}
