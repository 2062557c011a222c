package kit

import (
	"math"
	"strconv"
)

// PlacerSize is the size of a line on which a year is placed, in pixels.
type PlacerSize struct {
	Width, Height, Margin int
	Cells                 int // most parts of the line that can be tapped without script
	Class                 string
}

// One drawing for each width.
var (
	PlacerDesktop = PlacerSize{Width: 900, Height: 110, Margin: 28, Cells: 80, Class: "desk"}
	PlacerPhone   = PlacerSize{Width: 358, Height: 110, Margin: 18, Cells: 30, Class: "phone"}
)

// PlacerSpec is a line of years with the placed year and, once graded, the right years.
type PlacerSpec struct {
	Size        PlacerSize
	First, Last int
	Year        int
	IsPlaced    bool // At is valid
	IsRight     bool // the placed year is right
	Judged      bool // From and To are valid
	From, To    float64
	Tolerance   float64 // years around them that also count as right
	Answer      string  // label of the right years
}

// cell is a part of the line that can be tapped.
type cell struct {
	x, w float64
	year int
}

func (p PlacerSpec) at(year float64) float64 {
	usable := float64(p.Size.Width - 2*p.Size.Margin)
	return float64(p.Size.Margin) + (year-float64(p.First))/float64(max(1, p.Last-p.First))*usable
}

// ticks returns the same ticks as a timeline.
func (p PlacerSpec) ticks(year func(int) string) []tick {
	d := drawing{}
	step := tickStep(float64(p.Last-p.First), p.Size.Width*3/2)
	small := smallStep(step)
	first := math.Ceil(float64(p.First)/small) * small
	d.axis(first, float64(p.Last), step, p.at, year)
	return d.ticks
}

func (p PlacerSpec) cells() []cell {
	years := p.Last - p.First
	step := max(1, (years+p.Size.Cells-1)/p.Size.Cells)
	var out []cell
	for from := p.First; from <= p.Last; from += step {
		to := min(from+step, p.Last+1)
		x, end := p.at(float64(from)-0.5), p.at(float64(to)-0.5)
		out = append(out, cell{x, end - x, (from + to - 1) / 2})
	}
	return out
}

func (p PlacerSpec) base() float64 { return float64(p.Size.Height - axisRoom) }

// box returns the drawing's view box.
func (p PlacerSpec) box() string {
	return "0 0 " + strconv.Itoa(p.Size.Width) + " " + strconv.Itoa(p.Size.Height)
}

// side returns the text anchor at x that keeps a text inside the drawing.
func (p PlacerSpec) side(x float64) string {
	switch third := float64(p.Size.Width) / 3; {
	case x < third:
		return "start"
	case x > 2*third:
		return "end"
	}
	return "middle"
}
