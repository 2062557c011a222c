// Package ask generates questions from facts. A question exists only if the
// facts prove that it has one right answer; where they do not, the functions
// here say so and nothing is asked.
package kinds

import (
	"cmp"
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// DeckIndex is a deck made ready for asking: sorted, with all that is costly to
// find out once. It never changes and may be shared.
type DeckIndex struct {
	Deck         *quiz.Deck
	items        []item           // facts that can be asked, by first day
	itemByFact   map[int64]int    // fact number to its place in items
	all          []int            // every item
	itemsByShape map[string][]int // items that can show a date of that shape, by first day
	periods      []int            // items that can be a period, by first day
	scales       yearScales
	terms        []term
	termsByClass map[string][]int // terms that can stand for one another, by first day
	names        nameIndex
}

// item is a fact with what asking needs to know of it.
type item struct {
	quiz.Fact
	words         []string      // content words of the event
	folded        string        // the event as it is compared
	sameEvent     []int         // items that word the same event, or a part of it
	tooManySame   bool          // too many word it alike: no choice is proven
	displays      []dateDisplay // how its date can stand among options, finest first
	uniqueDate    bool          // no other fact's date meets its own
	lo, hi        int64         // all days that its event, in any of its wordings, may be of
	periodIndex   int           // its place in spans, −1 for none
	terms         []int         // of its event, that can be left out
	length        int           // of the event, in characters
	facets        []quiz.Facet  // for which some question exists
	excludedItems []int         // items that are never wrong options of it
	excludedTerms []string      // terms that are never, as they are compared
}

// dateDisplay is a fact's date as an option shows it.
type dateDisplay struct {
	date  edtf.Date
	shape string
}

// NewDeckIndex makes a deck ready; facts that are retired or whose event tells its
// date are never asked.
func NewDeckIndex(d *quiz.Deck) *DeckIndex {
	p := &DeckIndex{Deck: d, itemByFact: map[int64]int{}, itemsByShape: map[string][]int{}}
	for _, f := range d.Facts {
		if !f.Retired && !f.Date.IsZero() && quiz.FindDateWords(f.Event) == "" {
			p.items = append(p.items, item{
				Fact: f, words: quiz.ContentWords(f.Event), folded: quiz.FoldName(f.Event),
				displays: dateDisplays(f.Date, d.Precision), length: len([]rune(f.Event)),
			})
		}
	}
	slices.SortStableFunc(p.items, func(a, b item) int { return cmp.Compare(a.Date.Lo(), b.Date.Lo()) })
	for i, it := range p.items {
		p.itemByFact[it.ID] = i
		p.all = append(p.all, i)
		for _, f := range it.displays {
			p.itemsByShape[f.shape] = append(p.itemsByShape[f.shape], i)
		}
	}
	p.findExclusions()
	p.findSameEvents()
	p.findBounds()
	p.findUniqueDates()
	p.findPeriods()
	p.findScales()
	p.findTerms()
	p.findAskableFacets()
	return p
}

// Facts gives the facts that can be asked, by first day.
func (p *DeckIndex) Facts() []quiz.Fact {
	out := make([]quiz.Fact, len(p.items))
	for i, it := range p.items {
		out[i] = it.Fact
	}
	return out
}

// dateDisplays lists the dates that can stand for d among options, from the finest
// that the deck asks for. Qualifiers are dropped, since one "about" among four
// options would tell; what the doubt allows is excluded when options are
// proven wrong.
func dateDisplays(d edtf.Date, finest edtf.Precision) []dateDisplay {
	var out []dateDisplay
	add := func(date edtf.Date) {
		shape := date.Shape() + " " + date.Precision().String() // the years 2000–2099 have the shape of 2100–2109
		if !slices.ContainsFunc(out, func(f dateDisplay) bool { return f.shape == shape }) {
			out = append(out, dateDisplay{date, shape})
		}
	}
	plain := d.Plain()
	single := slices.Contains(quiz.DeckPrecisions, d.Precision())
	if !single && d.Exact() && finest == edtf.Day && d.Precision() != edtf.Set {
		add(plain)
	}
	for _, p := range quiz.DeckPrecisions {
		if p < finest {
			continue
		}
		if unit, ok := plain.CoarsenTo(p); ok {
			add(unit)
		}
	}
	return out
}

// stemDate is the date that a stem shows: the fact's own, or coarser where the
// deck asks for less.
func stemDate(d edtf.Date, finest edtf.Precision) edtf.Date {
	if finest == edtf.Day {
		return d
	}
	if unit, ok := d.Plain().CoarsenTo(finest); ok && d.Exact() {
		return unit
	}
	return d
}

// What finding wordings may cost, so that a deck of one event a hundred
// thousand times is made ready too. Beyond it an event is crowded: its wordings
// are not known, and no choice with it is proven.
const (
	maxComparisons = 10_000_000
	maxSameEvent   = 100
)

// findSameEvents finds for each item the others that word the same event. An item
// that shares enough words with a longer one shares at least one of its
// rarest quarter, so only those are looked up, the cheapest first.
func (p *DeckIndex) findSameEvents() {
	having := map[string][]int{}
	for i, it := range p.items {
		for _, w := range it.words {
			having[w] = append(having[w], i)
		}
	}
	looks := make([]int, len(p.items))
	for i, it := range p.items {
		for _, w := range rarestWords(it.words, having) {
			looks[i] += len(having[w])
		}
	}
	order := slices.Clone(p.all)
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(looks[a], looks[b]), cmp.Compare(a, b)) })
	crowded, seen, spent := map[string]bool{}, make([]int, len(p.items)), 0
	for _, i := range order {
		spent += looks[i]
		for _, w := range rarestWords(p.items[i].words, having) {
			if spent > maxComparisons {
				crowded[w] = true
				continue
			}
			for _, j := range having[w] {
				if seen[j] != i+1 {
					seen[j] = i + 1
					p.linkSameEvent(i, j)
				}
			}
		}
	}
	for w := range crowded {
		for _, i := range having[w] {
			p.items[i].tooManySame = true
		}
	}
}

