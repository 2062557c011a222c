package fsrs

// PoissonBinomialTail returns the chance that at least the given number of answers are
// wrong if each is right with its given chance: the exact right tail of the Poisson
// binomial distribution.
func PoissonBinomialTail(chances []float64, wrong int) float64 {
	if wrong <= 0 {
		return 1
	}
	// below[k] is the chance of k wrong answers so far; reached is the chance of wrong or more.
	below, reached := make([]float64, wrong), 0.0
	below[0] = 1
	for _, right := range chances {
		reached += below[wrong-1] * (1 - right)
		for k := wrong - 1; k > 0; k-- {
			below[k] = below[k]*right + below[k-1]*(1-right)
		}
		below[0] *= right
	}
	return min(1, reached)
}
