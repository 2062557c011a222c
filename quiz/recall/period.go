package recall

import (
	"chronicle/quiz/edtf"
)

// Moment is a fact on the line: the days within which it lies for certain, and
// how well it is remembered.
type Moment struct {
	First, Last int64
	Ink         float64
}

// Period is a span of years, astronomical, with the facts that lie within it.
type Period struct {
	From, To int64
	Facts    int
	Sum      float64 // of their ink
}

// Ink is how well its facts are remembered on average.
func (p Period) Ink() float64 { return p.Sum / float64(max(1, p.Facts)) }

// mostPeriods is how many periods a line has at most.
const mostPeriods = 8

// Periods cuts a line into periods of a round number of years, the finest of which
// there are few enough. Periods without a fact are left out, and so is what reaches
// over the end of one.
func Periods(all []Moment) []Period {
	for _, step := range []int64{10, 25, 50, 100, 250, 500, 1000, 5000, 100_000} {
		if out, ok := cut(all, step); ok {
			return out
		}
	}
	return nil
}

// cut is false where there are too many periods of that length.
func cut(all []Moment, step int64) ([]Period, bool) {
	at, first, last := map[int64]*Period{}, int64(0), int64(-1)
	for _, m := range all {
		if m.First <= edtf.MinDay || m.Last >= edtf.MaxDay {
			continue
		}
		a, b := year(m.First), year(m.Last)
		n := floor(a, step)
		if n != floor(b, step) {
			continue
		}
		if at[n] == nil {
			at[n] = &Period{From: n * step, To: n*step + step - 1}
		}
		at[n].Facts++
		at[n].Sum += m.Ink
		if len(at) == 1 {
			first, last = n, n
		}
		first, last = min(first, n), max(last, n)
		if len(at) > mostPeriods {
			return nil, false
		}
	}
	var out []Period
	for n := first; n <= last && len(out) < len(at); n++ {
		if p := at[n]; p != nil {
			out = append(out, *p)
		}
	}
	return out, true
}

func year(day int64) int64 {
	y, _, _ := edtf.Civil(day)
	return y
}

func floor(a, by int64) int64 {
	n := a / by
	if a%by < 0 {
		n--
	}
	return n
}
