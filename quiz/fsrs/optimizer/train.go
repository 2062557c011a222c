package optimizer

import (
	"context"
	"math"
	"math/rand/v2"

	"chronicle/quiz/fsrs"
)

// Training parameters. They were chosen by the loss on held-out answers of simulated
// people with 30 to 100,000 reviews each.
const (
	batchSize    = 512  // reviews per step, or a few more: cards are not split
	learningRate = 0.04 // learning rate of the first step
	minSteps     = 300  // minimum, within maxEpochs: unusual people's weights are far from the start
	minEpochs    = 5
	maxEpochs    = 60
	priorReviews = 10_000 // reviews at which the prior has half its weight
)

// weightSigmas is how much the weights differ between people (σ). For first
// stabilities it is the σ of their logarithm.
var weightSigmas = fsrs.Weights{
	math.Sqrt2, math.Sqrt2, math.Sqrt2, math.Sqrt2, .57, .28, .6, .12, .39, .18, .33,
	.3, .09, .16, .57, .25, 1.03, .31, .32, .14, .27,
}

// stabilityWeights is the number of leading weights that are stabilities in days. They
// are trained by their logarithm, because they span four powers of ten.
const stabilityWeights = 4

// train minimises the loss starting from w. It uses Adam with a learning rate that
// falls to 0 by half a cosine, over batches of cards that are shuffled in each epoch.
// It returns ctx's error as soon as ctx ends.
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
	for i := range stabilityWeights { // derivatives with respect to the logarithm
		g[i] *= m.w[i]
	}
}

// addPriorGradient adds the share of the gradient of Σ (w − start)²/σ² that n of all
// reviews account for. The prior counts less in large logs: people do not follow the
// model exactly, nor differ exactly as σ says, and a person's weights may be far from
// the start.
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
