package kit

import (
	"math"
	"strconv"
)

// ShareBar is a share with its interval, and another share to compare it with. All are from 0 to 1.
type ShareBar struct {
	Label            string // below it; empty for none
	Share, Low, High float64
	Expected         float64
	Count            int // number of observations
}

// ChartTable is the data of a chart as a table.
type ChartTable struct {
	Open    string // text of the summary element
	Caption string
	Heads   []string
	Rows    [][]string // the first cell is the row heading
}

// Dimensions of the share charts.
const (
	shareHeight = 220
	shareLeft   = 48
	shareRight  = 12
	shareTop    = 10
	shareBottom = 28
	fewAnswers  = 5
)

// plot maps shares to positions in a chart.
type plot struct {
	floor    float64
	maxCount int
	n        int
}

func plotOf(all []ShareBar) plot {
	p := plot{floor: 0.9, n: len(all), maxCount: 1}
	for _, s := range all {
		if s.Count == 0 {
			continue
		}
		p.floor, p.maxCount = min(p.floor, s.Share, s.Expected), max(p.maxCount, s.Count)
		if s.Count >= fewAnswers { // the wide interval of few answers would compress all others
			p.floor = min(p.floor, s.Low)
		}
	}
	p.floor = max(0, math.Floor(p.floor*10+1e-9)/10)
	return p
}

// lines returns the shares with grid lines, from the floor to 1.
func (p plot) lines() []float64 {
	step := 0.1
	if p.floor < 0.45 {
		step = 0.2
	}
	var out []float64
	for v := 1.0; v > p.floor-1e-9; v -= step {
		out = append(out, v)
	}
	return out
}

// part returns the relative height of a share; an interval may extend below the chart.
func (p plot) part(v float64) float64 { return max(0, v-p.floor) / (1 - p.floor) }

func (p plot) y(v float64) float64 {
	return shareHeight - shareBottom - p.part(v)*(shareHeight-shareBottom-shareTop)
}

// x returns the position of a share on a horizontal axis of shares.
func (p plot) x(v float64) float64 {
	return shareLeft + p.part(v)*(chartWidth-shareLeft-shareRight)
}

// column returns the middle of a column.
func (p plot) column(i int) float64 {
	return shareLeft + (float64(i)+0.5)*(chartWidth-shareLeft-shareRight)/float64(max(1, p.n))
}

// radius returns the radius of a dot whose area is proportional to n.
func (p plot) radius(n int) string {
	return pixels(3 + 5*math.Sqrt(float64(n)/float64(p.maxCount)))
}

// half returns half the width of the mark of the compared share.
func (p plot) half() float64 {
	return min(11, 0.42*(chartWidth-shareLeft-shareRight)/float64(max(1, p.n)))
}

// anchorOf keeps the first and last labels inside the chart.
func anchorOf(i, n int) string {
	switch {
	case n > 1 && i == 0:
		return "start"
	case n > 1 && i == n-1:
		return "end"
	}
	return "middle"
}

// labelX returns the position of a column's label; the first and last are at the edges.
func (p plot) labelX(i int) float64 {
	switch anchorOf(i, p.n) {
	case "start":
		return shareLeft
	case "end":
		return chartWidth - shareRight
	}
	return p.column(i)
}

func whole(v float64) int { return int(math.Round(v * 100)) }

func shareBox() string { return "0 0 " + strconv.Itoa(chartWidth) + " " + strconv.Itoa(shareHeight) }

// dotX maps a share to a position on a line of 120 points.
func dotX(v float64) string { return pixels(4 + 112*v) }
