package kinds

import (
	"cmp"
	"math"
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// whichFirst builds a question that shows two events, one provably before the other.
func (d *draft) whichFirst() (quiz.Question, bool) {
	for _, j := range d.distractorItems(d.all) {
		if !d.isProvablyOrdered(d.itemIndex, j) || !d.fitsBeside([]int{d.itemIndex}, j) {
			continue
		}
		options := d.eventOptions([]int{d.itemIndex, j})
		q := quiz.Question{Precision: finestPrecision(options)}
		options[0].Relation = edtf.Compare(options[0].Date, options[1].Date)
		options[1].Relation = edtf.Compare(options[1].Date, options[0].Date)
		slices.SortFunc(options, func(a, b quiz.Option) int { return cmp.Compare(a.Relation, b.Relation) })
		shuffleOptions(&q, options, d.rnd) // the earlier one is right
		return q, true
	}
	return quiz.Question{}, false
}

// order builds a question that shows events to be put in order, each two of them
// provably ordered. They are dealt so that half of all pairs, rounded down, are right:
// submitting them unchanged earns nothing.
func (d *draft) order(most int) (quiz.Question, bool) {
	line := d.separableItems(min(most, MaxOrderEvents))
	if len(line) < 3 {
		return quiz.Question{}, false
	}
	slices.SortFunc(line, func(a, b int) int { return cmp.Compare(d.items[a].lo, d.items[b].lo) })
	inTime := d.chainedOptions(line)
	dealt := d.halfRightPermutation(len(line))
	q := quiz.Question{Precision: finestPrecision(inTime), RightOption: -1, RightOrder: make([]int, len(line)), Options: make([]quiz.Option, len(line))}
	for place, item := range dealt {
		q.Options[place] = inTime[item]
		q.RightOrder[item] = place
	}
	return q, true
}

// match builds a question that shows events and as many dates of one shape, each date
// belonging to exactly one event.
func (d *draft) match(most int) (quiz.Question, bool) {
	for _, f := range d.item().displays {
		line := d.separableItems(min(most, MaxMatchEvents), f)
		if len(line) < 3 {
			continue
		}
		slices.SortFunc(line, func(a, b int) int { return cmp.Compare(d.items[a].lo, d.items[b].lo) })
		events, dates := d.chainedOptions(line), make([]quiz.Option, len(line))
		for k, j := range line {
			at := slices.IndexFunc(d.items[j].displays, func(o dateDisplay) bool { return o.shape == f.shape })
			date := d.items[j].displays[at].date
			events[k].Date = date
			dates[k] = quiz.Option{Text: date.Format(d.Deck.Language), Date: date, Fact: d.items[j].ID, Relation: events[k].Relation}
		}
		// The dates are in order; only the events are shuffled, and never all in the right
		// place.
		mixed := d.rnd.Perm(len(line))
		if slices.IsSorted(mixed) {
			slices.Reverse(mixed)
		}
		q := quiz.Question{Precision: f.date.Precision(), RightOption: -1, Dates: dates}
		for _, k := range mixed {
			q.Options = append(q.Options, events[k])
			q.RightOrder = append(q.RightOrder, k)
		}
		return q, true
	}
	return quiz.Question{}, false
}

// separableItems picks up to most items, including the asked one, that are pairwise
// provably ordered and pairwise different events. If a display is given, all of them can
// show a date of its shape, and those dates are disjoint too.
func (d *draft) separableItems(most int, with ...dateDisplay) []int {
	among := d.all
	if len(with) > 0 {
		among = d.itemsByShape[with[0].shape]
	}
	others := d.companionItems(among)
	line := d.greedyItems(others, most, with)
	if len(line) < 3 { // those that end first leave most room for others
		slices.SortStableFunc(others, func(a, b int) int { return cmp.Compare(d.items[a].hi, d.items[b].hi) })
		line = d.greedyItems(others, most, with)
	}
	return line
}

// greedyItems adds items one after another if they fit with all added before.
func (d *draft) greedyItems(others []int, most int, with []dateDisplay) []int {
	line := []int{d.itemIndex}
	for _, j := range others {
		if len(line) >= most {
			break
		}
		if !slices.ContainsFunc(line, func(k int) bool {
			return !d.isProvablyOrdered(j, k) || d.sameEvent(j, k) || !d.displaysApart(j, k, with)
		}) {
			line = append(line, j)
		}
	}
	return line
}

// displaysApart reports whether the displayed date of each of two items is provably
// wrong for the other.
func (d *draft) displaysApart(j, k int, with []dateDisplay) bool {
	for _, f := range with {
		a, b := d.displayDate(j, f.shape), d.displayDate(k, f.shape)
		if a.IsZero() || b.IsZero() || !d.isWrongDate(j, a, b) || !d.isWrongDate(k, b, a) {
			return false
		}
	}
	return true
}

// displayDate returns the date of that shape that an item can show, or the zero date.
func (p *DeckIndex) displayDate(j int, shape string) edtf.Date {
	for _, f := range p.items[j].displays {
		if f.shape == shape {
			return f.date
		}
	}
	return edtf.Date{}
}

// companionItems returns the items that may appear in a question together with the one
// asked for.
func (d *draft) companionItems(among []int) []int {
	if d.constraints.CompanionFacts == nil {
		return d.nearItems(d.itemIndex, among, d.rnd)
	}
	may := []int{d.itemIndex}
	for _, id := range d.constraints.CompanionFacts {
		if j, ok := d.itemByFact[id]; ok && j != d.itemIndex {
			may = append(may, j)
		}
	}
	slices.Sort(may)
	return d.nearItems(d.itemIndex, slices.Compact(may), d.rnd)
}

// eventOptions returns items as options with the dates of their facts.
func (p *DeckIndex) eventOptions(line []int) []quiz.Option {
	out := make([]quiz.Option, len(line))
	for k, j := range line {
		it := &p.items[j]
		out[k] = quiz.Option{Text: it.Event, Date: it.Date, Fact: it.ID}
	}
	return out
}

// chainedOptions returns the events of ordered items as options, each with its relation
// to the next; the last has its relation to the one before.
func (p *DeckIndex) chainedOptions(line []int) []quiz.Option {
	out := p.eventOptions(line)
	for k := range out {
		next := min(k+1, len(out)-1)
		if next == k {
			next = k - 1
		}
		out[k].Relation = edtf.Compare(out[k].Date, out[next].Date)
	}
	return out
}

// finestPrecision returns the finest precision of the options' dates.
func finestPrecision(options []quiz.Option) edtf.Precision {
	p := options[0].Date.Precision()
	for _, o := range options {
		p = min(p, o.Date.Precision())
	}
	return p
}

// halfRightPermutation returns a random permutation of n items with half of all pairs in
// the right order, rounded down. It is drawn by its inversions: how many smaller items
// come after each item.
func (d *draft) halfRightPermutation(n int) []int {
	pairs := n * (n - 1) / 2
	left := pairs - pairs/2 // inversions still to assign
	var rest []int
	for k := range n {
		rest = append(rest, k)
	}
	var out []int
	for len(rest) > 0 {
		room := (len(rest) - 1) * (len(rest) - 2) / 2 // inversions that the remaining items can hold
		low, high := max(0, left-room), min(left, len(rest)-1)
		at := low + d.rnd.IntN(high-low+1)
		left -= at
		out = append(out, rest[at])
		rest = slices.Delete(rest, at, at+1)
	}
	return out
}

// timeBetween builds a question that asks how long one event came after another, both
// dated to a year or finer.
func (d *draft) timeBetween() (quiz.Question, bool) {
	if !d.item().hasSingleDate() {
		return quiz.Question{}, false
	}
	var near []int // too close for two shorter distractors: the shortest option would be right too often
	for _, j := range d.distractorItems(d.all) {
		other := &d.items[j]
		if !other.hasSingleDate() || !d.isProvablyOrdered(d.itemIndex, j) || d.sameEvent(d.itemIndex, j) {
			continue
		}
		if least, most := d.daysBetween(j); d.countShorter(least, most) < 2 {
			near = append(near, j)
			continue
		}
		if q, ok := d.durationQuestion(j); ok {
			return q, true
		}
	}
	for _, j := range near {
		if q, ok := d.durationQuestion(j); ok {
			return q, true
		}
	}
	return quiz.Question{}, false
}

// daysBetween returns the minimum and maximum number of days between two events.
func (d *draft) daysBetween(j int) (least, most int64) {
	from, to := d.item(), &d.items[j]
	if from.lo > to.lo {
		from, to = to, from
	}
	return to.Date.Lo() - from.Date.Hi(), to.Date.Hi() - from.Date.Lo()
}

// durationQuestion builds a question about the time between the event and another.
func (d *draft) durationQuestion(j int) (quiz.Question, bool) {
	other := &d.items[j]
	least, most := d.daysBetween(j)
	unit, ok := edtf.DurationUnit(least, most)
	if !ok {
		return quiz.Question{}, false
	}
	q := quiz.Question{
		Stem: d.item().Event, Precision: max(d.item().Date.Precision(), other.Date.Precision()),
		ShownOption: quiz.Option{Text: other.Event, Date: other.Date, Fact: other.ID, Relation: edtf.Compare(other.Date, d.item().Date)},
	}
	var options []quiz.Option
	for _, n := range d.durationOptions(unit, least, most) {
		options = append(options, quiz.Option{Text: edtf.FormatDuration(n, unit, d.Deck.Language)})
	}
	shuffleOptions(&q, options, d.rnd)
	return q, true
}

// countShorter returns how many shorter durations fit as distractors.
func (d *draft) countShorter(least, most int64) int {
	unit, ok := edtf.DurationUnit(least, most)
	if !ok {
		return 0
	}
	right, low, _ := durationBounds(unit, least, most)
	n := 0
	for at := nextShorter(right, low, 1.25); at >= 1 && n < d.maxOptions-1; at = nextShorter(at, low, 1.25) {
		n++
	}
	return n
}

// durationBounds returns the right duration in units, and the range from low to high,
// both included, of durations that the bounds allow, with a margin of one unit.
func durationBounds(unit edtf.Precision, least, most int64) (right, low, high int64) {
	size := edtf.AverageDays(unit)
	right = max(1, int64(math.Round(float64(least+most)/2/size)))
	return right, int64(math.Floor(float64(least)/size)) - 1, int64(math.Ceil(float64(most)/size)) + 1
}

// nextShorter returns the next shorter duration that is wrong; nextLonger the next
// longer one.
func nextShorter(n, low int64, step float64) int64 {
	return min(int64(math.Round(float64(n)/step)), low-1, n-2)
}

func nextLonger(n, high int64, step float64) int64 {
	return max(int64(math.Round(float64(n)*step)), high+1, n+2)
}

// hasSingleDate reports whether the event has one certain, undisputed date of a year or
// finer in all wordings, so that a duration can be computed.
func (it *item) hasSingleDate() bool {
	p := it.Date.Precision()
	return it.Date.Exact() && it.OtherDate.IsZero() && (p == edtf.Day || p == edtf.Month || p == edtf.Year) &&
		it.lo == it.Date.Lo() && it.hi == it.Date.Hi()
}

// durationOptions returns the right duration in units, followed by distractors that are
// shorter and longer by similar ratios, so that the right one does not stand out. Each
// is more than a unit outside the range that the bounds allow.
func (d *draft) durationOptions(unit edtf.Precision, least, most int64) []int64 {
	right, low, high := durationBounds(unit, least, most)
	out := []int64{right}
	n := right
	for range d.rnd.IntN(min(d.maxOptions-1, d.countShorter(least, most)) + 1) {
		if n = nextShorter(n, low, d.durationStep()); n < 1 {
			break
		}
		out = append(out, n)
	}
	for n = right; len(out) < d.maxOptions; {
		n = nextLonger(n, high, d.durationStep())
		out = append(out, n)
	}
	return out
}

// durationStep returns a random ratio between one duration and the next.
func (d *draft) durationStep() float64 { return 1.25 + 0.5*d.rnd.Float64() }
