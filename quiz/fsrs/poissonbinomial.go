package fsrs

// PoissonBinomialTail is the chance that at least so many of some answers are wrong, if each is
// right with the chance given: the right tail of the Poisson binomial, exactly.
func PoissonBinomialTail(chances []float64, wrong int) float64 {
	if wrong <= 0 {
		return 1
	}
	// below[k] is the chance of k wrong answers so far; what reaches the count is kept apart.
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