// rarestWords gives a quarter of the words and one.
func rarestWords(words []string, having map[string][]int) []string {
	words = slices.Clone(words)
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(having[a]), len(having[b])), cmp.Compare(a, b))
	})
	return words[:min(len(words), len(words)/4+1)]
}

// linkSameEvent notes two items as wordings of one event; it looks from the one with
// fewer words, and once only.
func (p *DeckIndex) linkSameEvent(i, j int) {
	a, b := &p.items[i], &p.items[j]
	if len(b.words) < len(a.words) || len(b.words) == len(a.words) && j <= i {
		return
	}
	if quiz.SameEvent(a.words, b.words) {
		a.addSameEvent(j)
		b.addSameEvent(i)
	}
}

func (it *item) addSameEvent(j int) {
	if len(it.sameEvent) == maxSameEvent {
		it.tooManySame = true
		return
	}
	it.sameEvent = append(it.sameEvent, j)
}

// findBounds finds for each item the days that its event may be of: by its own
// date, the other one of a dispute, and those of every other wording of it.
func (p *DeckIndex) findBounds() {
	own := make([][2]int64, len(p.items))
	for i, it := range p.items {
		own[i][0], own[i][1] = it.Date.WidenedBounds()
		if !it.OtherDate.IsZero() {
			lo, hi := it.OtherDate.WidenedBounds()
			own[i][0], own[i][1] = min(own[i][0], lo), max(own[i][1], hi)
		}
	}
	for i := range p.items {
		it := &p.items[i]
		it.lo, it.hi = own[i][0], own[i][1]
		for _, t := range it.sameEvent {
			it.lo, it.hi = min(it.lo, own[t][0]), max(it.hi, own[t][1])
		}
	}
}

// isProvablyBefore tells whether one event provably came to its end before the other
// began, in whatever wording.
func (p *DeckIndex) isProvablyBefore(i, j int) bool {
	a, b := &p.items[i], &p.items[j]
	return !a.tooManySame && !b.tooManySame && a.hi < b.lo
}

// isProvablyOrdered tells whether it is proven which of two events came first.
func (p *DeckIndex) isProvablyOrdered(i, j int) bool {
	return p.isProvablyBefore(i, j) || p.isProvablyBefore(j, i)
}

// wordingsAgree tells whether no wording of the event has another date, so that a
// typed or placed date is judged by one alone.
func (p *DeckIndex) wordingsAgree(i int) bool {
	it := &p.items[i]
	for _, t := range it.sameEvent {
		other := &p.items[t]
		if edtf.Disjoint(it.Date, other.Date) || !other.OtherDate.IsZero() && edtf.Disjoint(it.Date, other.OtherDate) {
			return false
		}
	}
	return !it.tooManySame
}

// findUniqueDates marks the facts whose date no other fact's date may meet, in one
// sweep over the bounds widened by doubt.
func (p *DeckIndex) findUniqueDates() {
	type span struct {
		lo, hi int64
		item   int
	}
	var all []span
	for i, it := range p.items {
		p.items[i].uniqueDate = true
		lo, hi := it.Date.WidenedBounds()
		all = append(all, span{lo, hi, i})
		if !it.OtherDate.IsZero() {
			lo, hi = it.OtherDate.WidenedBounds()
			all = append(all, span{lo, hi, i})
		}
	}
	slices.SortFunc(all, func(a, b span) int { return cmp.Compare(a.lo, b.lo) })
	var last span
	for i, s := range all {
		if i > 0 && s.lo <= last.hi && s.item != last.item {
			p.items[s.item].uniqueDate, p.items[last.item].uniqueDate = false, false
		}
		if i == 0 || s.hi > last.hi {
			last = s
		}
	}
}
