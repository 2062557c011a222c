package kit

import "slices"

// Bar is one column of a chart.
type Bar struct {
	Label   string // below it; empty for none
	Value   int
	Name    string // row heading in the table
	Current bool
}

// Square is one day of a calendar.
type Square struct {
	Name       string // "12 May 2026: 31 answers"
	Level      int    // from 0, nothing, to 4, much
	OutOfRange bool   // outside the range, not shown
}

const (
	chartWidth  = 440
	chartHeight = 120
	chartTop    = 20
)

func tallest(bars []Bar) int {
	most := 1
	for _, b := range bars {
		most = max(most, b.Value)
	}
	return most
}

func barX(i, n int) float64 { return (float64(i) + 0.5) * chartWidth / float64(n) }

func barW(n int) float64 { return chartWidth / float64(n) * 0.66 }

func barH(v, most int) float64 {
	if v == 0 {
		return 1
	}
	return max(3, float64(v)/float64(most)*(chartHeight-chartTop-20))
}

// narrowColumns is the number of columns from which the first label no longer fits below its column.
const narrowColumns = 20

// showsValue reports whether the value is shown above a column: for today, and for the tallest where the two do
// not touch.
func showsValue(i int, bars []Bar) bool {
	most := tallest(bars)
	first := slices.IndexFunc(bars, func(b Bar) bool { return b.Value == most })
	switch b := bars[i]; {
	case b.Value == 0:
		return false
	case b.Current || len(bars) <= narrowColumns:
		return b.Current || b.Value == most
	}
	return i == first && i > 2
}

func labelX(i, n int) float64 {
	if i == 0 && n > narrowColumns {
		return 0
	}
	return barX(i, n)
}

func labelAnchor(i, n int) string {
	if i == 0 && n > narrowColumns {
		return "start"
	}
	return "middle"
}
