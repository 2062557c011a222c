package kit

import (
	"math"
	"strconv"
)

// PlacerSize is the measure of a line on which a year is placed, in pixels.
type PlacerSize struct {
	Width, Height, Margin int
	Cells                 int // parts of the line that can be tapped without script, at most
	Class                 string
}

// The drawings, each for its width.
var (
	PlacerDesktop = PlacerSize{Width: 900, Height: 110, Margin: 28, Cells: 80, Class: "desk"}
	PlacerPhone   = PlacerSize{Width: 358, Height: 110, Margin: 18, Cells: 30, Class: "phone"}
)

// PlacerSpec is a line of years with a mark where something was put, and, once
// that was judged, the years that are right.
type PlacerSpec struct {
	Size        PlacerSize
	First, Last int
	Year        int
	IsPlaced    bool // At holds
	IsRight     bool // what was put is right
	Judged      bool // From and To hold
	From, To    float64
	Tolerance   float64 // years beside them that count as right too
	Answer      string  // written over the right years
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

// ticks are those of a time line.
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

// box is the drawing's view box.
func (p PlacerSpec) box() string {
	return "0 0 " + strconv.Itoa(p.Size.Width) + " " + strconv.Itoa(p.Size.Height)
}

// side is the anchor of a text at x, so that it stays inside.
func (p PlacerSpec) side(x float64) string {
	switch third := float64(p.Size.Width) / 3; {
	case x < third:
		return "start"
	case x > 2*third:
		return "end"
	}
	return "middle"
}
