package kit

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// labelPlacement is a label with its line, in a row.
type labelPlacement struct {
	stroke   int
	x        float64
	from, to float64 // of the text
	row      int
	end      bool    // the text is left of the line
	room     float64 // free space around the line
}

// label places as many labels as fit and returns the heights of their lines. A label in a high row blocks only its
// own line in the rows below, so labels start high; those that need not be high are moved down afterwards.
func (d *drawing) label(all []TimelineMark, at func(float64) float64) map[int]int {
	var flags []labelPlacement
	for _, i := range byImportance(all) {
		if all[i].Label == "" {
			continue
		}
		for row := d.Rows - 1; row >= 0; row-- {
			if f, ok := d.fit(flags, all[i], i, row, at); ok {
				flags = append(flags, f)
				break
			}
		}
	}
	heights := map[int]int{}
	for n := range flags {
		for row := range flags[n].row {
			rest := slices.Delete(slices.Clone(flags), n, n+1)
			if f, ok := d.fit(rest, all[flags[n].stroke], flags[n].stroke, row, at); ok {
				flags[n] = f
				break
			}
		}
		f := flags[n]
		heights[f.stroke] = f.row + 1
		l := label{x: f.from, y: d.top(f.row+1) + 9, text: all[f.stroke].Label, strength: all[f.stroke].Strength, focus: all[f.stroke].Focus, end: f.end}
		if f.end {
			l.x = f.to
		}
		d.labels = append(d.labels, l)
	}
	return heights
}

// fit tries a label in a row, right of its line or left of it.
func (d *drawing) fit(flags []labelPlacement, s TimelineMark, stroke, row int, at func(float64) float64) (labelPlacement, bool) {
	size, gap, room := charWidth, float64(labelGap), lineRoom
	if s.Focus {
		size, gap, room = 8.6, 2*labelGap, 3*lineRoom
	}
	x, width := lineYear(s, at), float64(utf8.RuneCountInString(s.Label))*size
	for _, f := range []labelPlacement{
		{stroke: stroke, x: x, from: x + gap, to: x + gap + width, row: row, room: room},
		{stroke: stroke, x: x, from: x - gap - width, to: x - gap, row: row, end: true, room: room},
	} {
		inside := f.from >= 4 && f.to <= float64(d.Width-4)
		if inside && !slices.ContainsFunc(flags, f.touches) {
			return f, true
		}
	}
	return labelPlacement{}, false
}

// touches reports whether two labels or their lines overlap.
func (f labelPlacement) touches(g labelPlacement) bool {
	apart := func(a, b labelPlacement) bool { return a.x < b.from-a.room || a.x > b.to+a.room }
	switch {
	case f.row == g.row:
		return f.from-minLabelGap < g.to && g.from-minLabelGap < f.to || !apart(f, g) || !apart(g, f)
	case f.row > g.row:
		return !apart(f, g)
	}
	return !apart(g, f)
}

// lineYear returns the year at which the line of a mark is drawn.
func lineYear(s TimelineMark, at func(float64) float64) float64 {
	if s.OpenFrom {
		return at(s.To)
	}
	return at(min(max(s.From, s.SoftFrom), s.To))
}

// byImportance returns the marks by labelling priority: the focus first, minor ones last, and isolated ones before
// those with close neighbours.
func byImportance(all []TimelineMark) []int {
	alone := make([]float64, len(all))
	times := inTime(all)
	for n, i := range times {
		alone[i] = 1e6
		if n > 0 {
			alone[i] = all[i].From - all[times[n-1]].From
		}
		if n+1 < len(times) {
			alone[i] = min(alone[i], all[times[n+1]].From-all[i].From)
		}
	}
	order := inTime(all)
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(class(all[a]), class(all[b])), cmp.Compare(alone[b], alone[a]))
	})
	return order
}

func class(s TimelineMark) int {
	switch {
	case s.Focus:
		return 0
	case s.Minor:
		return 2
	}
	return 1
}

func inTime(all []TimelineMark) []int {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(all[a].From, all[b].From) })
	return order
}
