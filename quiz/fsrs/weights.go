package fsrs

import "fmt"

// Weights are the weights w0 to w20 of FSRS-6.
type Weights [21]float64

// DefaultWeights are the published weights, fitted to many people's reviews. Do not
// modify them.
var DefaultWeights = Weights{
	0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194,
	0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
	1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
}

// weightRanges holds the minimum and maximum of each weight: the ranges to which the
// reference implementation clips them in training.
var weightRanges = [21][2]float64{
	{.001, 100}, {.001, 100}, {.001, 100}, {.001, 100}, // first stabilities
	{1, 10}, {.001, 4}, {.001, 4}, {.001, .75}, // difficulty
	{0, 4.5}, {0, .8}, {.001, 3.5}, // pass
	{.001, 5}, {.001, .25}, {.001, .9}, {0, 4}, // lapse
	{0, 1}, {1, 6}, // hard, easy
	{0, 2}, {0, 2}, {.01, .8}, // same day
	{.1, .8}, // decay
}

// WeightError reports an invalid weight.
type WeightError struct {
	Index    int     // 0 to 20
	Value    float64 // may be NaN or infinite
	Min, Max float64 // the valid range
}

func (e *WeightError) Error() string {
	return fmt.Sprintf("fsrs: weight w%d is %v, not within %v to %v", e.Index, e.Value, e.Min, e.Max)
}

// Validate returns a [*WeightError] for the first weight that is NaN or outside its
// training range. Invalid weights are never corrected silently.
func (w Weights) Validate() error {
	for i, r := range weightRanges {
		if !(w[i] >= r[0] && w[i] <= r[1]) {
			return &WeightError{Index: i, Value: w[i], Min: r[0], Max: r[1]}
		}
	}
	return nil
}

// Clipped returns w with each weight clipped to the range that Validate requires. NaN
// becomes the minimum.
func (w Weights) Clipped() Weights {
	for i, r := range weightRanges {
		w[i] = clamp(w[i], r[0], r[1])
	}
	return w
}
