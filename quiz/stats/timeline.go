package stats

import (
	"chronicle/quiz/edtf"
)

// TimelineFact is a fact on the timeline: the first and last day its event may have
// happened on, and its recall.
type TimelineFact struct {
	FirstDay, LastDay int64
	Recall            float64
}

// TimelinePeriod is a range of astronomical years, both included, with the facts that
// are entirely within it.
type TimelinePeriod struct {
	FromYear, ToYear int64
	Facts            int
	RecallSum        float64 // sum of their recall
}

// Recall returns the mean recall of the facts in the period.
func (p TimelinePeriod) Recall() float64 { return p.RecallSum / float64(max(1, p.Facts)) }

// maxPeriods is the maximum number of periods on a timeline.
const maxPeriods = 8

// SplitPeriods splits a timeline into periods of a round number of years, the shortest
// that gives at most maxPeriods periods. Periods without facts are left out, and so are
// facts that extend beyond one period.
func SplitPeriods(all []TimelineFact) []TimelinePeriod {
	for _, step := range []int64{10, 25, 50, 100, 250, 500, 1000, 5000, 100_000} {
		if out, ok := splitBy(all, step); ok {
			return out
		}
	}
	return nil
}

// splitBy splits a timeline into periods of step years; it returns false if there are
// too many.
func splitBy(all []TimelineFact, step int64) ([]TimelinePeriod, bool) {
	at, first, last := map[int64]*TimelinePeriod{}, int64(0), int64(-1)
	for _, m := range all {
		if m.FirstDay <= edtf.MinDay || m.LastDay >= edtf.MaxDay {
			continue
		}
		a, b := yearOfDay(m.FirstDay), yearOfDay(m.LastDay)
		n := floorTo(a, step)
		if n != floorTo(b, step) {
			continue
		}
		if at[n] == nil {
			at[n] = &TimelinePeriod{FromYear: n * step, ToYear: n*step + step - 1}
		}
		at[n].Facts++
		at[n].RecallSum += m.Recall
		if len(at) == 1 {
			first, last = n, n
		}
		first, last = min(first, n), max(last, n)
		if len(at) > maxPeriods {
			return nil, false
		}
	}
	var out []TimelinePeriod
	for n := first; n <= last && len(out) < len(at); n++ {
		if p := at[n]; p != nil {
			out = append(out, *p)
		}
	}
	return out, true
}

func yearOfDay(day int64) int64 {
	y, _, _ := edtf.CivilDate(day)
	return y
}

func floorTo(a, by int64) int64 {
	n := a / by
	if a%by < 0 {
		n--
	}
	return n
}
