// Package kit holds page components that do not depend on the product.
package kit

import (
	"context"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/a-h/templ"
)

// TimelineMark is one item on a timeline. Years are decimal: 1990.5 is the middle of 1990.
type TimelineMark struct {
	From, To         float64 // certain bounds
	SoftFrom, SoftTo float64 // uncertain bounds; equal to the certain ones if there is no doubt
	OpenFrom, OpenTo bool    // unknown beginning or end
	Strength         float64 // from 0, pale, to 1, dark
	Label            string  // shown where it fits; empty for none
	Hint             string  // tooltip; empty for none
	Minor            bool    // labelled last
	Focus            bool    // the item the page is about
	Tone             string  // right, partly or wrong, shown by shape and colour; empty for the default
}

// TimelineSize is the size of a drawing in pixels.
type TimelineSize struct {
	Width, Height int
	Rows          int // of labels
	Margin        int // left and right
	Class         string
}

// One drawing for each width, since labels do not shrink.
var (
	TimelineDesktop = TimelineSize{Width: 1016, Height: 190, Rows: 5, Margin: 28, Class: "desk"}
	TimelinePhone   = TimelineSize{Width: 358, Height: 160, Rows: 4, Margin: 20, Class: "phone"}
	RulerDesktop    = TimelineSize{Width: 1280, Height: 132, Rows: 3, Margin: 36, Class: "desk"}
	RulerPhone      = TimelineSize{Width: 390, Height: 112, Rows: 3, Margin: 20, Class: "phone"}
)

const (
	rowHeight   = 20
	axisRoom    = 34 // below the base line, for ticks and years
	barHeight   = 5
	barLanes    = 4
	charWidth   = 7.0
	labelGap    = 6
	minLabelGap = 10.0 // between two labels
	lineRoom    = 3.0  // between a line and a label
)

type drawing struct {
	TimelineSize
	base    float64 // y of the base line
	y0      float64 // top of the drawing: rows without labels are cut off
	bars    []bar
	strokes []line
	labels  []label
	ticks   []tick
}

type bar struct {
	x, y, w   float64
	strength  float64
	soft      bool
	fadeLeft  bool
	fadeRight bool
	focus     bool
	hint      string
}

type line struct {
	x, top   float64
	strength float64
	focus    bool
	hint     string
	tone     string
}

type label struct {
	x, y     float64
	text     string
	strength float64
	focus    bool
	end      bool // the text ends at x
}

type tick struct {
	x    float64
	year string // empty for a small tick
}

// draw lays out the marks.
func draw(all []TimelineMark, size TimelineSize, year func(int) string) drawing {
	d := drawing{TimelineSize: size, base: float64(size.Height - axisRoom)}
	first, last := span(all)
	step := tickStep(last-first, size.Width)
	small := smallStep(step)
	first, last = math.Floor(first/small)*small, math.Ceil(last/small)*small
	if first == last {
		last += step
	}
	usable := float64(size.Width - 2*size.Margin)
	at := func(y float64) float64 { return float64(size.Margin) + (y-first)/(last-first)*usable }
	d.axis(first, last, step, at, year)
	d.place(all, at)
	d.y0 = d.base - 60
	for _, l := range d.strokes {
		d.y0 = min(d.y0, l.top-10)
	}
	return d
}

// span returns the earliest and latest known year.
func span(all []TimelineMark) (first, last float64) {
	first, last = math.Inf(1), math.Inf(-1)
	for _, s := range all {
		if !s.OpenFrom {
			first, last = min(first, s.From), max(last, s.From)
		}
		if !s.OpenTo {
			first, last = min(first, s.To), max(last, s.To)
		}
	}
	if math.IsInf(first, 0) {
		return 0, 1
	}
	return first, last
}

// tickStep returns the round number of years between two labelled ticks.
func tickStep(years float64, width int) float64 {
	most := max(2, float64(width)/90)
	step := 1.0
	for _, s := range []float64{1, 2, 5, 10, 25, 50, 100, 250, 500, 1000} {
		step = s
		if years/s <= most {
			return step
		}
	}
	for years/step > most {
		step *= 10
	}
	return step
}

// smallStep returns the years between two ticks without a label.
func smallStep(step float64) float64 {
	if step <= 2 {
		return step
	}
	return step / 5
}

func (d *drawing) axis(first, last, step float64, at func(float64) float64, year func(int) string) {
	small := smallStep(step)
	for i := 0; ; i++ {
		y := first + float64(i)*small
		if y > last+small/2 {
			return
		}
		t := tick{x: at(y)}
		if r := y / step; math.Abs(r-math.Round(r)) < 1e-6 {
			t.year = year(int(math.Round(y)))
		}
		d.ticks = append(d.ticks, t)
	}
}

