package optimizer

import (
	"context"
	"math"
	"math/rand/v2"

	"chronicle/quiz/fsrs"
)

// How weights are trained. Chosen by the loss on held-out answers of simulated
// people, of 30 to 100,000 reviews each.
const (
	batchSize    = 512  // reviews learned from in a step, or a few more: cards stay whole
	learningRate = 0.04 // of the first step
	minSteps     = 300  // at least, as far as 60 epochs go: people unlike most are far away
	minEpochs    = 5
	maxEpochs    = 60
	priorReviews = 10_000 // reviews at which the pull towards the default is half
)

// weightSigmas is how much the weights differ among people (σ); of first stabilities
// it is that of their logarithm.
var weightSigmas = fsrs.Weights{
	math.Sqrt2, math.Sqrt2, math.Sqrt2, math.Sqrt2, .57, .28, .6, .12, .39, .18, .33,
	.3, .09, .16, .57, .25, 1.03, .31, .32, .14, .27,
}

// stabilityWeights is how many of the weights, the first ones, are stabilities in
// days: they are trained by their logarithm, for they span four powers of ten.
const stabilityWeights = 4

// train goes from w towards less loss: Adam with a rate that falls by half a
// cosine to 0, over batches of cards that are grouped anew at random in each
// epoch. It returns ctx's error as soon as ctx ends.
func (t *trainingSet) train(ctx context.Context, w fsrs.Weights, chance *rand.Rand) (fsrs.Weights, error) {
	m, a := newModelTerms(w), adam{w: w}
	epochs := min(max(minEpochs, minSteps/max(1, t.count/batchSize)), maxEpochs)
	seen, all := 0, float64(epochs*t.count)
	for range epochs {
		chance.Shuffle(len(t.cards), func(i, j int) { t.cards[i], t.cards[j] = t.cards[j], t.cards[i] })
		for next := 0; next < len(t.cards); {
			if ctx.Err() != nil {
				return w, ctx.Err()
			}
			var g gradient
			n, from := 0, next
			for ; next < len(t.cards) && n < batchSize; next++ {
				n += int(t.cards[next].items)
			}
			t.addGradient(m, t.cards[from:next], &g)
			t.addPriorGradient(&g, &a.w, n)
			a.step(&g, learningRate*(1+math.Cos(math.Pi*float64(seen)/all))/2)
			m.set(a.w)
			seen += n
		}
	}
	return a.w, nil
}

// addGradient adds the gradient of the loss over the cards.
func (t *trainingSet) addGradient(m *modelTerms, cards []cardSpan, g *gradient) {
	for _, s := range cards {
		card, weights := t.reviewsOf(s)
		t.pass.forward(m, card, weights)
		t.pass.reverse(m, g)
	}
	for i := range stabilityWeights { // by the logarithm
		g[i] *= m.w[i]
	}
}

// addPriorGradient adds the gradient of Σ (w − start)²/σ², as much of it as n reviews are
// of all. It counts less in large logs: people are not quite as the model says,
// nor spread as σ says, and theirs may be far away.
func (t *trainingSet) addPriorGradient(g *gradient, w *fsrs.Weights, n int) {
	share := float64(n) / float64(t.count) / (1 + float64(t.count)/priorReviews)
	for i := range g {
		away := w[i] - t.start[i]
		if i < stabilityWeights {
			away = math.Log(w[i] / t.start[i])
		}
		g[i] += 2 * away / (weightSigmas[i] * weightSigmas[i]) * share
	}
}
