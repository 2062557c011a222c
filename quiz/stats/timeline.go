package stats

import (
	"chronicle/quiz/edtf"
)

// TimelineFact is a fact on the line: the days within which it lies for certain, and
// how well it is remembered.
type TimelineFact struct {
	FirstDay, LastDay int64
	Recall            float64
}

// TimelinePeriod is a span of years, astronomical, with the facts that lie within it.
type TimelinePeriod struct {
	FromYear, ToYear int64
	Facts            int
	RecallSum        float64 // of their ink
}

// Recall is how well its facts are remembered on average.
func (p TimelinePeriod) Recall() float64 { return p.RecallSum / float64(max(1, p.Facts)) }

// maxPeriods is how many periods a line has at most.
const maxPeriods = 8

// SplitPeriods cuts a line into periods of a round number of years, the finest of which
// there are few enough. Periods without a fact are left out, and so is what reaches
// over the end of one.
func SplitPeriods(all []TimelineFact) []TimelinePeriod {
	for _, step := range []int64{10, 25, 50, 100, 250, 500, 1000, 5000, 100_000} {
		if out, ok := splitBy(all, step); ok {
			return out
		}
	}
	return nil
}

// splitBy is false where there are too many periods of that length.
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
