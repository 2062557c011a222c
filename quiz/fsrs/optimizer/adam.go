package optimizer

import (
	"math"

	"chronicle/quiz/fsrs"
)

// adam is the Adam optimizer: it moves weights by running means of their gradient and
// of its square.
type adam struct {
	w                      fsrs.Weights
	mean, square           gradient
	meanDecay, squareDecay float64 // remaining share of the initial zeros in the means
}

const beta1, beta2 = 0.9, 0.999

// step moves the weights against g and clips them to their ranges.
func (a *adam) step(g *gradient, rate float64) {
	if a.meanDecay == 0 {
		a.meanDecay, a.squareDecay = 1, 1
	}
	a.meanDecay *= beta1
	a.squareDecay *= beta2
	for i := range g {
		a.mean[i] = beta1*a.mean[i] + (1-beta1)*g[i]
		a.square[i] = beta2*a.square[i] + (1-beta2)*g[i]*g[i]
		move := rate * a.mean[i] / (1 - a.meanDecay) / (math.Sqrt(a.square[i]/(1-a.squareDecay)) + 1e-8)
		if i < stabilityWeights {
			a.w[i] *= math.Exp(-move)
		} else {
			a.w[i] -= move
		}
	}
	a.w = a.w.Clipped()
}
