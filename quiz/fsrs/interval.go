package fsrs

import "math"

// intervalDays returns the interval after which recall has fallen to the desired
// retention, rounded to whole days from 1 to the maximum.
func (s *Scheduler) intervalDays(stability float64) int {
	interval := math.Round(s.Model.Interval(stability, s.DesiredRetention))
	return int(clamp(interval, 1, float64(s.maxInterval())))
}

func (s *Scheduler) maxInterval() int { return max(s.MaxInterval, 1) }

// minStability returns the stability that the interval is computed from: that of the
// memory or, at a first answer, the highest that this or a lower passing rating would
// have given, because the first-stability weights need not increase with the rating.
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

// fuzzRanges lists the share of each part of an interval that can be fuzz.
var fuzzRanges = [...]struct{ from, to, share float64 }{
	{2.5, 7, 0.15},
	{7, 20, 0.10},
	{20, math.MaxFloat64, 0.05},
}

// FuzzRange returns the range of whole days that an interval can be moved within. To
// either side it is one day plus 15% of the interval's part from 2.5 to 7 days, 10% of
// that from 7 to 20 and 5% of that above; the upper end is at most longest. Below 2.5
// days it is the interval itself. Both ends increase with days.
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

// FuzzedDay returns the day at a position, at least 0 and below 1, in the range from
// least to most.
func FuzzedDay(least, most int, part float64) int {
	return least + int(part*float64(most-least+1))
}

// FuzzPart returns a position in the range at which [FuzzedDay] returns that day.
func FuzzPart(least, most, day int) float64 {
	return (float64(day-least) + 0.5) / float64(most-least+1)
}

// fuzzFraction returns a pseudorandom number, at least 0 and below 1, that depends
// only on the card and its number of reviews (the finalizer of SplitMix64).
func fuzzFraction(seed uint64, reps uint32) float64 {
	x := seed + 0x9e3779b97f4a7c15*(uint64(reps)+1)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return float64((x^x>>31)>>11) / (1 << 53)
}
