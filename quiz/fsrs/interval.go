package fsrs

import "math"

// intervalDays is the interval after which recall has fallen to the retention wished
// for, rounded to whole days from 1 to the longest.
func (s *Scheduler) intervalDays(stability float64) int {
	interval := math.Round(s.Model.Interval(stability, s.DesiredRetention))
	return int(clamp(interval, 1, float64(s.maxInterval())))
}

func (s *Scheduler) maxInterval() int { return max(s.MaxInterval, 1) }

// minStability is the stability the interval goes by: that of the memory,
// but at a first meeting no less than a worse right answer had given, as the
// weights of first stabilities need not rise.
func (s *Scheduler) minStability(t transition) float64 {
	stability := t.after.Memory.Stability
	if t.before.Memory.IsSet() {
		return stability
	}
	for worse := Hard; worse < t.rating; worse++ {
		stability = max(stability, s.Model.NextMemory(t.before.Memory, 0, worse, t.form).Stability)
	}
	return stability
}

// fuzzRanges holds which share of each part of an interval may be fuzz.
var fuzzRanges = [...]struct{ from, to, share float64 }{
	{2.5, 7, 0.15},
	{7, 20, 0.10},
	{20, math.MaxFloat64, 0.05},
}

// FuzzRange is the range of whole days an interval of so many days may be
// moved within: one day and 15 % of its part from 2.5 to 7 days, 10 % of that
// from 7 to 20 and 5 % of that above to either side, and at most longest.
// Below 2.5 days it is the interval itself. Both ends rise with days.
func FuzzRange(days, longest int) (least, most int) {
	days = max(1, min(days, longest))
	if float64(days) < fuzzRanges[0].from {
		return days, days
	}
	fuzz := 1.0
	for _, b := range fuzzRanges {
		fuzz += b.share * max(0, min(float64(days), b.to)-b.from)
	}
	least = int(math.Round(float64(days) - fuzz))
	most = int(math.Round(float64(days) + fuzz))
	return least, max(least, min(most, longest))
}

// FuzzedDay is the day at a part, 0 to below 1, of the range from least to most.
func FuzzedDay(least, most int, part float64) int {
	return least + int(part*float64(most-least+1))
}

// FuzzPart is a part at which [Within] gives that day of the range.
func FuzzPart(least, most, day int) float64 {
	return (float64(day-least) + 0.5) / float64(most-least+1)
}

// fuzzFraction is a number from 0 to below 1 that depends on the card and its count
// of reviews alone (the finalizer of SplitMix64).
func fuzzFraction(seed uint64, reps uint32) float64 {
	x := seed + 0x9e3779b97f4a7c15*(uint64(reps)+1)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return float64((x^x>>31)>>11) / (1 << 53)
}
