// Package kinds generates questions from facts. A question exists only if the facts
// prove that it has exactly one right answer; otherwise the functions here return false.
package kinds

import (
	"cmp"
	"slices"

	"chronicle/quiz"
	"chronicle/quiz/edtf"
)

// DeckIndex is a deck prepared for generating questions: sorted, with everything that is
// expensive to compute done once. It is immutable and safe for concurrent use.
type DeckIndex struct {
	Deck         *quiz.Deck
	items        []item           // askable facts, by first day
	itemByFact   map[int64]int    // fact ID to index in items
	all          []int            // indexes of all items
	itemsByShape map[string][]int // items that can show a date of that shape, by first day
	periods      []int            // items that can be a period, by first day
	scales       yearScales
	terms        []term
	termsByClass map[string][]int // terms that read alike in a gap, by first day
	names        nameIndex
}

// item is a fact with the data needed to ask about it.
type item struct {
	quiz.Fact
	words         []string      // content words of the event
	folded        string        // event text, folded for comparison
	sameEvent     []int         // items whose event is the same, or a part of it
	tooManySame   bool          // too many items have a similar event, so no choice question is proven
	displays      []dateDisplay // its date as an option, finest first
	uniqueDate    bool          // no other fact's date can overlap its own
	lo, hi        int64         // range of days on which the event may have happened, over all its wordings
	periodIndex   int           // index in DeckIndex.periods; −1 if it is not a period
	terms         []int         // terms of the event that can be left out (indexes in DeckIndex.terms)
	length        int           // length of the event in characters
	facets        []quiz.Facet  // facets for which some question exists
	excludedItems []int         // items that must not be used as distractors
	excludedTerms []string      // terms that must not be used as distractors, normalized
}

// dateDisplay is a fact's date as an option shows it.
type dateDisplay struct {
	date  edtf.Date
	shape string
}

// NewDeckIndex builds the index of a deck. Facts that are retired or undated, or whose
// event contains a date, are never asked.
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

// Facts returns the askable facts, by first day.
func (p *DeckIndex) Facts() []quiz.Fact {
	out := make([]quiz.Fact, len(p.items))
	for i, it := range p.items {
		out[i] = it.Fact
	}
	return out
}

// dateDisplays returns the dates that can represent d among options, finest first and no
// finer than the deck asks for. Qualifiers are dropped, because a single “about” among
// four options would give the answer away; the uncertainty is taken into account when
// distractors are proven wrong.
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

// stemDate returns the date that a stem shows: the fact's own, or a coarser one if the
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

// Limits on the search for wordings of the same event, so that a deck that repeats one
// event a hundred thousand times can still be indexed. Items beyond a limit get
// tooManySame: their wordings are unknown, and no choice question about them is proven.
const (
	maxComparisons = 10_000_000
	maxSameEvent   = 100
)

// findSameEvents finds for each item the other items with the same event. An item that
// shares enough words with a longer one shares at least one of its rarest quarter of
// words, so only those are looked up, cheapest items first.
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

// rarestWords returns the rarest quarter of the words, rounded down, plus one.
func rarestWords(words []string, having map[string][]int) []string {
	words = slices.Clone(words)
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(having[a]), len(having[b])), cmp.Compare(a, b))
	})
	return words[:min(len(words), len(words)/4+1)]
}

// linkSameEvent records two items as wordings of one event if they are. It compares only
// from the item with fewer words (the lower index on a tie), so each pair is compared
// once.
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

// findBounds computes for each item the range of days on which its event may have
// happened: by its own date, the other date of a dispute, and the dates of all other
// wordings.
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

// isProvablyBefore reports whether event i provably ended before event j began, by the
// dates of all wordings.
func (p *DeckIndex) isProvablyBefore(i, j int) bool {
	a, b := &p.items[i], &p.items[j]
	return !a.tooManySame && !b.tooManySame && a.hi < b.lo
}

// isProvablyOrdered reports whether it is proven which of two events came first.
func (p *DeckIndex) isProvablyOrdered(i, j int) bool {
	return p.isProvablyBefore(i, j) || p.isProvablyBefore(j, i)
}

// wordingsAgree reports whether no other wording of the event has a conflicting date, so
// that a typed or placed date can be graded against a single date.
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

// findUniqueDates marks the facts whose date no other fact's date can overlap, in one
// sweep over the bounds widened by uncertainty.
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
