package fsrs

import "fmt"

// Weights are w0 to w20 of FSRS-6.
type Weights [21]float64

// DefaultWeights are the published ones, fitted on many people's reviews.
// Not to be written to.
var DefaultWeights = Weights{
	0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194,
	0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
	1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
}

// weightRanges holds the least and most of each weight: the ranges to which
// the reference's training clips.
var weightRanges = [21][2]float64{
	{.001, 100}, {.001, 100}, {.001, 100}, {.001, 100}, // first stabilities
	{1, 10}, {.001, 4}, {.001, 4}, {.001, .75}, // difficulty
	{0, 4.5}, {0, .8}, {.001, 3.5}, // pass
	{.001, 5}, {.001, .25}, {.001, .9}, {0, 4}, // lapse
	{0, 1}, {1, 6}, // hard, easy
	{0, 2}, {0, 2}, {.01, .8}, // same day
	{.1, .8}, // decay
}

// WeightError says which weight is unfit.
type WeightError struct {
	Index    int     // 0 to 20
	Value    float64 // may be NaN or infinite
	Min, Max float64 // the range it should lie in
}

func (e *WeightError) Error() string {
	return fmt.Sprintf("fsrs: weight w%d is %v, not within %v to %v", e.Index, e.Value, e.Min, e.Max)
}

// Validate returns a [*WeightError] for the first weight that is no number or
// outside the range training clips to. Weights are never put right silently.
func (w Weights) Validate() error {
	for i, r := range weightRanges {
		if !(w[i] >= r[0] && w[i] <= r[1]) {
			return &WeightError{Index: i, Value: w[i], Min: r[0], Max: r[1]}
		}
	}
	return nil
}

// Clipped returns w with each weight moved into the range that Check asks for.
// A weight that is no number becomes the least of its range.
func (w Weights) Clipped() Weights {
	for i, r := range weightRanges {
		w[i] = clamp(w[i], r[0], r[1])
	}
	return w
}