// place draws bars for spans and lines for moments, then the labels by importance, each where it fits.
func (d *drawing) place(all []TimelineMark, at func(float64) float64) {
	lanes := make([]float64, barLanes) // right edge of the last bar in each
	for i := range lanes {
		lanes[i] = math.Inf(-1)
	}
	for _, i := range inTime(all) {
		if isWide(all[i], at) {
			d.bar(all[i], at, lanes)
		}
	}
	heights := d.label(all, at)
	for n, i := range inTime(all) {
		if s := all[i]; heights[i] > 0 || !isWide(s, at) || s.Tone != "" {
			d.line(s, at, heights[i], n)
		}
	}
}

// isWide reports whether a mark is drawn as a bar.
func isWide(s TimelineMark, at func(float64) float64) bool {
	return s.OpenFrom || s.OpenTo || at(s.SoftTo)-at(s.SoftFrom) >= 5
}

func (d *drawing) bar(s TimelineMark, at func(float64) float64, lanes []float64) {
	from, to := at(s.SoftFrom), at(s.SoftTo)
	if s.OpenFrom {
		from = min(float64(d.Margin)/2, to-12)
	}
	if s.OpenTo {
		to = max(float64(d.Width)-float64(d.Margin)/2, from+12)
	}
	lane := slices.IndexFunc(lanes, func(edge float64) bool { return edge <= from })
	if lane < 0 {
		lane = len(lanes) - 1
	}
	lanes[lane] = to + 1
	d.bars = append(d.bars, bar{
		x: from, w: max(to-from, 3), y: d.base - float64((lane+1)*(barHeight+1)), strength: s.Strength, focus: s.Focus,
		soft:     s.SoftFrom < s.From || s.SoftTo > s.To,
		fadeLeft: s.OpenFrom, fadeRight: s.OpenTo, hint: s.Hint,
	})
}

// top returns the top of a line that reaches a row of labels; row 0 is a line without a label.
func (d *drawing) top(row int) float64 {
	return d.base - barLanes*(barHeight+1) - 4 - float64(row*rowHeight)
}

func (d *drawing) line(s TimelineMark, at func(float64) float64, row, n int) {
	top := d.top(row)
	if row == 0 {
		top = d.base - 14 - float64(n%3)*5 // neighbours differ in height
	}
	d.strokes = append(d.strokes, line{x: lineYear(s, at), top: top, strength: s.Strength, focus: s.Focus, hint: s.Hint, tone: s.Tone})
}

// render writes the line down to the base directly, since a page has hundreds of them.
func (l line) render(base float64) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		class := "stroke"
		if l.focus {
			class += " focus"
		}
		if l.tone != "" {
			class += " " + l.tone
		}
		hint := ""
		if l.hint != "" {
			hint = "<title>" + templ.EscapeString(l.hint) + "</title>"
		}
		x := pixels(l.x)
		_, err := io.WriteString(w, `<line class="`+class+`" x1="`+x+`" x2="`+x+`" y1="`+pixels(l.top)+`" y2="`+pixels(base)+`" opacity="`+strokeOpacity(l.strength)+`">`+hint+"</line>")
		return err
	})
}

// pixels formats a coordinate with one decimal.
func pixels(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

// strokeOpacity returns the opacity of a mark; even forgotten facts stay visible.
func strokeOpacity(ink float64) string {
	return strconv.FormatFloat(math.Round((0.22+0.78*min(max(ink, 0), 1))*100)/100, 'f', -1, 64)
}

// textOpacity returns the opacity of a label, which must stay readable.
func textOpacity(ink float64) string {
	return strconv.FormatFloat(math.Round((0.72+0.28*min(max(ink, 0), 1))*100)/100, 'f', -1, 64)
}

// box returns the drawing's view box.
func (d drawing) box() string {
	return "0 " + pixels(d.y0) + " " + strconv.Itoa(d.Width) + " " + pixels(float64(d.Height)-d.y0)
}

func anchor(end bool) string {
	if end {
		return "end"
	}
	return "start"
}

// toneShape returns the symbol at the top of a line: a disc for right, a bar for partly right, a cross for wrong.
func toneShape(l line) string {
	x, y := pixels(l.x), pixels(l.top)
	switch l.tone {
	case "right":
		return "M" + x + " " + y + "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z"
	case "partly":
		return "M" + x + " " + y + "m-6 -2h12v4h-12z"
	}
	return "M" + x + " " + y + "m-5 -5l10 10m0 -10l-10 10"
}
